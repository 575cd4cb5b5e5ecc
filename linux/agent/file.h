/* SPDX-License-Identifier: GPL-2.0-only */
/* Calls on files and folders that don't sleep. */
#ifndef FILE_H
#define FILE_H

#include "json.h"
#include "text.h"

/* Each writes the fields of its answer, or returns a sentence if it can't be asked that. */
const char *file_read(const struct json *params, struct text *out);
const char *file_readlink(const struct json *params, struct text *out);
const char *file_open(const struct json *params, struct text *out);
const char *file_pread(const struct json *params, struct text *out);
const char *file_pwrite(const struct json *params, struct text *out);
const char *file_mmap(const struct json *params, struct text *out);

/* The text of a link. Returns 0 or an errno. */
int link_text(const char *path, struct text *link);

#endif
