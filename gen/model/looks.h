/* SPDX-License-Identifier: MIT
 *
 * Two looks at the same items, one after the other, held against each other: 线上核查 with 自评, and 现场核查
 * with 线上核查.
 *
 * Counted are the items that the earlier look found 符合 and the later found 符合, 部分符合 or 不符合; the latter
 * two contradict.  Both looks are those of one participation.  One look is found by its round and item: what is
 * decided of an item names its round, and no place among hundreds of observations is kept for each.
 */
#ifndef XINGJI_MODEL_LOOKS_H
#define XINGJI_MODEL_LOOKS_H

#include "model/model.h"

enum { LOOKS = 2 };

struct look {
	int8_t before, after; /* enum round */
};
extern const struct look looks[LOOKS];

struct look_count {
	int64_t items, contradicted, firms; /* firms: participations that have any such item */
};

/* Adds what one participation gives. */
void looks_count(const struct model *model, const struct participation *row, int look, struct look_count *count);

/* How that round judged the item: its index in model->observations; -1: it did not, or left it 未评. */
int32_t look_find(const struct model *model, const struct participation *row, int round, int32_t item);
/* The same for items in a row: what lies behind *near, the last that was found (any at first), is looked at first. */
int32_t look_find_near(const struct model *model, const struct participation *row, int32_t *near, int round,
		       int32_t item);

#endif
