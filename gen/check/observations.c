/* SPDX-License-Identifier: MIT */
#include "check/observations.h"

#include "base/arena.h"

struct keyed {
	uint64_t key;
	uint32_t index; /* in reading order */
};

enum { DIGIT_BITS = 11, DIGIT_VALUES = 1 << DIGIT_BITS };

/* Participation, round, item in one number that sorts as they do. */
static uint64_t key_of(const struct observation *row)
{
	return (uint64_t)(uint32_t)row->participation << 34 | (uint64_t)(uint8_t)row->round << 31 | (uint32_t)row->item;
}

static bool is_sorted(const observation_list *list)
{
	for (size_t i = 1; i < list->count; i++)
		if (key_of(&list->at[i - 1]) > key_of(&list->at[i]))
			return false;
	return true;
}

/* One stable pass of a least-significant-digit radix sort; false when all have the same digit. */
static bool sort_by_digit(const struct keyed *from, struct keyed *to, size_t count, unsigned shift)
{
	size_t starts[DIGIT_VALUES] = { 0 }, sum = 0;
	for (size_t i = 0; i < count; i++)
		starts[from[i].key >> shift & (DIGIT_VALUES - 1)]++;
	if (starts[from[0].key >> shift & (DIGIT_VALUES - 1)] == count)
		return false;
	for (size_t i = 0; i < DIGIT_VALUES; i++) {
		size_t here = starts[i];
		starts[i] = sum;
		sum += here;
	}
	for (size_t i = 0; i < count; i++)
		to[starts[from[i].key >> shift & (DIGIT_VALUES - 1)]++] = from[i];
	return true;
}

static struct keyed *sort_keys(const observation_list *list, struct keyed **spare)
{
	struct keyed *keys = memory_resize(NULL, list->count * sizeof *keys), *other = memory_resize(NULL, list->count * sizeof *other);
	for (size_t i = 0; i < list->count; i++)
		keys[i] = (struct keyed){ key_of(&list->at[i]), (uint32_t)i };
	for (unsigned shift = 0; shift < 64; shift += DIGIT_BITS)
		if (sort_by_digit(keys, other, list->count, shift)) {
			struct keyed *sorted = other;
			other = keys;
			keys = sorted;
		}
	*spare = other;
	return keys;
}

static void gather(const observation_list *list, struct observation *to)
{
	if (list->count == 0)
		return;
	if (is_sorted(list)) {
		memcpy(to, list->at, list->count * sizeof *to);
		return;
	}
	struct keyed *spare, *keys = sort_keys(list, &spare);
	for (size_t i = 0; i < list->count; i++)
		to[i] = list->at[keys[i].index];
	free(keys);
	free(spare);
}

static void report_twice(struct check *check, const struct observation *first, const struct observation *second)
{
	const struct catalogue *catalogue = check->catalogues[check->model->participations[first->participation].track];
	struct text item = catalogue->items[first->item].id;
	struct text round = text_from(choice_word(SET_ROUND, first->round));
	struct diag_args args = { .span = second->place, .other = first->place, .a = item, .b = round };
	args.c = text_from(choice_word(SET_RESULT, first->result));
	args.d = text_from(choice_word(SET_RESULT, second->result));
	size_t since = check->problems.count;
	problem_add(check, first->result == second->result ? DIAG_RESULT_TWICE : DIAG_RESULT_CONTRADICTS, args);
	problems_blame(check, since, BLAME_PARTICIPATION, first->participation);
	problems_report(check);
}

static size_t drop_twice(struct check *check, struct observation *rows, size_t count)
{
	size_t kept = count ? 1 : 0;
	for (size_t i = 1; i < count; i++) {
		if (key_of(&rows[i]) == key_of(&rows[kept - 1]))
			report_twice(check, &rows[kept - 1], &rows[i]);
		else
			rows[kept++] = rows[i];
	}
	return kept;
}

void observations_settle(struct check *check, observation_list *list)
{
	struct model *model = check->model;
	struct observation *rows = ARENA_ARRAY(check->reader.arena, struct observation, list->count);
	gather(list, rows);
	model->observations = rows;
	model->observation_count = drop_twice(check, rows, list->count);
	LIST_FREE(list);
	for (size_t i = 0; i < model->observation_count; i++) {
		struct participation *participation = &model->participations[rows[i].participation];
		if (participation->observation_count++ == 0)
			participation->first_observation = i;
	}
}
