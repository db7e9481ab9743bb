/* SPDX-License-Identifier: MIT
 *
 * The SQL functions, on constants.
 */
#include "facts_sample.h"

Suite *facts_function_suite(void);

static struct sample s;
static struct facts *facts;

static void setup(void)
{
	sample_init(&s);
	facts = sample_open(&s, SCOPE_PUBLIC);
}

static void teardown(void)
{
	facts_close(facts);
	sample_clear(&s);
}

static const struct {
	const char *call, *answer;
} calls[] = {
	{ "percent(0.83333)", "83.3%" }, { "percent(5 / 6.0)", "83.3%" }, { "percent(0)", "0.0%" }, { "percent(1)", "100.0%" },
	{ "percent(NULL)", "—" }, { "percent(0.125, 0)", "13%" }, { "percent(0.125, 2)", "12.50%" }, { "percent(-0.001)", "-0.1%" },
	{ "percent(1, 3, 2)", "33.33%" }, { "percent(2, 3, 0)", "67%" }, { "percent(1, 0, 1)", "—" }, { "percent(NULL, 3, 1)", "—" },
	{ "percent(1, 8, 1)", "12.5%" }, { "percent(1, 16, 1)", "6.3%" }, { "percent(1, 2000, 1)", "0.1%" }, { "percent(rate(1, 2000))", "0.1%" },
	/* 83346/100000 shows as 83.3; by way of 0.8335 it would show as 83.4 */
	{ "percent(rate(83346, 100000))", "83.3%" }, { "percent(83346, 100000, 1)", "83.3%" }, { "percent(12.5, 1)", "1250.0%" },
	{ "percent(9007199254740993, 9007199254740993, 3)", "100.000%" },
	{ "percent('x')", "error" }, { "percent(1, 2, 9)", "error" }, { "percent(1, 'x', 1)", "error" }, { "percent(0.5, -1)", "error" },
	{ "rate(1, 4)", "0.25" }, { "rate(1, 3)", "0.3333" }, { "rate(1, 0)", "∅" }, { "rate(NULL, 2)", "∅" }, { "rate('a', 2)", "error" },
	{ "points(0.832, 0.8)", "+3.2" }, { "points(0.8, 0.832)", "−3.2" }, { "points(0.5, 0.5)", "0.0" }, { "points(NULL, 0.5)", "—" },
	{ "points(0.3, 0.1, 0)", "+20" }, { "points(0.10004, 0.1)", "0.0" },
	{ "cn_date('2021-11-30')", "2021年11月30日" }, { "cn_date('2021-01-05')", "2021年1月5日" }, { "cn_date(NULL)", "—" }, { "cn_date('30.11.2021')", "error" },
	{ "cn_number(120)", "一百二十" }, { "cn_number(0)", "零" }, { "cn_number(10)", "十" }, { "cn_number(12)", "十二" }, { "cn_number(110)", "一百一十" },
	{ "cn_number(1010)", "一千零一十" }, { "cn_number(1001)", "一千零一" }, { "cn_number(20000)", "二万" }, { "cn_number(100010)", "十万零一十" },
	{ "cn_number(100050000)", "一亿零五万" }, { "cn_number(100001000)", "一亿零一千" }, { "cn_number(10500000)", "一千零五十万" }, { "cn_number(-3)", "负三" },
	/* One 零 for whatever is missing in a row, across sections too. */
	{ "cn_number(100000001)", "一亿零一" }, { "cn_number(100000010)", "一亿零一十" }, { "cn_number(100000200)", "一亿零二百" }, { "cn_number(100003000)", "一亿零三千" },
	{ "cn_number(1000000000001)", "一万亿零一" }, { "cn_number(100010001)", "一亿零一万零一" }, { "cn_number(10000001)", "一千万零一" }, { "cn_number(300000000)", "三亿" },
	{ "cn_number(1.5)", "error" }, { "cn_number(NULL)", "—" }, { "rank_word(1)", "第一" }, { "rank_word(12)", "第十二" }, { "rank_word(NULL)", "—" },
	{ "number(1234)", "1,234" }, { "number(999)", "999" }, { "number(-1234567)", "−1,234,567" }, { "number(1234.5)", "1,234.5" },
	{ "number(-0.25)", "−0.25" }, { "number(2000000.5)", "2,000,001" }, { "number(NULL)", "—" }, { "number('x')", "error" },
	{ "number(-9223372036854775807 - 1)", "−9,223,372,036,854,775,808" },
	{ "signed(3)", "+3" }, { "signed(-3)", "−3" }, { "signed(0)", "0" }, { "signed(1234)", "+1,234" }, { "signed(NULL)", "—" },
	{ "stars(2, 5)", "★★☆☆☆" }, { "stars(0, 2)", "☆☆" }, { "stars(NULL, 5)", "—" }, { "stars(6, 5)", "error" }, { "stars(1, 1000)", "error" },
	{ "coalesce_text(NULL)", "—" }, { "coalesce_text('')", "—" }, { "coalesce_text('字')", "字" }, { "coalesce_text(3)", "3" },
	{ "days_after('2021-11-30', 30)", "2021-12-30" }, { "days_after('2024-02-28', 1)", "2024-02-29" }, { "days_after('2021-03-01', -1)", "2021-02-28" },
	{ "days_after(NULL, 3)", "∅" }, { "days_after('2021-11-30', 100000)", "error" },
	{ "joined(x) from (select 'a' x union all select NULL union all select '' union all select 'b')", "a、b" },
	{ "joined(x) from (select '“甲”' x union all select '“乙”' union all select '《丙》' union all select '《丁》')",
	  "“甲”“乙”、《丙》《丁》" },
	{ "joined(x, ' / ') from (select 1 x union all select 2)", "1 / 2" }, { "joined(x) from (select NULL x)", "∅" },
	{ "readings(x) from (select '重庆A（长）' x union all select NULL union all select '庆行')",
	  "chang长chong重hang行heng行qing庆xing行zhang长zhong重" },
	{ "readings(x) from (select NULL x)", "∅" }, { "readings('ABC')", "" },
	{ "readings('堃㛃𬭎吕')", "hong𬭎jie㛃kun堃lv吕" },
	{ "han_forms(x) from (select '机械厂' x union all select NULL union all select '萬機')",
	  "万卍卐萬 厂厰廠 机機" },
	{ "han_forms(x) from (select NULL x)", "∅" }, { "han_forms('甲A')", "" },
	{ "substr(qr('https://stars.lan/2021/'), 1, 16)", "33 M4 4.5h7m2 0h" },
	{ "qr(NULL)", "∅" }, { "qr('')", "error" },
	{ "median(x) from (select 3 x union all select 1 union all select 2)", "2" }, { "median(x) from (select 0.2 x union all select 0.3 union all select NULL)", "0.25" },
	{ "median(x, n) from (select 3 x, 1 n union all select 1, 4 union all select 2, 0 union all select 9, 4)",
	  "3" },
	{ "median(x, n) from (select 1 x, 2 n union all select 2, 2 union all select NULL, 5 union all select 7, NULL)",
	  "1.5" },
	{ "median(x, n) from (select 1 x, 0 n)", "∅" }, { "median(x, n) from (select 1 x, -1 n)", "error" },
	{ "median(x) from (select NULL x)", "∅" }, { "median(x) from (select 'a' x)", "error" },
	{ "0.1 + 0.2", "0.3" }, { "1e300", "1e+300" }, { "1e308 * 10", "∅" }, { "-0.00001", "0" },
};

