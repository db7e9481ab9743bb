/* SPDX-License-Identifier: MIT */
#include "model/short_name.h"

#include <check.h>

#include "base/arena.h"

Suite *model_short_name_suite(void);

static const struct {
	const char *name, *forms[SHORT_NAMES];
} cases[] = {
	{ "苏州示例宏晟轮胎有限公司（示例）", { "宏晟轮胎" } },
	{ "江苏省苏州市宏晟轮胎（集团）股份有限公司", { "宏晟轮胎" } },
	{ "示例昶和光电科技（泰州）有限公司", { "昶和光电科技" } },
	{ "昆山宏晟轮胎厂", { "宏晟轮胎厂" } },
	{ "苏州恒力有限责任公司", { "恒力有限责任公司", "苏州恒力" } },
	{ "示例甲机械有限公司", { "甲机械有限公司", "示例甲机械" } },
	{ "恒力集团", { NULL } },  /* nothing shorter is long enough */
	{ "宏晟轮胎", { NULL } },  /* the name itself */
	{ "苏州", { NULL } },
	{ "", { NULL } },
};

START_TEST(shortens)
{
	static const struct prefecture places[] = {
		{ .name = TEXT_INIT("苏州市"), .brief = TEXT_INIT("苏州、姑苏") }, { .name = TEXT_INIT("泰州市"), .brief = TEXT_INIT("泰州") },
	};
	static struct region regions[] = { { .name = TEXT_INIT("昆山市") } };
	struct model model = { .prefectures = { places, 2 }, .campaign = { .province = TEXT("江苏省"), .regions = regions, .region_count = 1 } };
	struct arena *arena = arena_new();
	struct text forms[SHORT_NAMES];
	size_t count = short_names(arena, &model, text_from(cases[_i].name), forms);
	for (size_t i = 0; i < SHORT_NAMES; i++) {
		const char *wanted = cases[_i].forms[i];
		ck_assert_msg((i < count) == (wanted != NULL), "%s: %zu forms", cases[_i].name, count);
		ck_assert_msg(!wanted || text_is(forms[i], wanted), "%s: not %s", cases[_i].name, wanted);
	}
	arena_free(arena);
}
END_TEST

Suite *model_short_name_suite(void)
{
	Suite *suite = suite_create("model/short_name");
	TCase *tcase = tcase_create("short_name");
	tcase_add_loop_test(tcase, shortens, 0, sizeof cases / sizeof *cases);
	suite_add_tcase(suite, tcase);
	return suite;
}
