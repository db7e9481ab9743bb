/* SPDX-License-Identifier: MIT
 *
 * What stands beside what: where a line may end, how much that is disliked, and the
 * blank between two boxes (W3C clreq).
 */
#ifndef XINGJI_SETTING_JOIN_H
#define XINGJI_SETTING_JOIN_H

#include "setting/box.h"

/*
 * Decides may_break, penalty, gap, shrink, stretch and has_glue of the last of `count`
 * boxes of a paragraph from those before it; em in points.
 */
void join_last(struct box *boxes, size_t count, double em);

#endif
