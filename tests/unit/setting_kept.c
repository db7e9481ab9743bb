/* SPDX-License-Identifier: MIT
 *
 * What is kept of a paragraph against what it comes to when it is set anew.
 */
#include "setting/kept.h"

#include <check.h>
#include <math.h>

#include "setting/line_fresh.h"
#include "setting_fixture.h"

Suite *setting_kept_suite(void);

static struct arena *arena;
static struct diag *diag;
static struct shaper *shaper;
static struct typesetter kept, fresh;

enum { SIZE = 10 };
#define NONE 1e-300 /* of tolerance: it has to be less */

static void setup(void)
{
	arena = arena_new();
	diag = diag_new(arena, sources_new(arena));
	shaper = shaper_new(fixture_theme(arena), diag);
	kept = fresh = (struct typesetter){ .arena = arena, .shaper = shaper };
}

static void teardown(void)
{
	typesetter_clear(&kept);
	typesetter_clear(&fresh);
	shaper_free(shaper);
	arena_free(arena);
}

static const char *const texts[] = {
	"", " ", "符合", "PA05-1-01", "（甲），“乙”。", "甲\n乙", "甲\n", "12.5%", "（（（（（（（（（（",
	"为工程师站防病毒软件配置防护策略并完成测试，保存记录；每年复核一次（GB/T 41400—2022）。",
	"configuration management of programmable logic controllers and engineering workstations",
	"企业报告已整改，现场核查仍为部分符合：https://example.org/very/long/address/of/a/document?page=12&part=3，待复核。",
};
enum { TEXTS = sizeof texts / sizeof *texts };

static struct piece piece_of(const char *text)
{
	return (struct piece){ .text = text_from(text), .font = { .role = ROLE_SONG }, .size_pt = SIZE, .tag = 7, .link = -1,
		               .colour = { .red = 9 } };
}

static void forget_ops(void)
{
	kept.ops.count = fresh.ops.count = 0;
}

static void check_glyphs(const struct glyph_run *a, const struct glyph_run *b, double tolerance)
{
	ck_assert_uint_eq(a->count, b->count);
	ck_assert(a->text.size == b->text.size && (a->text.at == b->text.at || text_equal(a->text, b->text)));
	ck_assert_uint_eq(a->face, b->face);
	ck_assert_double_eq_tol(a->size_pt, b->size_pt, tolerance);
	ck_assert_double_eq_tol(a->width_pt, b->width_pt, tolerance);
	for (size_t i = 0; i < a->count; i++) {
		ck_assert_uint_eq(a->glyphs[i].id, b->glyphs[i].id);
		ck_assert_uint_eq(a->glyphs[i].cluster, b->glyphs[i].cluster);
		ck_assert_double_eq_tol(a->glyphs[i].x, b->glyphs[i].x, tolerance);
		ck_assert_double_eq_tol(a->glyphs[i].y, b->glyphs[i].y, tolerance);
	}
}

static void check_ops(const struct typesetter *a, const struct typesetter *b, double tolerance)
{
	ck_assert_uint_eq(a->ops.count, b->ops.count);
	for (size_t i = 0; i < a->ops.count; i++) {
		ck_assert_int_eq(a->ops.at[i].tag, b->ops.at[i].tag);
		ck_assert_int_eq(a->ops.at[i].colour.red, b->ops.at[i].colour.red);
		check_glyphs(&a->ops.at[i].run, &b->ops.at[i].run, tolerance);
	}
}

static void check_lines(const struct typesetter *a, const struct typesetter *b)
{
	ck_assert_uint_eq(a->lines.count, b->lines.count);
	for (size_t i = 0; i < a->lines.count; i++) {
		ck_assert_uint_eq(a->lines.at[i].op_count, b->lines.at[i].op_count);
		ck_assert_double_eq_tol(a->lines.at[i].left_pt, b->lines.at[i].left_pt, 1e-6);
		ck_assert_double_eq_tol(a->lines.at[i].right_pt, b->lines.at[i].right_pt, 1e-6);
		ck_assert_double_eq_tol(a->lines.at[i].slack_pt, b->lines.at[i].slack_pt, 1e-6);
		ck_assert_double_eq_tol(a->lines.at[i].glue_pt, b->lines.at[i].glue_pt, 1e-6);
	}
}

