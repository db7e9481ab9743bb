/* SPDX-License-Identifier: MIT
 *
 * The meaning of a rule, clause by clause (data/FORMATS.md §5): which observation
 * counts, what an area reaches, what share(n) is, which level follows.
 *
 * A compiled rule is a rule as the campaign states it (model/model.h) together with the
 * catalogue that it is applied to: made once for each track, const from then on, so any
 * number of workers may read it at once.  The rest are pure functions over the results of
 * one participation, linear in the items.  Gaps and ways up are in gap.h.
 */
#ifndef XINGJI_ASSESS_RULE_H
#define XINGJI_ASSESS_RULE_H

#include "assess/assess.h"

/* What meeting an item would add to the numerator of share(n), given where it stands now. */
struct gain {
	decimal_sum gain;  /* weight × (1 − credit) */
	int32_t item;
	bool from_partial; /* stands at 部分符合; else at 不符合 or 未评 */
};

struct compiled_rule {
	const struct catalogue *catalogue;
	const struct rule *written;    /* as the campaign states it */
	int8_t method;              /* enum method; a missing one reads as min-of-pa */
	int8_t level_count;         /* 0 … LEVELS_MOST */
	int8_t rounds[ROUNDS];      /* the rounds that count, first wins; never self */
	int8_t round_count;
	struct decimal credit[RESULTS];
	int8_t *item_levels;        /* per item, 1 … LEVELS_MOST */
	int8_t *item_risks;         /* per item; a missing one reads as 中 */
	int32_t *finding_order;     /* all items by risk, level, catalogue */
	struct gain *gains;         /* two per item, by gain descending, risk, catalogue */
};

/* share(n) = got[n] ÷ of[n]; of[n] is 0 where nothing is applicable up to n. */
struct shares {
	decimal_sum got[LEVELS_MOST + 1], of[LEVELS_MOST + 1];
};

/* NULL catalogue (a track that the campaign does not run) gives one of no items and no levels.  Lives in arena. */
struct compiled_rule *rule_prepare(struct arena *arena, const struct catalogue *catalogue, const struct rule *written);

/* 1星, 增强级; 基础建设级; both 未达标 for 0. */
struct text rule_label(const struct compiled_rule *rule, int level);
struct text rule_name(const struct compiled_rule *rule, int level);
/* Does this round count towards the level? */
bool rule_counts(const struct compiled_rule *rule, int round);
/* Applicable and not met: 部分符合, 不符合, 未评. */
bool rule_is_open(int result);

/*
 * The effective results of one participation: of each item, what the first counted round says
 * that says something other than 未评.  They are decided nowhere else.  Returns how many
 * counted rounds observed anything; *items has one per item of the catalogue and lives in
 * arena, or is the array of the only round that did.
 */
int rule_effective(const struct compiled_rule *rule, struct arena *arena,
		   struct effective *const round_items[ROUNDS], struct effective **items);

/* Per area the level that min-of-pa gives, or -1 where nothing is applicable. */
void rule_areas(const struct compiled_rule *rule, const struct effective *items, int8_t *area_level);
/* The minimum over the areas that remain; 0 when none does. */
int8_t rule_least(const struct compiled_rule *rule, const int8_t *area_level);

/* weight × (1 − credit): what meeting the item adds to the numerator of share(n). */
decimal_sum rule_gain(const struct compiled_rule *rule, int32_t item, int result);
void rule_shares(const struct compiled_rule *rule, const struct effective *items, struct shares *shares);
/* Does this numerator and denominator satisfy the share that level n asks for?  A level without a share never is. */
bool rule_share_reached(const struct compiled_rule *rule, int level, decimal_sum got, decimal_sum of);
/* The lowest level of an open veto item; LEVELS_MOST + 1 when there is none. */
int rule_veto_level(const struct compiled_rule *rule, const struct effective *items);
int8_t rule_threshold(const struct compiled_rule *rule, const struct effective *items, const struct shares *shares);

/*
 * The open items that hold the level where it is, by level and catalogue: for
 * min-of-pa the open items up to the next level; for threshold its open veto items
 * and, while the share is missing, every open item that could add to it; for given,
 * where the stated level differs from `given_differs`, the items that speak against it.
 * `items` has room for every item; returns how many.
 */
size_t rule_deciding(const struct compiled_rule *rule, const struct decision *decision, int32_t *items);

#endif
