/* SPDX-License-Identifier: MIT
 *
 * Province-wide figures over the decisions of one track; 未完成 is left out of
 * every tally and median, and counted only as such.
 */
#ifndef XINGJI_ASSESS_STATISTICS_H
#define XINGJI_ASSESS_STATISTICS_H

#include "assess/assess.h"

/* Fills assessment->tracks[track] from the decisions and rules, which must stand. */
void statistics_collect(struct arena *arena, struct assessment *assessment, int track);

/*
 * The median of the rates met ÷ applicable, rounded half up to 4 digits: exact
 * fractions are sorted and, for an even count, the two in the middle averaged, so
 * nothing is rounded twice.  Rates with denominator 0 do not take part; −1 when none
 * is left.  Reorders the tallies.
 */
struct decimal statistics_median(struct tally *tallies, size_t count);

#endif
