/* SPDX-License-Identifier: MIT
 *
 * Movement against the most recent earlier year that lists the enterprise in the track.
 */
#include "assess_cases.h"

Suite *assess_movement_suite(void);

static struct test_case c;

/* Three levels in one area "1 2 3"; up to three earlier rows as year and level. */
static const struct {
	const char *why, *signs;
	int earlier[3][2];
	int movement, from_year, from_level;
} cases[] = {
	{ "nothing earlier", "++-", { { 0 } }, MOVEMENT_NEW, 0, -1 },
	{ "higher", "++-", { { 2020, 1 } }, MOVEMENT_UP, 2020, 1 },
	{ "the same", "++-", { { 2020, 2 } }, MOVEMENT_KEPT, 2020, 2 },
	{ "lower but a star", "++-", { { 2020, 3 } }, MOVEMENT_DOWN, 2020, 3 },
	{ "no star any more", "-++", { { 2020, 1 } }, MOVEMENT_OUT, 2020, 1 },
	{ "no star, never listed", "-++", { { 0 } }, MOVEMENT_NONE, 0, -1 },
	{ "unfinished is no way out", "???", { { 2020, 2 } }, MOVEMENT_NONE, 2020, 2 },
	{ "unfinished, never listed", "???", { { 0 } }, MOVEMENT_NONE, 0, -1 },
	{ "a row 未达标 lists nobody", "++-", { { 2020, 0 } }, MOVEMENT_NEW, 0, -1 },
	{ "so the year before counts", "++-", { { 2020, 0 }, { 2019, 3 } }, MOVEMENT_DOWN, 2019, 3 },
	{ "and not reaching now is no 退出 of such a row", "-++", { { 2020, 0 } }, MOVEMENT_NONE, 0, -1 },
	{ "the most recent of two", "++-", { { 2020, 1 }, { 2019, 3 } }, MOVEMENT_UP, 2020, 1 },
	{ "in whatever order they come", "++-", { { 2018, 3 }, { 2020, 2 }, { 2019, 3 } }, MOVEMENT_KEPT, 2020, 2 },
	{ "this year and later ones are not earlier", "++-", { { 2021, 3 }, { 2022, 3 }, { 2017, 1 } }, MOVEMENT_UP, 2017, 1 },
	{ "a level nobody could read lists nobody", "++-", { { 2020, -1 } }, MOVEMENT_NEW, 0, -1 },
	{ "above this year's scale", "+++", { { 2020, 5 } }, MOVEMENT_DOWN, 2020, 5 },
};

START_TEST(moves)
{
	case_open(&c, 3, "1 2 3");
	int other = case_join(&c, TRACK_ICS, -1);
	case_see(&c, other, ROUND_ONSITE, "+++");
	int p = case_join(&c, TRACK_ICS, -1);
	case_see(&c, p, ROUND_ONSITE, cases[_i].signs);
	case_listed(&c, other, 2020, 3);
	for (int k = 0; k < 3 && cases[_i].earlier[k][0]; k++)
		case_listed(&c, p, cases[_i].earlier[k][0], cases[_i].earlier[k][1]);
	const struct decision *d = case_decide(&c, p);
	ck_assert_msg(d->movement == cases[_i].movement, "%s: %s", cases[_i].why, movement_word((enum movement)d->movement));
	ck_assert_msg(d->earlier_year == cases[_i].from_year, "%s: year %d", cases[_i].why, d->earlier_year);
	ck_assert_msg(d->earlier_level == cases[_i].from_level, "%s: level %d", cases[_i].why, d->earlier_level);
	struct text label = NO_TEXT;
	if (d->earlier_year)
		label = text_format(c.arena, "%d星(%d)", d->earlier_level, d->earlier_year);
	ck_assert(text_equal(d->earlier_label, label));
	ck_assert_int_eq(c.assessment->decisions[other].movement, MOVEMENT_KEPT);
	case_close(&c);
}
END_TEST

