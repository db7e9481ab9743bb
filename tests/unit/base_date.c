/* SPDX-License-Identifier: MIT */
#include "base/date.h"

#include <check.h>

#include "base/buf.h"

Suite *base_date_suite(void);

static const struct {
	const char *in;
	enum date_form form;
	const char *iso;
} cases[] = {
	{ "2021-09-05", DATE_GOOD, "2021-09-05" }, { "2021/9/5", DATE_GOOD, "2021-09-05" },   { "2021.9.5", DATE_GOOD, "2021-09-05" },
	{ "20210905", DATE_GOOD, "2021-09-05" },   { "2021年9月5日", DATE_GOOD, "2021-09-05" }, { "2021年09月05号", DATE_GOOD, "2021-09-05" },
	{ "44444", DATE_GOOD, "2021-09-05" },      { "2021-09-05 08:30:00", DATE_GOOD, "2021-09-05" },
	{ "2021-9-5T00:00", DATE_GOOD, "2021-09-05" }, { "2020-02-29", DATE_GOOD, "2020-02-29" },
	{ "2021-02-29", DATE_WRONG, "" }, { "2021-13-01", DATE_WRONG, "" }, { "2021-00-10", DATE_WRONG, "" }, { "2021-9", DATE_WRONG, "" },
	{ "21-9-5", DATE_TWO_DIGIT, "" }, { "21/09/05", DATE_TWO_DIGIT, "" }, { "210905", DATE_TWO_DIGIT, "" },
	{ "", DATE_WRONG, "" }, { "待定", DATE_WRONG, "" }, { "0", DATE_WRONG, "" }, { "60", DATE_WRONG, "" }, { "73051", DATE_WRONG, "" },
	{ "2021-09-05x", DATE_WRONG, "" }, { "2021-09/05", DATE_WRONG, "" }, { "1899-12-31", DATE_WRONG, "" }, { "61", DATE_WRONG, "" },
	{ "2021", DATE_WRONG, "" }, { "19999", DATE_WRONG, "" }, { "20000", DATE_GOOD, "1954-10-03" }, { "73050", DATE_GOOD, "2099-12-31" },
	{ "2021-10-11T08:00:00+08:00", DATE_GOOD, "2021-10-11" }, { "2021-10-10T16:00:00Z", DATE_GOOD, "2021-10-11" },
	{ "2021-10-10T15:59:59.9Z", DATE_GOOD, "2021-10-10" }, { "2021-10-11+08:00", DATE_GOOD, "2021-10-11" }, { "2021-12-31T17:00-0800", DATE_GOOD, "2022-01-01" },
	{ "2021-01-01T01:00+14:00", DATE_GOOD, "2020-12-31" }, { "2021-10-11T08:00+99:00", DATE_WRONG, "" }, { "2021-10-11T08:00X", DATE_WRONG, "" },
	{ "2021-10-11T99:00Z", DATE_WRONG, "" },
};

START_TEST(reads_every_form)
{
	struct date date = { 0 };
	ck_assert_msg(date_parse(text_from(cases[_i].in), &date) == cases[_i].form, "%s", cases[_i].in);
	struct buf buf;
	buf_init(&buf, 100);
	if (cases[_i].form == DATE_GOOD)
		date_write_iso(&buf, date);
	ck_assert_str_eq(buf.at, cases[_i].iso);
	buf_clear(&buf);
}
END_TEST

START_TEST(counts_days_both_ways)
{
	for (int32_t days = -25000; days < 80000; days++) {
		struct date date = date_from_days(days);
		ck_assert_int_eq(date_days(date), days);
	}
	ck_assert_int_eq(date_days((struct date){ 1970, 1, 1 }), 0);
	ck_assert_int_eq(date_days((struct date){ 2000, 3, 1 }), 11017);
}
END_TEST

START_TEST(writes_chinese)
{
	struct buf buf;
	buf_init(&buf, 100);
	date_write_cn(&buf, (struct date){ 2021, 11, 30 });
	ck_assert_str_eq(buf.at, "2021年11月30日");
	buf_clear(&buf);
}
END_TEST

Suite *base_date_suite(void)
{
	Suite *suite = suite_create("base/date");
	TCase *tcase = tcase_create("date");
	tcase_add_loop_test(tcase, reads_every_form, 0, (int)(sizeof cases / sizeof *cases));
	tcase_add_test(tcase, counts_days_both_ways);
	tcase_add_test(tcase, writes_chinese);
	suite_add_tcase(suite, tcase);
	return suite;
}
