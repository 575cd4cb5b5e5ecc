// SPDX-License-Identifier: GPL-2.0-only
#include "hex.h"

#include <string.h>

static int digit(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *found = c ? strchr(digits, c) : NULL;

	return found ? (int)(found - digits) : -1;
}

bool hex_bytes(const char *hex, unsigned char *bytes)
{
	for (; *hex; hex += 2) {
		int high = digit(hex[0]), low = high < 0 ? -1 : digit(hex[1]);

		if (low < 0)
			return false;
		*bytes++ = (unsigned char)(high << 4 | low);
	}
	return true;
}
