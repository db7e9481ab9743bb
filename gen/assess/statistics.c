/* SPDX-License-Identifier: MIT */
#include "assess/statistics.h"

#include <stdlib.h>

#include "assess/rule.h"
#include "base/arena.h"

enum { MEDIAN_DIGITS = 4 }; /* as tally_rate */

static int compare_rates(const void *left, const void *right)
{
	const struct tally *a = left, *b = right;
	int64_t ab = (int64_t)tally_met(a) * tally_applicable(b);
	int64_t ba = (int64_t)tally_met(b) * tally_applicable(a);
	return (ab > ba) - (ab < ba);
}

struct decimal statistics_median(struct tally *tallies, size_t count)
{
	size_t kept = 0;
	for (size_t i = 0; i < count; i++)
		if (tally_applicable(&tallies[i]) > 0)
			tallies[kept++] = tallies[i];
	if (kept == 0)
		return decimal_from(-1);
	qsort(tallies, kept, sizeof *tallies, compare_rates);
	const struct tally *low = &tallies[(kept - 1) / 2], *high = &tallies[kept / 2];
	decimal_sum low_of = tally_applicable(low), high_of = tally_applicable(high);
	return decimal_ratio(tally_met(low) * high_of + tally_met(high) * low_of, 2 * low_of * high_of, MEDIAN_DIGITS);
}

static bool is_of(const struct assessment *assessment, size_t index, int track)
{
	return assessment->model->participations[index].track == (int8_t)track;
}

static void count_outcome(const struct decision *decision, struct track_statistic *statistic)
{
	statistic->participants++;
	statistic->by_movement[decision->movement]++;
	statistic->unfinished += decision->outcome == OUTCOME_UNFINISHED;
	statistic->not_reached += decision->outcome == OUTCOME_NOT_REACHED;
	statistic->reached += decision->outcome == OUTCOME_REACHED;
	if (decision->outcome != OUTCOME_UNFINISHED)
		statistic->by_level[decision->level]++;
}

static void count_items(const struct decision *decision, int32_t item_count, struct track_statistic *statistic)
{
	for (int32_t i = 0; i < item_count; i++)
		statistic->items[i].effective.by_result[decision->items[i].result]++;
	for (int r = 0; r < ROUNDS; r++)
		for (int32_t i = 0; decision->round_items[r] && i < item_count; i++)
			statistic->items[i].rounds[r].by_result[decision->round_items[r][i].result]++;
	const struct effective *self = decision->round_items[ROUND_SELF];
	for (int32_t i = 0; self && i < item_count; i++)
		if (self[i].result != RESULT_UNASSESSED && decision->items[i].result != RESULT_UNASSESSED)
			statistic->self_against[self[i].result][decision->items[i].result]++;
}

static void count_findings(const struct decision *decision, struct track_statistic *statistic)
{
	for (size_t i = 0; i < decision->finding_count; i++)
		statistic->items[decision->findings[i]].findings++;
}

static void count_one_sided(const struct decision *decision, int32_t item_count, struct track_statistic *statistic)
{
	const struct effective *self = decision->round_items[ROUND_SELF], *online = decision->round_items[ROUND_ONLINE];
	int64_t items = 0;
	if (tally_applicable(&decision->round_total[ROUND_SELF]) == 0 ||
	    tally_applicable(&decision->round_total[ROUND_ONLINE]) == 0)
		return;
	for (int32_t i = 0; i < item_count; i++)
		items += (self[i].result == RESULT_UNASSESSED) != (online[i].result == RESULT_UNASSESSED);
	statistic->one_sided_items += items;
	statistic->one_sided += items > 0;
}

/* What an earlier round left 未评 was known from the one before it: the rule takes the first that judges, too. */
static void count_visit(const struct decision *decision, int32_t item_count, struct track_statistic *statistic)
{
	static const int8_t before[] = { ROUND_RECHECK, ROUND_ONLINE };
	const struct effective *site = decision->round_items[ROUND_ONSITE];
	for (int32_t i = 0; site && i < item_count; i++)
		for (size_t r = 0; r < sizeof before / sizeof *before; r++) {
			const struct effective *items = decision->round_items[before[r]];
			if (site[i].result == RESULT_UNASSESSED || !items || items[i].result == RESULT_UNASSESSED)
				continue;
			statistic->site_against[items[i].result][site[i].result]++;
			break;
		}
}

