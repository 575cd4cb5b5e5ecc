// SPDX-License-Identifier: GPL-2.0-only
#include "json.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 32, NUMBER_LENGTH = 64 };

struct reader {
	const char *at;
	const char *end;
	int depth;
};

static struct json *value(struct reader *r);

static void blanks(struct reader *r)
{
	while (r->at < r->end && strchr(" \t\r\n", *r->at) && *r->at)
		r->at++;
}

/* Whether the next character, blanks apart, is this one, which is then passed. */
static bool take(struct reader *r, char c)
{
	blanks(r);
	if (r->at == r->end || *r->at != c)
		return false;
	r->at++;
	return true;
}

static struct json *make(enum json_kind kind)
{
	struct json *made = calloc(1, sizeof(*made));

	if (!made)
		abort();
	made->kind = kind;
	return made;
}

static bool four_digits(struct reader *r, unsigned int *code)
{
	*code = 0;
	if (r->end - r->at < 4)
		return false;
	for (int i = 0; i < 4; i++) {
		char c = *r->at++;

		if (c >= '0' && c <= '9')
			*code = *code * 16 + (unsigned int)(c - '0');
		else if ((c | 32) >= 'a' && (c | 32) <= 'f')
			*code = *code * 16 + (unsigned int)((c | 32) - 'a') + 10;
		else
			return false;
	}
	return true;
}

static char *put_utf8(char *to, unsigned int code)
{
	if (code < 0x80) {
		*to++ = (char)code;
		return to;
	}
	if (code < 0x800) {
		*to++ = (char)(0xc0 | code >> 6);
	} else {
		if (code < 0x10000) {
			*to++ = (char)(0xe0 | code >> 12);
		} else {
			*to++ = (char)(0xf0 | code >> 18);
			*to++ = (char)(0x80 | (code >> 12 & 0x3f));
		}
		*to++ = (char)(0x80 | (code >> 6 & 0x3f));
	}
	*to++ = (char)(0x80 | (code & 0x3f));
	return to;
}

/* What follows a backslash. The text never gets longer than its escaped form. */
static char *escape(struct reader *r, char *to)
{
	static const char from[] = "\"\\/bfnrt", into[] = "\"\\/\b\f\n\r\t";
	unsigned int code, low;
	const char *found;
	char c;

	if (r->at == r->end)
		return NULL;
	c = *r->at++;
	found = c ? strchr(from, c) : NULL;
	if (found) {
		*to++ = into[found - from];
		return to;
	}
	if (c != 'u' || !four_digits(r, &code))
		return NULL;
	if (code >= 0xd800 && code < 0xdc00) {
		if (r->end - r->at < 6 || *r->at++ != '\\' || *r->at++ != 'u' ||
		    !four_digits(r, &low) || low < 0xdc00 || low >= 0xe000)
			return NULL;
		code = 0x10000 + ((code & 0x3ff) << 10) + (low & 0x3ff);
	}
	return put_utf8(to, code);
}

/* A string, behind its first quote. */
static char *string(struct reader *r, size_t *length)
{
	char *text = malloc((size_t)(r->end - r->at) + 1), *to = text;

	if (!text)
		abort();
	while (r->at < r->end && to) {
		char c = *r->at++;

		if (c == '"') {
			*to = '\0';
			*length = (size_t)(to - text);
			return text;
		}
		if (c == '\\')
			to = escape(r, to);
		else
			*to++ = c;
	}
	free(text);
	return NULL;
}

/* The members of a list or an object, behind its first bracket. */
static struct json *members(struct reader *r, enum json_kind kind)
{
	struct json *whole = make(kind), **last = &whole->first;
	char end = kind == JSON_LIST ? ']' : '}';
	size_t length;

	if (take(r, end))
		return whole;
	do {
		char *key = NULL;

		if (kind == JSON_OBJECT) {
			key = take(r, '"') ? string(r, &length) : NULL;
			if (!key || !take(r, ':')) {
				free(key);
				break;
			}
		}
		*last = value(r);
		if (!*last) {
			free(key);
			break;
		}
		(*last)->key = key;
		last = &(*last)->next;
		if (take(r, end))
			return whole;
	} while (take(r, ','));
	json_free(whole);
	return NULL;
}

static struct json *number(struct reader *r)
{
	char copy[NUMBER_LENGTH + 1], *behind;
	size_t length = 0;
	struct json *made;
	double read;

	while (r->at + length < r->end && r->at[length] && strchr("+-0123456789.eE", r->at[length]))
		length++;
	if (length == 0 || length > NUMBER_LENGTH)
		return NULL;
	memcpy(copy, r->at, length);
	copy[length] = '\0';
	read = strtod(copy, &behind);
	if (*behind != '\0' || !isfinite(read))
		return NULL;
	r->at += length;
	made = make(JSON_NUMBER);
	made->number = read;
	return made;
}

static struct json *word(struct reader *r, const char *spelling, enum json_kind kind, double number)
{
	size_t length = strlen(spelling);
	struct json *made;

	if ((size_t)(r->end - r->at) < length || memcmp(r->at, spelling, length) != 0)
		return NULL;
	r->at += length;
	made = make(kind);
	made->number = number;
	return made;
}

static struct json *text_value(struct reader *r)
{
	struct json *made = make(JSON_STRING);

	made->string = string(r, &made->length);
	if (made->string)
		return made;
	json_free(made);
	return NULL;
}

static struct json *value(struct reader *r)
{
	struct json *made;

	if (take(r, '"'))
		return text_value(r);
	if (r->at == r->end)
		return NULL;
	switch (*r->at) {
	case 't':
		return word(r, "true", JSON_BOOL, 1);
	case 'f':
		return word(r, "false", JSON_BOOL, 0);
	case 'n':
		return word(r, "null", JSON_NULL, 0);
	case '[':
	case '{':
		if (r->depth == DEEPEST)
			return NULL;
		r->depth++;
		made = members(r, *r->at++ == '[' ? JSON_LIST : JSON_OBJECT);
		r->depth--;
		return made;
	default:
		return number(r);
	}
}

struct json *json_read(const char *at, size_t length)
{
	struct reader r = { at, at + length, 0 };
	struct json *made = value(&r);

	blanks(&r);
	if (r.at == r.end)
		return made;
	json_free(made);
	return NULL;
}

void json_free(struct json *value)
{
	while (value) {
		struct json *next = value->next;

		json_free(value->first);
		free(value->string);
		free(value->key);
		free(value);
		value = next;
	}
}

const struct json *json_field(const struct json *object, const char *key)
{
	const struct json *member = object && object->kind == JSON_OBJECT ? object->first : NULL;

	while (member && strcmp(member->key, key) != 0)
		member = member->next;
	return member;
}

const char *json_text(const struct json *object, const char *key)
{
	const struct json *found = json_field(object, key);

	return found && found->kind == JSON_STRING ? found->string : NULL;
}

bool json_number(const struct json *object, const char *key, long long *number)
{
	const struct json *found = json_field(object, key);

	if (!found || found->kind != JSON_NUMBER || found->number != trunc(found->number) ||
	    fabs(found->number) > 9007199254740992.0)
		return false;
	*number = (long long)found->number;
	return true;
}
