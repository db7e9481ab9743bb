/* SPDX-License-Identifier: MIT */
#include "render/fonts.h"

#include <check.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/diag.h"
#include "render/cff.h"
#include "base/deflate.h"
#include "render_fixture.h"

Suite *render_fonts_suite(void);

static struct sheet sheet;
static struct diag *diag;

static void setup(void)
{
	sheet_open(&sheet);
	if (!sheet_has(&sheet, SHEET_FANG))
		sheet.theme.face_count = SHEET_FANG;
	diag = diag_new(sheet.arena, sources_new(sheet.arena));
}

static void teardown(void)
{
	sheet_close(&sheet);
}

static int by_number(const void *a, const void *b)
{
	const uint16_t *x = a, *y = b;
	return (*x > *y) - (*x < *y);
}

/* Glyphs of a text, ascending. */
static size_t glyphs_of(int face, const char *text, uint16_t glyphs[64])
{
	sheet_text(&sheet, text, (struct sheet_style){ .face = face, .size = 10 });
	const struct glyph_run *run = &sheet.ops.at[sheet.ops.count - 1].run;
	for (size_t i = 0; i < run->count; i++)
		glyphs[i] = (uint16_t)run->glyphs[i].id;
	qsort(glyphs, run->count, sizeof *glyphs, by_number);
	size_t count = 1;
	for (size_t i = 1; i < run->count; i++)
		if (glyphs[i] != glyphs[count - 1])
			glyphs[count++] = glyphs[i];
	return count;
}

static void inflate_program(const struct font_cut *cut, struct buf *raw)
{
	buf_reset(raw);
	buf_repeat(raw, 0, cut->program_size);
	uLongf size = cut->program_size;
	ck_assert_int_eq(uncompress((Bytef *)raw->at, &size, (const Bytef *)cut->program.at, cut->program.size), Z_OK);
	ck_assert_uint_eq(size, cut->program_size);
}

START_TEST(cuts_what_is_asked_for)
{
	struct fonts *fonts = fonts_new(&sheet.theme, diag);
	ck_assert_ptr_nonnull(fonts);
	if (_i >= (int)sheet.theme.face_count) {
		fonts_free(fonts);
		return;
	}
	uint16_t glyphs[64];
	size_t count = glyphs_of(_i, "星级Aé，", glyphs);
	struct font_cut cut;
	struct buf first, second;
	buf_init(&first, BUF_LIMIT_PAGE);
	buf_init(&second, BUF_LIMIT_PAGE);
	ck_assert(fonts_cut(fonts, (uint16_t)_i, glyphs, count, &cut));
	inflate_program(&cut, &first);
	ck_assert_uint_lt(first.size, 6000);
	ck_assert(cut.name[6] == '+' && cut.ascent > 500 && cut.descent < 0 && cut.box[3] > cut.box[1]);
	size_t whole = 0;
	for (size_t i = 0; i < count; i++) {
		ck_assert(cut.codes[i] > 0 && (i == 0 || cut.codes[i] > cut.codes[i - 1]));
		whole += cut.widths[i] == 1000;
	}
	ck_assert_uint_ge(whole, 3); /* 星 级 ， */
	note_others(fonts);
	fonts_prepare(fonts);
	ck_assert(fonts_cut(fonts, (uint16_t)_i, glyphs, count, &cut));
	inflate_program(&cut, &second);
	ck_assert(text_equal(buf_view(&first), buf_view(&second))); /* whatever the base */
	ck_assert(fonts_cut(fonts, (uint16_t)_i, glyphs, 0, &cut));
	ck_assert(!fonts_cut(fonts, (uint16_t)_i, (const uint16_t[]){ 65535 }, 1, &cut));
	ck_assert(!fonts_cut(fonts, 99, glyphs, count, &cut));
	buf_clear(&first);
	buf_clear(&second);
	fonts_free(fonts);
}
END_TEST

