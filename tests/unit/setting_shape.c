/* SPDX-License-Identifier: MIT */
#include "setting/shape.h"

#include <check.h>
#include <math.h>

#include "base/file.h"
#include "base/utf8.h"
#include "setting/hyphen.h"
#include "setting_fixture.h"

Suite *setting_shape_suite(void);

static struct arena *arena;
static struct diag *diag;
static struct shaper *shaper;
static const struct shape_font song = { .role = ROLE_SONG }, fang = { .role = ROLE_FANG };

static void setup(void)
{
	arena = arena_new();
	diag = diag_new(arena, sources_new(arena));
	shaper = shaper_new(fixture_theme(arena), diag);
	ck_assert_ptr_nonnull(shaper);
}

static void teardown(void)
{
	shaper_free(shaper);
	arena_free(arena);
}

START_TEST(han_is_one_em_in_the_first_face)
{
	const struct shaped *shaped = shape_text(shaper, TEXT("工控安全——"), song, NO_SPAN);
	ck_assert_uint_eq(shaped->count, 5); /* —— is one glyph */
	ck_assert_double_eq_tol(shaped->width, 6.0, 1e-9);
	for (size_t i = 0; i < shaped->count; i++) {
		ck_assert_uint_eq(shaped->glyphs[i].face, FIXTURE_SONG);
		ck_assert_uint_eq(shaped->glyphs[i].cluster, i * 3);
	}
	ck_assert_ptr_eq(shaped, shape_text(shaper, TEXT("工控安全——"), song, NO_SPAN));
}
END_TEST

START_TEST(digits_are_tabular)
{
	double one = shape_text(shaper, TEXT("1"), song, NO_SPAN)->width;
	ck_assert_double_eq_tol(shape_text(shaper, TEXT("8"), song, NO_SPAN)->width, one, 1e-9);
	ck_assert_double_eq_tol(shape_text(shaper, TEXT("1874"), song, NO_SPAN)->width, 4 * one, 1e-9);
}
END_TEST

START_TEST(no_ligatures)
{
	ck_assert_uint_eq(shape_text(shaper, TEXT("office"), song, NO_SPAN)->count, 6);
}
END_TEST

START_TEST(falls_back_character_by_character)
{
	const struct shaped *shaped = shape_text(shaper, TEXT("赵堃"), fang, NO_SPAN);
	ck_assert_uint_eq(shaped->count, 2);
	ck_assert_uint_eq(shaped->glyphs[0].face, FIXTURE_FANG);
	ck_assert_uint_eq(shaped->glyphs[1].face, FIXTURE_SONG);
}
END_TEST

/* Smaller than in its own text, its middle on the height of its neighbours', as wide as they are. */
START_TEST(what_stands_in_is_matched)
{
	const struct shaped *shaped = shape_text(shaper, TEXT("赵堃"), fang, NO_SPAN);
	ck_assert_double_eq_tol(shaped->glyphs[0].scale, 1, 1e-9);
	ck_assert(shaped->glyphs[1].scale > 0.9 && shaped->glyphs[1].scale < 0.98);
	ck_assert(shaped->glyphs[1].dx > 0.01 && shaped->glyphs[1].dy > 0.02);
	ck_assert_double_eq_tol(shaped->width, 2, 1e-9);
	ck_assert_double_eq_tol(shape_text(shaper, TEXT("堃"), song, NO_SPAN)->glyphs[0].scale, 1, 1e-9);
}
END_TEST

START_TEST(what_stands_in_for_bold_is_bold)
{
	const struct shape_font title = { .role = ROLE_TITLE }, bold = { .role = ROLE_KAI, .is_bold = true };
	ck_assert_uint_eq(shape_text(shaper, TEXT("堃"), title, NO_SPAN)->glyphs[0].face, FIXTURE_SONG_BOLD);
	ck_assert_uint_eq(shape_text(shaper, TEXT("堃"), bold, NO_SPAN)->glyphs[0].face, FIXTURE_SONG_BOLD);
}
END_TEST

