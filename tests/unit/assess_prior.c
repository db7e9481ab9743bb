/* SPDX-License-Identifier: MIT
 *
 * What an earlier year left and what this year says of it, item by item; where the ruler changed.
 */
#include "assess_cases.h"

#include "assess/prior.h"

Suite *assess_prior_suite(void);

static struct test_case then, older, now;

enum { NOT_LEFT = -1 };

/* A year of its own, with the maps that a loaded model has. */
static void open_year(struct test_case *c, int64_t year, const char *spec)
{
	case_open(c, 3, spec);
	c->model.campaign.year = year;
	for (int t = 0; t < TRACKS; t++) {
		struct rule *rule = &c->model.campaign.tracks[t].rule;
		rule->rounds[0] = ROUND_RECHECK;
		rule->rounds[1] = ROUND_ONLINE;
		rule->round_count = 2;
	}
	for (int32_t i = 0; i < c->catalogue.item_count; i++)
		map_add(&c->catalogue.item_by_id, c->items[i].id, (uint32_t)i);
	static struct city cities[1];
	cities[0].enterprises = 10;
	c->model.cities = cities;
}

static void close_year(struct test_case *c)
{
	map_clear(&c->catalogue.item_by_id);
	map_clear(&c->model.enterprise_by_code);
	case_close(c);
}

static const struct prior_year *keep(struct test_case *c, const struct prior_year *before)
{
	for (size_t e = 0; e < c->model.enterprise_count; e++)
		map_add(&c->model.enterprise_by_code, c->enterprises[e].code, (uint32_t)e);
	case_decide(c, 0);
	return prior_keep(c->arena, c->assessment, before);
}

static const struct prior *compare(const struct prior_year *const *years, size_t count)
{
	for (size_t e = 0; e < now.model.enterprise_count; e++)
		map_add(&now.model.enterprise_by_code, now.enterprises[e].code, (uint32_t)e);
	case_decide(&now, 0);
	return prior_new(now.arena, now.assessment, years, count);
}

/* One item; what the rounds said last year and this year (0: the round did not look at all), and what follows. */
static const struct {
	const char *why, *online_then, *recheck_then, *online_now, *recheck_now;
	int state;
} states[] = {
	{ "met now", "-", NULL, "+", NULL, PRIOR_CONFIRMED },
	{ "met by the recheck of this year", "-", NULL, "-", "+", PRIOR_CONFIRMED },
	{ "unmet in both", "-", NULL, "-", NULL, PRIOR_OPEN },
	{ "partly then, unmet now", "~", NULL, "-", NULL, PRIOR_OPEN },
	{ "unmet then, partly now", "-", NULL, "~", NULL, PRIOR_OPEN },
	{ "the recheck did not close it", "-", "~", "-", NULL, PRIOR_OPEN },
	{ "not applicable now", "-", NULL, "n", NULL, PRIOR_DROPPED },
	{ "nobody looked at it now", "-", NULL, "?", NULL, PRIOR_WAITING },
	{ "no round at all now", "-", NULL, NULL, NULL, PRIOR_WAITING },
	{ "closed by the recheck, open again", "-", "+", "-", NULL, PRIOR_RECURRED },
	{ "closed by the recheck, partly open again", "-", "+", "~", NULL, PRIOR_RECURRED },
	{ "closed and still met", "-", "+", "+", NULL, NOT_LEFT },
	{ "met all along, open now: new", "+", NULL, "-", NULL, NOT_LEFT },
	{ "not looked at then", "?", NULL, "-", NULL, NOT_LEFT },
	{ "found, then not applicable; open now", "-", "n", "-", NULL, NOT_LEFT },
};

/* Another item of the same enterprise is met throughout, so that the year is finished. */
static void see(struct test_case *c, int part, enum round round, const char *sign)
{
	if (sign)
		case_see(c, part, round, text_format(c->arena, "%s+", sign).at);
}

START_TEST(finding_stands)
{
	open_year(&then, 2020, "1 2");
	open_year(&now, 2021, "1 2");
	int last = case_join(&then, TRACK_ICS, -1), this = case_join(&now, TRACK_ICS, -1);
	see(&then, last, ROUND_ONLINE, states[_i].online_then);
	see(&then, last, ROUND_RECHECK, states[_i].recheck_then);
	see(&now, this, ROUND_ONLINE, states[_i].online_now);
	see(&now, this, ROUND_RECHECK, states[_i].recheck_now);
	const struct prior_year *years[] = { keep(&then, NULL) };
	const struct prior *prior = compare(years, 1);
	if (states[_i].state == NOT_LEFT) {
		ck_assert_msg(prior->finding_count == 0, "%s", states[_i].why);
	} else {
		ck_assert_msg(prior->finding_count == 1, "%s: %zu findings", states[_i].why, prior->finding_count);
		const struct prior_finding *finding = &prior->findings[0];
		ck_assert_msg(finding->state == states[_i].state, "%s: %s", states[_i].why, prior_word((enum prior_state)finding->state));
		ck_assert_int_eq(finding->record->since, 2020);
		ck_assert_int_eq(finding->participation, this);
		ck_assert_int_eq(prior->items[TRACK_ICS][0].states[states[_i].state], 1);
		ck_assert_int_eq(prior_count_left(&prior->items[TRACK_ICS][0]), states[_i].state != PRIOR_RECURRED);
	}
	close_year(&then);
	close_year(&now);
}
END_TEST

