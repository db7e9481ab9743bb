/* SPDX-License-Identifier: MIT
 *
 * Targets, gaps, findings and shortest ways up, worked out by hand.
 */
#include "assess_cases.h"

Suite *assess_gap_suite(void);

static struct test_case c;

struct gap_case {
	const char *why, *spec, *signs;
	int target, level, measured, next; /* stated target, level reached, T, next level */
	const char *gap, *findings, *way;  /* way NULL: none */
};

/* Three levels, min-of-pa. */
static const struct gap_case area_cases[] = {
	{ "no target: the next level", "1 2 3", "+--", -1, 1, 2, 2, "PA1-2", "PA1-2", "PA1-2" },
	{ "target 未达标: the next level", "1 2 3", "+--", 0, 1, 2, 2, "PA1-2", "PA1-2", "PA1-2" },
	{ "target below the level", "1 2 3", "++-", 1, 2, 3, 3, "PA1-3", "PA1-3", "PA1-3" },
	{ "target at the level", "1 2 3", "++-", 2, 2, 3, 3, "PA1-3", "PA1-3", "PA1-3" },
	{ "target above: the gap goes there, the way to the next", "1 2 3", "+--", 3, 1, 3, 2, "PA1-2 PA1-3", "PA1-2 PA1-3",
	  "PA1-2" },
	{ "target above the scale (an error elsewhere)", "1 2 3", "+--", 5, 1, 2, 2, "PA1-2", "PA1-2", "PA1-2" },
	{ "the top of the scale", "1 2 3", "+++", 3, 3, 0, 0, "", "", NULL },
	{ "partial and unassessed are gaps, not applicable is not", "1 1 1 1", "~?n+", -1, 0, 1, 1, "PA1-1 PA1-2",
	  "PA1-1 PA1-2", "PA1-1 PA1-2" },
	{ "order: risk, level, catalogue", "2L 1L 2 1H | 2H 1", "------", 2, 0, 2, 1,
	  "PA1-4 PA2-1 PA2-2 PA1-3 PA1-2 PA1-1", "PA1-4 PA2-1 PA2-2 PA1-3 PA1-2 PA1-1", "PA1-4 PA2-2 PA1-2" },
	{ "met items of a held area stay out", "1 2 | 1 2", "+- -+", -1, 0, 1, 1, "PA2-1", "PA2-1", "PA2-1" },
	{ "everything not applicable: no way", "1 2", "nn", -1, 0, 1, 1, "", "", NULL },
	{ "nothing observed: everything is the gap", "1 2", "..", -1, 0, 1, 1, "PA1-1", "PA1-1", "PA1-1" },
};

static void compare(const struct gap_case *at, const struct decision *d)
{
	ck_assert_msg(d->level == at->level, "%s: level %d", at->why, d->level);
	ck_assert_msg(d->target == at->measured, "%s: T %d", at->why, d->target);
	ck_assert_msg(d->next == at->next, "%s: next %d", at->why, d->next);
	ck_assert_msg(!strcmp(case_gap(&c, d), at->gap), "%s: gap %s", at->why, case_gap(&c, d));
	ck_assert_msg(!strcmp(case_findings(&c, d), at->findings), "%s: findings %s", at->why, case_findings(&c, d));
	ck_assert_msg(d->has_way_up == (at->way != NULL), "%s: has way", at->why);
	ck_assert_msg(!strcmp(case_way(&c, d), at->way ? at->way : ""), "%s: way %s", at->why, case_way(&c, d));
}

START_TEST(by_areas)
{
	const struct gap_case *at = &area_cases[_i];
	case_open(&c, 3, at->spec);
	int p = case_join(&c, TRACK_ICS, at->target);
	case_see(&c, p, ROUND_ONSITE, at->signs);
	const struct decision *d = case_decide(&c, p);
	compare(at, d);
	for (size_t i = 0; i < d->way_count; i++)
		ck_assert_int_eq(d->way[i].gain.units, 0);
	case_close(&c);
}
END_TEST

