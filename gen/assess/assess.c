/* SPDX-License-Identifier: MIT
 *
 * The driver: prepare each track once, decide each participation in one pass over
 * its observations, then move, warn and count.
 *
 * decide() reads only the model and its rule and writes only its own decision,
 * arena and scratch, so ranges of participations may be decided side by side by
 * workers that bring an arena and a scratch each; warnings are reported afterwards,
 * in order.
 *
 * Memory: per participation the results of items cost a byte each, once per round
 * that observed something and once for the effective results — unless a single
 * counted round observed, when the two are one array.
 */
#include "assess/assess.h"

#include <assert.h>
#include <stdlib.h>

#include "assess/closure.h"
#include "assess/closure_doubt.h"
#include "assess/gap.h"
#include "assess/movement.h"
#include "assess/rule.h"
#include "assess/scanned.h"
#include "assess/statistics.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "model/parts.h"

struct scratch {
	struct gap_scratch gap;
	int8_t *area_level;
};

/* Readable observation of an item the catalogue has; others were reported by check/. */
static bool is_usable(const struct observation *seen, const struct catalogue *catalogue)
{
	return seen->item >= 0 && seen->item < catalogue->item_count && seen->round >= 0 && seen->round < ROUNDS &&
		seen->result > RESULT_UNASSESSED && seen->result < RESULTS;
}

/* Lays each round's observations out by item. */
static void spread(const struct model *model, const struct participation *participation,
		   const struct compiled_rule *rule,
		   struct arena *arena, struct decision *decision)
{
	size_t item_count = (size_t)rule->catalogue->item_count, count = participation->observation_count;
	/* A year of which only the list is left has no array of observations. */
	const struct observation *seen = count ? &model->observations[participation->first_observation] : NULL;
	for (size_t k = 0; k < count; k++) {
		if (!is_usable(&seen[k], rule->catalogue))
			continue;
		struct effective **items = &decision->round_items[seen[k].round];
		if (!*items) {
			*items = ARENA_ARRAY(arena, struct effective, item_count);
			for (size_t i = 0; i < item_count; i++)
				(*items)[i] = (struct effective){ .result = RESULT_UNASSESSED, .round = -1 };
		}
		(*items)[seen[k].item] = effective_of(seen[k].result, seen[k].round);
	}
}

/* By the track's rule, but `given` as the items say. */
static int8_t level_of(const struct compiled_rule *rule, const struct effective *items, int8_t *area_level,
		       struct shares *shares)
{
	rule_areas(rule, items, area_level);
	rule_shares(rule, items, shares);
	return rule->method == METHOD_THRESHOLD ? rule_threshold(rule, items, shares)
						 : rule_least(rule, area_level);
}

static void decide_rounds(const struct compiled_rule *rule, struct scratch *scratch, struct decision *decision)
{
	struct shares shares;
	for (int r = 0; r < ROUNDS; r++)
		decision->round_level[r] =
			decision->round_items[r]
				? level_of(rule, decision->round_items[r], scratch->area_level, &shares)
				: -1;
}

static void decide_level(const struct compiled_rule *rule, struct arena *arena, int8_t given, bool is_observed,
			 struct decision *decision)
{
	size_t shares_count = (size_t)rule->level_count + 1;
	struct shares shares;
	decision->area_level = ARENA_ARRAY(arena, int8_t, (size_t)rule->catalogue->area_count);
	decision->share_got = ARENA_ARRAY(arena, decimal_sum, shares_count * 2);
	decision->share_of = decision->share_got + shares_count;
	int8_t level = level_of(rule, decision->items, decision->area_level, &shares);
	memcpy(decision->share_got, shares.got, shares_count * sizeof *shares.got);
	memcpy(decision->share_of, shares.of, shares_count * sizeof *shares.of);
	decision->given_differs = -1;
	if (rule->method == METHOD_GIVEN) {
		int8_t stated = given > 0 && given <= rule->level_count ? given : 0;
		if (is_observed && stated != level)
			decision->given_differs = level;
		level = stated;
	}
	decision->level = is_observed ? level : 0;
	decision->outcome = OUTCOME_UNFINISHED;
	if (is_observed)
		decision->outcome = level == 0 ? OUTCOME_NOT_REACHED : OUTCOME_REACHED;
}

