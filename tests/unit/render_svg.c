/* SPDX-License-Identifier: MIT */
#include <check.h>

#include "render/canvas.h"
#include "render_fixture.h"

Suite *render_svg_suite(void);

static struct sheet sheet;
static struct buf out;

static void setup(void)
{
	static struct theme_colour colours[] = { { TEXT_INIT("accent"), { 31, 78, 121 }, { 150, 190, 240 } } };
	sheet_open(&sheet);
	sheet.theme.colours = colours;
	sheet.theme.colour_count = 1;
	for (int role = 0; role < ROLES; role++)
		for (int i = 0; i < 2 * ROLE_FACES_MOST; i++)
			sheet.theme.role_faces[role][i / ROLE_FACES_MOST][i % ROLE_FACES_MOST] = -1;
	sheet.theme.role_faces[ROLE_SONG][0][0] = SHEET_SONG;
	sheet.theme.role_faces[ROLE_HEI][0][0] = SHEET_HEI;
	buf_init(&out, BUF_LIMIT_FILE);
}

static void teardown(void)
{
	buf_clear(&out);
	sheet_close(&sheet);
}

START_TEST(writes_text_as_text)
{
	for (int i = 1; i <= 6; i++) {
		struct draw_op *box = sheet_box(&sheet, 10 + i * 40, 40, 30, 20 * i);
		box->path.is_filled = true;
		box->path.pattern = (uint8_t)i;
		box->path.width_pt = 0.5;
		box->colour = (struct colour){ 31, 78, 121 };
	}
	struct draw_op *fill = sheet_box(&sheet, 10, 40, 30, 20);
	fill->path.is_filled = true;
	fill->opacity = 128;
	sheet_text(&sheet, "网络边界<b>&是最薄弱的", (struct sheet_style){ SHEET_HEI, 0, 9, 10, 20, 0, { 31, 78, 121 }, 0 });
	sheet_text(&sheet, "三星", (struct sheet_style){ SHEET_SONG, 0, 9, 10, 120, -30, { 0, 0, 0 }, 0 });
	const struct svg_options options = { .theme = &sheet.theme, .id = TEXT("fig \"1"), .title = TEXT("星级 <分布>"),
					     .alternative = TEXT("三星\xEF\xBF\xBF最多"), .width_pt = 300, .height_pt = 180 };
	svg_write_figure(&out, sheet.ops.at, sheet.ops.count, &options);
	ck_assert_ptr_nonnull(strstr(out.at, "role=\"img\" aria-labelledby=\"fig_20_221-title fig_20_221-desc\" viewBox=\"0 0 300 180\""));
	ck_assert_ptr_nonnull(strstr(out.at, "<title id=\"fig_20_221-title\">星级 &lt;分布&gt;</title>"));
	ck_assert_ptr_nonnull(strstr(out.at, ">三星最多</desc>")); /* without U+FFFF, which XML has no form for */
	ck_assert_ptr_nonnull(strstr(out.at, "<text class=\"hei fill-accent\" x=\"10\" y=\"20\" font-size=\"9\" font-family=\"Noto Sans CJK SC, sans-serif\""));
	ck_assert_ptr_nonnull(strstr(out.at, ">网络边界&lt;b&gt;&amp;是最薄弱的</text>"));
	ck_assert_ptr_nonnull(strstr(out.at, "fill=\"url(#fig_20_221-hatch-5)\""));
	ck_assert_ptr_nonnull(strstr(out.at, "transform=\"rotate(-30 10 120)\">三星</text>"));
	ck_assert_ptr_null(strstr(out.at, "style="));
	file_write("out/render-sample.svg", buf_view(&out), 0644);
}
END_TEST

Suite *render_svg_suite(void)
{
	Suite *suite = suite_create("render/svg");
	TCase *tcase = tcase_create("svg");
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, writes_text_as_text);
	suite_add_tcase(suite, tcase);
	return suite;
}
