/* SPDX-License-Identifier: MIT */
#include "assess/trace.h"

#include <stdlib.h>

#include "assess/rule.h"
#include "base/arena.h"
#include "model/observed.h"

/* An observation on its way to its place: sorted by source and start so that each file is read once. */
struct sought {
	struct span span;
	size_t at; /* in trace.observations */
};

static int compare_sought(const void *left, const void *right)
{
	const struct sought *a = left, *b = right;
	if (a->span.source != b->span.source)
		return a->span.source < b->span.source ? -1 : 1;
	if (a->span.start != b->span.start)
		return a->span.start < b->span.start ? -1 : 1;
	return a->at < b->at ? -1 : a->at > b->at;
}

static void find_places(struct arena *arena, const struct sources *sources, struct trace *trace)
{
	size_t count = trace->observation_count;
	struct sought *sought = ARENA_ARRAY(arena, struct sought, count);
	struct span *spans = ARENA_ARRAY(arena, struct span, count);
	struct place *places = ARENA_ARRAY(arena, struct place, count);
	for (size_t i = 0; i < count; i++)
		sought[i] = (struct sought){ observed_place(trace->observations[i].observation), i };
	qsort(sought, count, sizeof *sought, compare_sought);
	for (size_t i = 0; i < count; i++)
		spans[i] = sought[i].span;
	places_of(sources, spans, places, count);
	for (size_t i = 0; i < count; i++)
		trace->observations[sought[i].at].place = places[i];
}

static int compare_observations(const void *left, const void *right)
{
	const struct observation *a = ((const struct trace_observation *)left)->observation;
	const struct observation *b = ((const struct trace_observation *)right)->observation;
	if (a->item != b->item)
		return a->item < b->item ? -1 : 1;
	if (a->round != b->round)
		return a->round - b->round;
	return date_compare(a->date, b->date);
}

static void gather(struct trace *trace, const struct observation *rows, size_t first, size_t count, bool may_count)
{
	for (size_t i = first; i < first + count; i++) {
		const struct observation *row = &rows[i];
		if (row->item < 0 || row->item >= trace->catalogue->item_count || row->round < 0 || row->result < 0)
			continue;
		const struct effective *item = &trace->decision->items[row->item];
		trace->observations[trace->observation_count++] = (struct trace_observation){
			.observation = row, .is_counted = may_count && item->round == row->round,
		};
	}
}

static void gather_observations(struct arena *arena, struct trace *trace)
{
	const struct participation *part = trace->participation;
	size_t most = part->observation_count + part->superseded_count;
	int32_t item_count = trace->catalogue->item_count;
	trace->observations = ARENA_ARRAY(arena, struct trace_observation, most);
	gather(trace, trace->model->observations, part->first_observation, part->observation_count, true);
	gather(trace, trace->model->superseded, part->first_superseded, part->superseded_count, false);
	qsort(trace->observations, trace->observation_count, sizeof *trace->observations, compare_observations);
	trace->first_of_item = ARENA_ARRAY(arena, size_t, (size_t)item_count + 1);
	size_t at = 0;
	for (int32_t item = 0; item <= item_count; item++) {
		while (at < trace->observation_count && trace->observations[at].observation->item < item)
			at++;
		trace->first_of_item[item] = at;
	}
}

static void find_limiting_areas(struct arena *arena, struct trace *trace)
{
	const int8_t *levels = trace->decision->area_level;
	int8_t least = rule_least(trace->rule, levels);
	struct trace_list *list = &trace->limiting_areas;
	list->at = ARENA_ARRAY(arena, int32_t, (size_t)trace->catalogue->area_count);
	if (trace->rule->method == METHOD_THRESHOLD || least == trace->rule->level_count)
		return;
	for (int32_t a = 0; a < trace->catalogue->area_count; a++)
		if (levels[a] == least)
			list->at[list->count++] = a;
}

static struct trace_list failed_vetoes(struct arena *arena, const struct trace *trace, int level)
{
	struct trace_list list = { .at = ARENA_ARRAY(arena, int32_t, (size_t)trace->catalogue->item_count) };
	for (int32_t i = 0; i < trace->catalogue->item_count; i++)
		if (trace->catalogue->items[i].veto == YESNO_YES && trace->rule->item_levels[i] <= level &&
		    rule_is_open(trace->decision->items[i].result))
			list.at[list.count++] = i;
	return list;
}

