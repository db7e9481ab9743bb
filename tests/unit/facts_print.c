/* SPDX-License-Identifier: MIT
 *
 * Rows for people and programs.
 */
#include "facts_sample.h"

#include "facts/print.h"

Suite *facts_print_suite(void);

static const char sql[] = "select '甲一' as 名称, 3 as n, 0.5 as rate, null as x union all select '=1+1, \"a\"', -12, 1.0, 'x'";

static const struct {
	void (*write)(const struct rows *rows, struct buf *buf);
	const char *want;
} cases[] = {
	{ print_table, "名称       n    rate  x\n---------  ---  ----  -\n甲一         3   0.5\n=1+1, \"a\"  -12     1  x\n" },
	{ print_csv, "\xEF\xBB\xBF名称,n,rate,x\r\n甲一,3,0.5,\r\n\"'=1+1, \"\"a\"\"\",-12,1,x\r\n" },
	{ print_json, "[\n{\"名称\":\"甲一\",\"n\":3,\"rate\":0.5,\"x\":null},\n{\"名称\":\"=1+1, \\\"a\\\"\",\"n\":-12,\"rate\":1,\"x\":\"x\"}\n]\n" },
};

static const char hostile_sql[] = "select '甲\xc2\x9b" "31m' as a, '\x1b\u202ex\ny' as b, '乙' as c";

/* Nothing steers the terminal, and the columns stay aligned. */
START_TEST(tables_are_plain)
{
	struct sample s;
	struct rows rows;
	struct buf buf;
	sample_init(&s);
	struct facts *facts = sample_open(&s, SCOPE_PUBLIC);
	ck_assert(facts_query(facts, s.arena, TEXT(hostile_sql), NO_SPAN, &rows));
	buf_init(&buf, BUF_LIMIT_PAGE);
	print_table(&rows, &buf);
	ck_assert_str_eq(buf.at, "a       b      c\n------  -----  --\n甲·31m  ··x y  乙\n");
	buf_clear(&buf);
	facts_close(facts);
	sample_clear(&s);
}
END_TEST

START_TEST(writes)
{
	struct sample s;
	struct rows rows;
	struct buf buf;
	sample_init(&s);
	struct facts *facts = sample_open(&s, SCOPE_PUBLIC);
	ck_assert(facts_query(facts, s.arena, TEXT(sql), NO_SPAN, &rows));
	buf_init(&buf, BUF_LIMIT_PAGE);
	cases[_i].write(&rows, &buf);
	ck_assert_str_eq(buf.at, cases[_i].want);
	buf_clear(&buf);
	facts_close(facts);
	sample_clear(&s);
}
END_TEST

Suite *facts_print_suite(void)
{
	Suite *suite = suite_create("facts/print");
	TCase *tcase = tcase_create("print");
	tcase_add_loop_test(tcase, writes, 0, (int)(sizeof cases / sizeof *cases));
	tcase_add_test(tcase, tables_are_plain);
	suite_add_tcase(suite, tcase);
	return suite;
}
