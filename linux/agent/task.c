// SPDX-License-Identifier: GPL-2.0-only
#include "task.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "call.h"
#include "clock.h"

/* A task is still if it was seen so in this many looks, so far apart; and no longer than this in all. */
enum { LOOKS = 4, LOOK_MS = 40, LOOKING_MS = 8000 };

struct task {
	struct task *next;
	char *name;
	pid_t pid;
	bool alive;
	struct json *request;	/* what the call points to */
	struct call *call;
	struct text answer;	/* once it has ended; empty if it was killed */
	char state;		/* as /proc has it, when it was looked at last */
	unsigned long long switches;
};

static struct task *tasks;

static struct task *named(const struct json *params)
{
	const char *name = json_text(params, "task");
	struct task *task = tasks;

	while (task && name && strcmp(task->name, name) != 0)
		task = task->next;
	return name ? task : NULL;
}

/* The signal shall end the system call, not the task. */
static void interrupted(int signal)
{
	(void)signal;
}

__attribute__((noreturn)) static void work(struct task *task)
{
	struct sigaction action = { .sa_handler = interrupted };

	sigaction(SIGTERM, &action, NULL);
	prctl(PR_SET_NAME, task->name);
	call_run(task->call);
	_exit(0);
}

/* A copy of a value: the task outlives the request that it came with. */
static struct json *copy(const struct json *value)
{
	struct json *made = malloc(sizeof(*made)), **last;

	if (!made)
		abort();
	*made = *value;
	made->next = NULL;
	made->key = value->key ? strdup(value->key) : NULL;
	if (value->string) {
		made->string = malloc(value->length + 1);
		if (!made->string)
			abort();
		memcpy(made->string, value->string, value->length + 1);
	}
	last = &made->first;
	*last = NULL;
	for (const struct json *each = value->first; each; each = each->next) {
		*last = copy(each);
		last = &(*last)->next;
	}
	return made;
}

/* Another process, so that signals reach it alone; with our descriptors, so that closing one closes it. */
static pid_t spawn(struct task *task)
{
	pid_t pid = (pid_t)syscall(SYS_clone, CLONE_FILES | SIGCHLD, 0, 0, 0, 0);

	if (pid == 0)
		work(task);
	return pid;
}

const char *task_start(const struct json *params, struct text *out)
{
	const char *name = json_text(params, "task"), *method = json_text(params, "method"), *problem;
	const struct json *inner = json_field(params, "params");
	struct task *task, **last = &tasks;

	if (!name || !method || !inner)
		return "start needs task, method and params";
	if (named(params))
		return "there is a task of that name";
	task = calloc(1, sizeof(*task));
	if (!task)
		abort();
	task->request = copy(inner);
	task->call = call_prepare(method, task->request, &problem);
	if (!task->call) {
		json_free(task->request);
		free(task);
		return problem;
	}
	task->name = strdup(name);
	while (*last)
		last = &(*last)->next;
	*last = task;
	clock_start();
	task->pid = spawn(task);
	if (task->pid < 0)
		abort();
	task->alive = true;
	answer_ret(out, 0);
	return NULL;
}

static void look(struct task *task)
{
	struct text status = { 0 };
	char *path, *state, *own, *forced;
	int fd;

	if (asprintf(&path, "/proc/%d/status", task->pid) < 0)
		abort();
	fd = open(path, O_RDONLY | O_CLOEXEC);
	free(path);
	if (fd < 0)
		return;
	text_read(&status, fd);
	close(fd);
	text_add(&status, "", 1);
	state = strstr(status.at, "\nState:\t");
	own = strstr(status.at, "\nvoluntary_ctxt_switches:\t");
	forced = strstr(status.at, "\nnonvoluntary_ctxt_switches:\t");
	task->state = state ? state[8] : 'Z';
	task->switches = own && forced ? strtoull(strchr(own, '\t'), NULL, 10) +
					 strtoull(strchr(forced, '\t'), NULL, 10) : 0;
	text_free(&status);
}

/* Takes leave of a task that has ended. */
static void reap(struct task *task)
{
	if (waitpid(task->pid, NULL, WNOHANG) != task->pid)
		return;
	task->alive = false;
	if (task->call->ended)
		call_answer(task->call, &task->answer);
	call_free(task->call);
	json_free(task->request);
}

/* Looks at every task. Returns whether each has ended, or sleeps where it slept before. */
static bool all_still(void)
{
	bool still = true;

	for (struct task *task = tasks; task; task = task->next) {
		char state = task->state;
		unsigned long long switches = task->switches;

		if (task->alive)
			reap(task);
		if (!task->alive)
			continue;
		look(task);
		if (!strchr("SD", task->state) || task->state != state || task->switches != switches)
			still = false;
	}
	return still;
}

bool task_any_alive(void)
{
	for (struct task *task = tasks; task; task = task->next)
		if (task->alive)
			return true;
	return false;
}

void task_settle(void)
{
	int looks = 0;

	for (int ms = 0; task_any_alive() && looks < LOOKS && ms < LOOKING_MS; ms += LOOK_MS) {
		clock_sleep(LOOK_MS);
		looks = all_still() ? looks + 1 : 0;
	}
}

const char *task_state(const struct json *params, struct text *out)
{
	const struct task *task = named(params);

	if (!task)
		return "there is no task of that name";
	if (task->alive)
		text_print(out, "\"state\":\"%s\"", strchr("SD", task->state) ? "blocked" : "running");
	else
		text_print(out, "\"state\":\"done\"");
	if (task->answer.length > 0) {
		text_print(out, ",\"result\":{");
		text_add(out, task->answer.at, task->answer.length);
		text_print(out, "}");
	}
	return NULL;
}

const char *task_join(const struct json *params, struct text *out)
{
	struct task *task = named(params);

	if (!task)
		return "there is no task of that name";
	while (task->alive) {
		clock_sleep(LOOK_MS);
		reap(task);
	}
	if (task->answer.length == 0)
		return "the task was killed and has no result";
	text_add(out, task->answer.at, task->answer.length);
	return NULL;
}

const char *task_kill(const struct json *params, struct text *out)
{
	const char *signal = json_text(params, "signal");
	struct task *task = named(params);

	if (!task || !signal)
		return "kill needs the task there is and a signal";
	if (!task->alive)
		answer_errno(out, ESRCH);
	else if (kill(task->pid, strcmp(signal, "SIGKILL") == 0 ? SIGKILL : SIGTERM) < 0)
		answer_errno(out, errno);
	else
		answer_ret(out, 0);
	clock_start_again();
	return NULL;
}

const char *task_advance(const struct json *params, struct text *out)
{
	long long ms;

	if (!json_number(params, "ms", &ms) || ms < 0)
		return "ms must be a number from 0";
	clock_advance(ms);
	answer_ret(out, 0);
	return NULL;
}

void task_names(struct text *out)
{
	for (const struct task *task = tasks; task; task = task->next) {
		text_print(out, "%s\"%d\":", task == tasks ? "" : ",", task->pid);
		text_string(out, task->name, strlen(task->name));
	}
}