/* 䶶 is in the kai face alone, which has no bold one here. */
START_TEST(what_is_not_bold_among_bold_is_thin)
{
	ck_assert(shape_is_thin(shaper, 0x4DB6));
	ck_assert(!shape_is_thin(shaper, 0x5803)); /* 堃: the second face of each list has it in bold */
	ck_assert(!shape_is_thin(shaper, 0x25D0)); /* ◐ */
	ck_assert(!shape_is_thin(shaper, 0x1F600)); /* no face has it: it is missing */
	struct theme *theme = fixture_theme(arena);
	for (int role = 0; role < ROLES; role++) /* regular is what such a list asks for */
		theme->role_faces[role][true][0] = theme->role_faces[role][false][0] = FIXTURE_KAI;
	struct shaper *regular = shaper_new(theme, diag);
	ck_assert(!shape_is_thin(regular, 0x4DB6));
	shaper_free(regular);
}
END_TEST

/* All of 通用规范汉字表 in every role and weight, from the faces of the role's own list. */
START_TEST(every_standard_character_has_a_face)
{
	struct file_bytes bytes;
	ck_assert_int_eq(file_map("tests/golden/lines/characters.txt", 1 << 20, &bytes), 0);
	const struct shape_font font = { .role = (int8_t)(_i / 2), .is_bold = _i % 2 };
	size_t count = 0, beyond = 0, at = text_find(bytes.text, TEXT("\n"));
	while (at < bytes.text.size) {
		size_t start = at;
		uint32_t character = utf8_next(bytes.text, &at);
		if (character == '\n')
			continue;
		const struct shaped *shaped = shape_text(shaper, text_slice(bytes.text, start, at - start), font, NO_SPAN);
		ck_assert_uint_eq(shaped->count, 1);
		ck_assert_uint_ne(shaped->glyphs[0].id, 0);
		count++;
		beyond += character > 0xFFFF;
	}
	ck_assert_uint_eq(count, 8105);
	ck_assert_uint_eq(beyond, 196);
	ck_assert_uint_eq(diag_count_of(diag, DIAG_CHAR_MISSING), 0);
	file_release(&bytes);
}
END_TEST

START_TEST(marks_are_as_wide_as_their_kind)
{
	const struct shape_font kai = { .role = ROLE_KAI };
	/* WenKai draws both of these a third of an em wide. */
	ck_assert_double_eq_tol(shape_text(shaper, TEXT("“"), kai, NO_SPAN)->width, 1, 1e-9);
	ck_assert_double_eq_tol(shape_text(shaper, TEXT("“"), kai, NO_SPAN)->blank_left, 0.5, 1e-9);
	ck_assert_double_eq_tol(shape_text(shaper, TEXT("”"), kai, NO_SPAN)->blank_right, 0.5, 1e-9);
	ck_assert_double_eq_tol(shape_text(shaper, TEXT("·"), kai, NO_SPAN)->width, 0.5, 1e-9);
	ck_assert_double_eq_tol(shape_text(shaper, TEXT("·"), song, NO_SPAN)->width, 0.5, 1e-9);
	ck_assert_double_eq_tol(shape_text(shaper, TEXT("——"), kai, NO_SPAN)->width, 2, 1e-9);
	ck_assert_double_lt(shape_text(shaper, TEXT("“quick”"), song, NO_SPAN)->width, 4);
	/* FandolFang's question mark stands in the middle of its square: there is nothing to take. */
	ck_assert_double_eq_tol(shape_text(shaper, TEXT("？"), fang, NO_SPAN)->blank_right, 0, 1e-9);
	ck_assert_double_eq_tol(shape_text(shaper, TEXT("？"), song, NO_SPAN)->blank_right, 0.5, 1e-9);
}
END_TEST

START_TEST(words_stay_whole_without_a_dictionary)
{
	struct theme *theme = fixture_theme(arena);
	theme->hyphens.file = text_string(arena, TEXT("/nowhere.dic"));
	struct shaper *other = shaper_new(theme, diag);
	ck_assert_ptr_nonnull(other);
	ck_assert_ptr_null(shape_hyphens(other).hyphenator);
	ck_assert_uint_eq(diag_count_of(diag, DIAG_HYPHENS_MISSING), 1);
	ck_assert_uint_eq(diag_count(diag, SEVERITY_ERROR), 0);
	shaper_free(other);
}
END_TEST

static size_t breaks_in(const char *word, char *marked)
{
	bool is_break[HYPHEN_LONGEST];
	struct text text = text_from(word);
	size_t count = hyphen_word(shape_hyphens(shaper).hyphenator, text, is_break), size = 0;
	for (size_t i = 0; i < text.size; i++) {
		if (count && is_break[i])
			marked[size++] = '-';
		marked[size++] = text.at[i];
	}
	marked[size] = '\0';
	return count;
}