static const int8_t aligns[] = { ALIGN_JUSTIFY, ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT };

/* Every text at every width: in rising and in falling order, so that what is kept comes from a narrower and from a wider measure. */
START_TEST(paragraphs_are_as_if_set_anew)
{
	for (int step = 0; step < 2 * 60; step++) {
		double width = step < 60 ? 20 + 7.3 * step : 20 + 7.3 * (119 - step);
		struct piece piece = piece_of(texts[_i]);
		struct line_options options = { .x_pt = 71.78 + step, .width_pt = width, .first_indent_pt = step % 3 ? 0 : 2 * SIZE,
			                        .size_pt = SIZE, .line_pt = 16, .align = aligns[step % 4], .is_balanced = step % 5 == 0 };
		forget_ops();
		line_set_paragraph(&kept, &piece, 1, &options);
		line_fresh_paragraph(&fresh, &piece, 1, &options);
		check_ops(&kept, &fresh, 1e-6);
		check_lines(&kept, &fresh);
	}
}
END_TEST

START_TEST(texts_and_widths_are_as_if_set_anew)
{
	for (int again = 0; again < 2; again++) {
		struct piece piece = piece_of(texts[_i]);
		struct path_point at = { 100.25 + again, 33.5 };
		forget_ops();
		ck_assert_double_eq_tol(line_set_text(&kept, &piece, at), line_fresh_text(&fresh, &piece, at), 1e-9);
		check_ops(&kept, &fresh, 1e-6);
		struct line_extent a = line_measure(&kept, &piece), b = line_fresh_extent(&fresh, &piece);
		ck_assert_double_eq_tol(a.most_pt, b.most_pt, 1e-9);
		ck_assert_double_eq_tol(a.least_pt, b.least_pt, 1e-9);
	}
}
END_TEST

/* Not about as much: bytes may not tell whether something was found. */
START_TEST(what_is_found_is_what_was_made)
{
	struct piece piece = piece_of(texts[_i]);
	struct line_options options = { .x_pt = 71.777, .width_pt = 123.4, .size_pt = SIZE, .line_pt = 16, .align = ALIGN_JUSTIFY };
	kept_use(shape_kept(shaper), false);
	line_set_paragraph(&fresh, &piece, 1, &options);
	kept_use(shape_kept(shaper), true);
	for (int again = 0; again < 2; again++) {
		kept.ops.count = 0;
		line_set_paragraph(&kept, &piece, 1, &options);
		check_ops(&kept, &fresh, NONE);
	}
}
END_TEST

START_TEST(manners_are_told_apart)
{
	struct piece plain = piece_of("甲乙 Abc"), other[] = { plain, plain, plain, plain, plain };
	other[0].size_pt = 12;
	other[1].font.is_bold = true;
	other[2].font.role = ROLE_HEI;
	other[3].rise_pt = 2;
	other[4].track_pt = 1.5;
	line_set_text(&kept, &plain, (struct path_point){ 0, 0 });
	for (size_t i = 0; i < sizeof other / sizeof *other; i++) {
		forget_ops();
		line_set_text(&kept, &other[i], (struct path_point){ 0, 0 });
		line_fresh_text(&fresh, &other[i], (struct path_point){ 0, 0 });
		check_ops(&kept, &fresh, 1e-6);
	}
}
END_TEST

/* 〓 stands for a character that no face has, and each place of it is complained of. */
START_TEST(missing_characters_are_told_at_each_place)
{
	for (uint32_t place = 1; place <= 3; place++) {
		struct piece piece = piece_of("甲\U0001F600乙");
		piece.span = (struct span){ .source = 0, .start = place * 10, .end = place * 10 + 1 };
		line_set_text(&kept, &piece, (struct path_point){ 0, 0 });
		line_measure(&kept, &piece);
		line_set_paragraph(&kept, &piece, 1, &(struct line_options){ .width_pt = 300, .size_pt = SIZE, .line_pt = 16 });
	}
	ck_assert_uint_eq(kept_count(shape_kept(shaper)), 0);
}
END_TEST

