/* SPDX-License-Identifier: MIT
 *
 * What the sample does not have by itself: choices left empty, cities without a target, an even number of peers, ways up
 * in another order, namesakes, rounding, a list without anybody.
 */
#include "facts_sample.h"

#include "assess/past.h"
#include "model/place.h"

Suite *facts_summary_suite(void);

static struct sample s;

static void setup(void)
{
	sample_init(&s);
}

static void teardown(void)
{
	sample_clear(&s);
}

static void expect_of(enum facts_scope scope, int32_t firm, const char *sql, const char *answer)
{
	struct facts *facts = sample_open(&s, scope);
	if (scope == SCOPE_FIRM)
		facts_choose_firm(facts, firm);
	ck_assert_str_eq(sample_ask(&s, facts, sql), answer);
	facts_close(facts);
}

static void expect(const char *sql, const char *answer)
{
	expect_of(SCOPE_PROVINCE, -1, sql, answer);
}

/* Nobody said that it is open, or done: nobody looked. */
START_TEST(a_rectification_without_a_status_is_unchecked)
{
	static const struct {
		int status;
		const char *answer;
	} cases[] = { { -1, "2|1|0|0|1" }, { STATUS_UNCHECKED, "2|1|0|0|1" }, { STATUS_OPEN, "2|1|0|1|0" }, { STATUS_PARTLY, "2|1|1|0|0" }, { STATUS_DONE, "2|2|0|0|0" } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		s.model.rectifications[0].status = (int8_t)cases[i].status;
		s.assessment = assess_model(s.arena, &s.model, s.diag);
		expect("select rectifications, claimed, partly, open, unchecked from overview", cases[i].answer);
	}
}
END_TEST

/* A visit of 丙三, which claims that A1-1-01 is rectified: the look settles it, in every table alike. */
START_TEST(a_later_look_settles_a_claim)
{
	static const struct {
		int result;
		const char *counts, *one;
	} cases[] = {
		{ RESULT_MET, "1|1|0|1|0|0.5", "复核确认|现场核查|符合|1|1" },
		{ RESULT_NOT_APPLICABLE, "1|1|0|1|0|0.5", "复核确认|现场核查|不适用|1|1" },
		{ RESULT_PARTIAL, "1|0|1|1|1|0", "复核退回|现场核查|部分符合|0|0" },
		{ RESULT_UNASSESSED, "1|0|0|2|0|0", "待复核|∅|∅|0|0" },
	};
	struct participation *visited = &s.model.participations[2];
	size_t last = visited->first_observation + visited->observation_count - 1;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		/* The last online observation becomes one of the visit; no table here counts it. */
		s.model.observations[last].round = ROUND_ONSITE;
		s.model.observations[last].item = 0;
		s.model.observations[last].date = sample_date("2021-11-02");
		s.model.observations[last].result = (int8_t)cases[i].result;
		s.assessment = assess_model(s.arena, &s.model, s.diag);
		expect("select claimed, confirmed, returned, waiting, refuted, confirmed_rate from overview", cases[i].counts);
		expect("select r.state, r.settled_round, r.settled_result, c.confirmed, d.confirmed from rectifications r, "
		       "rectification_summary c, rectification_departments d where r.item_id = 'A1-1-01' and c.city = '苏州市'",
		       cases[i].one);
	}
}
END_TEST

/* An enterprise counts to a rate only where there is something to compare it with. */
START_TEST(rates_leave_out_cities_without_a_number)
{
	expect("select target, target_rate, scale_enterprises, coverage from overview", "10|0.7|500|0.008");
	/* 苏州, with three enterprises of which two assessed themselves */
	s.model.cities[4].target = s.model.cities[4].enterprises = -1;
	expect("select target, target_rate, scale_enterprises, coverage from overview", "8|0.5|400|0.005");
	expect("select target, target_rate, scale_enterprises, coverage from city_summary where city = '苏州市'", "∅|∅|∅|∅");
	for (int i = 0; i < s.model.prefectures.count; i++)
		s.model.cities[i].target = s.model.cities[i].enterprises = -1;
	expect("select target, target_rate, scale_enterprises, coverage from overview", "∅|∅|∅|∅");
}
END_TEST

/* Peers at first: 4/6, 4/5, 5/6, 5/6, 6/6. */
START_TEST(a_median_of_an_even_number_lies_between_two)
{
	expect_of(SCOPE_FIRM, 1, "select peer_count, percent(peer_rate, 2) from parts", "5|83.33%");
	struct decision *fourth = &s.assessment->decisions[3];
	fourth->outcome = OUTCOME_NOT_REACHED;
	fourth->total = (struct tally){ { [RESULT_MET] = 1, [RESULT_UNMET] = 4 } };
	/* 1/5, 4/6, 4/5, 5/6, 5/6, 1: half of 4/5 and 5/6 */
	expect_of(SCOPE_FIRM, 1, "select peer_count, percent(peer_rate, 2) from parts", "6|81.67%");
	fourth->total = (struct tally){ { [RESULT_MET] = 5 } };
	expect_of(SCOPE_FIRM, 1, "select peer_count, percent(peer_rate, 2) from parts", "6|83.33%");
}
END_TEST

