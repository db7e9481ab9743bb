/* SPDX-License-Identifier: MIT
 *
 * Tallies, rates, medians and province-wide counts.
 */
#include "assess/statistics.h"
#include "assess_cases.h"

Suite *assess_statistics_suite(void);

static struct test_case c;

static const struct {
	int met, partial, unmet, unassessed, not_applicable;
	const char *rate; /* NULL: — */
} rates[] = {
	{ 5, 0, 1, 0, 0, "0.8333" },  { 1, 0, 1, 1, 0, "0.3333" },  { 2, 1, 0, 0, 0, "0.6667" }, { 0, 0, 0, 0, 3, NULL },
	{ 0, 0, 0, 0, 0, NULL },      { 0, 1, 1, 1, 1, "0" },       { 4, 0, 0, 0, 9, "1" },
	{ 1, 31, 0, 0, 0, "0.0313" }, /* 0.03125: half up */
	{ 1, 0, 159, 0, 0, "0.0063" }, /* 0.00625 */
	{ 1, 0, 0, 19999, 0, "0.0001" }, { 1, 0, 0, 20000, 0, "0" },
	{ 1, 0, 0, 0, 0, "1" },       { 0, 0, 1, 0, 5, "0" },       { 0, 0, 0, 1, 0, "0" }, /* one is enough */
};

START_TEST(rate)
{
	struct tally tally = { { [RESULT_MET] = rates[_i].met, [RESULT_PARTIAL] = rates[_i].partial,
				 [RESULT_UNMET] = rates[_i].unmet, [RESULT_UNASSESSED] = rates[_i].unassessed,
				 [RESULT_NOT_APPLICABLE] = rates[_i].not_applicable } };
	struct decimal value = decimal_from(-7);
	ck_assert_int_eq(tally_rate(&tally, &value), rates[_i].rate != NULL);
	ck_assert_int_eq(value.units, rates[_i].rate ? case_decimal(rates[_i].rate).units : decimal_from(-7).units);
	struct tally sum = tally;
	tally_add(&sum, &tally);
	ck_assert_int_eq(tally_total(&sum), 2 * tally_total(&tally));
	ck_assert_int_eq(tally_met(&sum), 2 * rates[_i].met);
	ck_assert_int_eq(tally_applicable(&sum), 2 * (tally_total(&tally) - rates[_i].not_applicable));
}
END_TEST

/* Pairs met/applicable; 0/0 does not take part. */
static const struct {
	const char *why;
	int pairs[6][2];
	size_t count;
	const char *median;
} medians[] = {
	{ "none", { { 0 } }, 0, "-1" },
	{ "none applicable", { { 0, 0 }, { 0, 0 } }, 2, "-1" },
	{ "one", { { 1, 3 } }, 1, "0.3333" },
	{ "odd", { { 3, 3 }, { 0, 3 }, { 1, 4 } }, 3, "0.25" },
	{ "odd after leaving out", { { 3, 3 }, { 0, 0 }, { 0, 3 }, { 1, 4 } }, 4, "0.25" },
	{ "even", { { 1, 2 }, { 1, 4 } }, 2, "0.375" },
	{ "rounded once: 7/12, not (0.6667 + 0.5) ÷ 2", { { 2, 3 }, { 1, 2 } }, 2, "0.5833" },
	{ "half up: 0.03125", { { 1, 16 }, { 0, 5 } }, 2, "0.0313" },
	{ "equal fractions of different size", { { 1, 2 }, { 2, 4 }, { 3, 6 }, { 4, 8 }, { 0, 1 } }, 5, "0.5" },
	{ "close fractions are told apart", { { 333, 1000 }, { 1, 3 }, { 3334, 10000 } }, 3, "0.3333" },
};

START_TEST(median)
{
	struct tally tallies[6] = { 0 };
	for (size_t i = 0; i < medians[_i].count; i++) {
		tallies[i].by_result[RESULT_MET] = medians[_i].pairs[i][0];
		tallies[i].by_result[RESULT_UNMET] = medians[_i].pairs[i][1] - medians[_i].pairs[i][0];
		tallies[i].by_result[RESULT_NOT_APPLICABLE] = (int)i;
	}
	struct decimal value = statistics_median(tallies, medians[_i].count);
	ck_assert_msg(value.units == case_decimal(medians[_i].median).units, "%s", medians[_i].why);
}
END_TEST

