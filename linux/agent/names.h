/* SPDX-License-Identifier: GPL-2.0-only */
/* Errors and requests by the names that protocol 1 uses. */
#ifndef NAMES_H
#define NAMES_H

#include <stdbool.h>
#include <stddef.h>

/* Writes the name of an error, `E` and its number if it has none in user space. */
void errno_name(int error, char *name, size_t room);

struct request {
	const char *name;
	unsigned long number;
	bool makes_fd;		/* what it returns is a new descriptor */
};

/* The row of an ioctl; NULL if there is no such name. */
const struct request *request_named(const char *name);

#endif
