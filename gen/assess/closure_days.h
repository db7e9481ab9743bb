/* SPDX-License-Identifier: MIT
 *
 * How long rectification takes: days from the advice to the claim that it is done, and to its confirmation.
 *
 * The advice is of the day of the first look other than 自评 that found the item 部分符合 or 不符合; a look
 * without a date is of the day that its participation has for the round.  Days are known where both dates
 * are and the second is not before the first.  A median is the mean of the two middle ones where they are
 * two, half a day up.
 */
#ifndef XINGJI_ASSESS_CLOSURE_DAYS_H
#define XINGJI_ASSESS_CLOSURE_DAYS_H

#include "assess/closure.h"

/* The day of the advice; missing where none of those looks found the item open, or its day is not known. */
struct date closure_advised(const struct assessment *assessment, const struct closure *closure);
/* Did any of those looks find the item open? */
bool closure_was_open(const struct assessment *assessment, const struct closure *closure);

/*
 * Sets what closure_settle keeps of a settled closure: the days from the advice to 实际完成日期 of what is claimed
 * as 已整改 (-1: not known, or not claimed), and to the look that confirmed (-1: not known, or not confirmed).
 */
void closure_set_days(const struct assessment *assessment, struct closure *closure);

/*
 * One for each of `count` groups, in arena; group_of says to which a closure belongs, by its index in
 * assessment->closures (-1: to none).
 */
struct closure_speed *closure_speeds(struct arena *arena, const struct assessment *assessment, const int32_t *group_of,
				     size_t count);

#endif
