/* SPDX-License-Identifier: MIT
 *
 * The most valuable next steps and what each gives.
 */
#include "assess/rank.h"

#include "assess_cases.h"

Suite *assess_rank_suite(void);

static struct test_case c;
static struct rank_step steps[RANK_MOST];

static const char *ranked(int participation)
{
	int32_t items[RANK_MOST];
	const struct decision *d = case_decide(&c, participation);
	size_t count = rank_steps(c.assessment->rules[TRACK_ICS], d, steps);
	for (size_t i = 0; i < count; i++)
		items[i] = steps[i].item;
	return case_names(&c, items, count);
}

static const struct {
	const char *why, *spec, *signs;
	int target;
	const char *order;
} cases[] = {
	{ "risk first", "1L 1H 1", "---", -1, "PA1-2 PA1-3 PA1-1" },
	{ "then catalogue, whatever the days", "1@90 1@10 1 1@30", "----", -1, "PA1-1 PA1-2 PA1-3 PA1-4" },
	{ "whatever the weight", "1*1@5 1*3@5 1*2@5", "---", -1, "PA1-1 PA1-2 PA1-3" },
	{ "five at most, the best of all", "1@9 1@8 1@7 1@6 1@5 1@4 1H", "-------", -1, "PA1-7 PA1-1 PA1-2 PA1-3 PA1-4" },
	{ "what is not on the way comes behind it", "1L 2H 2", "---", 2, "PA1-1 PA1-2 PA1-3" },
	{ "the top of the scale", "1 2", "++", -1, "" },
};

START_TEST(orders)
{
	case_open(&c, 2, cases[_i].spec);
	int p = case_join(&c, TRACK_ICS, cases[_i].target);
	case_see(&c, p, ROUND_ONSITE, cases[_i].signs);
	const char *order = ranked(p);
	ck_assert_msg(!strcmp(order, cases[_i].order), "%s: %s", cases[_i].why, order);
	case_close(&c);
}
END_TEST

START_TEST(threshold_keeps_the_way)
{
	case_open(&c, 1, "1*1H 1*4L 1*0.5! 1*2.5");
	case_threshold(&c, "0.5", "0.8");
	int p = case_join(&c, TRACK_ICS, -1);
	case_see(&c, p, ROUND_ONSITE, "--~-");
	ck_assert_str_eq(ranked(p), "PA1-3 PA1-2 PA1-4 PA1-1");
	ck_assert(steps[0].is_on_way && steps[1].is_on_way && steps[2].is_on_way && !steps[3].is_on_way);
	ck_assert(steps[0].is_veto && !steps[1].is_veto);
	ck_assert_int_eq(steps[0].points.units, case_decimal("0.0313").units); /* 0.25 ÷ 8 = 0.03125 */
	ck_assert_int_eq(steps[1].points.units, case_decimal("0.5").units);
	ck_assert(steps[1].gain * 8 == steps[1].of * 4);
	ck_assert(!steps[1].lifts_enterprise);
	case_close(&c);
}
END_TEST

START_TEST(what_a_step_gives_an_area)
{
	case_open(&c, 3, "1 1 2 | 1 2 3 | 1");
	int p = case_join(&c, TRACK_ICS, -1);
	case_see(&c, p, ROUND_ONSITE, "--- -+- +");
	ck_assert_str_eq(ranked(p), "PA1-1 PA1-2 PA2-1");
	ck_assert(steps[0].left_in_area == 1 && !steps[0].lifts_area && steps[0].area_level_after == 0);
	ck_assert(steps[2].left_in_area == 0 && steps[2].lifts_area);
	ck_assert(steps[2].area_level == 0 && steps[2].area_level_after == 2);
	ck_assert(!steps[2].lifts_enterprise);
	ck_assert_int_eq(steps[0].points.units, 0);
	case_close(&c);
}
END_TEST

START_TEST(the_last_step)
{
	case_open(&c, 3, "1 2 | 1 2");
	int p = case_join(&c, TRACK_ICS, -1);
	case_see(&c, p, ROUND_ONSITE, "++ +~");
	ck_assert_str_eq(ranked(p), "PA2-2");
	ck_assert(steps[0].lifts_area && steps[0].lifts_enterprise && steps[0].left_in_area == 0);
	ck_assert_int_eq(steps[0].area_level_after, 3);
	case_close(&c);
}
END_TEST

START_TEST(no_way_still_has_findings)
{
	case_open(&c, 2, "1 2H");
	case_threshold(&c, "0.5", "0 -");
	int p = case_join(&c, TRACK_ICS, -1);
	case_see(&c, p, ROUND_ONSITE, "--");
	ck_assert_str_eq(ranked(p), "PA1-2 PA1-1");
	ck_assert(!steps[0].is_on_way && !steps[1].is_on_way);
	case_close(&c);
}
END_TEST

Suite *assess_rank_suite(void)
{
	Suite *suite = suite_create("assess/rank");
	TCase *tcase = tcase_create("rank");
	tcase_add_loop_test(tcase, orders, 0, (int)(sizeof cases / sizeof *cases));
	tcase_add_test(tcase, threshold_keeps_the_way);
	tcase_add_test(tcase, what_a_step_gives_an_area);
	tcase_add_test(tcase, the_last_step);
	tcase_add_test(tcase, no_way_still_has_findings);
	suite_add_tcase(suite, tcase);
	return suite;
}
