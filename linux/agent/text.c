// SPDX-License-Identifier: GPL-2.0-only
#include "text.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CHUNK = 4096 };

static void reserve(struct text *text, size_t more)
{
	if (text->room - text->length >= more)
		return;
	text->room = (text->length + more) * 2;
	text->at = realloc(text->at, text->room);
	if (!text->at)
		abort();
}

void text_add(struct text *text, const void *bytes, size_t length)
{
	if (length == 0)
		return;
	reserve(text, length);
	memcpy(text->at + text->length, bytes, length);
	text->length += length;
}

void text_print(struct text *text, const char *format, ...)
{
	va_list args;
	int length;

	va_start(args, format);
	length = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (length < 0)
		abort();
	reserve(text, (size_t)length + 1);
	va_start(args, format);
	vsnprintf(text->at + text->length, (size_t)length + 1, format, args);
	va_end(args);
	text->length += (size_t)length;
}

/* How many bytes the UTF-8 sequence here has; 0: it is none. */
static size_t sequence(const unsigned char *at, size_t left)
{
	unsigned char first = at[0];
	size_t length = first < 0x80 ? 1 : first >= 0xc2 && first < 0xe0 ? 2 :
			first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0;

	if (length > left)
		return 0;
	for (size_t i = 1; i < length; i++)
		if ((at[i] & 0xc0) != 0x80)
			return 0;
	/* overlong forms, surrogates, and what is beyond the last character */
	if ((first == 0xe0 && at[1] < 0xa0) || (first == 0xed && at[1] >= 0xa0) ||
	    (first == 0xf0 && at[1] < 0x90) || (first == 0xf4 && at[1] >= 0x90))
		return 0;
	return length;
}

void text_string(struct text *text, const char *bytes, size_t length)
{
	const unsigned char *at = (const unsigned char *)bytes;

	text_add(text, "\"", 1);
	for (size_t i = 0; i < length;) {
		size_t whole = sequence(at + i, length - i);

		if (whole == 0 || at[i] < 0x20 || at[i] == 0x7f)
			text_print(text, "\\u%04x", at[i]);
		else if (at[i] == '"' || at[i] == '\\')
			text_print(text, "\\%c", at[i]);
		else
			text_add(text, at + i, whole);
		i += whole ? whole : 1;
	}
	text_add(text, "\"", 1);
}

void text_hex(struct text *text, const unsigned char *bytes, size_t length)
{
	text_add(text, "\"", 1);
	for (size_t i = 0; i < length; i++)
		text_print(text, "%02x", bytes[i]);
	text_add(text, "\"", 1);
}

int text_read(struct text *text, int fd)
{
	size_t before = text->length;

	for (;;) {
		ssize_t got;

		reserve(text, CHUNK);
		got = read(fd, text->at + text->length, CHUNK);
		if (got > 0)
			text->length += (size_t)got;
		else if (got == 0)
			return 0;
		else if (errno != EINTR)
			return text->length > before ? 0 : errno;
	}
}

void text_clear(struct text *text)
{
	text->length = 0;
}

void text_free(struct text *text)
{
	free(text->at);
	*text = (struct text){ 0 };
}
