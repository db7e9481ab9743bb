/* SPDX-License-Identifier: MIT */
#include "assess/rule.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/clamp.h"

static const struct catalogue no_catalogue = { .level_count = 0 };
static const struct rule no_rule = { .method = METHOD_MIN_OF_PA };

/* data/FORMATS.md §5: where the rule names none. */
static const int8_t default_rounds[] = { ROUND_ONSITE, ROUND_RECHECK, ROUND_ONLINE };

static void prepare_rounds(struct compiled_rule *rule)
{
	for (size_t i = 0; i < rule->written->round_count && i < ROUNDS_MOST; i++) {
		int8_t round = rule->written->rounds[i];
		/* A rule that names self is reported where it is read; a self-assessment still never gives a star. */
		if (round > ROUND_SELF && round < ROUNDS && !rule_counts(rule, round))
			rule->rounds[rule->round_count++] = round;
	}
	if (rule->round_count)
		return;
	rule->round_count = sizeof default_rounds;
	memcpy(rule->rounds, default_rounds, sizeof default_rounds);
}

struct rank {
	decimal_sum gain; /* more first; equal for findings */
	int32_t item;
	int8_t risk, level;
	bool from_partial;
};

static int compare_ranks(const void *left, const void *right)
{
	const struct rank *a = left, *b = right;
	if (a->gain != b->gain)
		return a->gain > b->gain ? -1 : 1;
	if (a->risk != b->risk)
		return a->risk - b->risk;
	if (a->level != b->level)
		return a->level - b->level;
	if (a->item != b->item)
		return a->item < b->item ? -1 : 1;
	return a->from_partial - b->from_partial;
}

/* Sorted once per track, so that each participation only filters. */
static void prepare_orders(struct compiled_rule *rule, struct arena *arena)
{
	size_t count = (size_t)rule->catalogue->item_count;
	struct rank *ranks = ARENA_ARRAY(arena, struct rank, count * 2);
	for (size_t i = 0; i < count; i++)
		ranks[i] = (struct rank){ .item = (int32_t)i, .risk = rule->item_risks[i], .level = rule->item_levels[i] };
	qsort(ranks, count, sizeof *ranks, compare_ranks);
	for (size_t i = 0; i < count; i++)
		rule->finding_order[i] = ranks[i].item;
	for (size_t i = 0; i < count * 2; i++) {
		struct rank rank = { .item = (int32_t)(i / 2), .risk = rule->item_risks[i / 2], .from_partial = i % 2 };
		rank.gain = rule_gain(rule, rank.item, rank.from_partial ? RESULT_PARTIAL : RESULT_UNMET);
		ranks[i] = rank;
	}
	qsort(ranks, count * 2, sizeof *ranks, compare_ranks);
	for (size_t i = 0; i < count * 2; i++)
		rule->gains[i] = (struct gain){ ranks[i].gain, ranks[i].item, ranks[i].from_partial };
}

struct compiled_rule *rule_prepare(struct arena *arena, const struct catalogue *catalogue, const struct rule *written)
{
	struct compiled_rule *rule = ARENA_NEW(arena, struct compiled_rule);
	rule->catalogue = catalogue ? catalogue : &no_catalogue;
	rule->written = catalogue && written ? written : &no_rule;
	rule->method = rule->written->method >= 0 && rule->written->method < METHODS ? rule->written->method : METHOD_MIN_OF_PA;
	rule->level_count = (int8_t)clamp(rule->catalogue->level_count, 0, LEVELS_MOST);
	prepare_rounds(rule);
	rule->credit[RESULT_MET] = decimal_from(1);
	rule->credit[RESULT_PARTIAL] = rule->written->partial;
	size_t count = (size_t)rule->catalogue->item_count;
	rule->item_levels = ARENA_ARRAY(arena, int8_t, count);
	rule->item_risks = ARENA_ARRAY(arena, int8_t, count);
	for (size_t i = 0; i < count; i++) {
		const struct item *item = &rule->catalogue->items[i];
		rule->item_levels[i] = (int8_t)clamp(item->level, 1, LEVELS_MOST);
		rule->item_risks[i] = item->risk >= 0 && item->risk < RISKS ? item->risk : RISK_MEDIUM;
	}
	rule->finding_order = ARENA_ARRAY(arena, int32_t, count);
	rule->gains = ARENA_ARRAY(arena, struct gain, count * 2);
	prepare_orders(rule, arena);
	return rule;
}

struct text rule_label(const struct compiled_rule *rule, int level)
{
	struct text label = rule->catalogue->levels[level].label;
	return level == 0 && label.size == 0 ? text_from(outcome_word(OUTCOME_NOT_REACHED)) : label;
}

struct text rule_name(const struct compiled_rule *rule, int level)
{
	struct text name = rule->catalogue->levels[level].name;
	return level == 0 && name.size == 0 ? rule_label(rule, 0) : name;
}

bool rule_counts(const struct compiled_rule *rule, int round)
{
	for (int i = 0; i < rule->round_count; i++)
		if (rule->rounds[i] == round)
			return true;
	return false;
}

bool rule_is_open(int result)
{
	return result != RESULT_MET && result != RESULT_NOT_APPLICABLE;
}

