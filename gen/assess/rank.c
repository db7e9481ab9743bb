/* SPDX-License-Identifier: MIT */
#include "assess/rank.h"

#include "assess/rule.h"

enum { POINT_DIGITS = 4 };

static bool is_in_way(const struct decision *decision, int32_t item)
{
	for (size_t i = 0; i < decision->way_count; i++)
		if (decision->way[i].item == item)
			return true;
	return false;
}

/* Looks at the open items of the area other than the one that is met. */
static void see_area(const struct compiled_rule *rule, const struct decision *decision, struct rank_step *step)
{
	const struct area *area = &rule->catalogue->areas[rule->catalogue->items[step->item].area];
	step->area_level = decision->area_level[rule->catalogue->items[step->item].area];
	step->area_level_after = rule->level_count;
	for (int32_t i = area->first_item; i < area->first_item + area->item_count; i++) {
		if (i == step->item || !rule_is_open(decision->items[i].result))
			continue;
		step->left_in_area += rule->item_levels[i] <= decision->next;
		if (rule->item_levels[i] <= step->area_level_after)
			step->area_level_after = (int8_t)(rule->item_levels[i] - 1);
	}
	step->lifts_area = step->area_level_after > step->area_level;
}

static void see_share(const struct compiled_rule *rule, const struct decision *decision, struct rank_step *step)
{
	step->is_veto = rule->catalogue->items[step->item].veto == YESNO_YES;
	if (decision->next == 0 || rule->item_levels[step->item] > decision->next)
		return;
	step->gain = rule_gain(rule, step->item, decision->items[step->item].result);
	step->of = decision->share_of[decision->next];
	if (step->of > 0)
		step->points = decimal_ratio(step->gain, step->of, POINT_DIGITS);
}

struct rank_step rank_step_of(const struct compiled_rule *rule, const struct decision *decision, int32_t item)
{
	struct rank_step step = { .item = item, .is_on_way = is_in_way(decision, item) };
	step.lifts_enterprise = step.is_on_way && decision->way_count == 1;
	see_area(rule, decision, &step);
	if (rule->method == METHOD_THRESHOLD)
		see_share(rule, decision, &step);
	return step;
}

size_t rank_steps(const struct compiled_rule *rule, const struct decision *decision, struct rank_step steps[RANK_MOST])
{
	int32_t best[RANK_MOST];
	size_t count = 0;
	for (size_t i = 0; i < decision->way_count && count < RANK_MOST; i++)
		best[count++] = decision->way[i].item;
	for (size_t i = 0; i < decision->finding_count && count < RANK_MOST; i++)
		if (!is_in_way(decision, decision->findings[i]))
			best[count++] = decision->findings[i];
	for (size_t i = 0; i < count; i++)
		steps[i] = rank_step_of(rule, decision, best[i]);
	return count;
}
