/* SPDX-License-Identifier: MIT
 *
 * Where a participation stands on a day: dates × results × deadlines.
 */
#include "assess/duty.h"

#include <check.h>

#include "base/arena.h"

Suite *assess_duty_suite(void);

static const struct date aug30 = { 2021, 8, 30 }, aug31 = { 2021, 8, 31 }, sep1 = { 2021, 9, 1 }, sep30 = { 2021, 9, 30 };
static struct stage stages[] = {
	{ .id = TEXT_INIT("self"), .name = TEXT_INIT("企业自评估"), .deadline = { 2021, 8, 31 } },
	{ .id = TEXT_INIT("rectify"), .name = TEXT_INIT("整改提升"), .deadline = { 2021, 9, 30 } },
};

/* One enterprise, one participation, at most one observation. */
static const struct {
	struct date stated; /* in the column of the duty */
	int round, result;  /* of the observation; round -1: there is none */
	struct date seen;
	struct date day;
	enum duty duty;
	bool is_key;
	enum duty_state state;
} cases[] = {
	/* The last day of a month is in time, the next is late, and what is later than the day is not there. */
	{ { 2021, 8, 31 }, -1, 0, { 0 }, { 2021, 8, 31 }, DUTY_SELF, false, DUTY_ON_TIME },
	{ { 2021, 8, 31 }, -1, 0, { 0 }, { 2021, 8, 30 }, DUTY_SELF, false, DUTY_AHEAD },
	{ { 2021, 9, 1 }, -1, 0, { 0 }, { 2021, 9, 1 }, DUTY_SELF, false, DUTY_LATE },
	{ { 2021, 9, 1 }, -1, 0, { 0 }, { 2021, 8, 31 }, DUTY_SELF, false, DUTY_AHEAD },
	{ { 0 }, -1, 0, { 0 }, { 2021, 12, 31 }, DUTY_SELF, false, DUTY_OVERDUE },
	{ { 0 }, -1, 0, { 0 }, { 2021, 8, 31 }, DUTY_SELF, false, DUTY_AHEAD },
	{ { 0 }, -1, 0, { 0 }, { 2021, 9, 1 }, DUTY_SELF, false, DUTY_OVERDUE },
	/* Without a date the results say it; a stated date that is still to come is believed. */
	{ { 0 }, ROUND_SELF, RESULT_MET, { 2021, 8, 30 }, { 2021, 8, 30 }, DUTY_SELF, false, DUTY_ON_TIME },
	{ { 0 }, ROUND_SELF, RESULT_MET, { 2021, 9, 1 }, { 2021, 9, 30 }, DUTY_SELF, false, DUTY_LATE },
	{ { 0 }, ROUND_SELF, RESULT_MET, { 2021, 9, 1 }, { 2021, 8, 31 }, DUTY_SELF, false, DUTY_AHEAD },
	{ { 0 }, ROUND_SELF, RESULT_MET, { 0 }, { 2021, 9, 30 }, DUTY_SELF, false, DUTY_ON_TIME },
	{ { 0 }, ROUND_SELF, RESULT_UNASSESSED, { 0 }, { 2021, 9, 30 }, DUTY_SELF, false, DUTY_OVERDUE },
	{ { 2021, 9, 1 }, ROUND_SELF, RESULT_MET, { 2021, 8, 30 }, { 2021, 8, 31 }, DUTY_SELF, false, DUTY_AHEAD },
	/* The online check ends with the stage of rectification where it has none of its own. */
	{ { 2021, 9, 30 }, -1, 0, { 0 }, { 2021, 9, 30 }, DUTY_ONLINE, false, DUTY_ON_TIME },
	{ { 2021, 10, 1 }, -1, 0, { 0 }, { 2021, 10, 1 }, DUTY_ONLINE, false, DUTY_LATE },
	/* Nothing to mend before something was found. */
	{ { 0 }, -1, 0, { 0 }, { 2021, 9, 30 }, DUTY_RECTIFY, false, DUTY_NOT_EXPECTED },
	{ { 0 }, ROUND_ONLINE, RESULT_UNMET, { 2021, 9, 1 }, { 2021, 8, 31 }, DUTY_RECTIFY, false, DUTY_NOT_EXPECTED },
	{ { 0 }, ROUND_ONLINE, RESULT_UNMET, { 2021, 9, 1 }, { 2021, 9, 1 }, DUTY_RECTIFY, false, DUTY_AHEAD },
	{ { 0 }, ROUND_ONLINE, RESULT_MET, { 2021, 9, 1 }, { 2021, 9, 1 }, DUTY_RECTIFY, false, DUTY_NOT_EXPECTED },
	{ { 0 }, ROUND_SELF, RESULT_UNMET, { 2021, 9, 1 }, { 2021, 9, 1 }, DUTY_RECTIFY, false, DUTY_NOT_EXPECTED },
	{ { 2021, 9, 30 }, ROUND_ONLINE, RESULT_PARTIAL, { 0 }, { 2021, 9, 30 }, DUTY_RECTIFY, false, DUTY_ON_TIME },
	/* Key enterprises are visited; a visit without a deadline is never late. */
	{ { 0 }, -1, 0, { 0 }, { 2021, 9, 30 }, DUTY_ONSITE, false, DUTY_NOT_EXPECTED },
	{ { 0 }, -1, 0, { 0 }, { 2021, 9, 30 }, DUTY_ONSITE, true, DUTY_AHEAD },
	{ { 2022, 1, 31 }, -1, 0, { 0 }, { 2022, 1, 31 }, DUTY_ONSITE, true, DUTY_ON_TIME },
};

