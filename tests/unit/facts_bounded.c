/* SPDX-License-Identifier: MIT
 *
 * Functions of SQLite's own that are ours for their cost: the same answers, and a price.
 */
#include "facts/bounded.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "facts/lock.h"

Suite *facts_bounded_suite(void);

static const char *const expressions[] = {
	"instr('abc', 'c')", "instr('苏州市', '市')", "instr('abc', '')", "instr('', '')", "instr('', 'a')", "instr('abc', 'abcd')",
	"instr(NULL, 'a')", "instr('a', NULL)", "instr(x'E88B8F61', x'61')", "instr('苏a', x'61')", "instr(12345, 34)",
	"replace('banana', 'an', 'AN')", "replace('aaa', 'a', '')", "replace('aaa', 'aa', 'b')", "replace('aaa', '', 'b')",
	"replace('aaa', 'x', 'b')", "replace('', 'x', 'b')", "replace(NULL, 'x', 'b')", "replace('苏州', '州', '家')", "replace(1.5, '.', ',')",
	"replace('a', 'a', NULL)",
	"trim('  a ')", "trim('')", "trim('   ')", "trim('xyaxy', 'yx')", "trim('、苏、州、', '、')", "trim('苏苏', '苏')", "trim('a', '')",
	"trim(NULL)", "trim('a', NULL)", "ltrim('  a ')", "ltrim('xxa', 'x')", "ltrim('，。苏。', '。，')", "rtrim(' a  ')", "rtrim('a、', '、')",
	"rtrim('a。', '、')", "typeof(trim(5))",
	"'abc' like 'A%'", "'abc' like 'b%'", "'苏州市' like '_州_'", "'a%b' like 'a\\%b' escape '\\'", "'axb' like 'a\\%b' escape '\\'",
	"'a州b' like 'a苏州b' escape '苏'", "NULL like 'a'", "'a' like NULL", "'a' like 'a' escape NULL", "'' like ''", "'' like '%'", "5 like '5'",
	"'abc' not like '%c'", "like('a%', 'abc')",
	"'abc' glob 'a*'", "'abc' glob 'A*'", "'abc' glob '[a-b]?c'", "'abc' glob '[^a]*'", "'苏州' glob '苏?'", "NULL glob '*'", "'' glob ''",
};

static sqlite3 *bounded, *plain;
static struct lock lock;

static void setup(void)
{
	lock = (struct lock){ .work_most = 1000 };
	ck_assert_int_eq(sqlite3_open(":memory:", &bounded), SQLITE_OK);
	ck_assert_int_eq(sqlite3_open(":memory:", &plain), SQLITE_OK);
	ck_assert(bounded_register(bounded, &lock));
}

static void teardown(void)
{
	sqlite3_close(bounded);
	sqlite3_close(plain);
}

/* Type and value, or the error. */
static struct text answer(sqlite3 *db, const char *sql, struct buf *buf)
{
	sqlite3_stmt *statement = NULL;
	buf_init(buf, BUF_LIMIT_PAGE);
	if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW) {
		buf_format(buf, "%d ", sqlite3_column_type(statement, 0));
		const char *value = (const char *)sqlite3_column_text(statement, 0);
		buf_text(buf, (struct text){ value, (size_t)sqlite3_column_bytes(statement, 0) });
	} else {
		buf_string(buf, sqlite3_errmsg(db));
	}
	sqlite3_finalize(statement);
	return buf_view(buf);
}

START_TEST(answers_as_sqlite_does)
{
	struct buf ours, its;
	char sql[200];
	(void)snprintf(sql, sizeof sql, "select %s", expressions[_i]);
	struct text one = answer(bounded, sql, &ours), other = answer(plain, sql, &its);
	ck_assert_msg(text_equal(one, other), "%s: %.*s, SQLite: %.*s", sql, TEXT_ARGS(one), TEXT_ARGS(other));
	buf_clear(&ours);
	buf_clear(&its);
}
END_TEST

START_TEST(refuses_odd_patterns)
{
	struct buf buf;
	ck_assert(text_is(answer(bounded, "select 'a' like 'a' escape 'ab'", &buf), "ESCAPE expression must be a single character"));
	buf_clear(&buf);
	ck_assert(text_is(answer(bounded, "select 'a' like printf('%301s', 'a')", &buf), "LIKE or GLOB pattern too complex"));
	buf_clear(&buf);
}
END_TEST

/* What a call over texts of n bytes costs, in bytes. */
static uint64_t cost(const char *call, int n)
{
	struct buf buf, answered;
	lock = (struct lock){ .work_most = INT64_MAX };
	buf_init(&buf, BUF_LIMIT_PAGE);
	buf_format(&buf, "with x(a, b) as (select replace(hex(zeroblob(%d)), '0', 'a'), hex(zeroblob(%d)) || 'b') select length(%s) from x", n, n / 4, call);
	(void)answer(bounded, buf.at, &answered);
	ck_assert_msg(text_starts(buf_view(&answered), "1 "), "%s", answered.at);
	buf_clear(&buf);
	buf_clear(&answered);
	return (uint64_t)lock.work * (64 << 10) + lock.bytes;
}

START_TEST(costs_what_it_goes_through)
{
	static const char *const linear[] = { "instr(a, b)", "replace(a, b, 'c')", "replace(a, 'a', 'aa')", "trim(a)", "a like '%b'", "a glob '*b*'" };
	for (size_t i = 0; i < sizeof linear / sizeof *linear; i++) {
		uint64_t one = cost(linear[i], 10000), four = cost(linear[i], 40000);
		ck_assert_msg(one >= 10000 && four < 5 * one, "%s: %llu, %llu", linear[i], (unsigned long long)one, (unsigned long long)four);
	}
	/* A set is gone through for every character: that is paid too. */
	ck_assert(cost("trim(a, b)", 40000) > 12 * cost("trim(a, b)", 10000));
}
END_TEST

START_TEST(stops_when_the_work_is_used_up)
{
	struct buf buf;
	lock = (struct lock){ .work_most = 1 };
	ck_assert(text_is(answer(bounded, "select instr(hex(zeroblob(200000)), 'x')", &buf), "interrupted"));
	ck_assert(lock.is_worn_out);
	buf_clear(&buf);
}
END_TEST

Suite *facts_bounded_suite(void)
{
	Suite *suite = suite_create("facts/bounded");
	TCase *tcase = tcase_create("bounded");
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_loop_test(tcase, answers_as_sqlite_does, 0, (int)(sizeof expressions / sizeof *expressions));
	tcase_add_test(tcase, refuses_odd_patterns);
	tcase_add_test(tcase, costs_what_it_goes_through);
	tcase_add_test(tcase, stops_when_the_work_is_used_up);
	suite_add_tcase(suite, tcase);
	return suite;
}
