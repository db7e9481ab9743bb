/* SPDX-License-Identifier: MIT
 *
 * Where the output goes, and where it must not.
 */
#ifndef XINGJI_BUILD_OUT_H
#define XINGJI_BUILD_OUT_H

#include "build/options.h"

/* --out or "out". */
const char *out_folder(const struct options *options);
/*
 * The output folder is replaced as a whole, so it must not be, hold, or lie in the data, the
 * texts or the themes: 0, or EXIT_USAGE after saying which.
 */
int out_check(const struct options *options);

#endif
