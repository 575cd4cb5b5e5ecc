/* SPDX-License-Identifier: GPL-2.0-only */
/* What a first process has to do before it can do anything else. */
#ifndef BOOT_H
#define BOOT_H

/* Mounts the file systems and loads the modules that /etc/modules names, one path per line. */
void boot(void);
/* Opens the port to the host that the variable mdevct_port names. Ends the machine if it can't. */
int boot_port(void);
/* Ends the machine. */
__attribute__((noreturn)) void power_off(void);

#endif
