/* SPDX-License-Identifier: GPL-2.0-only */
/* Calls made by other tasks. */
#ifndef TASK_H
#define TASK_H

#include <stdbool.h>

#include "json.h"
#include "text.h"

/* Each writes the fields of its answer, or returns a sentence if it can't be asked that. */
const char *task_start(const struct json *params, struct text *out);
const char *task_state(const struct json *params, struct text *out);
const char *task_join(const struct json *params, struct text *out);
const char *task_kill(const struct json *params, struct text *out);
const char *task_advance(const struct json *params, struct text *out);

/* Whether a task has not ended yet. */
bool task_any_alive(void);
/* Waits until every task has ended or sleeps, for a while at most. */
void task_settle(void);
/* Writes `"<pid>":"<name>"` for each task there ever was, with commas between. */
void task_names(struct text *out);

#endif
