/* SPDX-License-Identifier: MIT */
#include "read/clean.h"

#include <check.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

Suite *read_clean_suite(void);

static struct arena *arena;

static void start(void)
{
	arena = arena_new();
}

static void finish(void)
{
	arena_free(arena);
}

static const struct {
	const char *cell, *text, *code;
} cells[] = {
	{ "", "", "" },
	{ "abc", "abc", "abc" },
	{ "  苏州 甲 公司\t", "苏州 甲 公司", "苏州 甲 公司" },
	{ "苏州（甲）公司", "苏州（甲）公司", "苏州(甲)公司" },
	{ "　苏州　甲　", "苏州　甲", "苏州 甲" },
	{ "２０２１－０９－０５", "２０２１－０９－０５", "2021-09-05" },
	{ "\xEF\xBB\xBF苏\u200B州\u00AD", "苏州", "苏州" },
	{ "\u00A0苏\u00A0州\u00A0", "苏州", "苏州" },
	{ "Siemens\u00A0Ltd", "Siemens Ltd", "Siemens Ltd" },
	{ "第一行\r\n第二行", "第一行第二行", "第一行第二行" },
	{ "a\nb", "a b", "a b" },
	{ "苏州\x07公司\x7F", "苏州公司", "苏州公司" },
	{ "'00123", "00123", "00123" },
	{ "'it's'", "'it's'", "'it's'" },
	{ "=\"00123\"", "00123", "00123" },
	{ "=\"\"", "", "" },
	{ "苏州  甲 公司", "苏州 甲 公司", "苏州 甲 公司" },
	{ "2021–09–05", "2021–09–05", "2021-09-05" },
	{ "\u202Eabc\u202C", "abc", "abc" },
	{ "𠮷野家", "𠮷野家", "𠮷野家" },
};

START_TEST(cleans_cells)
{
	struct text text = clean_text(arena, text_from(cells[_i].cell)), code = clean_code(arena, text_from(cells[_i].cell));
	ck_assert_msg(text_is(text, cells[_i].text), "%d text [%.*s]", _i, TEXT_ARGS(text));
	ck_assert_msg(text_is(code, cells[_i].code), "%d code [%.*s]", _i, TEXT_ARGS(code));
}
END_TEST

/* Marks of which nobody asks whether they are seen; those at their ends are not. */
START_TEST(leaves_wide_marks)
{
	static const char *const unseen[] = { "a\u3164b", "a\uFFA0b" };
	struct buf buf;
	buf_init(&buf, 16);
	for (uint32_t mark = 0x3001; mark < 0xFFA0; mark = mark == 0x3163 ? 0xFF01 : mark + 1) {
		buf_reset(&buf);
		buf_byte(&buf, 'a');
		utf8_write(&buf, mark);
		buf_byte(&buf, 'b');
		ck_assert(!utf8_is_space(mark) && !utf8_is_invisible(mark));
		ck_assert_ptr_eq(clean_text(arena, buf_view(&buf)).at, buf.at);
	}
	for (size_t i = 0; i < sizeof unseen / sizeof *unseen; i++)
		ck_assert(text_is(clean_text(arena, text_from(unseen[i])), "ab"));
	buf_clear(&buf);
}
END_TEST

START_TEST(borrows_what_is_clean)
{
	struct text cell = TEXT("苏州甲（集团）公司，《目录》。");
	ck_assert_ptr_eq(clean_text(arena, cell).at, cell.at);
	cell = TEXT("91320500MA1A00016G");
	ck_assert_ptr_eq(clean_code(arena, cell).at, cell.at);
	ck_assert_uint_eq(arena_used(arena), 0);
}
END_TEST

START_TEST(tells_what_is_missing)
{
	static const char *const missing[] = { "", "-", "—", "——", "/", "无", "N/A", "n/a", "NULL", "null", "--" };
	static const char *const said[] = { "不适用", "0", "无线", "否", "#N/A", "N", "//" };
	for (size_t i = 0; i < sizeof missing / sizeof *missing; i++)
		ck_assert_msg(clean_is_missing(text_from(missing[i])), "%s", missing[i]);
	for (size_t i = 0; i < sizeof said / sizeof *said; i++)
		ck_assert_msg(!clean_is_missing(text_from(said[i])), "%s", said[i]);
	ck_assert(clean_is_blank(TEXT(" \t\u3000\u00A0\u200B")) && !clean_is_blank(TEXT(" - ")));
}
END_TEST

START_TEST(knows_damage)
{
	ck_assert(clean_is_formula_error(TEXT("#REF!")) && clean_is_formula_error(TEXT("#n/a")) && clean_is_formula_error(TEXT("####")));
	ck_assert(!clean_is_formula_error(TEXT("#1")) && !clean_is_formula_error(TEXT("#")));
	ck_assert(clean_is_scientific(TEXT("9.14403E+17")) && clean_is_scientific(TEXT("9E+17")) && clean_is_scientific(TEXT("9.1e17")));
	ck_assert(!clean_is_scientific(TEXT("3E4")) && !clean_is_scientific(TEXT("9.1")) && !clean_is_scientific(TEXT("E+17")));
	ck_assert(!clean_is_scientific(TEXT("9.1E+")) && !clean_is_scientific(TEXT("9.1E+1x")));
}
END_TEST

START_TEST(shapes_codes)
{
	ck_assert(text_is(clean_spaces(arena, TEXT("9132 05 00")), "91320500"));
	ck_assert(text_is(clean_upper(arena, TEXT("91ma苏x")), "91MA苏X"));
}
END_TEST

Suite *read_clean_suite(void)
{
	Suite *suite = suite_create("read/clean");
	TCase *tcase = tcase_create("clean");
	tcase_add_checked_fixture(tcase, start, finish);
	tcase_add_loop_test(tcase, cleans_cells, 0, (int)(sizeof cells / sizeof *cells));
	tcase_add_test(tcase, leaves_wide_marks);
	tcase_add_test(tcase, borrows_what_is_clean);
	tcase_add_test(tcase, tells_what_is_missing);
	tcase_add_test(tcase, knows_damage);
	tcase_add_test(tcase, shapes_codes);
	suite_add_tcase(suite, tcase);
	return suite;
}
