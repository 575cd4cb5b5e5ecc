// SPDX-License-Identifier: GPL-2.0-only
#include "descriptors.h"

#include <limits.h>
#include <stdlib.h>

enum { FIRST = 10 };

static int *real_of;
static long long count;

long long descriptor_bind(int real)
{
	real_of = realloc(real_of, (size_t)(count + 1) * sizeof(*real_of));
	if (!real_of)
		abort();
	real_of[count] = real;
	return FIRST + count++;
}

int descriptor_real(long long number)
{
	if (number == -1)
		return -1;
	if (number < FIRST || number >= FIRST + count)
		return INT_MAX;
	return real_of[number - FIRST];
}

void descriptor_forget(long long number)
{
	if (number >= FIRST && number < FIRST + count)
		real_of[number - FIRST] = INT_MAX;
}
