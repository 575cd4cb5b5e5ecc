// SPDX-License-Identifier: GPL-2.0-only
#include "call.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "descriptors.h"
#include "hex.h"
#include "names.h"

#define MODULES "/m/"

void answer_errno(struct text *out, int error)
{
	char name[32];

	errno_name(error, name, sizeof(name));
	text_print(out, "\"errno\":\"%s\"", name);
}

void answer_ret(struct text *out, long long ret)
{
	text_print(out, "\"ret\":%lld", ret);
}

static int real_fd(const struct call *call)
{
	long long number;

	return json_number(call->params, "fd", &number) ? descriptor_real(number) : -1;
}

static const struct json *data_of(const struct call *call)
{
	return json_field(call->params, "data");
}

/* What `echo -n` does, but for O_TRUNC, which no file of sysfs cares about. */
static long run_write(struct call *call)
{
	const struct json *data = data_of(call);
	int fd = open(json_text(call->params, "path"), O_WRONLY | O_CLOEXEC), error;
	long ret;

	if (fd < 0)
		return -1;
	ret = write(fd, data->string, data->length);
	error = errno;
	close(fd);
	errno = error;
	return ret;
}

static long run_fdwrite(struct call *call)
{
	const struct json *data = data_of(call);

	return pwrite(real_fd(call), data->string, data->length, 0);
}

static long run_close(struct call *call)
{
	return close(real_fd(call));
}

static long run_insmod(struct call *call)
{
	const char *params = json_text(call->params, "params");
	char *path;
	long ret;
	int fd, error;

	if (asprintf(&path, MODULES "%s.ko", json_text(call->params, "module")) < 0)
		abort();
	fd = open(path, O_RDONLY | O_CLOEXEC);
	free(path);
	if (fd < 0)
		return -1;
	ret = syscall(SYS_finit_module, fd, params ? params : "", 0);
	error = errno;
	close(fd);
	errno = error;
	return ret;
}

static long run_rmmod(struct call *call)
{
	return syscall(SYS_delete_module, json_text(call->params, "module"), O_NONBLOCK);
}

/* The argument: a number, a text, a pointer to a descriptor's number, or bytes that may change. */
static long run_ioctl(struct call *call)
{
	const struct request *request = request_named(json_text(call->params, "request"));
	const struct json *arg = json_field(call->params, "arg");
	unsigned char *before = NULL;
	long long number;
	long ret;
	int fd, error;

	if (!arg)
		return ioctl(real_fd(call), request->number, 0);
	if (arg->kind == JSON_NUMBER)
		return ioctl(real_fd(call), request->number, (long)arg->number);
	if (arg->kind == JSON_STRING)
		return ioctl(real_fd(call), request->number, arg->string);
	if (json_number(arg, "fd", &number)) {
		fd = descriptor_real(number);
		return ioctl(real_fd(call), request->number, &fd);
	}
	before = malloc(call->length + 1);
	if (!before)
		abort();
	memcpy(before, call->bytes, call->length);
	ret = ioctl(real_fd(call), request->number, call->bytes);
	error = errno;
	call->wrote = memcmp(before, call->bytes, call->length) != 0;
	free(before);
	errno = error;
	return ret;
}

enum need { NEEDS_FD = 1, NEEDS_PATH = 2, NEEDS_DATA = 4, NEEDS_MODULE = 8, NEEDS_REQUEST = 16 };

static const struct method {
	const char *name;
	long (*run)(struct call *call);
	unsigned int needs;
} methods[] = {
	{ "insmod", run_insmod, NEEDS_MODULE },
	{ "rmmod", run_rmmod, NEEDS_MODULE },
	{ "write", run_write, NEEDS_PATH | NEEDS_DATA },
	{ "fdwrite", run_fdwrite, NEEDS_FD | NEEDS_DATA },
	{ "close", run_close, NEEDS_FD },
	{ "ioctl", run_ioctl, NEEDS_FD | NEEDS_REQUEST },
};

static const struct method *method_named(const char *name)
{
	for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++)
		if (strcmp(methods[i].name, name) == 0)
			return &methods[i];
	return NULL;
}

/* Why the parameters don't fit, as a sentence; NULL: they do. */
static const char *misfit(const struct method *method, const struct json *params)
{
	const char *request = json_text(params, "request");
	long long fd;

	if ((method->needs & NEEDS_FD) && !json_number(params, "fd", &fd))
		return "fd must be a number";
	if ((method->needs & NEEDS_PATH) && !json_text(params, "path"))
		return "path must be a text";
	if ((method->needs & NEEDS_DATA) && !json_text(params, "data"))
		return "data must be a text";
	if ((method->needs & NEEDS_MODULE) && !json_text(params, "module"))
		return "module must be a text";
	if ((method->needs & NEEDS_REQUEST) && (!request || !request_named(request)))
		return "the guest knows no such request";
	return NULL;
}

struct call *call_prepare(const char *method, const struct json *params, const char **problem)
{
	const struct method *row = method_named(method);
	const char *hex = json_text(json_field(params, "arg"), "hex");
	size_t length = hex ? strlen(hex) / 2 : 0, size = sizeof(struct call) + length;
	struct call *call;

	*problem = row ? misfit(row, params) : "no such method";
	if (*problem)
		return NULL;
	call = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (call == MAP_FAILED)
		abort();
	*call = (struct call){ .method = row->name, .params = params, .size = size, .length = length };
	if (hex && !hex_bytes(hex, call->bytes)) {
		*problem = "hex must be pairs of digits";
		call_free(call);
		return NULL;
	}
	return call;
}

void call_run(struct call *call)
{
	errno = 0;
	call->ret = method_named(call->method)->run(call);
	/* Drivers can return what is beyond the last errno: user space takes it for a result. */
	call->error = call->ret == -1 ? errno : 0;
	call->ended = true;
}

void call_answer(struct call *call, struct text *out)
{
	const char *request = json_text(call->params, "request");
	long long number;

	if (call->error) {
		answer_errno(out, call->error);
		return;
	}
	if (strcmp(call->method, "close") == 0 && json_number(call->params, "fd", &number))
		descriptor_forget(number);
	if (request && request_named(request)->makes_fd)
		call->ret = (long)descriptor_bind((int)call->ret);
	answer_ret(out, call->ret);
	if (call->wrote && call->ret >= 0) {
		text_print(out, ",\"arg\":{\"hex\":");
		text_hex(out, call->bytes, call->length);
		text_add(out, "}", 1);
	}
}

void call_free(struct call *call)
{
	munmap(call, call->size);
}
