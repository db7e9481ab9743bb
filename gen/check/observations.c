/* SPDX-License-Identifier: MIT */
#include "check/observations.h"

#include "base/arena.h"
#include "base/list.h"
#include "check/repetitions.h"

typedef LIST(struct observation) observation_list;

static void report_twice(struct check *check, const struct observation *first, const struct observation *second)
{
	const struct catalogue *catalogue = check->catalogues[check->model->participations[first->participation].track];
	struct text item = catalogue->items[first->item].id;
	struct text round = text_from(choice_word(SET_ROUND, first->round));
	if (check_is_half_read(check, first->place) || check_is_half_read(check, second->place))
		return;
	bool is_equal = first->result == second->result;
	bool is_copy = check_is_in_named_folder(check, first->place) || check_is_in_named_folder(check, second->place);
	if (is_equal && is_copy)
		return;
	size_t since = check->problems.count;
	if (is_equal)
		PROBLEM(check, DIAG_RESULT_TWICE, .span = second->place, .other = first->place);
	else
		PROBLEM(check, DIAG_RESULT_CONTRADICTS, .span = second->place, .other = first->place, .a = item, .b = round,
			.c = text_from(choice_word(SET_RESULT, first->result)), .d = text_from(choice_word(SET_RESULT, second->result)));
	problems_blame(check, since, BLAME_PARTICIPATION, first->participation);
	problems_report(check);
}

/* Those of one round that tell of the same item: keeps the first that was read whole.  Returns how many are left. */
static size_t keep_first(struct check *check, struct observation *rows, size_t count)
{
	size_t first = 0;
	while (first + 1 < count && check_is_half_read(check, rows[first].place))
		first++;
	for (size_t i = first + 1; i < count; i++)
		report_twice(check, &rows[first], &rows[i]);
	rows[0] = rows[first];
	return 1;
}

/* In a round that repeats: by date, those of one day in the order in which they were read. */
static void sort_by_date(struct observation *rows, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		struct observation row = rows[i];
		size_t at = i;
		for (; at > 0 && date_compare(rows[at - 1].date, row.date) > 0; at--)
			rows[at] = rows[at - 1];
		rows[at] = row;
	}
}

/* Of one day, and of none, one is left. */
static size_t keep_one_a_day(struct check *check, struct observation *rows, size_t count)
{
	size_t kept = 1;
	for (size_t i = 1; i < count; i++) {
		if (date_compare(rows[i].date, rows[kept - 1].date) == 0)
			report_twice(check, &rows[kept - 1], &rows[i]);
		else
			rows[kept++] = rows[i];
	}
	return kept;
}

/* It may have been the last: it has to say the same as all others, or the first that differs is named. */
static void report_undated(struct check *check, const struct observation *undated, const struct observation *dated,
			   size_t count)
{
	size_t i = 0;
	while (i < count && dated[i].result == undated->result)
		i++;
	report_twice(check, &dated[i < count ? i : 0], undated);
}

/* The latest that is an assessment goes to the end; the others keep their order. */
static void put_latest_last(struct observation *rows, size_t count)
{
	size_t latest = count - 1;
	while (latest > 0 && rows[latest].result == RESULT_UNASSESSED)
		latest--;
	if (rows[latest].result == RESULT_UNASSESSED)
		return;
	struct observation counting = rows[latest];
	memmove(&rows[latest], &rows[latest + 1], (count - 1 - latest) * sizeof *rows);
	rows[count - 1] = counting;
}

/* Leaves the one that counts in rows[0] and the earlier ones behind it; returns how many. */
static size_t keep_latest(struct check *check, struct observation *rows, size_t count)
{
	sort_by_date(rows, count);
	size_t kept = keep_one_a_day(check, rows, count);
	if (kept > 1 && date_is_missing(rows[0].date)) {
		report_undated(check, &rows[0], &rows[1], kept - 1);
		kept--;
		memmove(rows, rows + 1, kept * sizeof *rows);
	}
	put_latest_last(rows, kept);
	struct observation counting = rows[kept - 1];
	memmove(rows + 1, rows, (kept - 1) * sizeof *rows);
	rows[0] = counting;
	return kept;
}

/* Leaves one of each participation, round and item; of rounds that repeat the earlier ones go to `superseded`. */
static size_t settle_same(struct check *check, struct observation *rows, size_t count, observation_list *superseded)
{
	size_t kept = 0;
	for (size_t first = 0, end; first < count; first = end) {
		uint64_t key = gathered_key(&rows[first]);
		for (end = first + 1; end < count && gathered_key(&rows[end]) == key;)
			end++;
		size_t left = 1;
		if (end - first > 1 && repetitions_allow(&check->model->campaign, rows[first].round))
			left = keep_latest(check, &rows[first], end - first);
		else if (end - first > 1)
			left = keep_first(check, &rows[first], end - first);
		rows[kept++] = rows[first];
		for (size_t i = 1; i < left; i++)
			LIST_PUSH(superseded, rows[first + i]);
	}
	return kept;
}

static void keep_superseded(struct check *check, observation_list *list)
{
	struct model *model = check->model;
	model->superseded = ARENA_ARRAY(check->reader.arena, struct observation, list->count);
	model->superseded_count = list->count;
	for (size_t i = 0; i < list->count; i++) {
		struct participation *participation = &model->participations[list->at[i].participation];
		model->superseded[i] = list->at[i];
		model->is_observed[list->at[i].place.source] = true;
		if (participation->superseded_count++ == 0)
			participation->first_superseded = i;
	}
	LIST_FREE(list);
}

void observations_settle(struct check *check, struct gathered *gathered)
{
	struct model *model = check->model;
	struct observation *rows = arena_room(check->reader.arena, gathered->count * sizeof *rows);
	observation_list superseded = { 0 };
	size_t kept = 0;
	for (size_t group = 0; group < GATHERED_GROUPS; group++) {
		size_t count = gathered_take(gathered, group, rows + kept);
		kept += settle_same(check, rows + kept, count, &superseded);
	}
	model->observations = rows;
	model->observation_count = kept;
	model->observed_count = sources_count(check->reader.sources) + 1;
	model->is_observed = ARENA_ARRAY(check->reader.arena, bool, model->observed_count);
	for (size_t i = 0; i < kept; i++) {
		struct participation *participation = &model->participations[rows[i].participation];
		model->is_observed[rows[i].place.source] = true;
		if (participation->observation_count++ == 0)
			participation->first_observation = i;
	}
	keep_superseded(check, &superseded);
}
