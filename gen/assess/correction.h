/* SPDX-License-Identifier: MIT
 *
 * Whether the 更正 of a ledger correct anything, and its 增补 agree with the results, which only the decisions can tell.
 */
#ifndef XINGJI_ASSESS_CORRECTION_H
#define XINGJI_ASSESS_CORRECTION_H

#include "assess/assess.h"

struct arena;

/*
 * Warns of every counted 更正 that gives the level which its entry shows already, and of every 增补 at another level
 * than the results give.  `shown` is what chronicle_assessment made of `decided`.
 */
void correction_check(struct arena *arena, const struct assessment *decided, const struct assessment *shown,
		      struct diag *diag);

#endif