/* Work goes on side by side: the longest decides, wherever it stands on the way. */
START_TEST(days_to_the_next_level_are_those_of_the_longest_step)
{
	static const struct {
		int64_t first, second;
		const char *days;
	} cases[] = { { 20, 40, "40" }, { 40, 20, "40" }, { 30, 30, "30" }, { 0, 0, "0" } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		s.model.catalogues[TRACK_ICS]->items[1].advice_days = cases[i].first;
		s.model.catalogues[TRACK_ICS]->items[3].advice_days = cases[i].second;
		expect_of(SCOPE_FIRM, 1, "select days_to_next from parts", cases[i].days);
	}
}
END_TEST

/* ---- addresses ------------------------------------------------------------------------ */

static const char *slug_of_code(const char *code)
{
	struct facts *facts = sample_open(&s, SCOPE_PROVINCE);
	const char *slug = sample_ask(&s, facts, text_format(s.arena, "select slug from listed l join participations p using (participation_id) where p.code = '%s' limit 1", code).at);
	facts_close(facts);
	return slug;
}

/* Who bore the name on a list first keeps the address, whoever comes first by city and code. */
START_TEST(of_two_namesakes_the_older_keeps_the_address)
{
	const char *const first = "91320000CODE00000", *const second = "91320000CODE00001";
	const char *address = slug_of_code(first);
	ck_assert_uint_eq(strlen(address), 12);
	s.model.enterprises[1].name = s.model.earlier[1].name = s.model.enterprises[0].name;
	s.model.earlier[0].year = 2020;
	s.model.earlier[1].year = 2019;
	ck_assert_str_eq(slug_of_code(second), address);
	ck_assert_str_ne(slug_of_code(first), address);
	s.model.earlier[0].year = 2018;
	ck_assert_str_eq(slug_of_code(first), address);
	ck_assert_str_ne(slug_of_code(second), address);
	/* Of the same year, by city, name and code. */
	s.model.earlier[0].year = 2019;
	ck_assert_str_eq(slug_of_code(first), address);
}
END_TEST

/* ---- what the public is told of who took part ------------------------------------------ */

static void expect_about(const char *answer)
{
	expect_of(SCOPE_PUBLIC, -1, "select track_code, participants_about from participation_track", answer);
}

/* Six took part in the one track, two in the other. */
START_TEST(participants_are_rounded_to_the_base)
{
	s.model.campaign.publication.rounding = 10;
	expect_about("ics|10/platform|0");
	s.model.campaign.publication.rounding = 4; /* both lie in the middle of two multiples */
	expect_about("ics|8/platform|4");
	s.model.campaign.publication.rounding = 5;
	expect_about("ics|5/platform|0");
	s.model.campaign.publication.rounding = 3;
	expect_about("ics|6/platform|3");
}
END_TEST

/* That a list named somebody who failed is not on record for the public, nor what it called its model. */
START_TEST(a_year_that_only_some_failed_in_is_no_earlier_year_in_public)
{
	static const char sql[] = "select c.previous_year, e.edition from campaign c left join previous_editions e on e.track_code = 'ics'";
	for (size_t i = 0; i < s.model.earlier_count; i++) {
		s.model.earlier[i].year = 2020;
		s.model.earlier[i].level = 0;
		s.model.earlier[i].edition = TEXT("示例 2020.1");
	}
	expect_of(SCOPE_PROVINCE, -1, sql, "2020|示例 2020.1");
	expect_of(SCOPE_PUBLIC, -1, sql, "∅|∅");
	s.model.earlier[1].level = 1;
	expect_of(SCOPE_PUBLIC, -1, sql, "2020|示例 2020.1");
}
END_TEST

/* Names that an old list lacks come from the later year, but only of those whom that one lists: 辛八 failed. */
START_TEST(an_old_list_without_names_tells_of_nobody_who_failed_later)
{
	struct model *past;
	const struct past_options options = {
		.later = &s.model, .decided = s.assessment, .year = 2020,
		.chronicle = chronicle_new(s.arena, s.assessment, (struct date){ 0 }, s.diag),
	};
	s.model.earlier[3].year = 2020;
	for (size_t i = 0; i < s.model.earlier_count; i++) {
		s.model.earlier[i].name = NO_TEXT;
		s.model.earlier[i].city = -1;
	}
	past_assess(s.arena, &options, s.diag, &past);
	ck_assert_uint_eq(past->participation_count, 2);
	for (size_t i = 0; i < past->participation_count; i++)
		ck_assert(text_is(past->enterprises[past->participations[i].enterprise].name, i ? "乙二公司" : "甲一公司"));
	ck_assert_uint_eq(diag_count_of(s.diag, DIAG_PAST_ROW), 2);
	map_clear(&past->enterprise_by_code);
}
END_TEST

Suite *facts_summary_suite(void)
{
	Suite *suite = suite_create("facts/summary");
	TCase *tcase = tcase_create("summary");
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, a_rectification_without_a_status_is_unchecked);
	tcase_add_test(tcase, a_later_look_settles_a_claim);
	tcase_add_test(tcase, rates_leave_out_cities_without_a_number);
	tcase_add_test(tcase, a_median_of_an_even_number_lies_between_two);
	tcase_add_test(tcase, days_to_the_next_level_are_those_of_the_longest_step);
	tcase_add_test(tcase, of_two_namesakes_the_older_keeps_the_address);
	tcase_add_test(tcase, participants_are_rounded_to_the_base);
	tcase_add_test(tcase, a_year_that_only_some_failed_in_is_no_earlier_year_in_public);
	tcase_add_test(tcase, an_old_list_without_names_tells_of_nobody_who_failed_later);
	suite_add_tcase(suite, tcase);
	return suite;
}