START_TEST(tracks_do_not_mix)
{
	case_open(&c, 3, "1 2 3");
	int ics = case_join(&c, TRACK_ICS, -1);
	case_see(&c, ics, ROUND_ONSITE, "++-");
	int platform = case_join_firm(&c, c.participations[ics].enterprise, TRACK_PLATFORM, -1);
	case_see(&c, platform, ROUND_ONSITE, "++-");
	case_listed(&c, platform, 2020, 1);
	ck_assert_int_eq(case_decide(&c, ics)->movement, MOVEMENT_NEW);
	ck_assert_int_eq(case_decide(&c, platform)->movement, MOVEMENT_UP);
	case_close(&c);
}
END_TEST

/* Rows of enterprises that do not take part this year are about nobody here. */
START_TEST(strangers)
{
	case_open(&c, 3, "1 2 3");
	int p = case_join(&c, TRACK_ICS, -1);
	case_see(&c, p, ROUND_ONSITE, "++-");
	case_listed(&c, p, 2020, 3);
	c.earlier[0].enterprise = -1;
	ck_assert_int_eq(case_decide(&c, p)->movement, MOVEMENT_NEW);
	case_close(&c);
}
END_TEST

START_TEST(label_from_this_year)
{
	case_open(&c, 3, "1 2 3");
	int p = case_join(&c, TRACK_ICS, -1);
	case_see(&c, p, ROUND_ONSITE, "++-");
	case_listed(&c, p, 2020, 1);
	c.earlier[0].level_label = NO_TEXT;
	ck_assert(text_is(case_decide(&c, p)->earlier_label, "1星"));
	case_close(&c);
}
END_TEST

START_TEST(words)
{
	static const char *const want[] = { "", "新达标", "提升", "保持", "下降", "退出" };
	for (int m = 0; m < MOVEMENTS; m++)
		ck_assert_str_eq(movement_word((enum movement)m), want[m]);
	ck_assert_str_eq(outcome_word(OUTCOME_UNFINISHED), "未完成");
	ck_assert_str_eq(outcome_word(OUTCOME_NOT_REACHED), "未达标");
	ck_assert_str_eq(outcome_word(OUTCOME_REACHED), "达标");
}
END_TEST

/* What a year lists, as rows for a later one: levels above 0 only, by code and track. */
START_TEST(listings)
{
	case_open(&c, 3, "1 2 3");
	int first = case_join(&c, TRACK_ICS, -1);
	case_see(&c, first, ROUND_ONSITE, "++-");
	int none = case_join(&c, TRACK_ICS, -1);
	case_see(&c, none, ROUND_ONSITE, "-++");
	int unfinished = case_join(&c, TRACK_ICS, -1);
	case_see(&c, unfinished, ROUND_ONSITE, "???");
	int last = case_join(&c, TRACK_ICS, -1);
	case_see(&c, last, ROUND_ONSITE, "+++");
	int both = case_join_firm(&c, c.participations[first].enterprise, TRACK_PLATFORM, -1);
	case_see(&c, both, ROUND_ONSITE, "+--");
	case_decide(&c, first);
	struct earlier *rows;
	ck_assert_uint_eq(assess_listings(c.arena, c.assessment, &rows), 3);
	ck_assert(text_equal(rows[0].code, c.enterprises[3].code)); /* codes fall as firms rise */
	ck_assert(text_equal(rows[1].code, c.enterprises[0].code) && text_equal(rows[2].code, c.enterprises[0].code));
	ck_assert(rows[0].level == 3 && rows[1].level == 2 && rows[2].level == 1);
	ck_assert(rows[1].track == TRACK_ICS && rows[2].track == TRACK_PLATFORM);
	ck_assert(rows[0].year == CASE_YEAR && rows[0].enterprise == -1 && text_is(rows[0].level_label, "3星"));
	ck_assert(text_equal(rows[0].name, c.enterprises[3].name));
	ck_assert(assessment_lists(c.assessment, first) && assessment_lists(c.assessment, both) && !assessment_lists(c.assessment, none));
	ck_assert(!assessment_lists(c.assessment, unfinished) && !assessment_lists(c.assessment, -1));
	for (int firm = 0; firm < 4; firm++)
		ck_assert_int_eq(assessment_lists_enterprise(c.assessment, &c.enterprises[firm]), firm == 0 || firm == 3);
	case_close(&c);
}
END_TEST

