/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <stdio.h>

#include "base/diag.h"
#include "render/canvas.h"
#include "render/fonts.h"
#include "render_fixture.h"

Suite *render_haru_suite(void);

static struct sheet sheet;
static struct fonts *fonts;
static struct buf out;

static void setup(void)
{
	sheet_open(&sheet);
	if (!sheet_has(&sheet, SHEET_FANG))
		sheet.theme.face_count = SHEET_FANG;
	fonts = fonts_new(&sheet.theme, diag_new(sheet.arena, sources_new(sheet.arena)));
	ck_assert_ptr_nonnull(fonts);
	buf_init(&out, BUF_LIMIT_FILE);
}

static void teardown(void)
{
	fonts_free(fonts);
	buf_clear(&out);
	sheet_close(&sheet);
}

static bool write_pdf(const struct pages *pages, struct buf *pdf)
{
	struct canvas *canvas = haru_canvas_new(&sheet.theme, fonts, pdf);
	bool is_good = canvas_paint(canvas, pages);
	ck_assert_msg(is_good || canvas_error(canvas)[0], "no reason");
	if (!is_good)
		fprintf(stderr, "%s\n", canvas_error(canvas));
	canvas_free(canvas);
	return is_good;
}

START_TEST(writes_the_sample)
{
	const struct pages *pages = sheet_sample(&sheet);
	ck_assert(write_pdf(pages, &out));
	ck_assert(memcmp(out.at, "%PDF-1.7", 8) == 0);
	file_write("out/render-sample.pdf", buf_view(&out), 0644);
}
END_TEST

START_TEST(same_pages_same_bytes)
{
	const struct pages *pages = sheet_sample(&sheet);
	struct buf again;
	buf_init(&again, BUF_LIMIT_FILE);
	ck_assert(write_pdf(pages, &out));
	fonts_note_text(fonts, SHEET_HEI, TEXT("另外的字"));
	fonts_prepare(fonts); /* another base must not show */
	ck_assert(write_pdf(pages, &again));
	ck_assert(text_equal(buf_view(&out), buf_view(&again)));
	buf_clear(&again);
}
END_TEST

Suite *render_haru_suite(void)
{
	Suite *suite = suite_create("render/haru");
	TCase *tcase = tcase_create("haru");
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, writes_the_sample);
	tcase_add_test(tcase, same_pages_same_bytes);
	suite_add_tcase(suite, tcase);
	return suite;
}
