/* SPDX-License-Identifier: MIT
 *
 * Round scales and numbers in figures.  Internal to plot*.c.
 */
#ifndef XINGJI_CHART_PLOT_SCALE_H
#define XINGJI_CHART_PLOT_SCALE_H

#include "base/text.h"

struct arena;

enum { PLOT_TICKS_MOST = 12 };

/* Ticks at multiples of step (1, 2 or 5 × 10^n). */
struct plot_scale {
	double low, high; /* the first and last tick: at or beyond the data */
	double step;
	size_t count;     /* 2 … PLOT_TICKS_MOST */
};
/*
 * From about `wanted` ticks over low … high (low ≤ 0 ≤ high, low < high).  With
 * `keeps_high`, high is where the scale ends (100 for percentages).
 */
struct plot_scale plot_scale_of(double low, double high, int wanted, bool keeps_high);
double plot_tick(const struct plot_scale *scale, size_t i);
/* The tick in figures, with as many decimals as its scale needs. */
struct text plot_tick_text(struct arena *arena, const struct plot_scale *scale, size_t i);

/* A value that nobody has formatted: up to two decimals, groups of three from 10,000 on. */
struct text plot_number(struct arena *arena, double value);

#endif