/* Compressed, too: what else the base has repeats of changes nothing. */
START_TEST(compresses_alike_whatever_the_base)
{
	struct fonts *fonts = fonts_new(&sheet.theme, diag);
	uint16_t glyphs[64];
	size_t count = glyphs_of(SHEET_SONG, "工业信息安全网络防护管理控制系统要求措施记录", glyphs);
	struct font_cut cut;
	struct buf first;
	buf_init(&first, BUF_LIMIT_PAGE);
	ck_assert(fonts_cut(fonts, SHEET_SONG, glyphs, count, &cut));
	buf_text(&first, cut.program);
	ck_assert_uint_lt(first.size, cut.program_size * 11 / 12);
	note_others(fonts);
	fonts_prepare(fonts);
	ck_assert(fonts_cut(fonts, SHEET_SONG, glyphs, count, &cut));
	ck_assert(text_equal(buf_view(&first), cut.program));
	buf_clear(&first);
	fonts_free(fonts);
}
END_TEST

static void check_kept(int face, struct text kept)
{
	struct fonts *plain = fonts_new(&sheet.theme, diag), *fonts = fonts_new(&sheet.theme, diag);
	struct font_cut wanted, cut;
	uint16_t glyphs[64];
	size_t count = glyphs_of(face, "工业信息安全网络防护管理控制系统要求措施记录", glyphs);
	ck_assert(fonts_read_bases(fonts, kept));
	ck_assert(fonts_cut(plain, (uint16_t)face, glyphs, count, &wanted));
	ck_assert(fonts_cut(fonts, (uint16_t)face, glyphs, count, &cut));
	ck_assert(!fonts_were_cut(fonts));
	ck_assert(text_equal(wanted.program, cut.program));
	ck_assert_str_eq(wanted.name, cut.name);
	ck_assert_mem_eq(wanted.codes, cut.codes, count * sizeof *cut.codes);
	ck_assert_mem_eq(wanted.widths, cut.widths, count * sizeof *cut.widths);
	count = glyphs_of(face, "犇", glyphs); /* is not in GB 2312, nor in every face */
	if (glyphs[0]) {
		ck_assert(fonts_cut(plain, (uint16_t)face, glyphs, count, &wanted));
		ck_assert(fonts_cut(fonts, (uint16_t)face, glyphs, count, &cut));
		ck_assert(fonts_were_cut(fonts));
		ck_assert(text_equal(wanted.program, cut.program));
	}
	fonts_free(plain);
	fonts_free(fonts);
}

/* What was cut in an earlier run serves as what is cut now, and may grow; what is not whole serves for nothing. */
START_TEST(takes_bases_that_were_kept)
{
	struct fonts *fonts = fonts_new(&sheet.theme, diag);
	struct buf kept;
	buf_init(&kept, BUF_LIMIT_FILE);
	ck_assert(!fonts_write_bases(fonts, &kept));
	buf_reset(&kept);
	fonts_prepare(fonts);
	ck_assert(fonts_write_bases(fonts, &kept));
	fonts_free(fonts);
	for (size_t face = 0; face < sheet.theme.face_count; face++)
		check_kept((int)face, buf_view(&kept));
	fonts = fonts_new(&sheet.theme, diag);
	for (size_t size = 0; size < kept.size; size += kept.size / 20 + 1)
		ck_assert(!fonts_read_bases(fonts, text_slice(buf_view(&kept), 0, size)));
	buf_byte(&kept, 'x');
	ck_assert(!fonts_read_bases(fonts, buf_view(&kept)));
	fonts_free(fonts);
	buf_clear(&kept);
}
END_TEST

START_TEST(reports_a_missing_file)
{
	sheet.faces[SHEET_KAI].file = text_string(sheet.arena, TEXT("/nowhere/font.ttf"));
	ck_assert_ptr_null(fonts_new(&sheet.theme, diag));
	ck_assert_uint_eq(diag_count_of(diag, DIAG_FONT_UNUSABLE), 1);
}
END_TEST

