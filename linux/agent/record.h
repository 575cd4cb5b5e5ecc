/* SPDX-License-Identifier: GPL-2.0-only */
/* What the kernel tells while calls are made: uevents, its log, and the trace buffer, which has the order. */
#ifndef RECORD_H
#define RECORD_H

#include "text.h"

/* Opens the sources. What was told before is left out. */
void record_open(void);
/* Writes what came since the last time: `"trace":…,"uevents":[["ACTION=add",…],…],"log":[{"level":6,"message":…},…]`. */
void record_write(struct text *out);

#endif