/* Above the level that it was measured to, the enterprise was told of nothing but what it registered. */
START_TEST(only_what_was_told_is_left)
{
	open_year(&then, 2020, "1 2 3 3");
	open_year(&now, 2021, "1 2 3 3");
	int last = case_join(&then, TRACK_ICS, -1), this = case_join(&now, TRACK_ICS, -1);
	case_see(&then, last, ROUND_ONLINE, "+---");
	case_see(&now, this, ROUND_ONLINE, "+---");
	struct rectification tasks[] = { { .participation = -1, .item = 2 }, { .participation = last, .item = 3 } };
	then.model.rectifications = tasks;
	then.model.rectification_count = 2;
	const struct prior_year *years[] = { keep(&then, NULL) };
	const struct prior *prior = compare(years, 1);
	ck_assert_uint_eq(prior->finding_count, 2);
	ck_assert_int_eq(prior->findings[0].item, 1);
	ck_assert_int_eq(prior->findings[1].item, 3);
	close_year(&then);
	close_year(&now);
}
END_TEST

/* The catalogue lost its first item and gave the last other words; ids decide, not places. */
START_TEST(catalogue_changes)
{
	open_year(&then, 2020, "1 1 1");
	open_year(&now, 2021, "1 1 1");
	now.items[0].id = TEXT("PA1-9");
	now.items[2].requirement = TEXT("another requirement");
	map_clear(&now.catalogue.item_by_id);
	for (int32_t i = 0; i < 3; i++)
		map_add(&now.catalogue.item_by_id, now.items[i].id, (uint32_t)i);
	case_see(&then, case_join(&then, TRACK_ICS, -1), ROUND_ONLINE, "-+-");
	case_see(&now, case_join(&now, TRACK_ICS, -1), ROUND_ONLINE, "-++");
	const struct prior_year *years[] = { keep(&then, NULL) };
	const struct prior *prior = compare(years, 1);
	ck_assert_uint_eq(prior->finding_count, 2);
	ck_assert_int_eq(prior->findings[0].state, PRIOR_DROPPED);
	ck_assert_int_eq(prior->findings[0].item, -1);
	ck_assert(!prior->findings[0].is_reworded);
	ck_assert_int_eq(prior->findings[1].state, PRIOR_CONFIRMED);
	ck_assert(prior->findings[1].is_reworded);
	ck_assert_int_eq(prior->slots[1].tracks[TRACK_ICS].what, RULER_ITEMS);
	close_year(&then);
	close_year(&now);
}
END_TEST

/* One under another name, one that is new, one that takes no part in the track, one that is gone. */
START_TEST(enterprises_come_and_go)
{
	open_year(&then, 2020, "1");
	open_year(&now, 2021, "1");
	for (int e = 0; e < 3; e++)
		case_see(&then, case_join(&then, TRACK_ICS, -1), ROUND_ONLINE, "-");
	int gone = 0, renamed = 1, elsewhere = 2;
	case_join(&now, TRACK_PLATFORM, -1);
	case_join(&now, TRACK_ICS, -1);
	case_join(&now, TRACK_ICS, -1);
	now.enterprises[0].code = then.enterprises[elsewhere].code;
	now.enterprises[1].code = TEXT("9132050000000NEW");
	now.enterprises[2].code = then.enterprises[renamed].code;
	now.enterprises[2].name = TEXT("another name");
	case_see(&now, 0, ROUND_ONLINE, "+");
	case_see(&now, 1, ROUND_ONLINE, "-");
	case_see(&now, 2, ROUND_ONLINE, "+");
	const struct prior_year *years[] = { keep(&then, NULL) };
	const struct prior *prior = compare(years, 1);
	ck_assert_uint_eq(prior->finding_count, 3);
	ck_assert_int_eq(prior->findings[0].enterprise, 0);
	ck_assert_int_eq(prior->findings[0].state, PRIOR_ABSENT);
	ck_assert_int_eq(prior->findings[1].enterprise, 2);
	ck_assert_int_eq(prior->findings[1].state, PRIOR_CONFIRMED);
	ck_assert_int_eq(prior->findings[2].enterprise, -1);
	ck_assert_int_eq(prior->findings[2].then, gone);
	ck_assert_int_eq(prior->findings[2].state, PRIOR_ABSENT);
	static const int32_t first[] = { 0, 1, 1, 2 };
	for (int e = 0; e < 4; e++)
		ck_assert_int_eq(prior->first[e], first[e]);
	close_year(&then);
	close_year(&now);
}
END_TEST

