/* SPDX-License-Identifier: MIT */
#include "assess/undo.h"

#include <stdlib.h>

#include "assess/rule.h"
#include "base/arena.h"

/* An item that may be put back, and how much that gives towards undoing the change. */
struct candidate {
	decimal_sum weight;
	int32_t item;
	int8_t result; /* with which it is put back */
	bool is_back;
};

struct trial {
	const struct compiled_rule *rule;
	struct effective *items; /* as they are, those of `is_back` put back */
	const struct effective *own;
	int8_t *area_level;
	struct candidate *candidates;
	size_t count;
	int8_t wanted;           /* the level to come back to */
	bool is_fall;
};

static int8_t level_of(const struct trial *trial)
{
	struct shares shares;
	if (trial->rule->method == METHOD_THRESHOLD) {
		rule_shares(trial->rule, trial->items, &shares);
		return rule_threshold(trial->rule, trial->items, &shares);
	}
	rule_areas(trial->rule, trial->items, trial->area_level);
	return rule_least(trial->rule, trial->area_level);
}

static bool is_undone(const struct trial *trial)
{
	return trial->is_fall ? level_of(trial) >= trial->wanted : level_of(trial) <= trial->wanted;
}

static void put(struct trial *trial, size_t index, bool is_back)
{
	struct candidate *candidate = &trial->candidates[index];
	candidate->is_back = is_back;
	trial->items[candidate->item].result = (is_back ? candidate->result : trial->own[candidate->item].result) & 7;
}

static struct trial trial_new(struct arena *arena, struct undo_side side)
{
	size_t count = (size_t)side.rule->catalogue->item_count;
	struct trial trial = { .rule = side.rule, .own = side.decision->items };
	trial.items = ARENA_ARRAY(arena, struct effective, count);
	trial.area_level = ARENA_ARRAY(arena, int8_t, (size_t)side.rule->catalogue->area_count);
	trial.candidates = ARENA_ARRAY(arena, struct candidate, count);
	if (count)
		memcpy(trial.items, side.decision->items, count * sizeof *trial.items);
	return trial;
}

/* What an item counts for in a share; 不适用 counts for nothing. */
static decimal_sum counted(const struct compiled_rule *rule, int32_t item, int8_t result)
{
	if (result == RESULT_NOT_APPLICABLE)
		return 0;
	return decimal_product(rule->catalogue->items[item].weight, rule->credit[result]);
}

/* Items above the level in question decide nothing about it. */
static void offer(struct trial *trial, int32_t item, int8_t result)
{
	int8_t most = trial->is_fall ? trial->wanted : (int8_t)(trial->wanted + 1);
	int8_t own = trial->own[item].result;
	if (own == result || trial->rule->item_levels[item] > most)
		return;
	decimal_sum weight = counted(trial->rule, item, result) - counted(trial->rule, item, own);
	trial->candidates[trial->count++] =
		(struct candidate){ .item = item, .result = result, .weight = trial->is_fall ? weight : -weight };
}

/* What matters least comes first; among equals the later of the catalogue. */
static int compare_candidates(const void *left, const void *right)
{
	const struct candidate *a = left, *b = right;
	if (a->weight != b->weight)
		return a->weight < b->weight ? -1 : 1;
	return (a->item < b->item) - (a->item > b->item);
}

/* All are back and the change is undone: leaves out whatever is not needed for that. */
static void leave_out(struct trial *trial)
{
	if (trial->count > 1)
		qsort(trial->candidates, trial->count, sizeof *trial->candidates, compare_candidates);
	for (size_t i = 0; i < trial->count; i++) {
		put(trial, i, false);
		if (!is_undone(trial))
			put(trial, i, true);
	}
}

/* Puts back those that undo the change alone; false when none does. */
static bool find_each(struct trial *trial)
{
	bool any = false;
	for (size_t i = 0; i < trial->count; i++) {
		put(trial, i, true);
		bool alone = is_undone(trial);
		put(trial, i, false);
		trial->candidates[i].is_back = alone;
		any |= alone;
	}
	return any;
}

