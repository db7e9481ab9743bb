/* SPDX-License-Identifier: MIT
 *
 * Measures compared: places, ties, the best and the worst, and who is too small to be compared.
 */
#include "facts_sample.h"

#include "facts/table.h"

Suite *facts_measures_suite(void);

static struct sample s;

static void setup(void)
{
	sample_init(&s);
}

static void teardown(void)
{
	sample_clear(&s);
}

static void expect(const char *sql, const char *answer)
{
	struct facts *facts = sample_open(&s, SCOPE_PROVINCE);
	ck_assert_str_eq(sample_ask(&s, facts, sql), answer);
	facts_close(facts);
}

#define AREAS " where kind = 'area' and measure_code = 'rate' and track_code = 'ics'"

/* Of the five finished of ics: A1 7 of 9, A2 8 of 10, A3 9 of 10. */
START_TEST(places_are_by_value)
{
	expect("select code, percent(value), base, place, place_from_below, same, is_best, is_worst from measures" AREAS,
	       "A1|77.8%|5|3|1|0|0|1/A2|80.0%|5|2|2|0|0|0/A3|90.0%|5|1|3|0|1|0");
	expect("select compared, small, differs, best_count, percent(best_value), worst_count, percent(worst_value),"
	       " percent(median), best = (select name from measures" AREAS " and is_best),"
	       " worst = (select name from measures" AREAS " and is_worst) from extremes" AREAS,
	       "3|0|1|1|90.0%|1|77.8%|80.0%|1|1");
}
END_TEST

START_TEST(equal_values_share_a_place)
{
	struct item_statistic *areas = s.assessment->tracks[TRACK_ICS].areas;
	areas[1] = areas[0];
	expect("select code, place, place_from_below, same, is_worst from measures" AREAS, "A1|2|1|1|1/A2|2|1|1|1/A3|1|3|0|0");
	expect("select worst_count, differs, worst = (select joined(name) from measures" AREAS " and is_worst) from extremes" AREAS,
	       "2|1|1");
	areas[2] = areas[0]; /* nobody is the best where all are alike */
	expect("select sum(is_best), sum(is_worst), max(same) from measures" AREAS, "0|0|2");
	expect("select compared, differs, best_count, percent(best_value) from extremes" AREAS, "3|0|3|77.8%");
}
END_TEST

/* No city of the sample has five firms: they have values, and no places. */
START_TEST(few_are_not_compared)
{
	expect("select count(*), sum(is_small), count(place), count(value) from measures"
	       " where kind = 'city' and measure_code = 'reached' and track_code = 'ics' and base > 0", "4|4|0|4");
	expect("select compared, small, least, differs, best, best_count, best_value, worst, median from extremes"
	       " where kind = 'city' and measure_code = 'reached' and track_code = 'ics'", "0|4|5|0|∅|0|∅|∅|∅");
	expect("select compared, small from extremes where kind = 'class' and track_code = 'platform'"
	       " and measure_code = 'rate'", "0|1");
}
END_TEST

/* From where on is the campaign's affair. */
START_TEST(thresholds_decide)
{
	s.model.campaign.thresholds.compare_least = 2;
	s.model.campaign.thresholds.named_most = 1;
	expect("select least, compared, small from extremes where kind = 'city' and measure_code = 'reached'"
	       " and track_code = 'ics'", "2|2|2");
	s.assessment->tracks[TRACK_ICS].areas[1] = s.assessment->tracks[TRACK_ICS].areas[0];
	expect("select worst like '%等2个过程域' from extremes" AREAS, "1");
	expect("select compare_least, named_most, others_least from thresholds", "2|1|5");
}
END_TEST

/* What the rounds say, as in the tables that count them. */
START_TEST(rounds_are_measures)
{
	expect("select count(*) > 0, sum(m.value is not c.self_rate) from measures m join class_summary c on c.class_id = m.code"
	       " and c.track_code = m.track_code where m.kind = 'class' and m.measure_code = 'self'", "1|0");
	expect("select count(*) > 0, sum(m.value is not c.online_rate) from measures m join track_summary c"
	       " on c.track_code = m.track_code where m.kind = 'province' and m.measure_code = 'online'", "1|0");
}
END_TEST

/* They are of the whole province: who may not see all of it has no such table. */
START_TEST(only_the_province_compares)
{
	for (int scope = 0; scope < SCOPES; scope++)
		ck_assert_int_eq(table_find((enum facts_scope)scope, TEXT("measures")) != NULL, scope == SCOPE_PROVINCE);
}
END_TEST

Suite *facts_measures_suite(void)
{
	Suite *suite = suite_create("facts/measures");
	TCase *tcase = tcase_create("all");
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, places_are_by_value);
	tcase_add_test(tcase, equal_values_share_a_place);
	tcase_add_test(tcase, few_are_not_compared);
	tcase_add_test(tcase, thresholds_decide);
	tcase_add_test(tcase, rounds_are_measures);
	tcase_add_test(tcase, only_the_province_compares);
	suite_add_tcase(suite, tcase);
	return suite;
}
