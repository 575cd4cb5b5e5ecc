// SPDX-License-Identifier: GPL-2.0-only
#include "record.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* A uevent has at most 2 KiB of variables (UEVENT_BUFFER_SIZE), a record of /dev/kmsg at most 8 KiB with its dictionary. */
enum { LONGEST = 16 << 10, SOCKET_ROOM = 8 << 20 };

static int uevents = -1, messages = -1, trace = -1;

void record_open(void)
{
	struct sockaddr_nl address = { .nl_family = AF_NETLINK, .nl_groups = 1 };
	int room = SOCKET_ROOM;

	messages = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	lseek(messages, 0, SEEK_END);
	uevents = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_KOBJECT_UEVENT);
	setsockopt(uevents, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof(room));
	bind(uevents, (struct sockaddr *)&address, sizeof(address));
	trace = open("/sys/kernel/tracing/trace_pipe", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
}

/* One message is its header, add@/devices/…, and then the variables, each with its NUL. */
static void write_uevent(struct text *out, const char *message, size_t length)
{
	size_t at = strnlen(message, length) + 1;
	bool first = true;

	text_add(out, "[", 1);
	while (at < length) {
		size_t variable = strnlen(message + at, length - at);

		if (!first)
			text_add(out, ",", 1);
		first = false;
		text_string(out, message + at, variable);
		at += variable + 1;
	}
	text_add(out, "]", 1);
}

static void write_uevents(struct text *out)
{
	char message[LONGEST];
	bool first = true;
	ssize_t length;

	text_print(out, ",\"uevents\":[");
	while ((length = recv(uevents, message, sizeof(message), 0)) > 0) {
		if (!first)
			text_add(out, ",", 1);
		first = false;
		write_uevent(out, message, (size_t)length);
	}
	text_print(out, "]");
}

/* One record is `<priority>,<number>,<µs>,<flags>;<text>\n`, then a dictionary, which nobody needs. */
static bool write_message(struct text *out, const char *record, size_t length)
{
	const char *text = memchr(record, ';', length), *end;

	if (!text)
		return false;
	text++;
	end = memchr(text, '\n', length - (size_t)(text - record));
	text_print(out, "{\"level\":%d,\"message\":", atoi(record) & 7);
	text_string(out, text, (size_t)((end ? end : record + length) - text));
	text_add(out, "}", 1);
	return true;
}

static void write_messages(struct text *out)
{
	char record[LONGEST];
	struct text one = { 0 };
	bool first = true;
	ssize_t length;

	text_print(out, ",\"log\":[");
	for (;;) {
		length = read(messages, record, sizeof(record) - 1);
		/* EPIPE: records were overwritten before they were read; the next read goes on behind them. */
		if (length < 0 && (errno == EPIPE || errno == EINTR))
			continue;
		if (length <= 0)
			break;
		record[length] = '\0';
		text_clear(&one);
		if (!write_message(&one, record, (size_t)length))
			continue;
		if (!first)
			text_add(out, ",", 1);
		first = false;
		text_add(out, one.at, one.length);
	}
	text_free(&one);
	text_print(out, "]");
}

void record_write(struct text *out)
{
	struct text lines = { 0 };

	/* First, so that what it orders is there: a message that comes meanwhile waits for its turn. */
	if (trace >= 0)
		text_read(&lines, trace);
	text_print(out, "\"trace\":");
	text_string(out, lines.at, lines.length);
	text_free(&lines);
	write_uevents(out);
	write_messages(out);
}
