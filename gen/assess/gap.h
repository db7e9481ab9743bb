/* SPDX-License-Identifier: MIT
 *
 * From a decided level to what is next: target, gap, findings, shortest way up.
 */
#ifndef XINGJI_ASSESS_GAP_H
#define XINGJI_ASSESS_GAP_H

#include "assess/rule.h"

/* Room that one worker reuses for every participation. */
struct gap_scratch {
	int32_t *items;     /* item_count of the largest catalogue */
	struct step *steps; /* the same */
};

/*
 * Sets next, target, gap, findings, way and has_way_up.  Needs level, items,
 * area_level and the shares of the decision.  `target` is the stated one (-1 none);
 * gap and findings are one array wherever they are the same list.
 */
void gap_find(const struct compiled_rule *rule, struct arena *arena, struct gap_scratch *scratch, int8_t target,
	      struct decision *decision);

#endif
