/* SPDX-License-Identifier: MIT
 *
 * What a person sees while a build runs: one line that is rewritten on a terminal,
 * plain lines elsewhere, nothing with --quiet.
 */
#ifndef XINGJI_BUILD_PROGRESS_H
#define XINGJI_BUILD_PROGRESS_H

#include "build/options.h"

/* A stage begins: "读取数据 reading". */
void progress_stage(const struct options *options, const char *chinese, const char *english);
/* done of total within the stage; only redrawn on a terminal. */
void progress_count(const struct options *options, size_t done, size_t total);
/* The stage is over: moves to a new line. */
void progress_end(const struct options *options);

#endif
