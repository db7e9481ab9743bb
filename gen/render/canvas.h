/* SPDX-License-Identifier: MIT
 *
 * Where pages are painted: PDF (haru.c), PNG (cairo.c, png.c) and reference PDF (cairo.c), SVG
 * (svg.c).  Function pointers behind checking wrappers.
 *
 * Errors are sticky: after the first, every call does nothing and canvas_close
 * returns false with canvas_error saying why.  Numbers must be finite; a NaN is
 * such an error.
 */
#ifndef XINGJI_RENDER_CANVAS_H
#define XINGJI_RENDER_CANVAS_H

#include "layout/page.h"

struct arena;
struct buf;
struct canvas;

/* Longest side of a page and largest coordinate, in points; the first is PDF's own limit. */
#define CANVAS_PAGE_MOST 14400.0
#define CANVAS_COORDINATE_MOST 100000.0

/* Calls come in this order: begin, (page, draw ops …, end of page) …, close. */
struct canvas_ops {
	void (*begin)(struct canvas *canvas, const struct pages *pages);
	void (*begin_page)(struct canvas *canvas, const struct page *page);
	void (*glyphs)(struct canvas *canvas, const struct draw_op *op);
	void (*path)(struct canvas *canvas, const struct draw_op *op);
	void (*link)(struct canvas *canvas, const struct draw_op *op);
	void (*end_page)(struct canvas *canvas);
	bool (*close)(struct canvas *canvas); /* flushes; may fail */
	void (*free)(struct canvas *canvas);  /* never fails */
};

/* The common head of every canvas. */
struct canvas {
	const struct canvas_ops *ops;
	const struct theme *theme;
	char error[160];  /* empty = fine */
	bool is_painted;  /* a canvas is good for one document */
};

void canvas_fail(struct canvas *canvas, const char *format, ...) __attribute__((format(printf, 2, 3)));
const char *canvas_error(const struct canvas *canvas);
/* Paint everything and close; false when the canvas failed.  Does not free. */
bool canvas_paint(struct canvas *canvas, const struct pages *pages);
void canvas_free(struct canvas *canvas); /* NULL allowed */

/* A part of a page, in points from its top left corner. */
struct picture_area {
	double x_pt, y_pt, width_pt, height_pt; /* no width: the whole page */
};
struct picture_options {
	size_t page;   /* 0-based */
	double dpi;
	struct picture_area area;
	bool has_words; /* the file also says in letters what is written on it: png.h */
};
/* PNG of one page; the others are only looked through. */
struct canvas *cairo_canvas_png(const struct theme *theme, const struct picture_options *options, struct buf *output);
/* Reference PDF by Cairo (tests). */
struct canvas *cairo_canvas_pdf(const struct theme *theme, struct buf *output);
/* PDF by libharu's object layer with cut fonts. */
struct fonts;
struct canvas *haru_canvas_new(const struct theme *theme, struct fonts *fonts, struct buf *output);
/* Before painting: a PDF prepared for PDF/A-2u, with the profile of its colours and without attachments. */
void haru_canvas_archive(struct canvas *canvas);
/* One figure as an SVG element with real <text>; draw ops as plot_chart gives them. */
struct svg_options {
	const struct theme *theme;
	struct text id, title, alternative;
	double width_pt, height_pt;
};
void svg_write_figure(struct buf *output, const struct draw_op *ops, size_t op_count, const struct svg_options *options);

#endif