START_TEST(links_dots_and_curled_quotes_are_set_anew)
{
	struct piece pieces[] = { piece_of("甲乙"), piece_of("甲乙"), piece_of("甲乙"), piece_of("甲\"乙\"丙") };
	LIST_PUSH(&kept.links, ((struct line_link){ TEXT("#a"), TEXT("甲") }));
	pieces[0].link = 0;
	pieces[1].is_dotted = true;
	pieces[2].is_note_mark = true;
	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
		line_set_paragraph(&kept, &pieces[i], 1, &(struct line_options){ .width_pt = 300, .size_pt = SIZE, .line_pt = 16 });
	ck_assert_uint_eq(kept_count(shape_kept(shaper)), 0);
}
END_TEST

START_TEST(what_is_kept_is_bounded)
{
	struct arena *own = arena_new();
	struct kept *bounded = kept_new();
	size_t most = 0;
	bool was_forgotten = false;
	for (uint32_t i = 0; i < 60000 && !was_forgotten; i++) {
		struct kept_key key = { .text = text_format(own, "%u", (unsigned)i), .kind = KEPT_EXTENT };
		kept_add(bounded, &key, &(struct kept_set){ .natural_pt = i });
		ck_assert_double_eq_tol(kept_find(bounded, &key)->natural_pt, i, NONE);
		was_forgotten = kept_count(bounded) < most;
		most = kept_count(bounded) > most ? kept_count(bounded) : most;
	}
	ck_assert(was_forgotten);
	ck_assert_uint_gt(most, 10000);
	kept_free(bounded);
	arena_free(own);
}
END_TEST

/* What is asked for again and again stays, whatever comes and goes beside it. */
START_TEST(what_is_asked_for_stays)
{
	struct arena *own = arena_new();
	struct kept *bounded = kept_new();
	const struct kept_key often = { .text = TEXT("often"), .kind = KEPT_EXTENT };
	const struct kept_key once = { .text = TEXT("once"), .kind = KEPT_EXTENT };
	kept_add(bounded, &often, &(struct kept_set){ .natural_pt = 7 });
	kept_add(bounded, &once, &(struct kept_set){ .natural_pt = 8 });
	for (uint32_t i = 0; i < 60000; i++) {
		struct kept_key key = { .text = text_format(own, "%u", (unsigned)i), .kind = KEPT_EXTENT };
		kept_add(bounded, &key, &(struct kept_set){ .natural_pt = i });
		const struct kept_set *set = kept_find(bounded, &often);
		ck_assert_ptr_nonnull(set);
		ck_assert_double_eq_tol(set->natural_pt, 7, NONE);
	}
	ck_assert_ptr_null(kept_find(bounded, &once));
	ck_assert_uint_lt(kept_count(bounded), 60000);
	kept_free(bounded);
	arena_free(own);
}
END_TEST

Suite *setting_kept_suite(void)
{
	Suite *suite = suite_create("setting/kept");
	TCase *tcase = tcase_create("kept");
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_set_timeout(tcase, 20);
	tcase_add_loop_test(tcase, paragraphs_are_as_if_set_anew, 0, TEXTS);
	tcase_add_loop_test(tcase, texts_and_widths_are_as_if_set_anew, 0, TEXTS);
	tcase_add_loop_test(tcase, what_is_found_is_what_was_made, 0, TEXTS);
	tcase_add_test(tcase, manners_are_told_apart);
	tcase_add_test(tcase, missing_characters_are_told_at_each_place);
	tcase_add_test(tcase, links_dots_and_curled_quotes_are_set_anew);
	tcase_add_test(tcase, what_is_kept_is_bounded);
	tcase_add_test(tcase, what_is_asked_for_stays);
	suite_add_tcase(suite, tcase);
	return suite;
}