static const struct {
	struct gap_case gap;
	const char *shares, *gains; /* gains in hundredths */
} share_cases[] = {
	{ { "largest gain first, and no more than needed", "1*1 1*3 1*2 1*4", "---+", -1, 0, 1, 1, "PA1-1 PA1-2 PA1-3",
	    "PA1-1 PA1-2 PA1-3", "PA1-2" }, "0.7", "300" },
	{ { "partial gives only the rest", "1*3 1*2 1*5", "~-+", -1, 0, 1, 1, "PA1-1 PA1-2", "PA1-1 PA1-2", "PA1-2" }, "0.8",
	  "200" },
	{ { "ties by risk", "1L 1 1H 1", "----", -1, 0, 1, 1, "PA1-3 PA1-2 PA1-4 PA1-1", "PA1-3 PA1-2 PA1-4 PA1-1",
	    "PA1-3 PA1-2 PA1-4" }, "0.75", "100 100 100" },
	{ { "then catalogue order, whatever the level", "2 1 2 1", "----", 2, 0, 2, 1, "PA1-2 PA1-4 PA1-1 PA1-3",
	    "PA1-2 PA1-4 PA1-1 PA1-3", "PA1-2" }, "0.5 1", "100" },
	{ { "catalogue order crosses levels", "2 1 2 1", "-+-+", -1, 1, 2, 2, "PA1-1 PA1-3", "PA1-1 PA1-3", "PA1-1" },
	  "1 0.75", "100" },
	{ { "equal gain from partial and unmet: risk, then catalogue", "1*1 1*2 1*1H 1*10", "-~-+", -1, 0, 1, 1,
	    "PA1-3 PA1-1 PA1-2", "PA1-3 PA1-1 PA1-2", "PA1-3 PA1-1" }, "0.92", "100 100" },
	{ { "vetoes first, in catalogue order, whatever they gain", "1*0.1!L 1*5 1*0.2!H", "---", -1, 0, 1, 1,
	    "PA1-3 PA1-2 PA1-1", "PA1-3 PA1-2 PA1-1", "PA1-1 PA1-3 PA1-2" }, "0.5", "10 20 500" },
	{ { "vetoes alone may do", "1! 1*9", "-+", -1, 0, 1, 1, "PA1-1", "PA1-1", "PA1-1" }, "0.5", "100" },
	{ { "vetoes of higher levels are for later", "1 2! 1", "-- +", -1, 0, 1, 1, "PA1-1", "PA1-1", "PA1-1" }, "1 1", "100" },
	{ { "vetoes of a lower level too", "1! 2!", "~~", 2, 0, 2, 1, "PA1-1 PA1-2", "PA1-1 PA1-2", "PA1-1" }, "0 0", "50" },
	{ { "the next level without a share", "1 2", "+-", -1, 1, 2, 2, "PA1-2", "PA1-2", NULL }, "0.5 -", "" },
	{ { "a share that cannot be reached", "1 2", "--", -1, 0, 1, 1, "PA1-1", "PA1-1", NULL }, "1.5 1.5", "" },
	{ { "the top keeps its findings", "1 1L 2 2H", "+-+-", -1, 2, 0, 0, "", "PA1-4 PA1-2", NULL }, "0.5 0.5", "" },
	{ { "the next level's share counts the lower items", "1*5 2*1", "-+", -1, 1, 2, 2, "PA1-1", "PA1-1", "PA1-1" }, "0 0.9",
	  "500" },
	{ { "not applicable is no way", "1 1", "nn", -1, 0, 1, 1, "", "", NULL }, "0.5", "" },
};

START_TEST(by_share)
{
	const struct gap_case *at = &share_cases[_i].gap;
	int levels = 1 + (strchr(share_cases[_i].shares, ' ') != NULL);
	case_open(&c, levels, at->spec);
	case_threshold(&c, "0.5", share_cases[_i].shares);
	int p = case_join(&c, TRACK_ICS, at->target);
	case_see(&c, p, ROUND_ONSITE, at->signs);
	const struct decision *d = case_decide(&c, p);
	compare(at, d);
	struct text rest = text_from(share_cases[_i].gains), gain;
	for (size_t i = 0; i < d->way_count; i++) {
		int64_t hundredths;
		ck_assert(text_next(&rest, ' ', &gain) && text_to_integer(gain, &hundredths));
		ck_assert_msg(d->way[i].gain.units == hundredths * 10000000, "%s: gain %zu", at->why, i);
		ck_assert_int_eq(d->way[i].is_veto, c.items[d->way[i].item].veto);
	}
	case_close(&c);
}
END_TEST

/* given: gap and way as for min-of-pa, measured from the stated level. */
static const struct {
	struct gap_case gap;
	int stated;
} given_cases[] = {
	{ { "stated above the items: lower open items come along", "1 2 3", "---", -1, 2, 3, 3, "PA1-1 PA1-2 PA1-3",
	    "PA1-1 PA1-2 PA1-3", "PA1-1 PA1-2 PA1-3" }, 2 },
	{ { "stated below the items: nothing is missing", "1 2 3", "++-", -1, 1, 2, 2, "", "", "" }, 1 },
	{ { "stated below, with a target", "1 2 3", "++-", 3, 1, 3, 2, "PA1-3", "PA1-3", "" }, 1 },
	{ { "stated at the top: open items of all levels", "1L 2 3", "-+-", -1, 3, 0, 0, "", "PA1-3 PA1-1", NULL }, 3 },
	{ { "nothing observed starts at 0", "1 2 3", "...", -1, 0, 1, 1, "PA1-1", "PA1-1", "PA1-1" }, 2 },
};

START_TEST(by_statement)
{
	case_open(&c, 3, given_cases[_i].gap.spec);
	case_method(&c, METHOD_GIVEN);
	int p = case_join(&c, TRACK_ICS, given_cases[_i].gap.target);
	c.participations[p].given = (int8_t)given_cases[_i].stated;
	case_see(&c, p, ROUND_ONSITE, given_cases[_i].gap.signs);
	compare(&given_cases[_i].gap, case_decide(&c, p));
	case_close(&c);
}
END_TEST

/* Gains of more than nine digits are ordered exactly even where they print alike. */
START_TEST(exact_gains)
{
	case_open(&c, 1, "1*0.000000001 1*0.000000003 1*1");
	case_threshold(&c, "0.4", "1");
	int p = case_join(&c, TRACK_ICS, -1);
	case_see(&c, p, ROUND_ONSITE, "-~+"); /* gains 1.0e-9 and 1.8e-9 */
	const struct decision *d = case_decide(&c, p);
	ck_assert_str_eq(case_way(&c, d), "PA1-2 PA1-1");
	ck_assert_int_eq(d->way[0].gain.units, 2);
	ck_assert_int_eq(d->way[1].gain.units, 1);
	case_close(&c);
}
END_TEST

#define LOOP(tcase, test, cases) tcase_add_loop_test(tcase, test, 0, (int)(sizeof cases / sizeof *cases))

Suite *assess_gap_suite(void)
{
	Suite *suite = suite_create("assess/gap");
	TCase *tcase = tcase_create("gap");
	LOOP(tcase, by_areas, area_cases);
	LOOP(tcase, by_share, share_cases);
	LOOP(tcase, by_statement, given_cases);
	tcase_add_test(tcase, exact_gains);
	suite_add_tcase(suite, tcase);
	return suite;
}
