/* SPDX-License-Identifier: MIT
 *
 * Numbers, dates and escapes of workbooks, each as a CSV of the same table would have it.
 */
#include "read/xlsx_value.h"

#include <check.h>

#include "base/buf.h"

Suite *read_xlsx_value_suite(void);

static const struct {
	const char *number;
	int64_t format;
	const char *code; /* NULL: built in */
	bool is_1904;
	const char *want;
} numbers[] = {
	{ "0", 0, NULL, false, "0" },
	{ "-0", 0, NULL, false, "0" },
	{ "17", 0, NULL, false, "17" },
	{ "-17.50", 0, NULL, false, "-17.5" },
	{ "1E3", 0, NULL, false, "1000" },
	{ "0.05", 0, NULL, false, "0.05" },
	{ "5.0000000000000003E-2", 0, NULL, false, "0.05" },
	{ "0.80000000000000004", 0, NULL, false, "0.8" },
	{ "0.30000000000000004", 0, NULL, false, "0.3" },
	{ "99.999999999999999", 0, NULL, false, "100" },
	{ "999999999999999.9", 0, NULL, false, "1E+15" },
	{ "123456789012345", 0, NULL, false, "123456789012345" },
	{ "1234567890123456", 0, NULL, false, "1.23456789012346E+15" },
	{ "9.1320100000012346E+17", 0, NULL, false, "9.13201000000123E+17" },
	{ "913201000000123456", 0, NULL, false, "9.13201000000123E+17" },
	{ "1E-9", 0, NULL, false, "1E-09" },
	{ "1E99999999999", 0, NULL, false, "1E+999" },
	{ " 7 ", 0, NULL, false, "7" },
	{ "seven", 0, NULL, false, "seven" },
	{ "1E", 0, NULL, false, "1E" },
	{ "-", 0, NULL, false, "-" },
	/* Dates. */
	{ "44444", 14, NULL, false, "2021-09-05" },
	{ "44444", 31, NULL, false, "2021-09-05" },
	{ "44444", 2, NULL, false, "44444" },
	{ "42982", 14, NULL, true, "2021-09-05" },
	{ "44444.354166666664", 22, NULL, false, "2021-09-05 08:30:00" },
	{ "44444.999999999", 14, NULL, false, "2021-09-06" },
	{ "0.5", 20, NULL, false, "12:00:00" },
	{ "1", 14, NULL, false, "1900-01-01" },
	{ "59", 14, NULL, false, "1900-02-28" },
	{ "60", 14, NULL, false, "60" }, /* 1900-02-29 */
	{ "61", 14, NULL, false, "1900-03-01" },
	{ "109574", 14, NULL, false, "2199-12-31" },
	{ "109575", 14, NULL, false, "109575" },
	{ "-1", 14, NULL, false, "-1" },
	{ "0", 14, NULL, false, "0" },
	{ "44444", 170, "yyyy\"年\"m\"月\"d\"日\"", false, "2021-09-05" },
	{ "44444", 170, "[$-804]yyyy/m/d;@", false, "2021-09-05" },
	{ "44444", 170, "[Red]0.00", false, "44444" },
	{ "44444", 170, "\"days\"0", false, "44444" },
	{ "44444", 170, "0\\d", false, "44444" },
	{ "44444", 170, "General\"d\"", false, "44444" },
	{ "44444", 170, "0;\"d", false, "44444" },
	{ "7", 170, "00000", false, "00007" },
	{ "123456", 170, "00000", false, "123456" },
	/* Percentages. */
	{ "0.8", 9, NULL, false, "80%" },
	{ "0.805", 10, NULL, false, "80.5%" },
	{ "0.57999999999999996", 9, NULL, false, "58%" },
	{ "1", 9, NULL, false, "100%" },
	{ "0", 9, NULL, false, "0%" },
	{ "-0.005", 10, NULL, false, "-0.5%" },
	{ "0.8", 170, "0.0%;[Red]-0.0%", false, "80%" },
	{ "80", 170, "0\\%", false, "80" },
	{ "80", 170, "0\"%\"", false, "80" },
	{ "-", 9, NULL, false, "-" },
};

START_TEST(number_as_it_is_shown)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	struct xlsx_form form = xlsx_form_of(numbers[_i].format, text_from(numbers[_i].code));
	xlsx_write_number(text_from(numbers[_i].number), form, numbers[_i].is_1904, &buf);
	ck_assert_str_eq(buf.at, numbers[_i].want);
	buf_clear(&buf);
}
END_TEST

static const struct {
	const char *string, *want;
} strings[] = {
	{ "南京_示例", "南京_示例" },
	{ "a_x000D_b", "a\rb" },
	{ "a_x000d_", "a\r" },
	{ "_x4e2d__x6587_", "中文" },
	{ "_x005F_x000D_", "_x000D_" },
	{ "_x00GG_", "_x00GG_" },
	{ "_xD800_", "_xD800_" },
	{ "_x0000_", "_x0000_" },
	{ "_x000D", "_x000D" },
	{ "_", "_" },
};

START_TEST(escape_becomes_its_character)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	xlsx_write_string(text_from(strings[_i].string), &buf);
	ck_assert_str_eq(buf.at, strings[_i].want);
	buf_clear(&buf);
}
END_TEST

Suite *read_xlsx_value_suite(void)
{
	Suite *suite = suite_create("read/xlsx_value");
	TCase *tcase = tcase_create("values");
	tcase_add_loop_test(tcase, number_as_it_is_shown, 0, sizeof numbers / sizeof *numbers);
	tcase_add_loop_test(tcase, escape_becomes_its_character, 0, sizeof strings / sizeof *strings);
	suite_add_tcase(suite, tcase);
	return suite;
}
