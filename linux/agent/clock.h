/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Time as the calls count it. It stands still but for `advance`; the machine's runs on meanwhile. So an
 * advance sleeps for what is left of all advances since the first task was started.
 */
#ifndef CLOCK_H
#define CLOCK_H

/* A task is started: time counts from now on, if it doesn't already. */
void clock_start(void);
/* A signal was sent: a wait that it interrupts starts its interval anew. */
void clock_start_again(void);
void clock_advance(long long ms);
void clock_sleep(long long ms);

#endif