/* By item, the first counted round that says something. */
static void merge_rounds(const struct compiled_rule *rule, struct effective *const round_items[ROUNDS],
			 struct effective *items)
{
	for (int32_t i = 0; i < rule->catalogue->item_count; i++) {
		items[i] = (struct effective){ .result = RESULT_UNASSESSED, .round = -1 };
		for (int k = 0; k < rule->round_count; k++) {
			const struct effective *seen = round_items[rule->rounds[k]];
			if (!seen || seen[i].result == RESULT_UNASSESSED)
				continue;
			items[i] = seen[i];
			break;
		}
	}
}

int rule_effective(const struct compiled_rule *rule, struct arena *arena,
		   struct effective *const round_items[ROUNDS], struct effective **items)
{
	int looked = 0;
	for (int k = 0; k < rule->round_count; k++)
		if (round_items[rule->rounds[k]]) {
			*items = round_items[rule->rounds[k]];
			looked++;
		}
	if (looked == 1)
		return looked;
	*items = ARENA_ARRAY(arena, struct effective, (size_t)rule->catalogue->item_count);
	merge_rounds(rule, round_items, *items);
	return looked;
}

void rule_areas(const struct compiled_rule *rule, const struct effective *items, int8_t *area_level)
{
	const struct catalogue *catalogue = rule->catalogue;
	for (int32_t a = 0; a < catalogue->area_count; a++)
		area_level[a] = -1;
	for (int32_t i = 0; i < catalogue->item_count; i++) {
		int8_t *level = &area_level[catalogue->items[i].area];
		if (items[i].result == RESULT_NOT_APPLICABLE)
			continue;
		if (*level < 0)
			*level = rule->level_count;
		if (items[i].result != RESULT_MET && rule->item_levels[i] <= *level)
			*level = (int8_t)(rule->item_levels[i] - 1);
	}
}

int8_t rule_least(const struct compiled_rule *rule, const int8_t *area_level)
{
	int8_t least = -1;
	for (int32_t a = 0; a < rule->catalogue->area_count; a++)
		if (area_level[a] >= 0 && (least < 0 || area_level[a] < least))
			least = area_level[a];
	return least < 0 ? 0 : least;
}

decimal_sum rule_gain(const struct compiled_rule *rule, int32_t item, int result)
{
	struct decimal missing = { decimal_from(1).units - rule->credit[result].units };
	return decimal_product(rule->catalogue->items[item].weight, missing);
}

void rule_shares(const struct compiled_rule *rule, const struct effective *items, struct shares *shares)
{
	const struct decimal one = decimal_from(1);
	*shares = (struct shares){ 0 };
	for (int32_t i = 0; i < rule->catalogue->item_count; i++) {
		if (items[i].result == RESULT_NOT_APPLICABLE)
			continue;
		struct decimal weight = rule->catalogue->items[i].weight;
		shares->got[rule->item_levels[i]] += decimal_product(weight, rule->credit[items[i].result]);
		shares->of[rule->item_levels[i]] += decimal_product(weight, one);
	}
	for (int n = 1; n <= LEVELS_MOST; n++) {
		shares->got[n] += shares->got[n - 1];
		shares->of[n] += shares->of[n - 1];
	}
}

bool rule_share_reached(const struct compiled_rule *rule, int level, decimal_sum got, decimal_sum of)
{
	if (!rule->written->has_share[level])
		return false;
	return of <= 0 || decimal_compare_share(got, of, rule->written->share[level]) >= 0;
}

int rule_veto_level(const struct compiled_rule *rule, const struct effective *items)
{
	int least = LEVELS_MOST + 1;
	for (int32_t i = 0; i < rule->catalogue->item_count; i++)
		if (rule->catalogue->items[i].veto == YESNO_YES && rule_is_open(items[i].result) && rule->item_levels[i] < least)
			least = rule->item_levels[i];
	return least;
}

int8_t rule_threshold(const struct compiled_rule *rule, const struct effective *items, const struct shares *shares)
{
	if (shares->of[rule->level_count] <= 0)
		return 0; /* nothing applicable at all */
	int veto = rule_veto_level(rule, items);
	int8_t level = 0;
	while (level < rule->level_count) {
		int n = level + 1;
		if (n >= veto || !rule_share_reached(rule, n, shares->got[n], shares->of[n]))
			break;
		level++;
	}
	return level;
}

/* Up to which level open items hold this decision back; 0 when none does. */
static int8_t deciding_level(const struct compiled_rule *rule, const struct decision *decision)
{
	if (decision->given_differs < 0)
		return decision->next;
	int8_t stated = decision->level, from_items = decision->given_differs;
	if (stated > from_items)
		return stated;
	return from_items < rule->level_count ? (int8_t)(from_items + 1) : 0;
}

size_t rule_deciding(const struct compiled_rule *rule, const struct decision *decision, int32_t *items)
{
	size_t count = 0;
	int8_t most = deciding_level(rule, decision);
	bool is_threshold = rule->method == METHOD_THRESHOLD;
	bool vetoes_only = is_threshold &&
		rule_share_reached(rule, most, decision->share_got[most], decision->share_of[most]);
	for (int8_t level = 1; level <= most; level++)
		for (int32_t i = 0; i < rule->catalogue->item_count; i++) {
			if (rule->item_levels[i] != level || !rule_is_open(decision->items[i].result))
				continue;
			if (vetoes_only && rule->catalogue->items[i].veto != YESNO_YES)
				continue;
			items[count++] = i;
		}
	return count;
}