static void find_shares(struct arena *arena, struct trace *trace)
{
	const struct rule *rule = trace->rule->written;
	const struct decision *decision = trace->decision;
	for (int n = 1; trace->rule->method == METHOD_THRESHOLD && n <= trace->rule->level_count; n++) {
		struct trace_share *share = &trace->shares[n];
		share->numerator = decision->share_got[n];
		share->denominator = decision->share_of[n];
		share->has_required = rule->has_share[n];
		share->required = rule->share[n];
		share->failed_vetoes = failed_vetoes(arena, trace, n);
		share->is_reached = share->failed_vetoes.count == 0 &&
			rule_share_reached(trace->rule, n, share->numerator, share->denominator);
	}
}

static bool concerns(const struct ledger *row, const struct participation *participation, int32_t index)
{
	bool is_name = row->kind == LEDGER_RENAMED && row->enterprise >= 0;
	return row->participation == index || (is_name && row->enterprise == participation->enterprise);
}

/* Levels and names are followed from the first that was shown. */
static void find_turns(struct arena *arena, const struct chronicle *chronicle, int32_t index, struct trace *trace)
{
	int8_t level = trace->standing.decided;
	struct text name = trace->former;
	trace->turns = ARENA_ARRAY(arena, struct trace_turn, chronicle->row_count);
	for (size_t i = 0; i < chronicle->row_count; i++) {
		const struct ledger *row = &trace->model->ledger[chronicle->rows[i]];
		if (!concerns(row, trace->participation, index))
			continue;
		struct trace_turn *turn = &trace->turns[trace->turn_count++];
		*turn = (struct trace_turn){ .row = row, .before = level, .after = level };
		if (row->kind == LEDGER_CORRECTION)
			turn->after = level = row->level;
		if (row->kind == LEDGER_RENAMED) {
			turn->former = name;
			name = row->name;
		}
	}
}

static void find_standing(struct arena *arena, const struct assessment *assessment, const struct assessment *list,
			  int32_t index, struct trace *trace)
{
	const struct chronicle *chronicle = list ? list->chronicle : NULL;
	int8_t level = trace->decision->level;
	trace->is_entry = assessment_lists(assessment, index) || (chronicle && chronicle->touched_of[index] >= 0);
	trace->standing = (struct standing){
		.kind = STANDING_VALID, .level = level, .decided = level, .row = -1, .renamed = -1
	};
	if (!chronicle)
		return;
	if (trace->is_entry)
		trace->standing = chronicle_now(assessment, chronicle, index);
	if (trace->standing.row >= 0)
		trace->turn = &trace->model->ledger[trace->standing.row];
	if (trace->standing.renamed >= 0 && trace->enterprise)
		trace->former = trace->enterprise->former;
	find_turns(arena, chronicle, index, trace);
}

const struct trace_observation *trace_settling(const struct trace *trace, const struct closure *closure)
{
	if (closure->settled_by < 0)
		return NULL;
	const struct observation *seen = &trace->model->observations[closure->settled_by];
	for (size_t i = trace->first_of_item[closure->item]; i < trace->first_of_item[closure->item + 1]; i++)
		if (trace->observations[i].observation == seen)
			return &trace->observations[i];
	return NULL;
}

const struct trace *trace_new(struct arena *arena, const struct assessment *assessment, size_t index,
			      const struct sources *sources, const struct assessment *list)
{
	struct trace *trace = ARENA_NEW(arena, struct trace);
	trace->model = assessment->model;
	trace->participation = &trace->model->participations[index];
	trace->rule = assessment->rules[trace->participation->track];
	trace->catalogue = trace->rule->catalogue;
	if (trace->participation->enterprise >= 0)
		trace->enterprise = &trace->model->enterprises[trace->participation->enterprise];
	trace->decision = &assessment->decisions[index];
	find_standing(arena, assessment, list, (int32_t)index, trace);
	gather_observations(arena, trace);
	find_places(arena, sources, trace);
	find_shares(arena, trace);
	find_limiting_areas(arena, trace);
	trace->closures = assessment->closures + closure_range(assessment, (int32_t)index, &trace->closure_count);
	trace->scanned = assessment->scanned + scanned_range(assessment, (int32_t)index, &trace->scanned_count);
	struct trace_list *deciding = &trace->deciding_items;
	deciding->at = ARENA_ARRAY(arena, int32_t, (size_t)trace->catalogue->item_count);
	deciding->count = rule_deciding(trace->rule, trace->decision, deciding->at);
	return trace;
}
