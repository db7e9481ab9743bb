/* SPDX-License-Identifier: MIT */
#include "base/decimal.h"

#include <check.h>

#include "base/buf.h"

Suite *base_decimal_suite(void);

static const struct {
	const char *in, *out; /* out NULL: refused */
} cases[] = {
	{ "0.8", "0.8" }, { "12", "12" }, { "-1.250", "-1.25" }, { "0.000000001", "0.000000001" }, { "0.0000000001", NULL },
	{ "999999999", "999999999" }, { "1000000000", NULL }, { "", NULL }, { ".5", NULL }, { "5.", NULL }, { "1e3", NULL },
	{ "-", NULL }, { "0.10000000000", "0.1" },
};

START_TEST(parses_and_writes)
{
	struct decimal value;
	bool good = decimal_parse(text_from(cases[_i].in), &value);
	ck_assert_msg(good == (cases[_i].out != NULL), "%s", cases[_i].in);
	if (!good)
		return;
	struct buf buf;
	buf_init(&buf, 100);
	decimal_write(&buf, value);
	ck_assert_str_eq(buf.at, cases[_i].out);
	buf_clear(&buf);
}
END_TEST

static const struct {
	const char *in;
	int64_t units; /* -1: refused */
} percents[] = {
	{ "80%", 800000000 }, { "0.8", 800000000 }, { "100%", 1000000000 }, { "0.0000001%", 1 }, { "0.00000001%", -1 },
	{ "33.3333333%", 333333333 }, { "%", -1 }, { "80%%", -1 }, { "8%0", -1 },
};

START_TEST(parses_percents)
{
	struct decimal value = { -1 };
	bool good = decimal_parse_percent(text_from(percents[_i].in), &value);
	ck_assert_msg(good == (percents[_i].units >= 0), "%s", percents[_i].in);
	if (good)
		ck_assert_int_eq(value.units, percents[_i].units);
}
END_TEST

START_TEST(compares_shares_exactly)
{
	struct decimal share, tenth, one = decimal_from(1);
	ck_assert(decimal_parse(TEXT("0.8"), &share) && decimal_parse(TEXT("0.1"), &tenth));
	decimal_sum eight_tenths = 0, whole = 0;
	for (int i = 0; i < 10; i++) {
		whole += decimal_product(tenth, one);
		if (i < 8)
			eight_tenths += decimal_product(tenth, one);
	}
	ck_assert_int_eq(decimal_compare_share(eight_tenths, whole, share), 0);
	ck_assert_int_eq(decimal_compare_share(eight_tenths - 1, whole, share), -1);
	ck_assert_int_eq(decimal_compare_share(eight_tenths + 1, whole, share), 1);
	ck_assert_int_eq(decimal_compare_share(whole, whole, share), 1);
}
END_TEST

START_TEST(rounds_half_up)
{
	struct decimal one = decimal_from(1), eight = decimal_from(8), ratio;
	ratio = decimal_ratio(decimal_product(one, one), decimal_product(eight, one), 2);
	ck_assert_int_eq(ratio.units, INT64_C(130000000));
}
END_TEST

Suite *base_decimal_suite(void)
{
	Suite *suite = suite_create("base/decimal");
	TCase *tcase = tcase_create("decimal");
	tcase_add_loop_test(tcase, parses_and_writes, 0, (int)(sizeof cases / sizeof *cases));
	tcase_add_loop_test(tcase, parses_percents, 0, (int)(sizeof percents / sizeof *percents));
	tcase_add_test(tcase, compares_shares_exactly);
	tcase_add_test(tcase, rounds_half_up);
	suite_add_tcase(suite, tcase);
	return suite;
}
