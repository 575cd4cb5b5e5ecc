// SPDX-License-Identifier: GPL-2.0-only
#include "clock.h"

#include <errno.h>
#include <stdbool.h>
#include <time.h>

/* The timer wheel fires a wait of 10 s up to 0.3 s late; and what a task does then takes a moment, too. */
enum { SLACK_MS = 1200, LEAST_MS = 200 };

static bool counting;
static long long start, advanced;

static long long now(void)
{
	struct timespec at;

	clock_gettime(CLOCK_MONOTONIC, &at);
	return at.tv_sec * 1000LL + at.tv_nsec / 1000000;
}

void clock_start_again(void)
{
	counting = true;
	start = now();
	advanced = 0;
}

void clock_start(void)
{
	if (!counting)
		clock_start_again();
}

void clock_sleep(long long ms)
{
	struct timespec left = { ms / 1000, ms % 1000 * 1000000 };

	while (nanosleep(&left, &left) < 0 && errno == EINTR)
		;
}

void clock_advance(long long ms)
{
	long long left;

	clock_start();
	advanced += ms;
	left = start + advanced + SLACK_MS - now();
	clock_sleep(left > LEAST_MS ? left : LEAST_MS);
}
