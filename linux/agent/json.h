/* SPDX-License-Identifier: GPL-2.0-only */
/* JSON as a tree. A value owns what is below it. */
#ifndef JSON_H
#define JSON_H

#include <stdbool.h>
#include <stddef.h>

enum json_kind { JSON_NULL, JSON_BOOL, JSON_NUMBER, JSON_STRING, JSON_LIST, JSON_OBJECT };

struct json {
	enum json_kind kind;
	double number;		/* also of a bool: 0 or 1 */
	char *string;		/* ends in a NUL that is not part of it */
	size_t length;
	char *key;		/* in an object */
	struct json *first;	/* of a list or an object */
	struct json *next;	/* beside it */
};

/* Reads one value. Returns NULL for what is none, or has more behind it, or is nested too deeply. */
struct json *json_read(const char *at, size_t length);
void json_free(struct json *value);

/* A field of an object; NULL if there is none. */
const struct json *json_field(const struct json *object, const char *key);
/* The text of a field; NULL if there is none that is a string. */
const char *json_text(const struct json *object, const char *key);
/* Takes the whole number of a field. Returns whether there is one. */
bool json_number(const struct json *object, const char *key, long long *number);

#endif