static bool put_all(struct trial *trial)
{
	for (size_t i = 0; i < trial->count; i++)
		put(trial, i, true);
	return trial->count && is_undone(trial);
}

/* ---- results on both sides -------------------------------------------------------- */

/* The result of an item in a decision by another catalogue, which may not know it. */
static int8_t result_in(const struct undo_side *side, const struct catalogue *other, int32_t item)
{
	const struct catalogue *own = side->rule->catalogue;
	if (own == other)
		return side->decision->items[item].result;
	const uint32_t *found = map_find(&own->item_by_id, other->items[item].id);
	return found ? side->decision->items[*found].result : RESULT_NOT_APPLICABLE;
}

static int compare_items(const void *left, const void *right)
{
	const struct candidate *a = left, *b = right;
	return (a->item > b->item) - (a->item < b->item);
}

static struct undo undo_from(struct arena *arena, struct trial *trial, enum undo_kind kind,
			     const struct undo_side sides[2])
{
	const struct catalogue *catalogue = trial->rule->catalogue;
	struct undo undo = { .kind = kind, .items = ARENA_ARRAY(arena, struct undo_item, trial->count) };
	if (trial->count > 1)
		qsort(trial->candidates, trial->count, sizeof *trial->candidates, compare_items);
	for (size_t i = 0; i < trial->count; i++) {
		int32_t item = trial->candidates[i].item;
		if (trial->candidates[i].is_back)
			undo.items[undo.count++] = (struct undo_item){
				.id = catalogue->items[item].id, .before = result_in(&sides[0], catalogue, item),
				.now = result_in(&sides[1], catalogue, item),
			};
	}
	return undo;
}

static bool undo_by_results(struct arena *arena, const struct undo_side sides[2], struct undo *undo)
{
	const struct undo_side *before = &sides[0], *now = &sides[1];
	if (now->rule->method == METHOD_GIVEN)
		return false;
	struct trial trial = trial_new(arena, *now);
	trial.wanted = before->decision->level;
	trial.is_fall = before->decision->level > now->decision->level;
	for (int32_t i = 0; i < now->rule->catalogue->item_count; i++)
		offer(&trial, i, result_in(before, now->rule->catalogue, i));
	enum undo_kind kind = UNDO_EACH;
	if (!find_each(&trial)) {
		kind = UNDO_TOGETHER;
		if (!put_all(&trial))
			return false;
		leave_out(&trial);
	}
	*undo = undo_from(arena, &trial, kind, sides);
	return true;
}

/* What the side that stands lower would have to meet for the level of the other. */
static bool undo_by_meeting(struct arena *arena, const struct undo_side sides[2], struct undo *undo)
{
	bool is_fall = sides[0].decision->level > sides[1].decision->level;
	const struct undo_side *lower = &sides[is_fall], *higher = &sides[!is_fall];
	struct trial trial = trial_new(arena, *lower);
	trial.wanted = higher->decision->level;
	trial.is_fall = true;
	for (int32_t i = 0; i < lower->rule->catalogue->item_count; i++)
		if (rule_is_open(lower->decision->items[i].result))
			offer(&trial, i, RESULT_MET);
	if (lower->rule->method == METHOD_GIVEN || !put_all(&trial))
		return false;
	leave_out(&trial);
	*undo = undo_from(arena, &trial, UNDO_MET, sides);
	return true;
}

struct undo undo_find(struct arena *arena, struct undo_side before, struct undo_side now)
{
	const struct undo_side sides[2] = { before, now };
	struct undo undo = { .kind = UNDO_NOTHING };
	if (before.decision->outcome == OUTCOME_UNFINISHED || now.decision->outcome == OUTCOME_UNFINISHED)
		undo.kind = UNDO_UNOBSERVED;
	else if (before.rule->method == METHOD_GIVEN && now.rule->method == METHOD_GIVEN)
		undo.kind = UNDO_STATED;
	else if (!undo_by_results(arena, sides, &undo) && !undo_by_meeting(arena, sides, &undo))
		undo.kind = UNDO_NOTHING;
	return undo;
}
