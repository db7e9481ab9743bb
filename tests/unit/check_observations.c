/* SPDX-License-Identifier: MIT
 *
 * However the rows were spread over files: they come out by participation, round and item.
 */
#include "check/observations.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "model/observed.h"

Suite *check_observations_suite(void);

enum { FIRMS = 40, FIRM_ROUNDS = 3, ITEMS = 25 };

static uint32_t state;

static uint32_t draw(uint32_t below)
{
	state = state * 1664525 + 1013904223;
	return (state >> 8) % below;
}

static void add(struct gathered *list, int32_t firm, int round, int32_t item)
{
	struct gathered_row row = { { .round = (int8_t)round, .item = item, .remark = (uint32_t)list->count }, firm };
	/* Whose it is, is read back from what was told of it. */
	row.seen.source = (uint32_t)firm;
	gathered_add(list, &row);
}

/* One run for each firm and round, with items left out here and there; `shuffled`: the runs in any order. */
static void add_runs(struct gathered *list, bool is_shuffled)
{
	int order[FIRMS * FIRM_ROUNDS];
	for (int i = 0; i < FIRMS * FIRM_ROUNDS; i++) {
		int other = is_shuffled ? (int)draw((uint32_t)i + 1) : i;
		order[i] = order[other];
		order[other] = i;
	}
	for (int i = 0; i < FIRMS * FIRM_ROUNDS; i++)
		for (int32_t item = 0; item < ITEMS; item++)
			if (draw(7))
				add(list, order[i] / FIRM_ROUNDS, order[i] % FIRM_ROUNDS, item);
}

/* A round in two files, their items dealt like cards: no run is apart from the other. */
static void add_interleaved(struct gathered *list)
{
	for (int half = 0; half < 2; half++)
		for (int32_t firm = 0; firm < FIRMS; firm++)
			for (int32_t item = half; item < ITEMS; item += 2)
				add(list, firm, ROUND_ONLINE, item);
}

/* Every item backwards: no runs at all. */
static void add_backwards(struct gathered *list)
{
	for (int32_t item = ITEMS; item-- > 0;)
		for (int32_t firm = FIRMS; firm-- > 0;)
			add(list, firm, ROUND_ONSITE, item);
}

enum { IN_ORDER, SHUFFLED, INTERLEAVED, BACKWARDS, NONE, MANNERS };

static void fill(struct gathered *list, int manner)
{
	if (manner == IN_ORDER || manner == SHUFFLED)
		add_runs(list, manner == SHUFFLED);
	else if (manner == INTERLEAVED)
		add_interleaved(list);
	else if (manner == BACKWARDS)
		add_backwards(list);
}

static int compare(const struct observation *a, const struct observation *b)
{
	if (a->source != b->source)
		return (int)a->source - (int)b->source;
	return a->round != b->round ? a->round - b->round : a->item - b->item;
}

/* Which files have one of them is noted. */
static void assert_sources(const struct model *model)
{
	bool is_in[FIRMS + 2] = { false };
	for (size_t i = 0; i < model->observation_count; i++)
		is_in[model->observations[i].source] = true;
	ck_assert_uint_eq(model->observed_count, FIRMS + 2);
	for (uint32_t source = 0; source < FIRMS + 2; source++)
		ck_assert_int_eq(model->is_observed[source], is_in[source]);
}

START_TEST(puts_rows_in_order)
{
	struct arena *arena = arena_new();
	struct model model = { .participations = ARENA_ARRAY(arena, struct participation, FIRMS), .participation_count = FIRMS };
	struct check check = { .reader = { .arena = arena, .sources = sources_new(arena) }, .model = &model };
	struct gathered list;
	for (int i = 0; i <= FIRMS; i++)
		sources_add(check.reader.sources, TEXT("x.csv"), NO_TEXT, "UTF-8");
	gathered_start(&list, FIRMS);
	state = (uint32_t)_i;
	fill(&list, _i);
	size_t count = list.count, sum = 0, sum_after = 0, told = 0;
	for (size_t i = 0; i < count; i++)
		sum += i;
	observations_settle(&check, &list);
	ck_assert_uint_eq(model.observation_count, count);
	assert_sources(&model);
	for (size_t i = 0; i < count; i++) {
		sum_after += model.observations[i].remark;
		ck_assert(i == 0 || compare(&model.observations[i - 1], &model.observations[i]) < 0);
	}
	ck_assert_uint_eq(sum, sum_after);
	for (size_t firm = 0; firm < FIRMS; firm++) {
		const struct participation *own = &model.participations[firm];
		for (size_t i = 0; i < own->observation_count; i++)
			ck_assert_uint_eq(model.observations[own->first_observation + i].source, firm);
		told += own->observation_count;
	}
	ck_assert_uint_eq(told, count);
	arena_free(arena);
}
END_TEST

/* Of a long row it is the beginning, never more than the row and never another. */
START_TEST(keeps_places)
{
	static const uint32_t sizes[] = { 0, 1, 65534, 65535, 65536, 65537, 1u << 31 };
	struct observation row = { .item = 3 };
	const struct span place = { 70000, 1u << 31, (1u << 31) + sizes[_i] };
	observed_set_place(&row, place);
	struct span told = observed_place(&row);
	ck_assert(told.source == place.source && told.start == place.start);
	ck_assert_uint_eq(told.end - told.start, sizes[_i] < OBSERVED_SIZE_MOST ? sizes[_i] : OBSERVED_SIZE_MOST);
}
END_TEST

Suite *check_observations_suite(void)
{
	Suite *suite = suite_create("check/observations");
	TCase *tcase = tcase_create("order");
	tcase_add_loop_test(tcase, puts_rows_in_order, 0, MANNERS);
	tcase_add_loop_test(tcase, keeps_places, 0, 7);
	suite_add_tcase(suite, tcase);
	return suite;
}
