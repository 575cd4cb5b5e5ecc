// SPDX-License-Identifier: GPL-2.0-only
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "call.h"
#include "descriptors.h"
#include "hex.h"

static const char no_path[] = "path must be a text";
static const char no_range[] = "fd, offset and length must be numbers";

/* The most that is read at once by an offset: more than any region of a device has. */
enum { LARGEST = 64 << 20 };

const char *file_read(const struct json *params, struct text *out)
{
	const char *path = json_text(params, "path");
	struct text data = { 0 };
	int fd, error;

	if (!path)
		return no_path;
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	error = fd < 0 ? errno : text_read(&data, fd);
	if (fd >= 0)
		close(fd);
	if (error) {
		answer_errno(out, error);
	} else {
		answer_ret(out, (long long)data.length);
		text_print(out, ",\"data\":");
		text_string(out, data.at, data.length);
	}
	text_free(&data);
	return NULL;
}

int link_text(const char *path, struct text *link)
{
	size_t room = 256;
	ssize_t length;

	/* A link that fills the buffer may be longer. */
	do {
		char *buffer = malloc(room *= 2);

		if (!buffer)
			abort();
		length = readlink(path, buffer, room);
		if (length >= 0 && (size_t)length < room)
			text_add(link, buffer, (size_t)length);
		free(buffer);
	} while (length >= 0 && (size_t)length == room);
	return length < 0 ? errno : 0;
}

const char *file_readlink(const struct json *params, struct text *out)
{
	const char *path = json_text(params, "path");
	struct text link = { 0 };
	int error;

	if (!path)
		return no_path;
	error = link_text(path, &link);
	if (error) {
		answer_errno(out, error);
	} else {
		text_print(out, "\"ret\":0,\"data\":");
		text_string(out, link.at, link.length);
	}
	text_free(&link);
	return NULL;
}

const char *file_open(const struct json *params, struct text *out)
{
	const char *path = json_text(params, "path"), *flags = json_text(params, "flags");
	int how = O_RDWR, fd;

	if (!path)
		return no_path;
	if (flags && strcmp(flags, "O_RDONLY") == 0)
		how = O_RDONLY;
	else if (flags && strcmp(flags, "O_WRONLY") == 0)
		how = O_WRONLY;
	fd = open(path, how | O_CLOEXEC);
	if (fd < 0)
		answer_errno(out, errno);
	else
		answer_ret(out, descriptor_bind(fd));
	return NULL;
}

/* Takes the descriptor, the offset, and a length by its name. */
static bool range(const struct json *params, const char *name, int *fd, off_t *offset, size_t *length)
{
	long long number, from, many = 0;

	if (!json_number(params, "fd", &number) || !json_number(params, "offset", &from))
		return false;
	if (name && (!json_number(params, name, &many) || many < 0 || many > LARGEST))
		return false;
	*fd = descriptor_real(number);
	*offset = from;
	*length = (size_t)many;
	return true;
}

const char *file_pread(const struct json *params, struct text *out)
{
	unsigned char *bytes;
	size_t length;
	off_t offset;
	ssize_t got;
	int fd;

	if (!range(params, "count", &fd, &offset, &length))
		return no_range;
	bytes = malloc(length + 1);
	if (!bytes)
		abort();
	got = pread(fd, bytes, length, offset);
	if (got == -1) {
		answer_errno(out, errno);
	} else {
		answer_ret(out, got);
		text_print(out, ",\"hex\":");
		text_hex(out, bytes, got > 0 && (size_t)got <= length ? (size_t)got : 0);
	}
	free(bytes);
	return NULL;
}

const char *file_pwrite(const struct json *params, struct text *out)
{
	const char *hex = json_text(params, "hex");
	unsigned char *bytes;
	size_t length;
	off_t offset;
	ssize_t put;
	int fd;

	if (!hex || !range(params, NULL, &fd, &offset, &length))
		return no_range;
	length = strlen(hex) / 2;
	bytes = malloc(length + 1);
	if (!bytes)
		abort();
	if (!hex_bytes(hex, bytes)) {
		free(bytes);
		return "hex must be pairs of digits";
	}
	put = pwrite(fd, bytes, length, offset);
	if (put == -1)
		answer_errno(out, errno);
	else
		answer_ret(out, put);
	free(bytes);
	return NULL;
}

const char *file_mmap(const struct json *params, struct text *out)
{
	size_t length;
	off_t offset;
	void *at;
	int fd;

	if (!range(params, "length", &fd, &offset, &length))
		return no_range;
	at = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_SHARED, fd, offset);
	if (at == MAP_FAILED) {
		answer_errno(out, errno);
		return NULL;
	}
	munmap(at, length);
	answer_ret(out, 0);
	return NULL;
}
