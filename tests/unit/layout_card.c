/* SPDX-License-Identifier: MIT
 *
 * Share cards as lists of draw ops: what is written, how large, and where.
 */
#include "layout/card.h"

#include <check.h>

#include "base/buf.h"
#include "setting_fixture.h"
#include "render/canvas.h"

Suite *layout_card_suite(void);

static struct arena *arena;
static struct diag *diag;
static struct theme *theme;
static struct shaper *shaper;

static void setup(void)
{
	arena = arena_new();
	diag = diag_new(arena, sources_new(arena));
	theme = fixture_theme(arena);
	shaper = shaper_new(theme, diag);
	ck_assert_ptr_nonnull(shaper);
}

static void teardown(void)
{
	shaper_free(shaper);
	arena_free(arena);
}

static const struct card usual = { .over = TEXT_INIT("江苏省 2021年度"), .title = TEXT_INIT("工业信息安全防护星级企业名单"),
				   .line = TEXT_INIT("公布　2021年11月30日"), .note = TEXT_INIT("江苏省工业和信息化厅") };

static const struct pages *set(const struct card *card)
{
	return card_set(arena, shaper, theme, card);
}

/* The words of one tag, a bar between its lines. */
static const char *words_of(const struct page *page, int32_t tag, double *size)
{
	struct buf words;
	double y = 0;
	buf_init(&words, 1000);
	for (size_t i = 0; i < page->op_count; i++) {
		const struct draw_op *op = &page->ops[i];
		if (op->kind != DRAW_GLYPHS || op->tag != tag)
			continue;
		if (words.size && op->run.glyphs[0].y > y)
			buf_byte(&words, '|');
		buf_text(&words, op->run.text);
		y = op->run.glyphs[0].y;
		*size = op->run.size_pt;
	}
	const char *copy = text_string(arena, buf_view(&words));
	buf_clear(&words);
	return copy;
}

START_TEST(sets_the_usual_card)
{
	static const char *const wanted[] = { "江苏省 2021年度", "公布　2021年11月30日", "江苏省工业和信息化厅", "工业信息安全防护|星级企业名单" };
	const struct pages *pages = set(&usual);
	ck_assert_ptr_nonnull(pages);
	ck_assert_uint_eq(pages->count, 1);
	ck_assert_double_eq(pages->pages[0].width_pt, 1200);
	ck_assert_double_eq(pages->pages[0].height_pt, 630);
	ck_assert_uint_eq(pages->tag_count, 5);
	for (int32_t tag = 1; tag < 5; tag++) {
		double size = 0;
		ck_assert_str_eq(words_of(&pages->pages[0], tag, &size), wanted[tag - 1]);
		ck_assert_double_ge(size, 28);
	}
	ck_assert_uint_eq(diag_errors_told(diag), 0);
}
END_TEST

/* Whatever the words, they stand on the card, in order from the top, and none is small. */
START_TEST(long_words_stay_on_the_card)
{
	struct card card = usual;
	card.title = TEXT("江苏省工业互联网平台与工业控制系统信息安全防护能力星级评定达标企业及重点培育企业名单");
	card.note = TEXT("江苏省工业和信息化厅　江苏省通信管理局　江苏省互联网信息办公室　江苏省发展和改革委员会");
	const struct pages *pages = set(&card);
	ck_assert_ptr_nonnull(pages);
	const struct page *page = &pages->pages[0];
	for (size_t i = 0; i < page->op_count; i++) {
		const struct glyph_run *run = &page->ops[i].run;
		if (page->ops[i].kind != DRAW_GLYPHS)
			continue;
		ck_assert_double_ge(run->size_pt, 28);
		ck_assert_double_ge(run->glyphs[0].x, 100);
		ck_assert_double_le(run->glyphs[0].x + run->width_pt, 1125);
		ck_assert_double_ge(run->glyphs[0].y, 64);
		ck_assert_double_le(run->glyphs[0].y, 572);
	}
}
END_TEST

START_TEST(too_many_words_are_refused)
{
	struct card card = usual;
	struct buf words;
	buf_init(&words, 10000);
	for (int i = 0; i < 40; i++)
		buf_string(&words, "星级企业");
	card.title = buf_view(&words);
	ck_assert_ptr_null(set(&card));
	card = usual;
	card.note = buf_view(&words);
	ck_assert_ptr_null(set(&card));
	buf_clear(&words);
}
END_TEST

START_TEST(a_missing_glyph_is_an_error)
{
	struct card card = usual;
	card.title = TEXT("名单\xF0\xAB\xA0\x8A\xF3\xA0\x80\x81");
	set(&card);
	card.title = TEXT("名单\xF0\x9F\xA6\x96");
	set(&card);
	ck_assert_uint_ge(diag_count_of(diag, DIAG_CHAR_MISSING), 1);
}
END_TEST

static struct text paint(const struct card *card)
{
	struct buf png;
	buf_init(&png, BUF_LIMIT_PAGE);
	struct canvas *canvas = cairo_canvas_png(theme, &(struct picture_options){ .dpi = CARD_DPI, .has_words = true }, &png);
	ck_assert_msg(canvas_paint(canvas, set(card)), "%s", canvas_error(canvas));
	canvas_free(canvas);
	struct text copy = text_copy(arena, buf_view(&png));
	buf_clear(&png);
	return copy;
}

/* A name that a line's end cuts is whole in the words; Latin words keep the space between them. */
START_TEST(the_picture_tells_what_is_drawn)
{
	struct card card = usual;
	struct text png = paint(&card);
	ck_assert_uint_eq((unsigned char)png.at[18] << 8 | (unsigned char)png.at[19], 1200);
	ck_assert_uint_eq((unsigned char)png.at[22] << 8 | (unsigned char)png.at[23], 630);
	ck_assert_uint_lt(png.size, 60000);
	ck_assert(text_contains(png, TEXT("江苏省 2021年度\n公布　2021年11月30日\n江苏省工业和信息化厅\n工业信息安全防护星级企业名单")));
	ck_assert(text_equal(png, paint(&card)));
	card.title = TEXT("Industrial Information Security Protection Star Rating List");
	ck_assert(text_contains(paint(&card), TEXT("\nIndustrial Information Security Protection Star Rating List")));
}
END_TEST

Suite *layout_card_suite(void)
{
	Suite *suite = suite_create("layout/card");
	TCase *tcase = tcase_create("card");
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, sets_the_usual_card);
	tcase_add_test(tcase, long_words_stay_on_the_card);
	tcase_add_test(tcase, too_many_words_are_refused);
	tcase_add_test(tcase, a_missing_glyph_is_an_error);
	tcase_add_test(tcase, the_picture_tells_what_is_drawn);
	suite_add_tcase(suite, tcase);
	return suite;
}
