/* SPDX-License-Identifier: GPL-2.0-only */
/* A text that grows, and JSON written into it. */
#ifndef TEXT_H
#define TEXT_H

#include <stdbool.h>
#include <stddef.h>

struct text {
	char *at;
	size_t length;
	size_t room;
};

/* Appends bytes as they are. Memory that runs out ends the program: there is nobody to tell. */
void text_add(struct text *text, const void *bytes, size_t length);
/* Appends what printf would print. */
void text_print(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Appends a JSON string. Bytes that are no UTF-8 become the characters of those numbers. */
void text_string(struct text *text, const char *bytes, size_t length);
/* Appends two digits for each byte, in quotes. */
void text_hex(struct text *text, const unsigned char *bytes, size_t length);
/* Appends all that can be read from a descriptor. Returns 0, or an errno if nothing could be read. */
int text_read(struct text *text, int fd);
void text_clear(struct text *text);
void text_free(struct text *text);

#endif