static void add(struct item_statistic *sum, const struct item_statistic *part)
{
	tally_add(&sum->effective, &part->effective);
	for (int r = 0; r < ROUNDS; r++)
		tally_add(&sum->rounds[r], &part->rounds[r]);
}

static void sum_items(const struct catalogue *catalogue, struct track_statistic *statistic)
{
	for (int32_t i = 0; i < catalogue->item_count; i++) {
		const struct item *item = &catalogue->items[i];
		const struct item_statistic *one = &statistic->items[i];
		add(&statistic->areas[item->area], one);
		add(&statistic->classes[catalogue->areas[item->area].class], one);
		if (item->element >= 0 && item->element < ELEMENTS)
			add(&statistic->elements[item->element], one);
	}
}

/* The finished decisions of a track, and room for one tally of each. */
struct finished {
	const struct decision **decisions;
	struct tally *room;
	size_t count;
};

static struct finished find_finished(struct arena *arena, const struct assessment *assessment, int track)
{
	size_t most = (size_t)assessment->tracks[track].not_reached + (size_t)assessment->tracks[track].reached;
	struct finished finished = {
		.decisions = ARENA_ARRAY(arena, const struct decision *, most),
		.room = ARENA_ARRAY(arena, struct tally, most),
	};
	for (size_t i = 0; i < assessment->model->participation_count; i++)
		if (is_of(assessment, i, track) && assessment->decisions[i].outcome != OUTCOME_UNFINISHED)
			finished.decisions[finished.count++] = &assessment->decisions[i];
	return finished;
}

static void find_medians(struct finished *finished, const struct catalogue *catalogue, struct track_statistic *statistic)
{
	struct tally *room = finished->room;
	for (int32_t a = 0; a < catalogue->area_count; a++) {
		for (size_t i = 0; i < finished->count; i++)
			room[i] = tally_area(catalogue, a, finished->decisions[i]->items);
		statistic->area_median[a] = statistics_median(room, finished->count);
	}
	for (int32_t c = 0; c < catalogue->class_count; c++) {
		for (size_t i = 0; i < finished->count; i++)
			room[i] = finished->decisions[i]->classes[c];
		statistic->class_median[c] = statistics_median(room, finished->count);
	}
	for (int e = 0; e < ELEMENTS; e++) {
		for (size_t i = 0; i < finished->count; i++)
			room[i] = finished->decisions[i]->elements[e];
		statistic->element_median[e] = statistics_median(room, finished->count);
	}
}

void statistics_collect(struct arena *arena, struct assessment *assessment, int track)
{
	const struct catalogue *catalogue = assessment->rules[track]->catalogue;
	struct track_statistic *statistic = &assessment->tracks[track];
	*statistic = (struct track_statistic){
		.items = ARENA_ARRAY(arena, struct item_statistic, (size_t)catalogue->item_count),
		.areas = ARENA_ARRAY(arena, struct item_statistic, (size_t)catalogue->area_count),
		.classes = ARENA_ARRAY(arena, struct item_statistic, (size_t)catalogue->class_count),
		.area_median = ARENA_ARRAY(arena, struct decimal, (size_t)catalogue->area_count),
		.class_median = ARENA_ARRAY(arena, struct decimal, (size_t)catalogue->class_count),
	};
	for (size_t i = 0; i < assessment->model->participation_count; i++)
		if (is_of(assessment, i, track)) {
			count_outcome(&assessment->decisions[i], statistic);
			count_visit(&assessment->decisions[i], catalogue->item_count, statistic);
		}
	struct finished finished = find_finished(arena, assessment, track);
	for (size_t i = 0; i < finished.count; i++) {
		count_items(finished.decisions[i], catalogue->item_count, statistic);
		count_findings(finished.decisions[i], statistic);
		count_one_sided(finished.decisions[i], catalogue->item_count, statistic);
	}
	sum_items(catalogue, statistic);
	find_medians(&finished, catalogue, statistic);
}
