/* SPDX-License-Identifier: MIT */
#include "render/canvas.h"

#include <check.h>
#include <math.h>

#include "render_fixture.h"
#include "support/trace.h"

Suite *render_canvas_suite(void);

static struct sheet sheet;
static struct buf out;

static void setup(void)
{
	sheet_open(&sheet);
	buf_init(&out, BUF_LIMIT_FILE);
}

static void teardown(void)
{
	buf_clear(&out);
	sheet_close(&sheet);
}

START_TEST(traces_every_call)
{
	struct draw_op *box = sheet_box(&sheet, 1.004, 2, 3, 4);
	box->path.is_filled = true;
	box->path.pattern = 2;
	sheet_link(&sheet, "#a", -1, 5, 6);
	sheet_text(&sheet, "星a", (struct sheet_style){ SHEET_SONG, -1, 10, 72, 90, 0, { 255, 0, 1 }, 0 });
	sheet_end_page(&sheet, "1");
	struct canvas *canvas = trace_canvas_new(&sheet.theme, &out);
	ck_assert_msg(canvas_paint(canvas, sheet_done(&sheet)), "%s", canvas_error(canvas));
	ck_assert_ptr_nonnull(strstr(out.at, "page 1 595.28 841.89 label \"1\"\n"
					     "fill pattern 2 artifact #000000 M 1 2 L 4 2 L 4 6 L 1 6 Z\n"));
	ck_assert_ptr_nonnull(strstr(out.at, "link 5 6 80 14 artifact \"#a\" \"说明\"\n"));
	ck_assert_ptr_nonnull(strstr(out.at, "\"Noto Serif CJK SC\" \"Regular\" artifact #ff0001 \"星a\" at 0 10\nend\n"));
	ck_assert(!canvas_paint(canvas, sheet_done(&sheet)));
	canvas_free(canvas);
}
END_TEST

enum flaw { FLAW_NAN, FLAW_HUGE, FLAW_FACE, FLAW_CLUSTER, FLAW_TAG, FLAW_UTF8, FLAW_POINTS, FLAW_VERB, FLAW_PAGE, FLAW_ANCHOR, FLAW_PARENT, FLAWS };

static void spoil(enum flaw flaw)
{
	static const uint8_t no_move[] = { PATH_LINE, PATH_LINE, PATH_LINE, PATH_LINE, PATH_CLOSE };
	struct draw_op *text = &sheet.ops.at[0], *box = &sheet.ops.at[1];
	switch (flaw) {
	case FLAW_NAN: text->run.size_pt = NAN; break;
	case FLAW_HUGE: text->run.width_pt = 1e300; break;
	case FLAW_FACE: text->run.face = 77; break;
	case FLAW_CLUSTER: text->run.text.size = 1; break;
	case FLAW_TAG: box->tag = 3; break;
	case FLAW_UTF8: text->run.text = TEXT("\xff\xff\xff\xff\xff\xff"); break;
	case FLAW_POINTS: box->path.point_count = 3; break;
	case FLAW_VERB: box->path.verbs = no_move; break;
	case FLAW_PAGE: sheet.pages.at[0].height_pt = INFINITY; break;
	case FLAW_ANCHOR: LIST_PUSH(&sheet.anchors, ((struct anchor){ TEXT("x"), 9, 0 })); break;
	case FLAW_PARENT: sheet_tag(&sheet, "P", 0); break;
	case FLAWS: break;
	}
}

START_TEST(refuses_what_is_broken)
{
	sheet_text(&sheet, "星级", (struct sheet_style){ SHEET_SONG, -1, 10, 72, 90, 0, { 0, 0, 0 }, 0 });
	sheet_box(&sheet, 1, 2, 3, 4);
	sheet_end_page(&sheet, "1");
	spoil((enum flaw)_i);
	struct canvas *canvas = trace_canvas_new(&sheet.theme, &out);
	ck_assert(!canvas_paint(canvas, sheet_done(&sheet)));
	ck_assert_str_ne(canvas_error(canvas), "");
	canvas_free(canvas);
}
END_TEST

static bool paint_png(const struct pages *pages, struct picture_options options, struct buf *into)
{
	struct canvas *canvas = cairo_canvas_png(&sheet.theme, &options, into);
	bool is_good = canvas_paint(canvas, pages);
	canvas_free(canvas);
	return is_good;
}

START_TEST(paints_png)
{
	const struct pages *pages = sheet_sample(&sheet);
	ck_assert(paint_png(pages, (struct picture_options){ .page = 0, .dpi = 100 }, &out));
	ck_assert(out.size > 10000 && memcmp(out.at, "\x89PNG", 4) == 0);
	file_write("out/render-sample.png", buf_view(&out), 0644);
	struct buf again;
	buf_init(&again, BUF_LIMIT_FILE);
	ck_assert(paint_png(pages, (struct picture_options){ .page = 0, .dpi = 100 }, &again));
	ck_assert(text_equal(buf_view(&out), buf_view(&again)));
	buf_reset(&again);
	ck_assert(!paint_png(pages, (struct picture_options){ .page = 5, .dpi = 100 }, &again));
	ck_assert(!paint_png(pages, (struct picture_options){ .page = 0, .dpi = 1e9 }, &again));
	ck_assert(!paint_png(pages, (struct picture_options){ .page = 0, .dpi = NAN }, &again));
	buf_clear(&again);
}
END_TEST

START_TEST(full_buffers_fail)
{
	struct buf small;
	buf_init(&small, 200);
	ck_assert(!paint_png(sheet_sample(&sheet), (struct picture_options){ .page = 0, .dpi = 50 }, &small));
	struct canvas *canvas = trace_canvas_new(&sheet.theme, &small);
	ck_assert(!canvas_paint(canvas, sheet_done(&sheet)));
	canvas_free(canvas);
	buf_clear(&small);
}
END_TEST

Suite *render_canvas_suite(void)
{
	Suite *suite = suite_create("render/canvas");
	TCase *tcase = tcase_create("canvas");
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, traces_every_call);
	tcase_add_loop_test(tcase, refuses_what_is_broken, 0, FLAWS);
	tcase_add_test(tcase, paints_png);
	tcase_add_test(tcase, full_buffers_fail);
	suite_add_tcase(suite, tcase);
	return suite;
}
