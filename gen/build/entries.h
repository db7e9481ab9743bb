/* SPDX-License-Identifier: MIT
 *
 * How many entries of a list are of a city, a track, a level …: for the cross-check, from decisions alone.  A build
 * asks for some 150 such numbers; the list is gone through once, and entries that are alike in all of it are one.
 */
#ifndef XINGJI_BUILD_ENTRIES_H
#define XINGJI_BUILD_ENTRIES_H

#include "assess/assess.h"

enum { ANY = -1, INDUSTRY_ANY = 0, INDUSTRY_NONE = -1 };

/* Which entries a number counts; ANY: any.  industry: 1 + its index. */
struct choice_of_entries {
	int city, track, level, movement, industry;
};

struct entries;

/* Those that are listed by the assessment; in arena. */
const struct entries *entries_of(struct arena *arena, const struct assessment *list);
int64_t entries_count(const struct entries *entries, struct choice_of_entries wanted);
/* Enterprises that have one; city ANY: anywhere. */
int64_t entries_count_enterprises(const struct entries *entries, int city);

#endif