START_TEST(words_are_divided_at_syllables)
{
	char marked[2 * HYPHEN_LONGEST];
	ck_assert_uint_gt(breaks_in("configuration", marked), 1);
	ck_assert_str_eq(marked, "con-fig-u-ra-tion");
	ck_assert_uint_eq(breaks_in("Authentication", marked) > 1, true);
	static const char *const whole[] = { "PROFINET", "PLC", "ModbusTCP", "config2", "a", "", "caché", "x-ray-tube" };
	for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
		ck_assert_uint_eq(breaks_in(whole[i], marked), 0);
}
END_TEST

START_TEST(reads_beyond_the_bmp)
{
	const struct shaped *shaped = shape_text(shaper, TEXT("𠮷"), song, NO_SPAN);
	ck_assert_uint_eq(shaped->count, 1);
	ck_assert_uint_ne(shaped->glyphs[0].id, 0);
	ck_assert_uint_eq(diag_count(diag, SEVERITY_ERROR), 0);
}
END_TEST

START_TEST(missing_is_reported_once_per_place)
{
	struct span here = { 1, 5, 9 }, there = { 1, 20, 24 };
	const struct shaped *shaped = shape_text(shaper, TEXT("甲😀乙😀"), song, here);
	ck_assert_uint_eq(shaped->count, 4);
	ck_assert_uint_eq(shaped->glyphs[1].id, shape_text(shaper, TEXT("〓"), song, NO_SPAN)->glyphs[0].id);
	ck_assert_uint_eq(diag_count_of(diag, DIAG_CHAR_MISSING), 1);
	shape_text(shaper, TEXT("甲😀乙😀"), song, here);
	ck_assert_uint_eq(diag_count_of(diag, DIAG_CHAR_MISSING), 1);
	shape_text(shaper, TEXT("甲😀乙😀"), song, there);
	ck_assert_uint_eq(diag_count_of(diag, DIAG_CHAR_MISSING), 2);
}
END_TEST

START_TEST(invisible_characters_leave_nothing)
{
	ck_assert_uint_eq(shape_text(shaper, TEXT("\xE2\x80\x8B"), song, NO_SPAN)->count, 0);
	ck_assert_uint_eq(shape_text(shaper, TEXT("甲\xEF\xBB\xBF乙\x01"), song, NO_SPAN)->count, 2);
	ck_assert_uint_eq(shape_text(shaper, TEXT(""), song, NO_SPAN)->count, 0);
	ck_assert_uint_eq(diag_count(diag, SEVERITY_ERROR), 0);
}
END_TEST

START_TEST(another_family_is_refused)
{
	struct theme *theme = fixture_theme(arena);
	theme->faces[FIXTURE_SONG].family = TEXT("Noto Serif CJK XX");
	ck_assert_ptr_null(shaper_new(theme, diag));
	ck_assert_uint_eq(diag_count_of(diag, DIAG_FONT_UNUSABLE), 1);
	theme->faces[FIXTURE_SONG].file = text_string(arena, TEXT("/nowhere.ttf"));
	ck_assert_ptr_null(shaper_new(theme, diag));
	ck_assert_uint_eq(diag_count_of(diag, DIAG_FONT_UNUSABLE), 2);
}
END_TEST

Suite *setting_shape_suite(void)
{
	Suite *suite = suite_create("setting/shape");
	TCase *tcase = tcase_create("shape");
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, han_is_one_em_in_the_first_face);
	tcase_add_test(tcase, digits_are_tabular);
	tcase_add_test(tcase, no_ligatures);
	tcase_add_test(tcase, falls_back_character_by_character);
	tcase_add_test(tcase, what_stands_in_is_matched);
	tcase_add_test(tcase, what_stands_in_for_bold_is_bold);
	tcase_add_test(tcase, what_is_not_bold_among_bold_is_thin);
	tcase_add_loop_test(tcase, every_standard_character_has_a_face, 0, ROLES * 2);
	tcase_add_test(tcase, marks_are_as_wide_as_their_kind);
	tcase_add_test(tcase, words_stay_whole_without_a_dictionary);
	tcase_add_test(tcase, words_are_divided_at_syllables);
	tcase_add_test(tcase, reads_beyond_the_bmp);
	tcase_add_test(tcase, missing_is_reported_once_per_place);
	tcase_add_test(tcase, invisible_characters_leave_nothing);
	tcase_add_test(tcase, another_family_is_refused);
	suite_add_tcase(suite, tcase);
	return suite;
}