/* Three years: since when it was found, whatever the place in each catalogue and file. */
START_TEST(found_since)
{
	open_year(&older, 2019, "1 1 1");
	open_year(&then, 2020, "1 1 1");
	open_year(&now, 2021, "1 1 1");
	case_see(&older, case_join(&older, TRACK_ICS, -1), ROUND_ONLINE, "+++");
	int first = case_join(&older, TRACK_ICS, -1);
	case_see(&older, first, ROUND_ONLINE, "--+");
	case_see(&older, first, ROUND_RECHECK, "+..");
	case_see(&then, case_join(&then, TRACK_ICS, -1), ROUND_ONLINE, "---");
	then.enterprises[0].code = now.enterprises[0].code = older.enterprises[1].code;
	case_see(&now, case_join(&now, TRACK_ICS, -1), ROUND_ONLINE, "---");
	now.enterprises[0].code = older.enterprises[1].code;
	const struct prior_year *before = keep(&older, NULL);
	const struct prior_year *years[] = { before, keep(&then, before) };
	const struct prior *prior = compare(years, 2);
	ck_assert_uint_eq(prior->finding_count, 3);
	ck_assert_int_eq(prior->findings[0].record->since, 2019);
	ck_assert_int_eq(prior->findings[1].record->since, 2019);
	ck_assert_int_eq(prior->findings[2].record->since, 2020);
	ck_assert_uint_eq(prior->slot_count, 3);
	ck_assert_int_eq(prior_part_of(&prior->slots[0], &now.model, 0)->total.by_result[RESULT_UNMET], 1);
	close_year(&older);
	close_year(&then);
	close_year(&now);
}
END_TEST

/* What is changed between the two years, and what is said of the ruler; editions "" are unknown. */
static const struct {
	const char *why, *edition_then, *edition_now, *shares_then, *shares_now, *spec_now;
	int changed, what;
} rulers[] = {
	{ "nothing", "a", "a", NULL, NULL, "1 2", 0, 0 },
	{ "nothing, and no edition", "", "", NULL, NULL, "1 2", 0, 0 },
	{ "edition", "a", "b", NULL, NULL, "1 2", 1, RULER_EDITION },
	{ "an edition that one year does not say", "", "b", NULL, NULL, "1 2", 0, 0 },
	{ "method", "a", "a", NULL, "0.8 0.9", "1 2", 1, RULER_RULE },
	{ "share", "a", "a", "0.8 0.9", "0.8 0.8", "1 2", 1, RULER_RULE },
	{ "a share that only one has", "a", "a", "0.8 -", "0.8 0.9", "1 2", 1, RULER_RULE },
	{ "the same shares", "a", "a", "0.8 0.9", "0.80 0.90", "1 2", 0, 0 },
	{ "the level of an item", "a", "a", NULL, NULL, "1 1", 1, RULER_ITEMS },
	{ "its weight", "a", "a", NULL, NULL, "1 2*2", 1, RULER_ITEMS },
	{ "a veto", "a", "a", NULL, NULL, "1 2!", 1, RULER_ITEMS },
	{ "one more", "a", "a", NULL, NULL, "1 2 2", 1, RULER_ITEMS },
	{ "all", "a", "b", NULL, "0.8", "1", 1, RULER_EDITION | RULER_RULE | RULER_ITEMS },
};

static void set_shares(struct test_case *c, const char *shares)
{
	struct rule *rule = &c->model.campaign.tracks[TRACK_ICS].rule;
	const struct rule before = *rule;
	if (!shares)
		return;
	case_threshold(c, "0.5", shares);
	memcpy(rule->rounds, before.rounds, sizeof rule->rounds);
	rule->round_count = before.round_count;
}