START_TEST(formats)
{
	char *sql = text_string(s.arena, text_format(s.arena, "select %s", calls[_i].call));
	const char *answer = sample_ask(&s, facts, sql);
	ck_assert_msg(strcmp(answer, calls[_i].answer) == 0, "%s: %s, not %s", sql, answer, calls[_i].answer);
}
END_TEST

/* Every fraction of up to 60 items, against whole numbers. */
START_TEST(rounds_every_fraction_once)
{
	for (int of = 1; of <= 60; of++)
		for (int part = 0; part <= of; part++) {
			char *sql = text_string(s.arena, text_format(s.arena, "select percent(rate(%d, %d)), percent(%d, %d, 1)", part, of, part, of));
			int tenths = (part * 2000 + of) / (2 * of);
			char *want = text_string(s.arena, text_format(s.arena, "%d.%d%%|%d.%d%%", tenths / 10, tenths % 10, tenths / 10, tenths % 10));
			ck_assert_str_eq(sample_ask(&s, facts, sql), want);
		}
}
END_TEST

Suite *facts_function_suite(void)
{
	Suite *suite = suite_create("facts/function");
	TCase *tcase = tcase_create("function");
	tcase_set_timeout(tcase, 60);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_loop_test(tcase, formats, 0, (int)(sizeof calls / sizeof *calls));
	tcase_add_test(tcase, rounds_every_fraction_once);
	suite_add_tcase(suite, tcase);
	return suite;
}
