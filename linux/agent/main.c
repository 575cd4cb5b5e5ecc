// SPDX-License-Identifier: GPL-2.0-only
/*
 * The first and only program of the guest. It takes one request of protocol 1 per line from a port, makes
 * the call, waits until all tasks are still, and answers with what the call came to and `records`: what the
 * kernel told meanwhile. The host makes events of them.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "boot.h"
#include "call.h"
#include "clock.h"
#include "file.h"
#include "folder.h"
#include "json.h"
#include "record.h"
#include "task.h"
#include "text.h"

/* As JSON-RPC 2.0 numbers them. */
enum { NO_JSON = -32700, NO_REQUEST = -32600, NO_METHOD = -32601, NO_PARAMS = -32602 };

/* How long to wait while the host has not connected. */
enum { IDLE_MS = 2 };

typedef const char *handler(const struct json *params, struct text *out);

static const char *hello(const struct json *params, struct text *out)
{
	struct utsname system;

	(void)params;
	uname(&system);
	text_print(out, "\"protocol\":1,\"version\":");
	text_string(out, system.release, strlen(system.release));
	return NULL;
}

static const char *bye(const struct json *params, struct text *out)
{
	(void)params;
	answer_ret(out, 0);
	return NULL;
}

static const struct {
	const char *name;
	handler *handle;
} methods[] = {
	{ "hello", hello },
	{ "read", file_read },
	{ "readlink", file_readlink },
	{ "list", folder_list },
	{ "tree", folder_tree },
	{ "open", file_open },
	{ "pread", file_pread },
	{ "pwrite", file_pwrite },
	{ "mmap", file_mmap },
	{ "start", task_start },
	{ "task", task_state },
	{ "join", task_join },
	{ "kill", task_kill },
	{ "advance", task_advance },
	{ "bye", bye },
};

static handler *handler_named(const char *name)
{
	for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++)
		if (strcmp(methods[i].name, name) == 0)
			return methods[i].handle;
	return NULL;
}

/* A call that may sleep, made here. */
static const char *call_here(const char *method, const struct json *params, struct text *out)
{
	const char *problem;
	struct call *call = call_prepare(method, params, &problem);

	if (!call)
		return problem;
	call_run(call);
	call_answer(call, out);
	call_free(call);
	return NULL;
}

static void write_all(int port, const struct text *text)
{
	size_t done = 0;

	while (done < text->length) {
		ssize_t put = write(port, text->at + done, text->length - done);

		if (put > 0)
			done += (size_t)put;
		else if (put < 0 && errno != EINTR && errno != EAGAIN)
			return;
	}
}

static void refuse(struct text *line, int code, const char *problem)
{
	text_print(line, "\"error\":{\"code\":%d,\"message\":", code);
	text_string(line, problem, strlen(problem));
	text_add(line, "}", 1);
}

/* Makes the call that a request asks for, and writes the response but for its brackets. */
static void respond(const struct json *request, struct text *line)
{
	const char *method = json_text(request, "method"), *problem;
	const struct json *params = json_field(request, "params");
	handler *handle = method ? handler_named(method) : NULL;
	struct text fields = { 0 };

	if (!method || !params) {
		refuse(line, NO_REQUEST, "a request has a method and params");
		return;
	}
	problem = handle ? handle(params, &fields) : call_here(method, params, &fields);
	task_settle();
	if (problem) {
		refuse(line, strcmp(problem, "no such method") == 0 ? NO_METHOD : NO_PARAMS, problem);
	} else {
		text_print(line, "\"result\":{");
		text_add(line, fields.at, fields.length);
		text_print(line, ",\"records\":{\"tasks\":{");
		task_names(line);
		text_print(line, "},");
		record_write(line);
		text_print(line, "}}");
	}
	text_free(&fields);
}

/* One line from the host. Returns whether there will be another. */
static bool take(int port, const char *at, size_t length)
{
	struct json *request = json_read(at, length);
	const char *method = json_text(request, "method");
	bool last = method && strcmp(method, "bye") == 0;
	struct text line = { 0 };
	long long id;

	text_print(&line, "{\"jsonrpc\":\"2.0\",");
	if (!request) {
		text_print(&line, "\"id\":null,");
		refuse(&line, NO_JSON, "this is no JSON");
	} else if (!json_number(request, "id", &id)) {
		text_print(&line, "\"id\":null,");
		refuse(&line, NO_REQUEST, "a request has an id that is a number");
	} else {
		text_print(&line, "\"id\":%lld,", id);
		respond(request, &line);
	}
	text_print(&line, "}\n");
	write_all(port, &line);
	text_free(&line);
	json_free(request);
	return !last;
}

/* Takes each whole line of what came. Returns whether there will be another. */
static bool take_lines(int port, struct text *input)
{
	size_t start = 0;
	bool more = true;
	char *end;

	while (more && (end = memchr(input->at + start, '\n', input->length - start))) {
		size_t length = (size_t)(end - input->at) - start;

		if (length > 0)
			more = take(port, input->at + start, length);
		start += length + 1;
	}
	memmove(input->at, input->at + start, input->length - start);
	input->length -= start;
	return more;
}

/*
 * Waits for the host. A machine whose idle time is skipped must not be idle meanwhile if a task waits for
 * time to pass: it would pass at once.
 */
static ssize_t receive(int port, char *part, size_t room)
{
	struct pollfd input = { .fd = port, .events = POLLIN };

	while (poll(&input, 1, task_any_alive() ? 0 : -1) == 0)
		;
	return input.revents & POLLIN ? read(port, part, room) : 0;
}

int main(void)
{
	struct text input = { 0 };
	char part[4096];
	int port;

	prctl(PR_SET_NAME, "main");
	signal(SIGPIPE, SIG_IGN);
	boot();
	record_open();
	port = boot_port();
	for (;;) {
		ssize_t length = receive(port, part, sizeof(part));

		if (length <= 0) {
			clock_sleep(IDLE_MS);
			continue;
		}
		text_add(&input, part, (size_t)length);
		if (!take_lines(port, &input))
			power_off();
	}
}