START_TEST(ruler_changes)
{
	open_year(&then, 2020, "1 2");
	open_year(&now, 2021, rulers[_i].spec_now);
	then.catalogue.edition = text_from(rulers[_i].edition_then);
	now.catalogue.edition = text_from(rulers[_i].edition_now);
	set_shares(&then, rulers[_i].shares_then);
	set_shares(&now, rulers[_i].shares_now);
	case_see(&then, case_join(&then, TRACK_ICS, -1), ROUND_ONLINE, "+");
	case_see(&now, case_join(&now, TRACK_ICS, -1), ROUND_ONLINE, "+");
	const struct prior_year *years[] = { keep(&then, NULL) };
	const struct prior_slot *slots = compare(years, 1)->slots;
	ck_assert_int_eq(slots[0].tracks[TRACK_ICS].changed, -1);
	ck_assert_msg(slots[1].tracks[TRACK_ICS].changed == rulers[_i].changed, "%s: %d", rulers[_i].why, slots[1].tracks[TRACK_ICS].changed);
	ck_assert_msg(slots[1].tracks[TRACK_ICS].what == rulers[_i].what, "%s: %d", rulers[_i].why, slots[1].tracks[TRACK_ICS].what);
	close_year(&then);
	close_year(&now);
}
END_TEST

/* 2018 full, 2019 and 2020 lists only, of which 2020 says its edition. */
START_TEST(listed_years_stand_between)
{
	open_year(&then, 2018, "1");
	open_year(&now, 2021, "1");
	then.catalogue.edition = TEXT("a");
	now.catalogue.edition = TEXT("c");
	case_see(&then, case_join(&then, TRACK_ICS, -1), ROUND_ONLINE, "+");
	int p = case_join(&now, TRACK_ICS, -1);
	case_see(&now, p, ROUND_ONLINE, "+");
	case_see(&now, case_join(&now, TRACK_ICS, -1), ROUND_ONLINE, "-");
	case_listed(&now, p, 2020, 1);
	now.earlier[0].edition = TEXT("c");
	case_listed(&now, p, 2019, 0);
	case_listed(&now, p, 2018, 1);
	const struct prior_year *years[] = { keep(&then, NULL) };
	const struct prior *prior = compare(years, 1);
	static const struct {
		int year, changed, listed;
		bool is_full;
	} want[] = { { 2018, -1, 1, true }, { 2019, -1, 0, false }, { 2020, -1, 1, false }, { 2021, 0, 1, true } };
	ck_assert_uint_eq(prior->slot_count, 4);
	for (size_t i = 0; i < 4; i++) {
		ck_assert_int_eq(prior->slots[i].year, want[i].year);
		ck_assert_int_eq(prior->slots[i].full != NULL, want[i].is_full);
		ck_assert_int_eq(prior->slots[i].tracks[TRACK_ICS].changed, want[i].changed);
		ck_assert_int_eq(prior->slots[i].tracks[TRACK_ICS].listed, want[i].listed);
	}
	ck_assert_int_eq(prior->slots[3].full->tracks[TRACK_ICS].reached, 1);
	ck_assert_ptr_eq(prior->last, years[0]);
	close_year(&then);
	close_year(&now);
}
END_TEST

/* Enterprises with a self-assessment, over the enterprises of the cities whose number is known. */
START_TEST(coverage_is_counted)
{
	open_year(&now, 2021, "1");
	now.enterprises[0].city = now.enterprises[1].city = 0;
	case_see(&now, case_join(&now, TRACK_ICS, -1), ROUND_SELF, "+");
	case_see(&now, case_join(&now, TRACK_ICS, -1), ROUND_ONLINE, "+");
	case_see(&now, case_join(&now, TRACK_ICS, -1), ROUND_SELF, "-");
	now.enterprises[2].city = -1;
	const struct prior *prior = compare(NULL, 0);
	ck_assert_ptr_null(prior->last);
	ck_assert_uint_eq(prior->finding_count, 0);
	ck_assert_uint_eq(prior->slot_count, 1);
	ck_assert_int_eq(prior->slots[0].full->self_assessed, 2);
	ck_assert_int_eq(prior->slots[0].full->covered, 1);
	ck_assert_int_eq(prior->slots[0].full->scale_enterprises, 10);
	close_year(&now);
}
END_TEST

#define COUNT_OF(array) ((int)(sizeof(array) / sizeof *(array)))

Suite *assess_prior_suite(void)
{
	Suite *suite = suite_create("assess/prior");
	TCase *tests = tcase_create("prior");
	tcase_add_loop_test(tests, finding_stands, 0, COUNT_OF(states));
	tcase_add_test(tests, only_what_was_told_is_left);
	tcase_add_test(tests, catalogue_changes);
	tcase_add_test(tests, enterprises_come_and_go);
	tcase_add_test(tests, found_since);
	tcase_add_loop_test(tests, ruler_changes, 0, COUNT_OF(rulers));
	tcase_add_test(tests, listed_years_stand_between);
	tcase_add_test(tests, coverage_is_counted);
	suite_add_tcase(suite, tests);
	return suite;
}