/* What a list of 2020 says of an enterprise that has two platforms now, or had two then. */
static const struct {
	const char *why, *then[2], *now[2]; /* names; NULL: there is no such row, "": it has none */
	enum movement movements[2];
	int asked, renamed;
} platform_cases[] = {
	{ "by name", { "a", "b" }, { "b", "a" }, { MOVEMENT_KEPT, MOVEMENT_UP }, 0, 0 },
	{ "width, case and blanks do not matter", { "a b", NULL }, { "Ａｂ", "c" }, { MOVEMENT_UP, MOVEMENT_NEW }, 0, 0 },
	{ "one, then and now, whatever it is called", { "", NULL }, { "a", NULL }, { MOVEMENT_UP }, 0, 0 },
	{ "one of two is left", { "a", "b" }, { "b", NULL }, { MOVEMENT_KEPT }, 0, 0 },
	{ "which of two was listed is not said", { "", NULL }, { "a", "b" }, { MOVEMENT_NEW, MOVEMENT_NEW }, 1, 0 },
	{ "nor which of two is left", { "a", "b" }, { "", NULL }, { MOVEMENT_NEW }, 2, 0 },
	{ "another name", { "a", NULL }, { "b", "c" }, { MOVEMENT_NEW, MOVEMENT_NEW }, 0, 1 },
};

/* Then at levels 1 and 2, now at 2. */
START_TEST(platforms)
{
	int parts[2] = { 0, 0 };
	case_open(&c, 3, "1 2 3");
	for (int i = 0; i < 2; i++) {
		if (!platform_cases[_i].now[i])
			continue;
		parts[i] = i ? case_join_firm(&c, c.participations[parts[0]].enterprise, TRACK_ICS, -1)
			     : case_join(&c, TRACK_ICS, -1);
		c.participations[parts[i]].platform = text_from(platform_cases[_i].now[i]);
		case_see(&c, parts[i], ROUND_ONSITE, "++-");
	}
	for (int i = 0; i < 2 && platform_cases[_i].then[i]; i++) {
		case_listed(&c, parts[0], 2020, i + 1);
		c.earlier[i].platform = text_from(platform_cases[_i].then[i]);
	}
	for (int i = 0; i < 2 && platform_cases[_i].now[i]; i++)
		ck_assert_msg(case_decide(&c, parts[i])->movement == (int8_t)platform_cases[_i].movements[i], "%s: %d",
			      platform_cases[_i].why, i);
	ck_assert_uint_eq(diag_count_of(c.diag, DIAG_PLATFORM_EARLIER), (size_t)platform_cases[_i].asked);
	ck_assert_uint_eq(diag_count_of(c.diag, DIAG_PLATFORM_RENAMED), (size_t)platform_cases[_i].renamed);
	case_close(&c);
}
END_TEST

Suite *assess_movement_suite(void)
{
	Suite *suite = suite_create("assess/movement");
	TCase *tcase = tcase_create("movement");
	tcase_add_loop_test(tcase, moves, 0, (int)(sizeof cases / sizeof *cases));
	tcase_add_loop_test(tcase, platforms, 0, (int)(sizeof platform_cases / sizeof *platform_cases));
	tcase_add_test(tcase, tracks_do_not_mix);
	tcase_add_test(tcase, strangers);
	tcase_add_test(tcase, label_from_this_year);
	tcase_add_test(tcase, words);
	tcase_add_test(tcase, listings);
	suite_add_tcase(suite, tcase);
	return suite;
}
