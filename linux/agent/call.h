/* SPDX-License-Identifier: GPL-2.0-only */
/* System calls that may sleep, and so can be made by another task: their preparation, and what they came to. */
#ifndef CALL_H
#define CALL_H

#include <stdbool.h>
#include <stddef.h>

#include "json.h"
#include "text.h"

/*
 * A call and its result, in memory that both tasks see.
 * What it points to in the request must outlive it, or be copied with the task.
 */
struct call {
	const char *method;
	const struct json *params;
	bool ended;		/* false: the task was killed on the way */
	long ret;
	int error;
	bool wrote;		/* the bytes are not what was sent */
	size_t size;		/* of the whole, for munmap */
	size_t length;
	unsigned char bytes[];	/* the argument of an ioctl */
};

/* Prepares a call. Returns NULL, with a sentence, for what is no call that may sleep. */
struct call *call_prepare(const char *method, const struct json *params, const char **problem);
/* Makes it, in the task that this is. */
void call_run(struct call *call);
/* Binds what it opened, forgets what it closed, and writes the fields of its answer. */
void call_answer(struct call *call, struct text *out);
void call_free(struct call *call);

/* Writes `"errno":"ENOENT"`, or `"ret":0`. */
void answer_errno(struct text *out, int error);
void answer_ret(struct text *out, long long ret);

#endif
