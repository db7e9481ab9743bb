/* SPDX-License-Identifier: MIT
 *
 * What enterprises report that cannot be so: finished before it was found, or after the day D; an answer
 * to what nobody found.  Warnings alone: what is reported counts as it is reported.
 */
#ifndef XINGJI_ASSESS_CLOSURE_DOUBT_H
#define XINGJI_ASSESS_CLOSURE_DOUBT_H

#include "assess/closure.h"

/*
 * Once a participation, needs the closures: rectification-early, 实际完成日期 before the day of the advice
 * (closure_days.h); answer-not-open, of a form that was sent back, an item that no look found open and
 * whose result is 符合 or 不适用.
 */
void closure_doubt(const struct assessment *assessment, struct diag *diag);

/* rectification-future, once: how many reports of completion are dated after `today`. */
void closure_doubt_future(const struct assessment *assessment, struct date today, struct diag *diag);

#endif
