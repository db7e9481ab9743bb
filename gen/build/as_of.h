/* SPDX-License-Identifier: MIT
 *
 * The same build as it was on an earlier day: what left the house then is made again as it was.
 */
#ifndef XINGJI_BUILD_AS_OF_H
#define XINGJI_BUILD_AS_OF_H

#include "base/date.h"

struct build;

/*
 * `build` itself where it is of that day; else one beside it, made when first asked for, with its data,
 * texts and output, whose list and day are those of the day.  The model is shared, and enterprises have in it
 * the names of the later day: who was renamed since is made anew, not as of before.  Closed with `build`.
 */
struct build *as_of(struct build *build, struct date day);
void as_of_close(struct build *build);

#endif
