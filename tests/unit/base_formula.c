/* SPDX-License-Identifier: MIT
 *
 * Which cells a spreadsheet might run, and what a CSV file holds instead.
 */
#include "base/formula.h"

#include <check.h>

#include "base/buf.h"

Suite *base_formula_suite(void);

static const struct {
	const char *cell;
	bool begins;
	const char *csv;
} cases[] = {
	{ "", false, "" },
	{ "苏州市", false, "苏州市" },
	{ "=1+2", true, "\"'=1+2\"" },
	{ "+86 25", true, "\"'+86 25\"" },
	{ "-2示例", true, "\"'-2示例\"" },
	{ "@SUM(1)", true, "\"'@SUM(1)\"" },
	{ "＝HYPERLINK(\"x\")", true, "\"'＝HYPERLINK(\"\"x\"\")\"" },
	{ "＋1", true, "\"'＋1\"" },
	{ "－2示例公司", true, "\"'－2示例公司\"" },
	{ "＠SUM(1)", true, "\"'＠SUM(1)\"" },
	{ "\t甲", true, "\"'\t甲\"" },
	{ "\r甲", true, "\"'\r甲\"" },
	{ "\n甲", true, "\"'\n甲\"" },
	{ "  =1", true, "\"'  =1\"" },
	{ "\u3000＝1", true, "\"'\u3000＝1\"" },
	{ "\u00a0\u200b\ufeff\u2060=1", true, "\"'\u00a0\u200b\ufeff\u2060=1\"" },
	{ "\x01\xc2\x9b" "=1", true, "\"'=1\"" },
	{ "a=1", false, "a=1" },
	{ "  a", false, "\"  a\"" },
	{ "1-2", false, "1-2" },
	{ "—", false, "—" },
	{ "−3 分", false, "−3 分" },
	{ "'=1", false, "'=1" },
	{ "a\xc2\x9b" "31m\x1b\x7f" "b", false, "a31mb" },
	{ "bad\xff", false, "bad\uFFFD" },
	{ "a;b", false, "\"a;b\"" },
};

START_TEST(begins)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	ck_assert_int_eq(formula_begins(text_from(cases[_i].cell)), cases[_i].begins);
	buf_csv(&buf, text_from(cases[_i].cell));
	ck_assert_str_eq(buf.at, cases[_i].csv);
	buf_clear(&buf);
}
END_TEST

Suite *base_formula_suite(void)
{
	Suite *suite = suite_create("base/formula");
	TCase *tcase = tcase_create("formula");
	tcase_add_loop_test(tcase, begins, 0, (int)(sizeof cases / sizeof *cases));
	suite_add_tcase(suite, tcase);
	return suite;
}