static void count_effective(const struct catalogue *catalogue, struct arena *arena, struct decision *decision)
{
	decision->classes = ARENA_ARRAY(arena, struct tally, (size_t)catalogue->class_count);
	for (int32_t i = 0; i < catalogue->item_count; i++) {
		const struct item *item = &catalogue->items[i];
		const int result = decision->items[i].result;
		decision->total.by_result[result]++;
		decision->classes[catalogue->areas[item->area].class].by_result[result]++;
		if (item->element >= 0 && item->element < ELEMENTS)
			decision->elements[item->element].by_result[result]++;
	}
}

static void count_rounds(const struct catalogue *catalogue, struct decision *decision)
{
	for (int r = 0; r < ROUNDS; r++)
		for (int32_t i = 0; decision->round_items[r] && i < catalogue->item_count; i++)
			decision->round_total[r].by_result[decision->round_items[r][i].result]++;
}

static void decide(const struct model *model, const struct participation *participation,
		   const struct compiled_rule *rule,
		   struct arena *arena, struct scratch *scratch, struct decision *decision)
{
	spread(model, participation, rule, arena, decision);
	bool is_observed = rule_effective(rule, arena, decision->round_items, &decision->items) > 0;
	decide_level(rule, arena, participation->given, is_observed, decision);
	decide_rounds(rule, scratch, decision);
	gap_find(rule, arena, &scratch->gap, participation->target, decision);
	count_effective(rule->catalogue, arena, decision);
	count_rounds(rule->catalogue, decision);
}

static struct scratch scratch_for(struct arena *arena, const struct assessment *assessment)
{
	size_t items = 0, areas = 0;
	for (int t = 0; t < assessment->model->campaign.track_count; t++) {
		const struct catalogue *catalogue = assessment->rules[t]->catalogue;
		if ((size_t)catalogue->item_count > items)
			items = (size_t)catalogue->item_count;
		if ((size_t)catalogue->area_count > areas)
			areas = (size_t)catalogue->area_count;
	}
	return (struct scratch){
		.gap = { ARENA_ARRAY(arena, int32_t, items), ARENA_ARRAY(arena, struct step, items) },
		.area_level = ARENA_ARRAY(arena, int8_t, areas),
	};
}

enum { DECIDING_NAMED = 60 }; /* a message names at most so many items; {n} says how many there are */

static struct text name_items(const struct catalogue *catalogue, const int32_t *items, size_t count, struct arena *arena)
{
	struct buf names;
	buf_init(&names, BUF_LIMIT_PAGE);
	for (size_t i = 0; i < count && i < DECIDING_NAMED; i++) {
		buf_string(&names, i ? "、" : "");
		buf_text(&names, catalogue->items[items[i]].id);
	}
	if (count == 0)
		buf_string(&names, "—");
	if (count > DECIDING_NAMED)
		buf_string(&names, "……");
	struct text text = text_copy(arena, buf_view(&names));
	buf_clear(&names);
	return text;
}

/* method="given": where the stated level and the items disagree. */
static void warn_given(const struct assessment *assessment, size_t index, struct arena *arena, struct scratch *scratch,
		       struct diag *diag)
{
	const struct model *model = assessment->model;
	const struct participation *participation = &model->participations[index];
	const struct decision *decision = &assessment->decisions[index];
	const struct compiled_rule *rule = assessment->rules[participation->track];
	struct text name = participation->enterprise >= 0 ? model->enterprises[participation->enterprise].name : NO_TEXT;
	bool is_stated = participation->given > 0 && participation->given <= rule->level_count;
	if (decision->outcome == OUTCOME_UNFINISHED) {
		if (is_stated)
			DIAG(diag, DIAG_GIVEN_UNOBSERVED, .span = participation->place, .a = name,
			     .b = rule_label(rule, participation->given));
		return;
	}
	if (decision->given_differs < 0)
		return;
	size_t count = rule_deciding(rule, decision, scratch->gap.items);
	DIAG(diag, DIAG_GIVEN_DIFFERS, .span = participation->place, .a = name, .n = (int64_t)count,
	     .b = rule_label(rule, decision->level), .c = rule_label(rule, decision->given_differs),
	     .d = name_items(rule->catalogue, scratch->gap.items, count, arena));
}

bool assessment_lists(const struct assessment *assessment, int32_t participation)
{
	return participation >= 0 && assessment->decisions[participation].outcome == OUTCOME_REACHED;
}

bool assessment_lists_enterprise(const struct assessment *assessment, const struct enterprise *enterprise)
{
	EACH_PART(part, assessment->model, enterprise)
		if (assessment_lists(assessment, part))
			return true;
	return false;
}

