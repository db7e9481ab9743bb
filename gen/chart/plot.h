/* SPDX-License-Identifier: MIT
 *
 * Charts as data become shapes: marks at (0, 0) … (width, height), for pages and
 * for SVG alike.
 */
#ifndef XINGJI_CHART_PLOT_H
#define XINGJI_CHART_PLOT_H

#include "doc/doc.h"
#include "setting/mark.h"
#include "setting/shape.h"

struct plot_options {
	const struct theme *theme;
	const struct style *label, *value; /* STYLE_CHART_LABEL and STYLE_CHART_VALUE */
	double width_pt;                   /* given; the height follows from kind and data */
	double most_height_pt;             /* never taller */
	struct span span;                  /* blamed for missing characters */
};

struct plot {
	const struct mark *marks; /* tag 0 means "the figure": the caller rewrites tags */
	size_t mark_count;
	double width_pt, height_pt;
};

/*
 * Never fails: no data gives a quiet box that says so with the chart's unit.  The
 * marks live in arena.  Readable in grey: patterns as well as colours, direct
 * labels, zero baselines, labels that do not collide.
 */
struct plot plot_chart(struct arena *arena, struct shaper *shaper, const struct chart *chart, const struct plot_options *options);

#endif
