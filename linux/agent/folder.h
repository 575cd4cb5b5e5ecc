/* SPDX-License-Identifier: GPL-2.0-only */
/* What is in a folder, and below. */
#ifndef FOLDER_H
#define FOLDER_H

#include "json.h"
#include "text.h"

/* Each writes the fields of its answer, or returns a sentence if it can't be asked that. */
const char *folder_list(const struct json *params, struct text *out);
const char *folder_tree(const struct json *params, struct text *out);

#endif