/* A table that was written can be read, and no damage does more than be refused. */
START_TEST(survives_damaged_tables)
{
	struct fonts *fonts = fonts_new(&sheet.theme, diag);
	ck_assert_ptr_nonnull(fonts);
	uint16_t glyphs[64];
	size_t count = glyphs_of(SHEET_SONG, "星级", glyphs);
	struct font_cut cut;
	ck_assert(fonts_cut(fonts, SHEET_SONG, glyphs, count, &cut));
	struct buf raw, again;
	buf_init(&raw, BUF_LIMIT_PAGE);
	buf_init(&again, BUF_LIMIT_PAGE);
	inflate_program(&cut, &raw);
	struct cff cff;
	ck_assert(cff_open(&cff, buf_view(&raw)));
	ck_assert_uint_eq(cff.glyphs.count, 3);
	struct cff_choice both = { .glyphs = (const uint16_t[]){ 1, 2 }, .count = 2 };
	ck_assert(cff_write(&cff, TEXT("NotoSerifCJKsc-Regular"), &both, &again));
	ck_assert_uint_eq(both.outlines, (size_t)(cff_glyph(&cff, 0).at - raw.at));
	ck_assert(text_equal(buf_view(&raw), buf_view(&again)));
	struct cff_choice missing = { .glyphs = (const uint16_t[]){ 3 }, .count = 1 };
	ck_assert(!cff_write(&cff, TEXT("x"), &missing, &again));
	cff_clear(&cff);
	for (size_t i = 0; i < raw.size; i++) {
		char *copy = memcpy(memory_resize(NULL, i + 1), raw.at, i + 1); /* its own block, so that a step beyond shows */
		if (cff_open(&cff, (struct text){ copy, i }))
			cff_clear(&cff);
		free(copy);
		for (int flip = 0; flip < 3 && i < 400; flip++) {
			copy = memcpy(memory_resize(NULL, raw.size), raw.at, raw.size);
			copy[i] = (char)(flip == 0 ? 0 : flip == 1 ? 0xFF : copy[i] + 1);
			buf_reset(&again);
			if (cff_open(&cff, (struct text){ copy, raw.size })) {
				struct cff_choice one = { .glyphs = (const uint16_t[]){ 1 }, .count = 1 };
				bool is_written = cff_write(&cff, TEXT("x"), &one, &again);
				ck_assert(is_written || again.size == 0 || cff.glyphs.count < 2);
				cff_clear(&cff);
			}
			free(copy);
		}
	}
	buf_clear(&raw);
	buf_clear(&again);
	fonts_free(fonts);
}
END_TEST

START_TEST(deflates_again_and_again)
{
	struct deflater *deflater = deflater_new();
	struct buf one, two;
	buf_init(&one, BUF_LIMIT_PAGE);
	buf_init(&two, 10);
	for (int i = 0; i < 3; i++) {
		buf_reset(&one);
		ck_assert(deflater_add(deflater, i % 2 ? DEFLATE_FAST : DEFLATE_SMALL, TEXT("星级星级星级星级"), &one));
		char raw[64];
		uLongf size = sizeof raw;
		ck_assert_int_eq(uncompress((Bytef *)raw, &size, (const Bytef *)one.at, one.size), Z_OK);
		ck_assert_uint_eq(size, 24);
	}
	ck_assert(!deflater_add(deflater, DEFLATE_FAST, TEXT("0123456789abcdefghij"), &two));
	buf_clear(&one);
	buf_clear(&two);
	deflater_free(deflater);
}
END_TEST

Suite *render_fonts_suite(void)
{
	Suite *suite = suite_create("render/fonts");
	TCase *tcase = tcase_create("fonts");
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_set_timeout(tcase, 60);
	tcase_add_loop_test(tcase, cuts_what_is_asked_for, 0, SHEET_FACES);
	tcase_add_test(tcase, compresses_alike_whatever_the_base);
	tcase_add_test(tcase, takes_bases_that_were_kept);
	tcase_add_test(tcase, reports_a_missing_file);
	tcase_add_test(tcase, survives_damaged_tables);
	tcase_add_test(tcase, deflates_again_and_again);
	suite_add_tcase(suite, tcase);
	return suite;
}