/* Two classes, three areas; four participations and one of the other track. */
static void open_province(void)
{
	case_open(&c, 3, "1 2 | 1 || 3 3");
	static const struct {
		const char *self, *online, *onsite;
	} firms[] = {
		{ "++ + ++", "++ + --", NULL },    /* level 2 */
		{ "++ + ++", NULL, "-+ n ~?" },    /* level 0 */
		{ "+++++", NULL, NULL },           /* unfinished */
		{ NULL, "++ + ++", ".. . n." },    /* level 3 */
	};
	for (size_t i = 0; i < sizeof firms / sizeof *firms; i++) {
		int p = case_join(&c, TRACK_ICS, -1);
		if (firms[i].self)
			case_see(&c, p, ROUND_SELF, firms[i].self);
		if (firms[i].online)
			case_see(&c, p, ROUND_ONLINE, firms[i].online);
		if (firms[i].onsite)
			case_see(&c, p, ROUND_ONSITE, firms[i].onsite);
	}
	int other = case_join(&c, TRACK_PLATFORM, -1);
	case_see(&c, other, ROUND_ONSITE, "-----");
	case_listed(&c, 1, 2020, 1);
	case_listed(&c, 3, 2020, 1);
	case_decide(&c, 0);
}

static void same_tally(const struct tally *tally, const char *counts)
{
	char text[64];
	snprintf(text, sizeof text, "%d %d %d %d %d", tally->by_result[RESULT_MET], tally->by_result[RESULT_PARTIAL],
		 tally->by_result[RESULT_UNMET], tally->by_result[RESULT_NOT_APPLICABLE],
		 tally->by_result[RESULT_UNASSESSED]);
	ck_assert_str_eq(text, counts);
}

START_TEST(province)
{
	open_province();
	const struct track_statistic *s = &c.assessment->tracks[TRACK_ICS];
	ck_assert(s->participants == 4 && s->unfinished == 1 && s->not_reached == 1 && s->reached == 2);
	ck_assert(s->by_level[0] == 1 && s->by_level[1] == 0 && s->by_level[2] == 1 && s->by_level[3] == 1);
	ck_assert(s->by_movement[MOVEMENT_NEW] == 1 && s->by_movement[MOVEMENT_OUT] == 1);
	ck_assert(s->by_movement[MOVEMENT_UP] == 1 && s->by_movement[MOVEMENT_NONE] == 1);
	same_tally(&s->items[0].effective, "2 0 1 0 0");
	same_tally(&s->items[2].effective, "2 0 0 1 0");
	same_tally(&s->items[4].effective, "1 0 1 0 1");
	same_tally(&s->items[0].rounds[ROUND_SELF], "2 0 0 0 0"); /* without the unfinished one */
	same_tally(&s->items[0].rounds[ROUND_ONSITE], "0 0 1 0 1");
	same_tally(&s->items[0].rounds[ROUND_RECHECK], "0 0 0 0 0");
	same_tally(&s->areas[0].effective, "5 0 1 0 0");
	same_tally(&s->classes[0].effective, "7 0 1 1 0");
	same_tally(&s->classes[1].effective, "1 1 2 1 1");
	same_tally(&s->classes[1].rounds[ROUND_ONLINE], "2 0 2 0 0");
	same_tally(&s->elements[0].effective, "3 0 2 0 1"); /* items 0 and 4 */
	case_close(&c);
}
END_TEST

START_TEST(province_medians)
{
	open_province();
	const struct track_statistic *s = &c.assessment->tracks[TRACK_ICS];
	ck_assert_int_eq(s->area_median[0].units, case_decimal("1").units);   /* 1, 1/2, 1 */
	ck_assert_int_eq(s->area_median[1].units, case_decimal("1").units);   /* 1, —, 1 */
	ck_assert_int_eq(s->area_median[2].units, case_decimal("0").units);   /* 0, 0, 1/1 */
	ck_assert_int_eq(s->class_median[0].units, case_decimal("1").units);
	ck_assert_int_eq(s->element_median[1].units, case_decimal("1").units);
	ck_assert_int_eq(s->element_median[3].units, case_decimal("0").units); /* item 3: 0, 0, — → the lower pair */
	const struct track_statistic *other = &c.assessment->tracks[TRACK_PLATFORM];
	ck_assert(other->participants == 1 && other->by_level[0] == 1);
	ck_assert_int_eq(other->area_median[0].units, 0);
	case_close(&c);
}
END_TEST

