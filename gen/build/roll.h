/* SPDX-License-Identifier: MIT
 *
 * The list on each of its days as the cross-check wants it: expected.h in the words that are printed.
 */
#ifndef XINGJI_BUILD_ROLL_H
#define XINGJI_BUILD_ROLL_H

struct crosscheck_roll;
struct run;

/* First of the day D, then of each version of the chronicle; lives in the run's arena. */
const struct crosscheck_roll *roll_all(const struct run *run);

#endif
