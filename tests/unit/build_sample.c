/* SPDX-License-Identifier: MIT
 *
 * Which tasks are done all the same: how many, other ones in each run, and each of them some day.
 */
#include <check.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "build/build.h"
#include "build/receipt_inside.h"

Suite *build_sample_suite(void);

enum { TASKS_MOST = 1000 };

static struct arena *arena;
static struct build build;
static struct receipts receipts;
static struct receipt_note *notes[TASKS_MOST];
static bool is_drawn[TASKS_MOST];

/* So many diagnoses, each some bytes longer than the one before. */
static void set_up(void)
{
	arena = arena_new();
	receipts = (struct receipts){ .arena = arena, .trust = TRUST_SAMPLE, .seal = TEXT("one") };
	build = (struct build){ .receipts = &receipts, .run = { .arena = arena } };
	build.plan.tasks = ARENA_ARRAY(arena, struct task, TASKS_MOST);
	for (size_t i = 0; i < TASKS_MOST; i++) {
		notes[i] = ARENA_NEW(arena, struct receipt_note);
		notes[i]->files = ARENA_NEW(arena, struct receipt_file);
		*notes[i]->files = (struct receipt_file){ .file = { .size = 1000 + i } };
		notes[i]->count = 1;
		hash_of(text_format(arena, "%zu", i), notes[i]->key);
		build.plan.tasks[i] = (struct task){ .kind = TASK_DIAGNOSIS };
	}
}

static void tear_down(void)
{
	arena_free(arena);
}

static size_t draw(size_t tasks, const char *seal)
{
	size_t count = 0;
	receipts.seal = text_from(seal);
	build.plan.task_count = tasks;
	receipt_draw_sample(&build, notes, is_drawn);
	for (size_t i = 0; i < tasks; i++)
		count += is_drawn[i];
	return count;
}

START_TEST(draws_one_in_a_hundred)
{
	static const struct {
		size_t tasks, drawn;
	} cases[] = { { 0, 0 }, { 1, 1 }, { 2, 1 }, { 100, 1 }, { 101, 2 }, { 250, 3 }, { 1000, 10 } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		ck_assert_uint_eq(draw(cases[i].tasks, "one"), cases[i].drawn);
	receipts.trust = TRUST_NONE;
	ck_assert_uint_eq(draw(1000, "one"), 0);
	receipts.trust = TRUST_ALL;
	notes[7] = NULL;
	ck_assert_uint_eq(draw(1000, "one"), 999);
	ck_assert(!is_drawn[7]);
}
END_TEST

START_TEST(draws_small_ones_but_for_one)
{
	ck_assert_uint_eq(draw(1000, "one"), 10);
	size_t others = 0;
	for (size_t i = 1000 / 20; i < 1000; i++)
		others += is_drawn[i];
	ck_assert_uint_le(others, 1);
}
END_TEST

START_TEST(draws_each_some_day)
{
	enum { TASKS = 60, TURNS = 1000 };
	size_t times[TASKS] = { 0 };
	for (int turn = 0; turn < TURNS; turn++) {
		draw(TASKS, text_format(arena, "turn %d", turn).at);
		for (size_t i = 0; i < TASKS; i++)
			times[i] += is_drawn[i];
	}
	for (size_t i = 0; i < TASKS; i++)
		ck_assert_uint_gt(times[i], 0);
}
END_TEST

/* They take long: in one run of a hundred, as the tree before has it. */
START_TEST(draws_report_and_site_by_turns)
{
	enum { TURNS = 3000 };
	build.plan.tasks[0].kind = TASK_REPORT;
	build.plan.tasks[1].kind = TASK_SITE;
	size_t times[2] = { 0 }, scans = 0;
	for (int turn = 0; turn < TURNS; turn++) {
		draw(2, text_format(arena, "turn %d", turn).at);
		times[0] += is_drawn[0];
		times[1] += is_drawn[1];
		scans += receipt_scan_is_drawn(&receipts);
	}
	ck_assert(times[0] > TURNS / 200 && times[0] < TURNS / 50);
	ck_assert(times[1] > TURNS / 200 && times[1] < TURNS / 50);
	ck_assert(scans > TURNS / 200 && scans < TURNS / 50);
}
END_TEST

Suite *build_sample_suite(void)
{
	Suite *suite = suite_create("build/sample");
	TCase *tcase = tcase_create("sample");
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_test(tcase, draws_one_in_a_hundred);
	tcase_add_test(tcase, draws_small_ones_but_for_one);
	tcase_add_test(tcase, draws_each_some_day);
	tcase_add_test(tcase, draws_report_and_site_by_turns);
	suite_add_tcase(suite, tcase);
	return suite;
}
