/* SPDX-License-Identifier: MIT
 *
 * Claims against rows: a table of sentences that are true and of such as are not.
 */
#include "compose/claim.h"

#include <check.h>

#include "base/arena.h"
#include "compose/claim_words.h"
#include "facts/facts.h"

Suite *compose_claim_suite(void);

/* Rows as "name value holds; …"; "-" is NULL. */
#define CITIES "南京市 80 1;无锡市 50 1;苏州市 80 1;泰州市 20 0"

static const struct {
	const char *kind, *rows, *words;
	enum claim_result wanted;
} cases[] = {
	/* the greatest and the least: exactly those that are named, or how many */
	{ "max", CITIES, "南京市、苏州市最高", CLAIM_TRUE },
	{ "max", CITIES, "2个设区市并列最高", CLAIM_TRUE },
	{ "max", CITIES, "南京市等2个设区市并列最高", CLAIM_TRUE },
	{ "max", CITIES, "南京市最高", CLAIM_FALSE },
	{ "max", CITIES, "12个设区市并列最高", CLAIM_FALSE },
	{ "max", CITIES, "南京市、苏州市、无锡市最高", CLAIM_FALSE },
	{ "max", CITIES, "无锡市最高", CLAIM_FALSE },
	{ "max", CITIES, "最高", CLAIM_FALSE },
	{ "max", "南京市 80 1", "南京市最高", CLAIM_FALSE },
	{ "top", "南京市 80 1", "南京市最高", CLAIM_TRUE },
	{ "max", "南京市 80 1;苏州市 80 1", "南京市、苏州市最高", CLAIM_FALSE },
	{ "max", "", "南京市最高", CLAIM_FALSE },
	{ "top", "南京市 - 1", "南京市最高", CLAIM_FALSE },
	{ "min", CITIES, "泰州市最低", CLAIM_TRUE },
	{ "min", CITIES, "无锡市最低", CLAIM_FALSE },
	{ "min", "甲 - 1;乙 3 1;丙 4 1", "乙最低", CLAIM_TRUE },
	/* a name within another is not that one */
	{ "max", "泰州 5 1;泰州湾 7 1", "泰州湾最高", CLAIM_TRUE },
	{ "max", "泰州 7 1;泰州湾 5 1", "泰州湾最高", CLAIM_FALSE },
	{ "equal", "甲 2 1;乙 2 1", "均为2家", CLAIM_TRUE },
	{ "equal", "甲 2 1;乙 3 1", "均为2家", CLAIM_FALSE },
	{ "equal", "甲 2 1", "均为2家", CLAIM_FALSE },
	/* what nobody looked at is neither good nor bad */
	{ "all", "甲 1 1;乙 1 1", "均达标", CLAIM_TRUE },
	{ "all", CITIES, "均达标", CLAIM_FALSE },
	{ "all", "", "均达标", CLAIM_FALSE },
	{ "none", "甲 1 0", "无一达标", CLAIM_TRUE },
	{ "none", CITIES, "无一达标", CLAIM_FALSE },
	{ "none", "", "无一达标", CLAIM_FALSE },
	{ "empty", "", "没有企业", CLAIM_TRUE },
	{ "empty", "甲 0 0", "没有企业", CLAIM_FALSE },
	{ "zero", "- 0 -", "没有逾期", CLAIM_TRUE },
	{ "zero", "- 1 -", "没有逾期", CLAIM_FALSE },
	{ "zero", "- - -", "没有逾期", CLAIM_FALSE },
	{ "zero", "", "没有逾期", CLAIM_FALSE },
	{ "most", "甲 1 1;乙 1 1;丙 1 0", "多数", CLAIM_TRUE },
	{ "most", "甲 1 1;乙 3 0", "多数", CLAIM_FALSE },
	{ "most", "甲 1 1;乙 1 1", "多数", CLAIM_FALSE },
	/* order, with ties, and nothing greater left out */
	{ "ordered", CITIES, "依次为苏州市、南京市、无锡市", CLAIM_TRUE },
	{ "ordered", CITIES, "依次为无锡市、南京市", CLAIM_FALSE },
	{ "ordered", CITIES, "依次为南京市、无锡市", CLAIM_FALSE },
	{ "ordered", CITIES, "依次为南京市", CLAIM_FALSE },
	{ "rises", "2020 3 1;2021 5 1", "提升", CLAIM_TRUE },
	{ "rises", "2020 3 1;2021 3 1", "提升", CLAIM_FALSE },
	{ "rises", "2021 3 1", "提升", CLAIM_FALSE },
	{ "falls", "2020 5 1;2021 3 1", "下降", CLAIM_TRUE },
	{ "more", "本市 5 1;全省 3 1", "高于全省", CLAIM_TRUE },
	{ "less", "本市 5 1;全省 3 1", "低于全省", CLAIM_FALSE },
	{ "same", "本市 5 1;全省 5 1", "相同", CLAIM_TRUE },
	{ "more", "本市 5 1;全省 - 1", "高于全省", CLAIM_FALSE },
	{ "first", "2019 0 0;2020 0 0;2021 1 1", "首次", CLAIM_TRUE },
	{ "first", "2019 1 1;2020 0 0;2021 1 1", "首次", CLAIM_FALSE },
	{ "first", "2021 1 1", "首次", CLAIM_FALSE },
	/* a figure that is a text cannot be compared */
	{ "max", "甲 50% 1;乙 60% 1", "乙最高", CLAIM_NO_COLUMN },
};

