/* SPDX-License-Identifier: MIT */
#include "check/observations.h"

#include "base/arena.h"
#include "base/list.h"
#include "check/repetitions.h"
#include "model/observed.h"

typedef LIST(struct observation) observation_list;

/* Rows of one participation. */
struct settling {
	struct check *check;
	int32_t participation;
	observation_list superseded; /* of all so far */
};

static void report_twice(struct settling *settling, const struct observation *first, const struct observation *second)
{
	struct check *check = settling->check;
	const struct participation *own = &check->model->participations[settling->participation];
	const struct catalogue *catalogue = check->catalogues[own->track];
	struct span place = observed_place(second), other = observed_place(first);
	struct text item = catalogue->items[first->item].id;
	struct text round = text_from(choice_word(SET_ROUND, first->round));
	if (check_is_half_read(check, other) || check_is_half_read(check, place))
		return;
	bool is_equal = first->result == second->result;
	bool is_copy = check_is_in_named_folder(check, other) || check_is_in_named_folder(check, place);
	if (is_equal && is_copy)
		return;
	size_t since = check->problems.count;
	if (is_equal)
		PROBLEM(check, DIAG_RESULT_TWICE, .span = place, .other = other);
	else
		PROBLEM(check, DIAG_RESULT_CONTRADICTS, .span = place, .other = other, .a = item, .b = round,
			.c = text_from(choice_word(SET_RESULT, first->result)), .d = text_from(choice_word(SET_RESULT, second->result)));
	problems_blame(check, since, BLAME_PARTICIPATION, settling->participation);
	problems_report(check);
}

/* Those of one round that tell of the same item: keeps the first that was read whole.  Returns how many are left. */
static size_t keep_first(struct settling *settling, struct observation *rows, size_t count)
{
	size_t first = 0;
	while (first + 1 < count && check_is_half_read(settling->check, observed_place(&rows[first])))
		first++;
	for (size_t i = first + 1; i < count; i++)
		report_twice(settling, &rows[first], &rows[i]);
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
static size_t keep_one_a_day(struct settling *settling, struct observation *rows, size_t count)
{
	size_t kept = 1;
	for (size_t i = 1; i < count; i++) {
		if (date_compare(rows[i].date, rows[kept - 1].date) == 0)
			report_twice(settling, &rows[kept - 1], &rows[i]);
		else
			rows[kept++] = rows[i];
	}
	return kept;
}

/* It may have been the last: it has to say the same as all others, or the first that differs is named. */
static void report_undated(struct settling *settling, const struct observation *undated,
			   const struct observation *dated, size_t count)
{
	size_t i = 0;
	while (i < count && dated[i].result == undated->result)
		i++;
	report_twice(settling, &dated[i < count ? i : 0], undated);
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
static size_t keep_latest(struct settling *settling, struct observation *rows, size_t count)
{
	sort_by_date(rows, count);
	size_t kept = keep_one_a_day(settling, rows, count);
	if (kept > 1 && date_is_missing(rows[0].date)) {
		report_undated(settling, &rows[0], &rows[1], kept - 1);
		kept--;
		memmove(rows, rows + 1, kept * sizeof *rows);
	}
	put_latest_last(rows, kept);
	struct observation counting = rows[kept - 1];
	memmove(rows + 1, rows, (kept - 1) * sizeof *rows);
	rows[0] = counting;
	return kept;
}

static bool is_same(const struct observation *one, const struct observation *other)
{
	return one->item == other->item && one->round == other->round;
}

/* Leaves one of each round and item; of rounds that repeat the earlier ones go to `superseded`.  Returns how many. */
static size_t settle_same(struct settling *settling, struct observation *rows, size_t count)
{
	struct check *check = settling->check;
	size_t kept = 0;
	for (size_t first = 0, end; first < count; first = end) {
		for (end = first + 1; end < count && is_same(&rows[end], &rows[first]);)
			end++;
		size_t left = 1;
		if (end - first > 1 && repetitions_allow(&check->model->campaign, rows[first].round))
			left = keep_latest(settling, &rows[first], end - first);
		else if (end - first > 1)
			left = keep_first(settling, &rows[first], end - first);
		rows[kept++] = rows[first];
		for (size_t i = 1; i < left; i++)
			LIST_PUSH(&settling->superseded, rows[first + i]);
	}
	return kept;
}

/* The rows of a group lie behind those that are kept already, and move up to them. */
static void settle_group(struct settling *settling, const struct observation *rows, const int32_t *whose, size_t count)
{
	struct model *model = settling->check->model;
	for (size_t first = 0, end; first < count; first = end) {
		for (end = first + 1; end < count && whose[end] == whose[first];)
			end++;
		struct participation *own = &model->participations[settling->participation = whose[first]];
		struct observation *to = &model->observations[model->observation_count];
		memmove(to, &rows[first], (end - first) * sizeof *to);
		own->first_observation = model->observation_count;
		own->first_superseded = settling->superseded.count;
		own->observation_count = settle_same(settling, to, end - first);
		own->superseded_count = settling->superseded.count - own->first_superseded;
		model->observation_count += own->observation_count;
	}
}

static size_t largest_group(const struct gathered *gathered)
{
	size_t most = 0;
	for (size_t group = 0; group < GATHERED_GROUPS; group++)
		most = gathered->groups[group].count > most ? gathered->groups[group].count : most;
	return most;
}

/* Which files hold rows of the model. */
static void note_sources(struct check *check)
{
	struct model *model = check->model;
	model->observed_count = sources_count(check->reader.sources) + 1;
	model->is_observed = ARENA_ARRAY(check->reader.arena, bool, model->observed_count);
	for (size_t i = 0; i < model->observation_count; i++)
		model->is_observed[model->observations[i].source] = true;
	for (size_t i = 0; i < model->superseded_count; i++)
		model->is_observed[model->superseded[i].source] = true;
}

void observations_settle(struct check *check, struct gathered *gathered)
{
	struct model *model = check->model;
	struct settling settling = { .check = check };
	int32_t *whose = memory_resize(NULL, largest_group(gathered) * sizeof *whose);
	model->observations = arena_room(check->reader.arena, gathered->count * sizeof *model->observations);
	model->observation_count = 0;
	for (size_t group = 0; group < GATHERED_GROUPS; group++) {
		struct observation *rows = &model->observations[model->observation_count];
		settle_group(&settling, rows, whose, gathered_take(gathered, group, rows, whose));
	}
	model->superseded = LIST_SETTLE(check->reader.arena, &settling.superseded);
	model->superseded_count = settling.superseded.count;
	note_sources(check);
	LIST_FREE(&settling.superseded);
	free(whose);
}
