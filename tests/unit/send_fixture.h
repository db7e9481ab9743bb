/* SPDX-License-Identifier: MIT
 *
 * What the tests of send/ share: documents of a few pages for enterprises that are visibly fictional.
 */
#ifndef XINGJI_TESTS_SEND_FIXTURE_H
#define XINGJI_TESTS_SEND_FIXTURE_H

#include <check.h>

#include "base/diag.h"
#include "base/qr.h"
#include "render/canvas.h"
#include "render_fixture.h"

enum { PAPER_LINES = 12 };

/* A document: on every page the lines that there are, and on the last the code. */
struct paper {
	const char *lines[PAPER_LINES];
	size_t page_count;
	struct text code;      /* of the QR code */
	const char *artifact;  /* a line at the foot, as the recipient mark */
	const char *title;
};

static struct sheet paper_sheet;
static struct fonts *paper_fonts;
static struct diag *paper_diag;

static inline void paper_open(void)
{
	sheet_open(&paper_sheet);
	paper_sheet.theme.face_count = SHEET_FANG;
	paper_diag = diag_new(paper_sheet.arena, sources_new(paper_sheet.arena));
	paper_fonts = fonts_new(&paper_sheet.theme, paper_diag);
	ck_assert_ptr_nonnull(paper_fonts);
}

static inline void paper_close(void)
{
	fonts_free(paper_fonts);
	sheet_close(&paper_sheet);
}

static inline void paper_draw_code(struct text code, int tag)
{
	struct qr qr;
	ck_assert(qr_encode(paper_sheet.arena, code, &qr));
	for (size_t y = 0; y < qr.side; y++)
		for (size_t x = 0, end; x < qr.side; x = end) {
			for (end = x; end < qr.side && qr.modules[y * qr.side + end] == qr.modules[y * qr.side + x];)
				end++;
			if (!qr.modules[y * qr.side + x])
				continue;
			struct draw_op *op = sheet_box(&paper_sheet, 300 + (double)x * 2, 500 + (double)y * 2, (double)(end - x) * 2, 2);
			op->tag = tag;
			op->path.is_filled = true;
		}
}

static inline void paper_page(const struct paper *paper, int document, bool is_last)
{
	int body = sheet_tag(&paper_sheet, "P", document);
	for (size_t i = 0; i < PAPER_LINES && paper->lines[i]; i++)
		sheet_text(&paper_sheet, paper->lines[i],
		           (struct sheet_style){ SHEET_SONG, body, 10.5, 72, 90 + 18 * (double)i, 0, { 0, 0, 0 }, 0 });
	if (paper->artifact)
		sheet_text(&paper_sheet, paper->artifact,
		           (struct sheet_style){ SHEET_HEI, -1, 7, 120, 824, 0, { 120, 120, 120 }, 0 });
	if (is_last && paper->code.size) {
		int figure = sheet_tag(&paper_sheet, "Figure", document);
		paper_sheet.tags.at[figure].alternative = TEXT("二维码");
		paper_draw_code(paper->code, figure);
	}
	sheet_end_page(&paper_sheet, "1");
}

/* Appends the PDF to out. */
static inline void paper_write(const struct paper *paper, struct buf *out)
{
	paper_sheet.ops.count = paper_sheet.pages.count = paper_sheet.tags.count = 0;
	int document = sheet_tag(&paper_sheet, "Document", -1);
	size_t pages = paper->page_count ? paper->page_count : 1;
	for (size_t i = 0; i < pages; i++)
		paper_page(paper, document, i + 1 == pages);
	struct pages done = *sheet_done(&paper_sheet);
	done.title = paper->title ? text_from(paper->title) : TEXT("示例诊断书");
	struct canvas *canvas = haru_canvas_new(&paper_sheet.theme, paper_fonts, out);
	ck_assert(canvas_paint(canvas, &done));
	canvas_free(canvas);
}

#endif
