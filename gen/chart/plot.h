/* SPDX-License-Identifier: MIT
 *
 * Charts as data become shapes: draw ops at (0, 0) … (width, height), for pages and
 * for SVG alike.
 */
#ifndef XINGJI_CHART_PLOT_H
#define XINGJI_CHART_PLOT_H

#include "doc/doc.h"
#include "setting/draw_op.h"
#include "setting/shape.h"

struct plot_options {
	const struct theme *theme;
	const struct style *label, *value; /* STYLE_CHART_LABEL and STYLE_CHART_VALUE */
	double width_pt;                   /* given; the height follows from kind and data */
	double most_height_pt;             /* never taller */
	struct span span;                  /* blamed for missing characters */
};

struct plot {
	const struct draw_op *ops; /* tag 0 means "the figure": the caller rewrites tags */
	size_t op_count;
	double width_pt, height_pt;
};

/*
 * Never fails: no data gives a quiet box that says so with the chart's unit.  The
 * draw ops live in arena.  Readable in grey: patterns as well as colours, direct
 * labels, zero baselines, labels that do not collide.
 */
struct plot plot_chart(struct arena *arena, struct shaper *shaper, const struct chart *chart,
		       const struct plot_options *options);

#endif
