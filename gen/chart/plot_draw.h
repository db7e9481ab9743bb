/* SPDX-License-Identifier: MIT
 *
 * What all kinds of chart share: the data made safe, colours, and strokes, areas
 * and texts that become draw ops.  Coordinates are points from the chart's top left
 * corner, y down.  Internal to plot*.c.
 */
#ifndef XINGJI_CHART_PLOT_DRAW_H
#define XINGJI_CHART_PLOT_DRAW_H

#include "base/list.h"
#include "chart/plot.h"

enum { PLOT_COLOURS = 8, PLOT_RISKS = 3 };

/* A chart being drawn.  Numbers beyond ±PLOT_LARGEST are cut to it, infinities count as missing. */
#define PLOT_LARGEST 1e15
struct plotter {
	struct arena *arena;
	struct shaper *shaper;
	const struct plot_options *options;
	enum chart_kind kind; /* may differ from the chart's when the data do not fit it */
	enum chart_palette palette;
	size_t categories, series;
	struct text *category, *name; /* one line, no control characters */
	double *values;               /* [series][category]; NAN = missing */
	struct text *labels;          /* the same: the value in words, "—" when missing */
	double low, high;             /* of the values and zero; low ≤ 0 ≤ high, low < high */
	double most;                  /* top of the scale as asked for; 0 = from the data */
	double line;                  /* rows: where the line stands that they are compared with */
	struct text line_name;        /* missing: no line */
	struct text unit;             /* missing when the labels say it */
	struct text said_unit;        /* then: what the labels end with, for the axis; "%" also without a unit */
	bool *stressed, has_stressed; /* per category; whether any is */
	struct colour ink, soft, hairline, ground, accent, tint, colours[PLOT_COLOURS], risks[PLOT_RISKS];
	double width, height;         /* height: set by the kind */
	double top;                   /* below unit and legend */
	LIST(struct draw_op) ops;
	size_t texts;                 /* draw ops up to and with the last text; 0 before the first */
};
#define PLOT_NONE SIZE_MAX

static inline double plot_value(const struct plotter *p, size_t series, size_t category)
{
	return p->values[series * p->categories + category];
}

static inline bool plot_is_stressed(const struct plotter *p, size_t category)
{
	return p->stressed[category];
}

static inline struct text plot_label(const struct plotter *p, size_t series, size_t category)
{
	return p->labels[series * p->categories + category];
}

/* ---- text ---------------------------------------------------------------- */

struct plot_font {
	int8_t role;
	bool is_bold;
	double size_pt;
	struct colour colour;
};
struct plot_font plot_font_label(const struct plotter *p);
struct plot_font plot_font_value(const struct plotter *p);
/* Variations. */
struct plot_font plot_font_bold(struct plot_font font);
struct plot_font plot_font_coloured(struct plot_font font, struct colour colour);
struct plot_font plot_font_sized(struct plot_font font, double size_pt);
/* The label font of a category: bold and in the accent colour when it is stressed. */
struct plot_font plot_font_category(const struct plotter *p, size_t category);

/* Distance of baselines in a label of several lines. */
double plot_leading(struct plot_font font);
double plot_text_width(const struct plotter *p, struct text text, struct plot_font font);
/* Where the pen stands before each byte of the text, and behind the last: size + 1 numbers, in points. */
double *plot_text_pens(const struct plotter *p, struct text text, struct plot_font font);
enum plot_anchor { PLOT_START, PLOT_MIDDLE, PLOT_END };
struct plot_at {
	double x, y; /* y: the middle of the line, not its baseline */
	enum plot_anchor anchor;
};
void plot_text(struct plotter *p, struct text text, struct plot_font font, struct plot_at at);

/* ---- areas and strokes ---------------------------------------------------- */

struct plot_fill {
	struct colour colour;
	uint8_t pattern, opacity; /* opacity 0 is taken as 255 */
};
struct plot_pen {
	struct colour colour;
	double width_pt, dash_pt[2];
};
struct plot_box {
	double x, y, width, height;
};

/*
 * The fill and stroke of series or slice i: colour and, from the fourth on, a pattern; a
 * shade of one hue where the series are levels, the colours of risk, each lighter than the
 * one before, where they are risks.
 */
struct plot_fill plot_fill_of(const struct plotter *p, size_t i);
struct plot_pen plot_pen_of(const struct plotter *p, size_t i);
struct plot_pen plot_hairline(const struct plotter *p);

/* Empty boxes leave no mark; negative sizes are turned round. */
void plot_rect(struct plotter *p, struct plot_box box, struct plot_fill fill);
void plot_frame(struct plotter *p, struct plot_box box, struct plot_pen pen);
void plot_line(struct plotter *p, struct path_point a, struct path_point b, struct plot_pen pen);
void plot_polyline(struct plotter *p, const struct path_point *points, size_t count, struct plot_pen pen);
void plot_polygon(struct plotter *p, const struct path_point *points, size_t count, struct plot_fill fill);
void plot_polygon_outline(struct plotter *p, const struct path_point *points, size_t count, struct plot_pen pen);
/* A piece of a ring from angle `from` to `to`, in radians clockwise from 12 o'clock. */
struct plot_ring {
	double x, y, inner, outer, from, to;
};
void plot_ring(struct plotter *p, struct plot_ring ring, struct plot_fill fill);
/* Circle, square, triangle, diamond … by i, hollow for odd i. */
void plot_marker(struct plotter *p, struct path_point at, size_t i, double size_pt);

/* Whether a number may stand in a segment that wide: a hatched one must still be seen beside the number's plate. */
bool plot_text_fits(const struct plotter *p, struct text text, struct plot_font font, double width,
		    struct plot_fill fill);
/* A number in a segment: upon a hatched fill it gets a plate in the ground colour. */
void plot_text_upon(struct plotter *p, struct text text, struct plot_font font, struct path_point middle,
		    struct plot_fill fill);

#endif
