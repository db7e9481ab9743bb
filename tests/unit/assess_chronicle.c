/* SPDX-License-Identifier: MIT
 *
 * The life of the list: what each version shows of an entry, written as a line of signs.
 */
#include "assess/chronicle.h"

#include "assess_cases.h"

Suite *assess_chronicle_suite(void);

static struct test_case c;

enum { ROWS_MOST = 5 };

/* One entry decided as level 2, at first listed for level 1 in 2020; published on 11-30, proposed on 11-20. */
static const struct {
	const char *why;
	struct {
		int month, day, kind, level;
	} rows[ROWS_MOST];
	const char *last;  /* --date, or NULL */
	const char *want;  /* versions: date, state, kind and level of the entry */
	int outcome, level, movement; /* as shown now */
} cases[] = {
	{ "no ledger", { { 0 } }, NULL, "1120 proposed valid 2, 1130 published valid 2", OUTCOME_REACHED, 2, MOVEMENT_UP },
	{ "objections and upholding change nothing", { { 11, 25, LEDGER_OBJECTION, -1 }, { 12, 1, LEDGER_UPHELD, -1 } }, NULL,
	  "1120 proposed valid 2, 1125 proposed valid 2, 1130 published valid 2, 1201 published valid 2", OUTCOME_REACHED, 2, MOVEMENT_UP },
	{ "corrected before it is published", { { 11, 25, LEDGER_CORRECTION, 1 } }, NULL,
	  "1120 proposed valid 2, 1125 proposed corrected 1, 1130 published corrected 1", OUTCOME_REACHED, 1, MOVEMENT_KEPT },
	{ "corrected and corrected back", { { 12, 1, LEDGER_CORRECTION, 3 }, { 12, 2, LEDGER_CORRECTION, 2 } }, NULL,
	  "1120 proposed valid 2, 1130 published valid 2, 1201 published corrected 3, 1202 published valid 2", OUTCOME_REACHED, 2, MOVEMENT_UP },
	{ "withdrawn", { { 12, 1, LEDGER_WITHDRAWAL, -1 } }, NULL,
	  "1120 proposed valid 2, 1130 published valid 2, 1201 published withdrawn 2", OUTCOME_NOT_REACHED, 0, MOVEMENT_NONE },
	{ "corrected, withdrawn, restored", { { 12, 1, LEDGER_CORRECTION, 3 }, { 12, 2, LEDGER_WITHDRAWAL, -1 }, { 12, 3, LEDGER_RESTORED, -1 } }, NULL,
	  "1120 proposed valid 2, 1130 published valid 2, 1201 published corrected 3, 1202 published withdrawn 3, 1203 published corrected 3",
	  OUTCOME_REACHED, 3, MOVEMENT_UP },
	{ "two on one day make one version", { { 12, 1, LEDGER_WITHDRAWAL, -1 }, { 12, 1, LEDGER_RESTORED, -1 } }, NULL,
	  "1120 proposed valid 2, 1130 published valid 2, 1201 published valid 2", OUTCOME_REACHED, 2, MOVEMENT_UP },
	{ "what is later than the run does not exist", { { 12, 1, LEDGER_OBJECTION, -1 }, { 12, 20, LEDGER_WITHDRAWAL, -1 } }, "2021-12-19",
	  "1120 proposed valid 2, 1130 published valid 2, 1201 published valid 2", OUTCOME_REACHED, 2, MOVEMENT_UP },
	{ "added", { { 12, 1, LEDGER_ADDED, -1 } }, NULL,
	  "1120 proposed absent 2, 1130 published absent 2, 1201 published added 2", OUTCOME_REACHED, 2, MOVEMENT_UP },
	{ "added and corrected", { { 11, 25, LEDGER_ADDED, -1 }, { 12, 1, LEDGER_CORRECTION, 3 }, { 12, 2, LEDGER_CORRECTION, 2 } }, NULL,
	  "1120 proposed absent 2, 1125 proposed added 2, 1130 published added 2, 1201 published corrected 3, 1202 published added 2", OUTCOME_REACHED, 2, MOVEMENT_UP },
	{ "added on a day to come", { { 11, 25, LEDGER_OBJECTION, -1 }, { 12, 20, LEDGER_ADDED, -1 } }, "2021-12-19",
	  "1120 proposed absent 2, 1125 proposed absent 2, 1130 published absent 2", OUTCOME_NOT_REACHED, 0, MOVEMENT_NONE },
	{ "renamed, withdrawn, restored", { { 12, 1, LEDGER_RENAMED, -1 }, { 12, 2, LEDGER_WITHDRAWAL, -1 }, { 12, 3, LEDGER_RESTORED, -1 } }, NULL,
	  "1120 proposed valid 2, 1130 published valid 2, 1201 published renamed 2, 1202 published withdrawn 2, 1203 published renamed 2", OUTCOME_REACHED, 2, MOVEMENT_UP },
	{ "not published yet", { { 11, 25, LEDGER_CORRECTION, 1 }, { 11, 29, LEDGER_CORRECTION, 3 } }, "2021-11-28",
	  "1120 proposed valid 2, 1125 proposed corrected 1", OUTCOME_REACHED, 1, MOVEMENT_KEPT },
	{ "not even proposed", { { 11, 25, LEDGER_CORRECTION, 1 } }, "2021-11-19", "1119 proposed valid 2", OUTCOME_REACHED, 2, MOVEMENT_UP },
	{ "the last day counts", { { 12, 20, LEDGER_WITHDRAWAL, -1 } }, "2021-12-20",
	  "1120 proposed valid 2, 1130 published valid 2, 1220 published withdrawn 2", OUTCOME_NOT_REACHED, 0, MOVEMENT_NONE },
};

