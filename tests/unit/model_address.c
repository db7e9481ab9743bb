/* SPDX-License-Identifier: MIT */
#include <check.h>

#include "base/arena.h"
#include "model/address.h"

Suite *model_address_suite(void);

static const struct {
	const char *url, *year, *root; /* of 2021 */
	int64_t other;
} cases[] = {
	{ "", "", "", 0 },
	{ "https://a.lan/stars/", "https://a.lan/stars/2021/", "https://a.lan/stars/", 0 },
	{ "https://a.lan/stars", "https://a.lan/stars/2021/", "https://a.lan/stars/", 0 },
	{ "https://a.lan", "https://a.lan/2021/", "https://a.lan/", 0 },
	{ "https://a.lan/stars/2021", "https://a.lan/stars/2021/", "https://a.lan/stars/", 0 },
	{ "https://a.lan/stars/2021//", "https://a.lan/stars/2021/", "https://a.lan/stars/", 0 },
	{ "https://a.lan/2021/2021/", "https://a.lan/2021/2021/", "https://a.lan/2021/", 0 },
	/* Another year, and what only looks like one. */
	{ "https://a.lan/stars/2020/", "https://a.lan/stars/2020/2021/", "https://a.lan/stars/2020/", 2020 },
	{ "https://a.lan/stars/x2020/", "https://a.lan/stars/x2020/2021/", "https://a.lan/stars/x2020/", 0 },
	{ "https://a.lan/stars/9000/", "https://a.lan/stars/9000/2021/", "https://a.lan/stars/9000/", 0 },
	{ "2021", "2021/2021/", "2021/", 0 },
};

START_TEST(a_year_stands_below_the_root)
{
	struct arena *arena = arena_new();
	struct text url = text_from(cases[_i].url), year = address_of_year(arena, url, 2021);
	ck_assert_msg(text_is(year, cases[_i].year), "%s: %.*s", cases[_i].url, TEXT_ARGS(year));
	ck_assert_msg(text_is(address_of_root(year), cases[_i].root), "%s", cases[_i].url);
	ck_assert_int_eq(address_other_year(url, 2021), cases[_i].other);
	/* Once it names the year it stays. */
	ck_assert(text_equal(address_of_year(arena, year, 2021), year));
	arena_free(arena);
}
END_TEST

Suite *model_address_suite(void)
{
	Suite *suite = suite_create("model/address");
	TCase *tests = tcase_create("address");
	tcase_add_loop_test(tests, a_year_stands_below_the_root, 0, sizeof cases / sizeof *cases);
	suite_add_tcase(suite, tests);
	return suite;
}
