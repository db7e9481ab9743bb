/* SPDX-License-Identifier: MIT */
#include "assess/gap.h"

#include "base/arena.h"

static bool is_open_up_to(const struct compiled_rule *rule, const struct effective *items, int32_t item, int level)
{
	return rule->item_levels[item] <= level && rule_is_open(items[item].result);
}

/* Open items up to `level` in findings order. */
static size_t open_items(const struct compiled_rule *rule, const struct effective *items, int level, int32_t *found)
{
	size_t count = 0;
	for (int32_t i = 0; i < rule->catalogue->item_count; i++)
		if (is_open_up_to(rule, items, rule->finding_order[i], level))
			found[count++] = rule->finding_order[i];
	return count;
}

static int32_t *keep_items(struct arena *arena, const int32_t *items, size_t count)
{
	int32_t *kept = ARENA_ARRAY(arena, int32_t, count);
	memcpy(kept, items, count * sizeof *items);
	return kept;
}

static struct step step_of(const struct compiled_rule *rule, int32_t item, decimal_sum gain)
{
	const decimal_sum one = decimal_product(decimal_from(1), decimal_from(1));
	struct step step = { .item = item, .is_veto = rule->catalogue->items[item].veto == YESNO_YES };
	if (gain != 0)
		step.gain = decimal_ratio(gain, one, DECIMAL_SCALE);
	return step;
}

/* min-of-pa, given: the gap to the next level itself, since every area must get there. */
static bool way_by_areas(const struct compiled_rule *rule, const struct decision *decision, struct gap_scratch *scratch,
			 size_t *count)
{
	*count = open_items(rule, decision->items, decision->next, scratch->items);
	for (size_t i = 0; i < *count; i++)
		scratch->steps[i] = step_of(rule, scratch->items[i], 0);
	for (int32_t a = 0; a < rule->catalogue->area_count; a++)
		if (decision->area_level[a] >= 0)
			return true;
	return false; /* nothing is applicable: no item can be met */
}

/*
 * threshold: no level is reached over an open veto item, so those come first; meeting
 * an item changes the numerator only, so the largest gains give the fewest items.
 */
static bool way_by_share(const struct compiled_rule *rule, const struct decision *decision, struct gap_scratch *scratch,
			 size_t *count)
{
	int next = decision->next;
	const struct effective *items = decision->items;
	decimal_sum got = decision->share_got[next], of = decision->share_of[next];
	*count = 0;
	for (int32_t i = 0; i < rule->catalogue->item_count; i++) {
		if (rule->catalogue->items[i].veto != YESNO_YES || !is_open_up_to(rule, items, i, next))
			continue;
		decimal_sum gain = rule_gain(rule, i, items[i].result);
		scratch->steps[(*count)++] = step_of(rule, i, gain);
		got += gain;
	}
	for (int32_t k = 0; k < rule->catalogue->item_count * 2; k++) {
		const struct gain *gain = &rule->gains[k];
		if (gain->gain <= 0 || rule_share_reached(rule, next, got, of))
			break;
		if (rule->catalogue->items[gain->item].veto == YESNO_YES ||
		    !is_open_up_to(rule, items, gain->item, next) ||
		    gain->from_partial != (items[gain->item].result == RESULT_PARTIAL))
			continue;
		scratch->steps[(*count)++] = step_of(rule, gain->item, gain->gain);
		got += gain->gain;
	}
	return decision->share_of[rule->level_count] > 0 && rule_share_reached(rule, next, got, of);
}

static void find_way(const struct compiled_rule *rule, struct arena *arena, struct gap_scratch *scratch,
		     struct decision *decision)
{
	size_t count = 0;
	if (decision->next == 0)
		return;
	decision->has_way_up = rule->method == METHOD_THRESHOLD ? way_by_share(rule, decision, scratch, &count)
								  : way_by_areas(rule, decision, scratch, &count);
	if (!decision->has_way_up)
		return;
	decision->way = ARENA_ARRAY(arena, struct step, count);
	memcpy(decision->way, scratch->steps, count * sizeof *decision->way);
	decision->way_count = count;
}

void gap_find(const struct compiled_rule *rule, struct arena *arena, struct gap_scratch *scratch, int8_t target,
	      struct decision *decision)
{
	bool at_top = decision->level >= rule->level_count;
	decision->next = at_top ? 0 : (int8_t)(decision->level + 1);
	decision->target = target > decision->level && target <= rule->level_count ? target : decision->next;
	/* At the top the gap is empty and the findings are the open items of all levels. */
	int level = at_top ? LEVELS_MOST : decision->target;
	decision->finding_count = open_items(rule, decision->items, level, scratch->items);
	decision->findings = keep_items(arena, scratch->items, decision->finding_count);
	decision->gap = decision->findings;
	decision->gap_count = at_top ? 0 : decision->finding_count;
	find_way(rule, arena, scratch, decision);
}