static struct date day(int month, int number)
{
	return (struct date){ 2021, (uint8_t)month, (uint8_t)number };
}

static struct ledger row_of(int p, struct date date, int kind, int level)
{
	return (struct ledger){ .date = date, .enterprise = c.participations[p].enterprise, .track = c.participations[p].track,
				.kind = (int8_t)kind, .level = (int8_t)level, .participation = p };
}

static const char *versions_of(const struct assessment *assessment, const struct chronicle *chronicle, int p)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	for (size_t i = 0; i < chronicle->version_count; i++) {
		const struct version *version = &chronicle->versions[i];
		struct standing standing = chronicle_standing(assessment, chronicle, i, p);
		buf_format(&buf, "%s%02d%02d %s %s %d", i ? ", " : "", version->date.month, version->date.day, choice_xml(SET_STATE, version->state),
			   choice_xml(SET_STANDING, standing.kind), standing.level);
	}
	const char *copy = text_string(c.arena, buf_view(&buf));
	buf_clear(&buf);
	return copy;
}

static int open_list(void)
{
	case_open(&c, 3, "1 2 3");
	int p = case_join(&c, TRACK_ICS, -1);
	case_see(&c, p, ROUND_ONSITE, "++-");
	case_listed(&c, p, 2020, 1);
	c.model.campaign.publication = (struct publication){ .state = STATE_PUBLISHED, .date = day(11, 30), .proposed = day(11, 20) };
	return p;
}

START_TEST(follows_the_ledger)
{
	struct ledger rows[ROWS_MOST];
	int p = open_list(), other = case_join(&c, TRACK_ICS, -1);
	case_see(&c, other, ROUND_ONSITE, "+++");
	c.model.ledger = rows;
	for (; c.model.ledger_count < ROWS_MOST && cases[_i].rows[c.model.ledger_count].month; c.model.ledger_count++) {
		size_t n = c.model.ledger_count;
		rows[n] = row_of(p, day(cases[_i].rows[n].month, cases[_i].rows[n].day), cases[_i].rows[n].kind, cases[_i].rows[n].level);
	}
	struct date last = { 0 };
	if (cases[_i].last)
		ck_assert(date_parse_iso(text_from(cases[_i].last), &last));
	case_decide(&c, p);
	const struct chronicle *chronicle = chronicle_new(c.arena, c.assessment, last, c.diag);
	const struct assessment *shown = chronicle_assessment(c.arena, c.assessment, chronicle);
	ck_assert_msg(strcmp(versions_of(c.assessment, chronicle, p), cases[_i].want) == 0, "%s: %s", cases[_i].why, versions_of(c.assessment, chronicle, p));
	ck_assert_msg(shown->decisions[p].outcome == cases[_i].outcome, "%s", cases[_i].why);
	ck_assert_msg(shown->decisions[p].level == cases[_i].level, "%s", cases[_i].why);
	ck_assert_msg(shown->decisions[p].movement == cases[_i].movement, "%s", cases[_i].why);
	/* What was decided stays, and so does everybody else. */
	ck_assert_int_eq(c.assessment->decisions[p].level, 2);
	ck_assert_int_eq(shown->decisions[other].level, 3);
	ck_assert_int_eq(chronicle_standing(c.assessment, chronicle, chronicle->version_count - 1, other).kind, STANDING_VALID);
	case_close(&c);
}
END_TEST

