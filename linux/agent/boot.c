// SPDX-License-Identifier: GPL-2.0-only
#include "boot.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <termios.h>
#include <unistd.h>

#include "clock.h"

#define USUAL_PORT "/dev/vport0p1"

/* How long the port's driver may take to find its device. */
enum { PORT_MS = 5000, LOOK_MS = 2 };

static const struct {
	const char *type, *folder;
} file_systems[] = {
	{ "proc", "/proc" },
	{ "sysfs", "/sys" },
	{ "devtmpfs", "/dev" },
	{ "tracefs", "/sys/kernel/tracing" },
	{ "debugfs", "/sys/kernel/debug" },
};

void power_off(void)
{
	sync();
	reboot(RB_POWER_OFF);
	for (;;)
		pause();
}

static void load_modules(void)
{
	FILE *list = fopen("/etc/modules", "re");
	char *line = NULL;
	size_t room = 0;

	while (list && getline(&line, &room, list) >= 0) {
		int fd;

		line[strcspn(line, "\n")] = '\0';
		fd = open(line, O_RDONLY | O_CLOEXEC);
		if (fd < 0 || (syscall(SYS_finit_module, fd, "", 0) < 0 && errno != EEXIST))
			fprintf(stderr, "agent: %s: %m\n", line);
		if (fd >= 0)
			close(fd);
	}
	free(line);
	if (list)
		fclose(list);
}

/* Where nobody made /dev/console, the first process has no descriptors to complain to. */
static void complain_to_console(void)
{
	int fd = open("/dev/console", O_WRONLY | O_NOCTTY);

	if (fd >= 0 && fd != STDERR_FILENO) {
		dup2(fd, STDERR_FILENO);
		if (fd > STDERR_FILENO)
			close(fd);
	}
}

void boot(void)
{
	for (size_t i = 0; i < sizeof(file_systems) / sizeof(file_systems[0]); i++) {
		mkdir(file_systems[i].folder, 0755);
		mount(file_systems[i].type, file_systems[i].folder, file_systems[i].type, 0, NULL);
	}
	complain_to_console();
	load_modules();
}

int boot_port(void)
{
	const char *path = getenv("mdevct_port");
	struct termios settings;
	int fd = -1;

	if (!path)
		path = USUAL_PORT;
	for (int ms = 0; fd < 0 && ms < PORT_MS; ms += LOOK_MS) {
		fd = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC);
		if (fd < 0)
			clock_sleep(LOOK_MS);
	}
	if (fd < 0) {
		fprintf(stderr, "agent: %s: %m\n", path);
		power_off();
	}
	/* A serial line takes the bytes as they are, too. */
	if (tcgetattr(fd, &settings) == 0) {
		cfmakeraw(&settings);
		settings.c_cflag |= CLOCAL;
		tcsetattr(fd, TCSANOW, &settings);
	}
	return fd;
}