/* check/ reports what has no catalogue or a rule at fault. */
static bool is_decided(const struct model *model, int32_t part)
{
	int track = model->participations[part].track;
	return model->catalogues[track] && !model->campaign.tracks[track].rule.has_fault;
}

/* No decision of the enterprise reached a level; false too where it takes no part, or an error of it was told. */
static bool is_unlisted(const struct assessment *assessment, const struct enterprise *enterprise,
			const struct diag *diag)
{
	const struct model *model = assessment->model;
	EACH_PART(part, model, enterprise)
		if (assessment_lists(assessment, part) || !is_decided(model, part) || diag_touches(diag, (size_t)part))
			return false;
	return parts_first(enterprise) >= 0;
}

/* An excellent case of an enterprise without a star would tell in public that it took part. */
static void warn_nominations(const struct assessment *assessment, struct diag *diag)
{
	const struct model *model = assessment->model;
	for (size_t i = 0; i < model->nomination_count; i++) {
		const struct nomination *nomination = &model->nominations[i];
		if (nomination->award != AWARD_CASE || nomination->enterprise < 0 || nomination->verdict == VERDICT_REFUSED)
			continue;
		const struct enterprise *enterprise = &model->enterprises[nomination->enterprise];
		if (is_unlisted(assessment, enterprise, diag))
			DIAG(diag, DIAG_NOMINATION_UNLISTED, .span = nomination->place, .a = nomination->name, .b = enterprise->name);
	}
}

static const struct earlier *earlier_row(const struct model *model, const int32_t *index,
					 const struct participation *participation)
{
	int32_t row = index[participation - model->participations];
	return row < 0 ? NULL : &model->earlier[row];
}

struct assessment *assess_model(struct arena *arena, const struct model *model, struct diag *diag)
{
	struct assessment *assessment = ARENA_NEW(arena, struct assessment);
	assessment->model = model;
	assessment->decisions = ARENA_ARRAY(arena, struct decision, model->participation_count);
	for (int t = 0; t < model->campaign.track_count; t++)
		assessment->rules[t] = rule_prepare(arena, model->catalogues[t], &model->campaign.tracks[t].rule);
	struct scratch scratch = scratch_for(arena, assessment);
	const int32_t *earlier = movement_index(arena, model);
	for (size_t i = 0; i < model->participation_count; i++) {
		const struct participation *participation = &model->participations[i];
		assert(participation->track >= 0 && participation->track < model->campaign.track_count);
		const struct compiled_rule *rule = assessment->rules[participation->track];
		decide(model, participation, rule, arena, &scratch, &assessment->decisions[i]);
		movement_decide(earlier_row(model, earlier, participation), rule->catalogue, &assessment->decisions[i]);
		if (rule->method == METHOD_GIVEN)
			warn_given(assessment, i, arena, &scratch, diag);
	}
	for (int t = 0; t < model->campaign.track_count; t++)
		statistics_collect(arena, assessment, t);
	closure_settle(arena, assessment, diag);
	closure_doubt(assessment, diag);
	scanned_settle(arena, assessment, diag);
	movement_ask(arena, model, diag);
	warn_nominations(assessment, diag);
	return assessment;
}

static int compare_rows(const void *left, const void *right)
{
	const struct earlier *a = left, *b = right;
	int order = text_compare(a->code, b->code);
	if (!order)
		order = a->track - b->track;
	return order ? order : text_compare(a->platform, b->platform);
}

size_t assess_listings(struct arena *arena, const struct assessment *assessment, struct earlier **rows)
{
	const struct model *model = assessment->model;
	size_t count = 0;
	*rows = ARENA_ARRAY(arena, struct earlier, model->participation_count);
	for (size_t i = 0; i < model->participation_count; i++) {
		const struct decision *decision = &assessment->decisions[i];
		const struct participation *participation = &model->participations[i];
		if (!assessment_lists(assessment, (int32_t)i) || participation->enterprise < 0)
			continue;
		const struct enterprise *enterprise = &model->enterprises[participation->enterprise];
		(*rows)[count++] = (struct earlier){
			.code = enterprise->code, .city = enterprise->city,
			.name = enterprise->former.size ? enterprise->former : enterprise->name,
			.track = participation->track, .level = decision->level, .year = model->campaign.year,
			.level_label = rule_label(assessment->rules[participation->track], decision->level),
			.edition = assessment->rules[participation->track]->catalogue->edition,
			.platform = participation->platform, .is_alone = participation->ordinal == 0,
			.enterprise = -1, .place = participation->place,
		};
	}
	qsort(*rows, count, sizeof **rows, compare_rows);
	return count;
}
