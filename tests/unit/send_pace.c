/* SPDX-License-Identifier: MIT
 *
 * The pace with a clock that is moved by hand.
 */
#include "send/pace.h"

#include <check.h>

Suite *send_pace_suite(void);

enum { SECOND = 1000 };
#define MINUTE ((uint64_t)60 * 1000)
#define HOUR (60 * MINUTE)

static struct pace *pace;
static uint64_t now;

static void begin(unsigned per_minute, uint64_t patience)
{
	const struct pace_rules rules = { .per_minute = per_minute, .patience_ms = patience };
	pace = pace_new(&rules, 100);
	now = 5 * HOUR;
}

static void tear_down(void)
{
	pace_free(pace);
}

/* The next message, waiting as long as it says; -1: there is none. */
static int next(void)
{
	size_t job;
	uint64_t wait;
	enum pace_step step;
	while ((step = pace_next(pace, now, &job, &wait)) == PACE_WAIT)
		now += wait;
	return step == PACE_SEND ? (int)job : -1;
}

START_TEST(in_the_order_given)
{
	begin(0, 0);
	for (int i = 0; i < 6; i++)
		pace_add(pace, i % 2 ? TEXT("a@one.cn") : TEXT("a@two.cn"), 0);
	uint64_t start = now;
	for (int i = 0; i < 6; i++) {
		ck_assert_int_eq(next(), i);
		ck_assert(pace_tell(pace, (size_t)i, PACE_OVER, now));
	}
	ck_assert_int_eq(next(), -1);
	ck_assert_uint_eq(now, start);
	ck_assert_uint_eq(pace_left(pace), 0);
}
END_TEST

START_TEST(so_many_a_minute_for_each_domain)
{
	begin(20, MINUTE);
	for (int i = 0; i < 6; i++)
		pace_add(pace, i < 4 ? TEXT("a@one.cn") : TEXT("a@Two.cn"), 0);
	pace_add(pace, TEXT("b@two.CN"), 0);
	static const struct {
		int job;
		unsigned at_s;
	} wanted[] = { { 0, 0 }, { 4, 0 }, { 1, 3 }, { 5, 3 }, { 2, 6 }, { 6, 6 }, { 3, 9 } };
	uint64_t start = now;
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
		ck_assert_int_eq(next(), wanted[i].job);
		ck_assert_uint_eq(now - start, wanted[i].at_s * SECOND);
		pace_tell(pace, (size_t)wanted[i].job, PACE_OVER, now);
	}
	ck_assert_int_eq(next(), -1);
}
END_TEST

START_TEST(bulk_stops_its_domain_alone)
{
	begin(0, HOUR);
	pace_add(pace, TEXT("a@one.cn"), 0);
	pace_add(pace, TEXT("b@one.cn"), 0);
	pace_add(pace, TEXT("c@two.cn"), 0);
	pace_add(pace, TEXT("d@one.cn"), 0);
	ck_assert_int_eq(next(), 0);
	pace_tell(pace, 0, PACE_BULK, now);
	ck_assert_int_eq(next(), 2);
	pace_tell(pace, 2, PACE_OVER, now);
	ck_assert_int_eq(next(), -1);
	ck_assert_uint_eq(pace_stopped(pace), 2);
	ck_assert_uint_eq(pace_left(pace), 2);
}
END_TEST

START_TEST(what_is_put_off_comes_again_until_72_hours_are_over)
{
	begin(0, 100 * HOUR);
	pace_add(pace, TEXT("a@one.cn"), 0);
	/* 15 30 60 … 480 minutes, then every 480, the last at 72 hours. */
	static const unsigned minutes[] = { 0, 15, 45, 105, 225, 465, 945, 1425, 1905, 2385, 2865, 3345, 3825, 4305, 4320 };
	enum { TRIES = sizeof minutes / sizeof *minutes };
	uint64_t start = now;
	for (size_t i = 0; i < TRIES; i++) {
		ck_assert_int_eq(next(), 0);
		ck_assert_uint_eq((now - start) / MINUTE, minutes[i]);
		ck_assert_int_eq(pace_tell(pace, 0, PACE_LATER, now), i + 1 < TRIES);
	}
	ck_assert_int_eq(next(), -1);
	ck_assert_uint_eq(pace_left(pace), 0);
}
END_TEST