static struct value read_value(struct text cell)
{
	struct value value = { .kind = VALUE_TEXT, .text = cell };
	if (text_is(cell, "-"))
		return (struct value){ .kind = VALUE_NULL };
	if (text_to_integer(cell, &value.integer)) {
		value.kind = VALUE_INTEGER;
		value.real = (double)value.integer;
	}
	return value;
}

static void read_rows(struct arena *arena, struct text spec, struct rows *rows)
{
	static struct text names[] = { TEXT_INIT("name"), TEXT_INIT("value"), TEXT_INIT("holds") };
	struct text line, cell;
	*rows = (struct rows){ names, ARENA_ARRAY(arena, struct value, 30), 3, 0 };
	for (; spec.size && text_next(&spec, ';', &line); rows->row_count++)
		for (size_t i = 0; i < 3 && text_next(&line, ' ', &cell); i++)
			rows->values[rows->row_count * 3 + i] = read_value(cell);
}

START_TEST(is_true_or_not)
{
	struct arena *arena = arena_new();
	struct rows rows;
	read_rows(arena, text_from(cases[_i].rows), &rows);
	enum claim_kind kind = claim_kind_of(text_from(cases[_i].kind));
	struct claim_judgement judgement = claim_judge(arena, kind, &rows, text_from(cases[_i].words));
	ck_assert_msg(judgement.result == cases[_i].wanted, "%s of “%s”: %s: %d, %.*s", cases[_i].kind, cases[_i].rows, cases[_i].words,
		      (int)judgement.result, TEXT_ARGS(judgement.why));
	ck_assert_int_eq(judgement.why.size > 0, judgement.result == CLAIM_FALSE);
	arena_free(arena);
}
END_TEST

START_TEST(holds_what_is_shown_against_the_winner)
{
	static struct text names[] = { TEXT_INIT("name"), TEXT_INIT("value"), TEXT_INIT("shown") };
	struct value values[] = {
		{ VALUE_TEXT, TEXT("甲"), 0, 0 }, { VALUE_REAL, TEXT("0.5"), 0, 0.5 }, { VALUE_TEXT, TEXT("50.0%"), 0, 0 },
		{ VALUE_TEXT, TEXT("乙"), 0, 0 }, { VALUE_REAL, TEXT("0.25"), 0, 0.25 }, { VALUE_TEXT, TEXT("25.0%"), 0, 0 },
	};
	struct rows rows = { names, values, 3, 2 };
	struct arena *arena = arena_new();
	ck_assert_int_eq(claim_judge(arena, CLAIM_MAX, &rows, TEXT("甲最高，为50.0%")).result, CLAIM_TRUE);
	struct claim_judgement judgement = claim_judge(arena, CLAIM_MAX, &rows, TEXT("甲最高，为25.0%"));
	ck_assert_int_eq(judgement.result, CLAIM_FALSE);
	ck_assert(text_contains(judgement.why, TEXT("50.0%")));
	rows.names = (struct text[]){ TEXT("name"), TEXT("rate"), TEXT("shown") };
	ck_assert_int_eq(claim_judge(arena, CLAIM_MAX, &rows, TEXT("甲最高")).result, CLAIM_NO_COLUMN);
	arena_free(arena);
}
END_TEST

/* One word of each beginning, within a sentence, and sentences in which none begins. */
START_TEST(finds_words_that_claim)
{
	static const char *const claiming[] = {
		"绝大多数企业", "有大多数", "有多数", "已过半数", "已超过半数", "问题普遍", "无一例", "尚无企业", "企业没有一家",
		"是全部", "为首次", "，依次为", "两市并列", "为最高", "a最", "南京市居首", "也均", "两市都", "有明显提升",
		"有所下降", "已提升至", "已下降至", "也不低于", "率高于", "率低于", "也不大于", "率大于",
	};
	static const char *const plain[] = { "", "中", "企业参加评估。", "avg(rate) > 0", "年均", "\xE6\x9C", "成都" };
	for (size_t i = 0; i < sizeof claiming / sizeof *claiming; i++)
		ck_assert_msg(claim_words_are_in(text_from(claiming[i])), "%s", claiming[i]);
	for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
		ck_assert_msg(!claim_words_are_in(text_from(plain[i])), "%s", plain[i]);
}
END_TEST

Suite *compose_claim_suite(void)
{
	Suite *suite = suite_create("compose/claim");
	TCase *tcase = tcase_create("claim");
	tcase_add_loop_test(tcase, is_true_or_not, 0, sizeof cases / sizeof *cases);
	tcase_add_test(tcase, holds_what_is_shown_against_the_winner);
	tcase_add_test(tcase, finds_words_that_claim);
	suite_add_tcase(suite, tcase);
	return suite;
}
