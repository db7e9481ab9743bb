/* SPDX-License-Identifier: MIT */
#include "assess/closure_days.h"

#include <stdlib.h>

#include "base/arena.h"
#include "model/looks.h"

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
		int32_t seen = look_find(model, row, rounds[r], closure->item);
		if (seen >= 0)
			offer(row, &model->observations[seen], &first);
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

static int32_t days_between(struct date from, struct date until)
{
	if (date_is_missing(from) || date_is_missing(until))
		return -1;
	int32_t days = (int32_t)(date_days(until) - date_days(from));
	return days < 0 ? -1 : days;
}

void closure_set_days(const struct assessment *assessment, struct closure *closure)
{
	const struct model *model = assessment->model;
	closure->claim_days = closure->confirm_days = -1;
	if (closure->status != STATUS_DONE && closure->state != CLOSURE_CONFIRMED)
		return;
	struct date advised = closure_advised(assessment, closure);
	if (closure->status == STATUS_DONE)
		closure->claim_days = days_between(advised, model->rectifications[closure->last].finished);
	if (closure->state == CLOSURE_CONFIRMED)
		closure->confirm_days = days_between(advised, model->observations[closure->settled_by].date);
}

/* ---- medians --------------------------------------------------------------------------------- */

struct sample {
	int32_t group, days;
};

/* Of `count` sorted ones, at least one. */
static int64_t median(const struct sample *samples, size_t count)
{
	return ((int64_t)samples[(count - 1) / 2].days + samples[count / 2].days + 1) / 2;
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

/* Those of one kind of which the days are known. */
static size_t gather(const struct assessment *assessment, const int32_t *group_of, bool is_claim,
		     struct sample *samples)
{
	size_t count = 0;
	for (size_t i = 0; i < assessment->closure_count; i++) {
		const struct closure *closure = &assessment->closures[i];
		int32_t days = is_claim ? closure->claim_days : closure->confirm_days;
		if (group_of[i] >= 0 && days >= 0)
			samples[count++] = (struct sample){ group_of[i], days };
	}
	return count;
}

static int32_t key_of(const struct sample *sample, bool is_group)
{
	return is_group ? sample->group : sample->days;
}

/* By counting: there are many samples, and few groups and days.  Those of one key keep their order. */
static void sort_by(const struct sample *from, size_t count, bool is_group, struct sample *sorted)
{
	int32_t most = 0;
	for (size_t i = 0; i < count; i++)
		if (key_of(&from[i], is_group) > most)
			most = key_of(&from[i], is_group);
	size_t *at = memory_resize(NULL, ((size_t)most + 2) * sizeof *at);
	memset(at, 0, ((size_t)most + 2) * sizeof *at);
	for (size_t i = 0; i < count; i++)
		at[key_of(&from[i], is_group) + 1]++;
	for (int32_t key = 0; key < most; key++)
		at[key + 1] += at[key];
	for (size_t i = 0; i < count; i++)
		sorted[at[key_of(&from[i], is_group)]++] = from[i];
	free(at);
}

static void speeds_by_sorting(const struct assessment *assessment, const int32_t *group_of,
			      struct closure_speed *speeds)
{
	struct sample *samples = memory_resize(NULL, (2 * assessment->closure_count + 1) * sizeof *samples);
	struct sample *by_days = samples + assessment->closure_count;
	for (int kind = 0; kind < 2; kind++) {
		bool is_claim = kind == 0;
		size_t found = gather(assessment, group_of, is_claim, samples);
		sort_by(samples, found, false, by_days);
		sort_by(by_days, found, true, samples);
		for (size_t at = 0; at < found;) {
			struct closure_speed *speed = &speeds[samples[at].group];
			take_group(samples, found, &at, is_claim ? &speed->claims : &speed->confirmations,
				   is_claim ? &speed->claim_days : &speed->confirm_days);
		}
	}
	free(samples);
}

/* ---- the same by counting: how many of each group took so many days ------------------------- */

enum { COUNTED_MOST = 1 << 18 }; /* groups × days: more would be slower to go through than closures to sort */

/* The days that stand behind so many others. */
static int64_t days_behind(const uint32_t *counts, int64_t others)
{
	int64_t days = 0;
	for (; others >= counts[days]; days++)
		others -= counts[days];
	return days;
}

static void take_counts(const uint32_t *counts, size_t days, int64_t *known, int64_t *middle)
{
	int64_t total = 0;
	for (size_t i = 0; i < days; i++)
		total += counts[i];
	if (!total)
		return;
	*known = total;
	*middle = (days_behind(counts, (total - 1) / 2) + days_behind(counts, total / 2) + 1) / 2;
}

/* `days`: more than any. */
static void speeds_by_counting(const struct assessment *assessment, const int32_t *group_of,
			       struct closure_speed *speeds, size_t count, size_t days)
{
	uint32_t *claims = memory_resize(NULL, 2 * count * days * sizeof *claims);
	uint32_t *confirmations = claims + count * days;
	memset(claims, 0, 2 * count * days * sizeof *claims);
	for (size_t i = 0; i < assessment->closure_count; i++) {
		const struct closure *closure = &assessment->closures[i];
		if (group_of[i] < 0)
			continue;
		const size_t group = (size_t)group_of[i] * days;
		if (closure->claim_days >= 0)
			claims[group + (size_t)closure->claim_days]++;
		if (closure->confirm_days >= 0)
			confirmations[group + (size_t)closure->confirm_days]++;
	}
	for (size_t g = 0; g < count; g++) {
		take_counts(claims + g * days, days, &speeds[g].claims, &speeds[g].claim_days);
		take_counts(confirmations + g * days, days, &speeds[g].confirmations, &speeds[g].confirm_days);
	}
	free(claims);
}

/* One more than the most days of any. */
static size_t count_days(const struct assessment *assessment)
{
	int32_t most = 0;
	for (size_t i = 0; i < assessment->closure_count; i++) {
		const struct closure *closure = &assessment->closures[i];
		most = closure->claim_days > most ? closure->claim_days : most;
		most = closure->confirm_days > most ? closure->confirm_days : most;
	}
	return (size_t)most + 1;
}

struct closure_speed *closure_speeds(struct arena *arena, const struct assessment *assessment, const int32_t *group_of,
				     size_t count)
{
	struct closure_speed *speeds = ARENA_ARRAY(arena, struct closure_speed, count);
	const size_t days = count_days(assessment);
	if (days <= COUNTED_MOST && count * days <= COUNTED_MOST)
		speeds_by_counting(assessment, group_of, speeds, count, days);
	else
		speeds_by_sorting(assessment, group_of, speeds);
	return speeds;
}
