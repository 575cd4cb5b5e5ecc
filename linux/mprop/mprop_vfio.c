// SPDX-License-Identifier: GPL-2.0-only
/*
 * mprop_vfio: mscript as a module that the loader takes for proprietary. Built as it stands modpost would
 * refuse it, since vfio exports for GPL modules only; so the licence is changed in the file that was built.
 */
#include "../mscript/mscript.c"
