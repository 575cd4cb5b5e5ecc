/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef HEX_H
#define HEX_H

#include <stdbool.h>

/* Writes the bytes of pairs of digits, of which there must be room for half as many. Returns whether they are pairs. */
bool hex_bytes(const char *hex, unsigned char *bytes);

#endif