START_TEST(earlier_runs_count)
{
	begin(0, 100 * HOUR);
	pace_add(pace, TEXT("a@one.cn"), 72 * HOUR);
	pace_add(pace, TEXT("a@one.cn"), 71 * HOUR + 50 * MINUTE);
	ck_assert_int_eq(next(), 0);
	ck_assert(!pace_tell(pace, 0, PACE_LATER, now));
	uint64_t start = now;
	ck_assert_int_eq(next(), 1);
	ck_assert(pace_tell(pace, 1, PACE_LATER, now));
	ck_assert_int_eq(next(), 1);
	ck_assert_uint_eq(now - start, 10 * MINUTE);
	ck_assert(!pace_tell(pace, 1, PACE_LATER, now));
}
END_TEST

START_TEST(fresh_ones_do_not_wait_for_those_put_off)
{
	begin(0, HOUR);
	for (int i = 0; i < 4; i++)
		pace_add(pace, TEXT("a@one.cn"), 0);
	static const int order[] = { 0, 1, 2, 3, 0, 2 };
	for (size_t i = 0; i < 6; i++) {
		ck_assert_int_eq(next(), order[i]);
		pace_tell(pace, (size_t)order[i], i < 4 && i % 2 == 0 ? PACE_LATER : PACE_OVER, now);
		now += SECOND;
	}
	ck_assert_int_eq(next(), -1);
}
END_TEST

START_TEST(a_busy_server_rests)
{
	begin(0, HOUR);
	pace_add(pace, TEXT("a@one.cn"), 0);
	pace_add(pace, TEXT("b@one.cn"), 0);
	pace_add(pace, TEXT("c@two.cn"), 0);
	uint64_t start = now;
	ck_assert_int_eq(next(), 0);
	pace_tell(pace, 0, PACE_LATER_REST, now);
	ck_assert_int_eq(next(), 2);
	ck_assert_int_eq(next(), 1);
	ck_assert_uint_eq(now - start, PACE_REST_MS);
	ck_assert_int_eq(next(), 0);
	ck_assert_uint_eq(now - start, PACE_FIRST_MS);
}
END_TEST

START_TEST(patience_ends)
{
	begin(0, PACE_PATIENCE_MS);
	pace_add(pace, TEXT("a@one.cn"), 0);
	ck_assert_int_eq(next(), 0);
	pace_tell(pace, 0, PACE_LATER, now);
	size_t job;
	uint64_t wait;
	ck_assert_int_eq(pace_next(pace, now, &job, &wait), PACE_REST);
	ck_assert_uint_eq(wait, PACE_FIRST_MS);
	ck_assert_uint_eq(pace_left(pace), 1);
	now += PACE_FIRST_MS - PACE_PATIENCE_MS;
	ck_assert_int_eq(pace_next(pace, now, &job, &wait), PACE_WAIT);
}
END_TEST

/* Whatever the answers, none is given twice at once, none is forgotten, none is late. */
START_TEST(nothing_is_forgotten)
{
	begin(60, 1000 * HOUR);
	static const char *const domains[] = { "a@one.cn", "a@two.cn", "a@three.cn" };
	bool is_over[100] = { false };
	unsigned seed = (unsigned)_i * 7919 + 1, over = 0;
	for (unsigned i = 0; i < 100; i++)
		pace_add(pace, text_from(domains[i * 7 % 3]), 0);
	for (int job; (job = next()) >= 0;) {
		ck_assert(!is_over[job]);
		seed = seed * 1103515245 + 12345;
		enum pace_news news = (enum pace_news[]){ PACE_OVER, PACE_LATER, PACE_LATER_REST, PACE_LATER }[seed >> 16 & 3];
		is_over[job] = !pace_tell(pace, (size_t)job, news, now) || news == PACE_OVER;
		over += is_over[job];
	}
	ck_assert_uint_eq(over, 100);
	ck_assert_uint_eq(pace_left(pace), 0);
}
END_TEST

Suite *send_pace_suite(void)
{
	Suite *suite = suite_create("send/pace");
	TCase *tests = tcase_create("pace");
	tcase_add_checked_fixture(tests, NULL, tear_down);
	tcase_add_test(tests, in_the_order_given);
	tcase_add_test(tests, so_many_a_minute_for_each_domain);
	tcase_add_test(tests, bulk_stops_its_domain_alone);
	tcase_add_test(tests, what_is_put_off_comes_again_until_72_hours_are_over);
	tcase_add_test(tests, earlier_runs_count);
	tcase_add_test(tests, fresh_ones_do_not_wait_for_those_put_off);
	tcase_add_test(tests, a_busy_server_rests);
	tcase_add_test(tests, patience_ends);
	tcase_add_loop_test(tests, nothing_is_forgotten, 0, 20);
	suite_add_tcase(suite, tests);
	return suite;
}