/* Who reached nothing, or was not checked, comes onto the list at the level that the row gives, and not before its day. */
START_TEST(adds_at_a_level)
{
	struct ledger rows[2];
	int listed = open_list(), p = case_join(&c, TRACK_ICS, -1);
	if (_i)
		case_see(&c, p, ROUND_ONSITE, "---");
	rows[0] = row_of(p, day(12, 1), LEDGER_ADDED, 1);
	rows[1] = row_of(p, day(12, 2), LEDGER_CORRECTION, 2);
	c.model.ledger = rows;
	c.model.ledger_count = 2;
	case_decide(&c, listed);
	int8_t decided = c.assessment->decisions[p].outcome;
	ck_assert_int_eq(decided, _i ? OUTCOME_NOT_REACHED : OUTCOME_UNFINISHED);
	const struct chronicle *chronicle = chronicle_new(c.arena, c.assessment, (struct date){ 0 }, c.diag);
	const struct assessment *shown = chronicle_assessment(c.arena, c.assessment, chronicle);
	const char *versions = versions_of(c.assessment, chronicle, p);
	ck_assert_str_eq(versions, "1120 proposed absent 1, 1130 published absent 1, 1201 published added 1, 1202 published corrected 2");
	ck_assert_int_eq(chronicle_now(c.assessment, chronicle, p).decided, 1);
	ck_assert_int_eq(shown->decisions[p].outcome, OUTCOME_REACHED);
	ck_assert_int_eq(shown->decisions[p].level, 2);
	ck_assert_int_eq(c.assessment->decisions[p].outcome, decided);
	chronicle = chronicle_new(c.arena, c.assessment, day(11, 30), c.diag);
	shown = chronicle_assessment(c.arena, c.assessment, chronicle);
	ck_assert_int_eq(shown->decisions[p].outcome, decided);
	ck_assert(!chronicle_shows_enterprise(c.assessment, chronicle, &c.model.enterprises[c.participations[p].enterprise]));
	/* Without a level nobody who reached none is added. */
	rows[0].level = -1;
	chronicle = chronicle_new(c.arena, c.assessment, (struct date){ 0 }, c.diag);
	ck_assert_uint_eq(diag_count_of(c.diag, DIAG_LEDGER_NOT_LISTED), 1);
	ck_assert_uint_eq(chronicle->row_count, 0);
	case_close(&c);
}
END_TEST

static const struct {
	const char *last;
	int8_t state;
	const char *since;
} states[] = {
	{ "2021-11-19", STATE_PROPOSED, "2021-11-19" }, { "2021-11-20", STATE_PROPOSED, "2021-11-20" },
	{ "2021-11-29", STATE_PROPOSED, "2021-11-20" }, { "2021-11-30", STATE_PUBLISHED, "2021-11-30" },
	{ "2021-12-31", STATE_PUBLISHED, "2021-11-30" },
};

START_TEST(knows_what_the_list_was_on_the_last_day)
{
	struct date last, since;
	int p = open_list();
	ck_assert(date_parse_iso(text_from(states[_i].last), &last) && date_parse_iso(text_from(states[_i].since), &since));
	case_decide(&c, p);
	const struct chronicle *chronicle = chronicle_new(c.arena, c.assessment, last, c.diag);
	ck_assert_int_eq(chronicle->state, states[_i].state);
	ck_assert_int_eq(date_compare(chronicle->since, since), 0);
	case_close(&c);
}
END_TEST

/* What happened later for another reason is not the reason of what is told. */
START_TEST(tells_the_row_behind_what_it_tells)
{
	static const int kinds[] = { LEDGER_CORRECTION, LEDGER_RENAMED, LEDGER_WITHDRAWAL, LEDGER_RENAMED, LEDGER_RESTORED };
	static const int32_t told[] = { 0, 0, 2, 2, 0 };
	struct ledger rows[ROWS_MOST];
	int p = open_list();
	for (int i = 0; i < ROWS_MOST; i++)
		rows[i] = row_of(p, day(12, 1 + i), kinds[i], 1);
	c.model.ledger = rows;
	c.model.ledger_count = ROWS_MOST;
	for (int i = 0; i < ROWS_MOST; i++) {
		case_decide(&c, p);
		const struct chronicle *chronicle = chronicle_new(c.arena, c.assessment, day(12, 1 + i), c.diag);
		ck_assert_int_eq(chronicle_now(c.assessment, chronicle, p).row, told[i]);
	}
	case_close(&c);
}
END_TEST

START_TEST(ends_with_the_last_row_where_no_day_is_given)
{
	int p = open_list();
	struct ledger rows[] = { row_of(p, day(11, 25), LEDGER_OBJECTION, -1), row_of(p, day(12, 5), LEDGER_UPHELD, -1) };
	c.model.ledger = rows;
	c.model.ledger_count = 1;
	ck_assert_int_eq(date_compare(chronicle_last_day(&c.model), day(11, 30)), 0);
	c.model.ledger_count = 2;
	ck_assert_int_eq(date_compare(chronicle_last_day(&c.model), day(12, 5)), 0);
	case_close(&c);
}
END_TEST

