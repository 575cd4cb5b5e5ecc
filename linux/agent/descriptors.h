/* SPDX-License-Identifier: GPL-2.0-only */
/* Descriptors as protocol 1 numbers them: 10, 11, … in order of opening, none ever used again. */
#ifndef DESCRIPTORS_H
#define DESCRIPTORS_H

/* Gives one of the kernel's the next number. */
long long descriptor_bind(int real);
/* The kernel's number; one that is surely closed for what isn't open. -1 stays -1. */
int descriptor_real(long long number);
void descriptor_forget(long long number);

#endif
