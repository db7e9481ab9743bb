/* SPDX-License-Identifier: MIT
 *
 * Labels that fit and do not collide: wrapping, shortening with …, spreading.
 * Internal to plot*.c.
 */
#ifndef XINGJI_CHART_PLOT_LABEL_H
#define XINGJI_CHART_PLOT_LABEL_H

#include "chart/plot_draw.h"

enum { PLOT_LINES_MOST = 4 };

struct plot_lines {
	struct text lines[PLOT_LINES_MOST];
	size_t count;  /* 0 for an empty label */
	double width;  /* of the widest */
	bool is_short; /* something was cut off and stands as … */
};

/* The text on one line of at most `width`, its end replaced by … if need be. */
struct text plot_shorten(const struct plotter *p, struct text text, struct plot_font font, double width);
/*
 * The text on at most `most` lines of `width`.  Lines are balanced; they break
 * between Han characters and at spaces, not before closing or after opening marks.
 */
struct plot_lines plot_wrap(const struct plotter *p, struct text text, struct plot_font font, double width,
			    size_t most);
/* Draws the lines; at.y is the middle of the whole. */
void plot_text_lines(struct plotter *p, const struct plot_lines *lines, struct plot_font font, struct plot_at at);
/*
 * Draws a label of an axis around `middle`, moved so that it stays on the plot, with its first
 * line at top; not at all where it would touch the one before, which ends at *end.
 */
void plot_text_below(struct plotter *p, const struct plot_lines *lines, struct plot_font font, double middle,
		     double top, double *end);

/* Things on an axis that must not overlap. */
struct plot_slot {
	double wanted, size; /* middle and extent */
	double middle;       /* set by plot_spread */
};
/*
 * Moves the slots, which are in order of `wanted`, as little as possible so that
 * they neither overlap nor leave [from, to], and returns 1.  When they do not fit
 * they are put evenly, and only every nth can be shown: n is returned.
 */
size_t plot_spread(struct plotter *p, struct plot_slot *slots, size_t count, double from, double to);

/* "2021", "2021年", "2021-Q3": may be left out between others. */
bool plot_is_year(struct text text);

#endif
