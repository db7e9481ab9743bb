/* SPDX-License-Identifier: MIT */
#include "assess/closure_days.h"

#include <stdlib.h>

#include "assess/rule.h"
#include "base/arena.h"

/* ---- the advice ------------------------------------------------------------------------------ */

struct first_look {
	bool was_open;
	struct date date; /* missing while none is known */
};

static void offer(const struct participation *row, const struct observation *seen, struct first_look *first)
{
	if (seen->round == ROUND_SELF || (seen->result != RESULT_UNMET && seen->result != RESULT_PARTIAL))
		return;
	struct date date = seen->date;
	if (date_is_missing(date) && seen->round == ROUND_ONLINE)
		date = row->online_date;
	if (date_is_missing(date) && seen->round == ROUND_ONSITE)
		date = row->onsite_date;
	first->was_open = true;
	if (date_is_missing(first->date) || (!date_is_missing(date) && date_compare(date, first->date) < 0))
		first->date = date;
}

static struct first_look find_first(const struct assessment *assessment, const struct closure *closure)
{
	static const int8_t rounds[] = { ROUND_ONLINE, ROUND_RECHECK, ROUND_ONSITE };
	const struct model *model = assessment->model;
	const struct participation *row = &model->participations[closure->participation];
	struct first_look first = { .was_open = false };
	for (size_t r = 0; r < sizeof rounds / sizeof *rounds; r++) {
		const struct effective *items = assessment->decisions[closure->participation].round_items[rounds[r]];
		if (items && items[closure->item].observation >= 0)
			offer(row, &model->observations[items[closure->item].observation], &first);
	}
	for (size_t i = 0; i < row->superseded_count; i++)
		if (model->superseded[row->first_superseded + i].item == closure->item)
			offer(row, &model->superseded[row->first_superseded + i], &first);
	return first;
}

struct date closure_advised(const struct assessment *assessment, const struct closure *closure)
{
	return find_first(assessment, closure).date;
}

bool closure_was_open(const struct assessment *assessment, const struct closure *closure)
{
	return find_first(assessment, closure).was_open;
}

/* ---- days ------------------------------------------------------------------------------------ */

static int64_t days_since_advice(const struct assessment *assessment, const struct closure *closure, struct date until)
{
	struct date from = closure_advised(assessment, closure);
	if (date_is_missing(from) || date_is_missing(until))
		return -1;
	int64_t days = (int64_t)date_days(until) - date_days(from);
	return days < 0 ? -1 : days;
}

int64_t closure_claim_days(const struct assessment *assessment, const struct closure *closure)
{
	if (closure->status != STATUS_DONE)
		return -1;
	return days_since_advice(assessment, closure, assessment->model->rectifications[closure->last].finished);
}

int64_t closure_confirm_days(const struct assessment *assessment, const struct closure *closure)
{
	if (closure->state != CLOSURE_CONFIRMED)
		return -1;
	return days_since_advice(assessment, closure, assessment->model->observations[closure->settled_by].date);
}

/* ---- medians --------------------------------------------------------------------------------- */

struct sample {
	int32_t group;
	int64_t days;
};

static int compare(const void *left, const void *right)
{
	const struct sample *a = left, *b = right;
	if (a->group != b->group)
		return a->group < b->group ? -1 : 1;
	return (a->days > b->days) - (a->days < b->days);
}

/* Of `count` sorted ones, at least one. */
static int64_t median(const struct sample *samples, size_t count)
{
	return (samples[(count - 1) / 2].days + samples[count / 2].days + 1) / 2;
}

/* Moves *at behind the samples of a group; sets how many they are and their median. */
static void take_group(const struct sample *samples, size_t count, size_t *at, int64_t *known, int64_t *days)
{
	size_t first = *at;
	while (*at < count && samples[*at].group == samples[first].group)
		++*at;
	*known = (int64_t)(*at - first);
	*days = median(samples + first, *at - first);
}

typedef int64_t days_of(const struct assessment *assessment, const struct closure *closure);

/* Sorted by group and days; how many there are. */
static size_t gather(const struct assessment *assessment, const int32_t *group_of, days_of *days,
		     struct sample *samples)
{
	size_t count = 0;
	for (size_t i = 0; i < assessment->closure_count; i++) {
		int64_t known = group_of[i] < 0 ? -1 : days(assessment, &assessment->closures[i]);
		if (known >= 0)
			samples[count++] = (struct sample){ group_of[i], known };
	}
	if (count)
		qsort(samples, count, sizeof *samples, compare);
	return count;
}

struct closure_speed *closure_speeds(struct arena *arena, const struct assessment *assessment, const int32_t *group_of,
				     size_t count)
{
	struct closure_speed *speeds = ARENA_ARRAY(arena, struct closure_speed, count);
	struct sample *samples = ARENA_ARRAY(arena, struct sample, assessment->closure_count);
	size_t found = gather(assessment, group_of, closure_claim_days, samples);
	for (size_t at = 0; at < found;) {
		struct closure_speed *speed = &speeds[samples[at].group];
		take_group(samples, found, &at, &speed->claims, &speed->claim_days);
	}
	found = gather(assessment, group_of, closure_confirm_days, samples);
	for (size_t at = 0; at < found;) {
		struct closure_speed *speed = &speeds[samples[at].group];
		take_group(samples, found, &at, &speed->confirmations, &speed->confirm_days);
	}
	return speeds;
}
