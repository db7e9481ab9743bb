/* SPDX-License-Identifier: MIT
 *
 * What the tests of render/ share: pages made by hand, shaped with HarfBuzz alone,
 * so that no other stage stands between a op and what is painted.
 */
#ifndef XINGJI_TESTS_RENDER_FIXTURE_H
#define XINGJI_TESTS_RENDER_FIXTURE_H

#include <hb-ot.h>
#include <hb.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/list.h"
#include "base/utf8.h"
#include "layout/page.h"
#include "render/fonts.h"

enum { SHEET_SONG, SHEET_HEI, SHEET_KAI, SHEET_FANG, SHEET_FACES };

struct sheet {
	struct arena *arena;
	struct theme theme;
	struct face faces[SHEET_FACES];
	hb_font_t *fonts[SHEET_FACES];
	LIST(struct draw_op) ops;
	LIST(struct page) pages;
	LIST(struct tag) tags;
	LIST(struct outline_entry) outline;
	LIST(struct anchor) anchors;
	struct pages done;
};

struct sheet_style {
	int face, tag;
	double size, x, y, angle;
	struct colour colour;
	uint8_t opacity; /* 0 = opaque */
};

static inline void sheet_open(struct sheet *sheet)
{
	static const struct {
		const char *family, *file;
		int index;
	} files[SHEET_FACES] = {
		[SHEET_SONG] = { "Noto Serif CJK SC", "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", 2 },
		[SHEET_HEI] = { "Noto Sans CJK SC", "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2 },
		[SHEET_KAI] = { "LXGW WenKai", "/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf", 0 },
		[SHEET_FANG] = { "FandolFang", "out/fonts/FandolFang-Regular.otf", 0 },
	};
	*sheet = (struct sheet){ .arena = arena_new() };
	for (int i = 0; i < SHEET_FACES; i++)
		sheet->faces[i] = (struct face){ text_from(files[i].family), TEXT("Regular"),
						 text_string(sheet->arena, text_from(files[i].file)), files[i].index };
	sheet->theme.faces = sheet->faces;
	sheet->theme.face_count = SHEET_FACES;
}

/* 仿宋 is unpacked by hand, so it may be missing. */
static inline bool sheet_has(const struct sheet *sheet, int face)
{
	return file_exists(sheet->faces[face].file);
}

static inline hb_font_t *sheet_font(struct sheet *sheet, int face)
{
	if (!sheet->fonts[face]) {
		hb_blob_t *blob = hb_blob_create_from_file(sheet->faces[face].file);
		hb_face_t *hb = hb_face_create(blob, (unsigned)sheet->faces[face].index);
		sheet->fonts[face] = hb_font_create(hb);
		hb_font_set_scale(sheet->fonts[face], 1000, 1000);
		hb_face_destroy(hb);
		hb_blob_destroy(blob);
	}
	return sheet->fonts[face];
}

/* Adds a run and returns its width. */
static inline double sheet_text(struct sheet *sheet, const char *text, struct sheet_style style)
{
	hb_buffer_t *buffer = hb_buffer_create();
	hb_buffer_add_utf8(buffer, text, -1, 0, -1);
	hb_buffer_guess_segment_properties(buffer);
	hb_shape(sheet_font(sheet, style.face), buffer, NULL, 0);
	unsigned count = 0;
	const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(buffer, &count);
	const hb_glyph_position_t *position = hb_buffer_get_glyph_positions(buffer, &count);
	struct placed_glyph *glyphs = ARENA_ARRAY(sheet->arena, struct placed_glyph, count);
	double pen = style.x;
	for (unsigned i = 0; i < count; i++) {
		glyphs[i] = (struct placed_glyph){ info[i].codepoint, info[i].cluster,
						   pen + position[i].x_offset * style.size / 1000,
						   style.y - position[i].y_offset * style.size / 1000 };
		pen += position[i].x_advance * style.size / 1000;
	}
	hb_buffer_destroy(buffer);
	struct draw_op *op = LIST_ADD(&sheet->ops);
	op->kind = DRAW_GLYPHS;
	op->tag = style.tag;
	op->colour = style.colour;
	op->opacity = style.opacity ? style.opacity : 255;
	op->run = (struct glyph_run){ .text = text_copy(sheet->arena, text_from(text)), .glyphs = glyphs, .count = count,
					.face = (uint16_t)style.face, .size_pt = style.size, .width_pt = pen - style.x,
					.angle = style.angle };
	return pen - style.x;
}

/* A rectangle; the caller sets fill, width, pattern and colour on the op. */
static inline struct draw_op *sheet_box(struct sheet *sheet, double x, double y, double width, double height)
{
	static const uint8_t verbs[] = { PATH_MOVE, PATH_LINE, PATH_LINE, PATH_LINE, PATH_CLOSE };
	struct path_point *points = ARENA_ARRAY(sheet->arena, struct path_point, 4);
	points[0] = (struct path_point){ x, y };
	points[1] = (struct path_point){ x + width, y };
	points[2] = (struct path_point){ x + width, y + height };
	points[3] = (struct path_point){ x, y + height };
	struct draw_op *op = LIST_ADD(&sheet->ops);
	op->kind = DRAW_PATH;
	op->tag = -1;
	op->opacity = 255;
	op->path = (struct path){ .verbs = verbs, .points = points, .verb_count = 5, .point_count = 4 };
	return op;
}

static inline void sheet_link(struct sheet *sheet, const char *target, int tag, double x, double y)
{
	struct draw_op *op = LIST_ADD(&sheet->ops);
	op->kind = DRAW_LINK;
	op->tag = tag;
	op->opacity = 255;
	op->link = (struct link_area){ x, y, 80, 14, text_from(target), text_from("说明") };
}

static inline int sheet_tag(struct sheet *sheet, const char *type, int parent)
{
	struct tag *tag = LIST_ADD(&sheet->tags);
	tag->type = type;
	tag->parent = parent;
	return (int)sheet->tags.count - 1;
}

static inline void sheet_end_page(struct sheet *sheet, const char *label)
{
	size_t done = 0;
	for (size_t i = 0; i < sheet->pages.count; i++)
		done += sheet->pages.at[i].op_count;
	struct page *page = LIST_ADD(&sheet->pages);
	page->width_pt = 595.28;
	page->height_pt = 841.89;
	page->label = text_from(label);
	page->op_count = sheet->ops.count - done;
}

static inline const struct pages *sheet_done(struct sheet *sheet)
{
	size_t done = 0;
	for (size_t i = 0; i < sheet->pages.count; i++) {
		sheet->pages.at[i].ops = sheet->ops.at + done;
		done += sheet->pages.at[i].op_count;
	}
	sheet->done = (struct pages){ .pages = sheet->pages.at, .count = sheet->pages.count, .tags = sheet->tags.at,
				      .tag_count = sheet->tags.count, .outline = sheet->outline.at,
				      .outline_count = sheet->outline.count, .anchors = sheet->anchors.at,
				      .anchor_count = sheet->anchors.count, .title = TEXT("诊断书：昆山某某公司 <A&B>"),
				      .author = TEXT("江苏省工业和信息化厅"), .subject = TEXT("2021 年度"),
				      .language = TEXT("zh-CN"), .date = TEXT("2021-11-30") };
	return &sheet->done;
}

static inline void sheet_close(struct sheet *sheet)
{
	for (int i = 0; i < SHEET_FACES; i++)
		hb_font_destroy(sheet->fonts[i]);
	LIST_FREE(&sheet->ops);
	LIST_FREE(&sheet->pages);
	LIST_FREE(&sheet->tags);
	LIST_FREE(&sheet->outline);
	LIST_FREE(&sheet->anchors);
	arena_free(sheet->arena);
}

/* Two pages with everything that a canvas must paint. */
static inline const struct pages *sheet_sample(struct sheet *sheet)
{
	int document = sheet_tag(sheet, "Document", -1), head = sheet_tag(sheet, "H1", document);
	int body = sheet_tag(sheet, "P", document), figure = sheet_tag(sheet, "Figure", document);
	sheet->tags.at[figure].alternative = TEXT("六种填充图案");
	sheet_text(sheet, "工业信息安全诊断书 𠮷𡈽 2021", (struct sheet_style){ SHEET_HEI, head, 20, 72, 90, 0, { 20, 40, 110 }, 0 });
	double y = 120;
	for (int face = 0; face < SHEET_FACES; face++) {
		if (!sheet_has(sheet, face))
			continue;
		sheet_text(sheet, "企业在控制设备安全方面已达到三星，AVfi“缺口”为12.5％；星级★★★☆☆。",
			   (struct sheet_style){ face, body, 10.5, 72, y, 0, { 20, 20, 20 }, 0 });
		y += 17;
	}
	sheet_text(sheet, "内部资料", (struct sheet_style){ SHEET_HEI, -1, 80, 150, 500, 35, { 120, 120, 120 }, 40 });
	for (int i = 0; i <= 6; i++) {
		struct draw_op *box = sheet_box(sheet, 72 + i * 62, 220, 50, 70 + i * 9);
		box->tag = figure;
		box->colour = (struct colour){ 31, 78, 121 };
		box->path.is_filled = true;
		box->path.pattern = (uint8_t)i;
		box->path.width_pt = i % 2 ? 0.6 : 0;
	}
	struct draw_op *dashes = sheet_box(sheet, 72, 360, 440, 40);
	dashes->path.width_pt = 1.2;
	dashes->path.dash_pt[0] = 6;
	dashes->path.dash_pt[1] = 3;
	dashes->colour = (struct colour){ 160, 30, 30 };
	struct draw_op *veil = sheet_box(sheet, 100, 340, 200, 80);
	veil->path.is_filled = true;
	veil->opacity = 90;
	veil->colour = (struct colour){ 240, 180, 40 };
	sheet_end_page(sheet, "i");
	int second = sheet_tag(sheet, "H2", document), span = sheet_tag(sheet, "P", document), click = sheet_tag(sheet, "Link", span);
	sheet->tags.at[second].id = TEXT("next");
	sheet_text(sheet, "附录", (struct sheet_style){ SHEET_HEI, second, 14, 72, 90, 0, { 0, 0, 0 }, 0 });
	double x = 72 + sheet_text(sheet, "详见", (struct sheet_style){ SHEET_SONG, span, 10.5, 72, 120, 0, { 0, 0, 0 }, 0 });
	x += sheet_text(sheet, "网站", (struct sheet_style){ SHEET_SONG, click, 10.5, x, 120, 0, { 20, 40, 110 }, 0 });
	sheet_link(sheet, "https://example.org/星级?a=1", click, 93, 110);
	sheet_text(sheet, "和首页。", (struct sheet_style){ SHEET_SONG, span, 10.5, x, 120, 0, { 0, 0, 0 }, 0 });
	sheet_link(sheet, "#top", span, x, 110);
	sheet_end_page(sheet, "1");
	struct anchor *top = LIST_ADD(&sheet->anchors);
	*top = (struct anchor){ TEXT("top"), 0, 70 };
	LIST_PUSH(&sheet->outline, ((struct outline_entry){ TEXT("诊断书（一）"), 1, 0, 70 }));
	LIST_PUSH(&sheet->outline, ((struct outline_entry){ TEXT("附录"), 2, 1, 70 }));
	return sheet_done(sheet);
}

/* Other characters than those of the samples. */
static inline void note_others(struct fonts *fonts)
{
	static uint64_t set[FONTS_SET_WORDS];
	const struct text words = TEXT("另外的字");
	for (size_t offset = 0; offset < words.size;) {
		uint32_t character = utf8_next(words, &offset);
		set[character / 64] |= UINT64_C(1) << (character % 64);
	}
	fonts_note_set(fonts, set);
}

#endif