START_TEST(tells_the_state)
{
	struct enterprise enterprise = { .is_key = cases[_i].is_key ? YESNO_YES : YESNO_NO };
	struct observation seen = { .round = (int8_t)cases[_i].round, .result = (int8_t)cases[_i].result, .date = cases[_i].seen };
	struct participation row = { .observation_count = cases[_i].round >= 0 };
	struct date *const columns[DUTIES] = { &row.self_date, &row.online_date, &row.rectify_date, &row.onsite_date };
	*columns[cases[_i].duty] = cases[_i].stated;
	const struct model model = {
		.campaign = { .stages = stages, .stage_count = 2 }, .enterprises = &enterprise, .participations = &row,
		.observations = &seen, .enterprise_count = 1, .participation_count = 1,
	};
	ck_assert_int_eq(duty_state(&model, &row, cases[_i].duty, cases[_i].day), cases[_i].state);
}
END_TEST

START_TEST(is_withdrawn_until_restored)
{
	struct arena *arena = arena_new();
	struct ledger ledger[] = {
		{ .date = aug31, .kind = LEDGER_WITHDRAWAL, .participation = 1 },
		{ .date = sep1, .kind = LEDGER_CORRECTION, .participation = 1 },
		{ .date = sep30, .kind = LEDGER_RESTORED, .participation = 1 },
	};
	const struct model model = { .ledger = ledger, .ledger_count = 3, .participation_count = 2 };
	ck_assert(!duty_withdrawn(arena, &model, aug30)[1]);
	ck_assert(duty_withdrawn(arena, &model, aug31)[1]);
	ck_assert(duty_withdrawn(arena, &model, sep1)[1]);
	ck_assert(!duty_withdrawn(arena, &model, sep30)[1]);
	ck_assert(!duty_withdrawn(arena, &model, sep1)[0]);
	arena_free(arena);
}
END_TEST

Suite *assess_duty_suite(void)
{
	Suite *suite = suite_create("assess/duty");
	TCase *tcase = tcase_create("duty");
	tcase_add_loop_test(tcase, tells_the_state, 0, (int)(sizeof cases / sizeof *cases));
	tcase_add_test(tcase, is_withdrawn_until_restored);
	suite_add_tcase(suite, tcase);
	return suite;
}