/* What neither judged is nobody's side; who has no rate of one of the two is not compared. */
START_TEST(one_sided)
{
	static const struct {
		const char *self, *online, *onsite;
	} firms[] = {
		{ "+?.n+", "++.?-", NULL },  /* the second and the fourth item */
		{ "+++++", NULL, "+++++" },
		{ "+-+-?", "-+-+?", NULL },
		{ "nnnnn", "++++.", NULL },  /* nothing applicable: no rate of 自评 */
	};
	case_open(&c, 3, "1 2 | 1 || 3 3");
	for (size_t i = 0; i < sizeof firms / sizeof *firms; i++) {
		int p = case_join(&c, TRACK_ICS, -1);
		case_see(&c, p, ROUND_SELF, firms[i].self);
		if (firms[i].online)
			case_see(&c, p, ROUND_ONLINE, firms[i].online);
		if (firms[i].onsite)
			case_see(&c, p, ROUND_ONSITE, firms[i].onsite);
	}
	case_decide(&c, 0);
	const struct track_statistic *s = &c.assessment->tracks[TRACK_ICS];
	ck_assert_int_eq(s->one_sided_items, 2);
	ck_assert_int_eq(s->one_sided, 1);
	case_close(&c);
}
END_TEST

START_TEST(self_against_counted)
{
	open_province();
	const struct track_statistic *s = &c.assessment->tracks[TRACK_ICS];
	ck_assert_int_eq(s->self_against[RESULT_MET][RESULT_MET], 3 + 1);
	ck_assert_int_eq(s->self_against[RESULT_MET][RESULT_UNMET], 2 + 1);
	ck_assert_int_eq(s->self_against[RESULT_MET][RESULT_NOT_APPLICABLE], 1);
	ck_assert_int_eq(s->self_against[RESULT_MET][RESULT_PARTIAL], 1);
	ck_assert_int_eq(s->self_against[RESULT_MET][RESULT_UNASSESSED], 0);
	case_close(&c);
}
END_TEST

/* 整改复核 comes before 线上核查, unless it is 未评; who was not visited, or not judged before, is no pair. */
START_TEST(site_against_what_was_known)
{
	case_open(&c, 2, "1 1 1 2 2");
	int p = case_join(&c, TRACK_ICS, -1), q;
	case_see(&c, p, ROUND_ONLINE, "--+-.");
	case_see(&c, p, ROUND_RECHECK, "+?...");
	case_see(&c, p, ROUND_ONSITE, "++-?+");
	q = case_join(&c, TRACK_ICS, -1);
	case_see(&c, q, ROUND_ONLINE, "+++++");
	case_decide(&c, p);
	const struct track_statistic *s = &c.assessment->tracks[TRACK_ICS];
	int64_t pairs = 0;
	for (int before = 0; before < RESULTS; before++)
		for (int site = 0; site < RESULTS; site++)
			pairs += s->site_against[before][site];
	ck_assert_int_eq(pairs, 3);
	ck_assert_int_eq(s->site_against[RESULT_MET][RESULT_MET], 1);
	ck_assert_int_eq(s->site_against[RESULT_UNMET][RESULT_MET], 1);
	ck_assert_int_eq(s->site_against[RESULT_MET][RESULT_UNMET], 1);
	case_close(&c);
}
END_TEST

START_TEST(of_one_enterprise)
{
	open_province();
	const struct decision *d = case_decide(&c, 1);
	same_tally(&d->total, "1 1 1 1 1");
	const struct tally area = tally_area(&c.catalogue, 0, d->items);
	same_tally(&area, "1 0 1 0 0");
	same_tally(&d->classes[1], "0 1 0 0 1");
	same_tally(&d->elements[0], "0 0 1 0 1");
	case_close(&c);
}
END_TEST

START_TEST(nobody)
{
	case_open(&c, 3, "1 2 3");
	c.assessment = assess_model(c.arena, &c.model, c.diag);
	const struct track_statistic *s = &c.assessment->tracks[TRACK_ICS];
	ck_assert_int_eq(s->participants, 0);
	ck_assert_int_eq(s->area_median[0].units, decimal_from(-1).units);
	ck_assert_int_eq(s->element_median[0].units, decimal_from(-1).units);
	struct earlier *rows;
	ck_assert_uint_eq(assess_listings(c.arena, c.assessment, &rows), 0);
	case_close(&c);
}
END_TEST

#define LOOP(tcase, test, cases) tcase_add_loop_test(tcase, test, 0, (int)(sizeof cases / sizeof *cases))

Suite *assess_statistics_suite(void)
{
	Suite *suite = suite_create("assess/statistics");
	TCase *tcase = tcase_create("statistics");
	LOOP(tcase, rate, rates);
	LOOP(tcase, median, medians);
	tcase_add_test(tcase, province);
	tcase_add_test(tcase, province_medians);
	tcase_add_test(tcase, one_sided);
	tcase_add_test(tcase, self_against_counted);
	tcase_add_test(tcase, site_against_what_was_known);
	tcase_add_test(tcase, of_one_enterprise);
	tcase_add_test(tcase, nobody);
	suite_add_tcase(suite, tcase);
	return suite;
}