/* A new name is the enterprise's: both of its entries have it, from its day. */
START_TEST(renames_the_enterprise)
{
	int p = open_list(), second = case_join(&c, TRACK_ICS, -1), other = case_join(&c, TRACK_ICS, -1);
	int32_t firm = c.participations[p].enterprise;
	case_see(&c, second, ROUND_ONSITE, "+++");
	case_see(&c, other, ROUND_ONSITE, "+++");
	c.participations[second].enterprise = firm;
	c.participations[second].platform = TEXT("second");
	parts_link(&c.model);
	struct ledger rows[] = { row_of(p, day(12, 1), LEDGER_RENAMED, -1), row_of(p, day(12, 5), LEDGER_RENAMED, -1) };
	rows[0].name = TEXT("乙");
	rows[1].name = TEXT("丙");
	c.model.ledger = rows;
	c.model.ledger_count = 2;
	c.model.enterprises[firm].name = TEXT("甲");
	case_decide(&c, p);
	const struct chronicle *chronicle = chronicle_new(c.arena, c.assessment, (struct date){ 0 }, c.diag);
	const char *const names[] = { "甲", "甲", "乙", "丙" };
	ck_assert_uint_eq(chronicle->version_count, 4);
	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < 4; i++) {
			struct standing standing = chronicle_standing(c.assessment, chronicle, i, p);
			ck_assert(text_is(chronicle_name(&c.model, standing, p), names[i]));
			standing = chronicle_standing(c.assessment, chronicle, i, second);
			ck_assert(text_is(chronicle_name(&c.model, standing, second), names[i]));
		}
		chronicle_rename(&c.model, c.assessment, chronicle);
		ck_assert(text_is(c.model.enterprises[firm].name, "丙") && text_is(c.model.enterprises[firm].former, "甲"));
	}
	ck_assert(!c.model.enterprises[c.participations[other].enterprise].former.size);
	ck_assert(chronicle_shows_enterprise(c.assessment, chronicle, &c.model.enterprises[firm]));
	case_close(&c);
}
END_TEST

START_TEST(names_who_is_not_listed)
{
	int p = open_list(), other = case_join(&c, TRACK_ICS, -1);
	case_see(&c, other, ROUND_ONSITE, "-++");
	struct ledger rows[] = { row_of(other, day(12, 1), LEDGER_WITHDRAWAL, -1), row_of(p, day(12, 2), LEDGER_WITHDRAWAL, -1) };
	c.model.ledger = rows;
	c.model.ledger_count = 2;
	case_decide(&c, p);
	const struct chronicle *chronicle = chronicle_new(c.arena, c.assessment, (struct date){ 0 }, c.diag);
	ck_assert_uint_eq(diag_count_of(c.diag, DIAG_LEDGER_NOT_LISTED), 1);
	ck_assert(diag_touches(c.diag, (size_t)other) && !diag_touches(c.diag, (size_t)p));
	ck_assert_uint_eq(chronicle->row_count, 1);
	ck_assert_uint_eq(chronicle->touched_count, 1);
	const struct chronicle *early = chronicle_new(c.arena, c.assessment, day(12, 1), c.diag);
	ck_assert_uint_eq(diag_count_of(c.diag, DIAG_LEDGER_LATER), 1);
	ck_assert_uint_eq(early->row_count, 0);
	case_close(&c);
}
END_TEST

START_TEST(days_without_a_date)
{
	struct stage stages[] = { { .deadline = day(9, 1) }, { .deadline = day(11, 1) }, { .deadline = day(10, 1) } };
	struct model model = { .campaign = { .year = 2021, .stages = stages, .stage_count = 3 } };
	ck_assert_int_eq(date_compare(chronicle_last_day(&model), day(11, 1)), 0);
	model.campaign.stage_count = 0;
	ck_assert_int_eq(date_compare(chronicle_last_day(&model), day(12, 31)), 0);
	model.campaign.publication.date = day(11, 30);
	ck_assert_int_eq(date_compare(chronicle_last_day(&model), day(11, 30)), 0);
}
END_TEST

Suite *assess_chronicle_suite(void)
{
	Suite *suite = suite_create("assess/chronicle");
	TCase *tcase = tcase_create("chronicle");
	tcase_add_loop_test(tcase, knows_what_the_list_was_on_the_last_day, 0, (int)(sizeof states / sizeof *states));
	tcase_add_test(tcase, tells_the_row_behind_what_it_tells);
	tcase_add_test(tcase, ends_with_the_last_row_where_no_day_is_given);
	tcase_add_loop_test(tcase, follows_the_ledger, 0, (int)(sizeof cases / sizeof *cases));
	tcase_add_loop_test(tcase, adds_at_a_level, 0, 2);
	tcase_add_test(tcase, renames_the_enterprise);
	tcase_add_test(tcase, names_who_is_not_listed);
	tcase_add_test(tcase, days_without_a_date);
	suite_add_tcase(suite, tcase);
	return suite;
}
