/* SPDX-License-Identifier: MIT
 *
 * One function per kind of chart: draws below p->top and sets p->height.  Each
 * copes with any numbers in p->values; plot.c has sent data that a kind cannot show
 * (a negative slice) to another.  Internal to plot*.c.
 */
#ifndef XINGJI_CHART_PLOT_KINDS_H
#define XINGJI_CHART_PLOT_KINDS_H

#include "chart/plot_draw.h"

void plot_bar(struct plotter *p);        /* vertical, grouped or stacked */
void plot_row(struct plotter *p);        /* horizontal, grouped or stacked */
void plot_trend(struct plotter *p);      /* lines */
void plot_radar(struct plotter *p);
void plot_donut(struct plotter *p);
void plot_heat(struct plotter *p);
void plot_funnel(struct plotter *p);
void plot_slope(struct plotter *p);
void plot_compare(struct plotter *p);    /* bars with a tick each */
void plot_tiles(struct plotter *p);      /* a map: squares at their columns and rows */

/* Whether the data fit the kind and the width; what does not becomes rows. */
bool plot_bar_fits(struct plotter *p);
bool plot_radar_fits(struct plotter *p);
bool plot_donut_fits(struct plotter *p);
bool plot_compare_fits(struct plotter *p);
bool plot_tiles_fits(struct plotter *p);
/* Whether the middle of the ring holds the total and its unit. */
bool plot_donut_says_unit(const struct plotter *p);

/* The shade of a cell whose kind's greatest value is `largest`, above zero. */
struct plot_fill plot_heat_shade(const struct plotter *p, double largest, double value);
/* The fill of a bar: with one series, the stressed one in the accent colour among pale ones. */
struct plot_fill plot_bar_fill(const struct plotter *p, size_t series, size_t category);
bool plot_bar_stacked(const struct plotter *p);
/* Where the bar begins and ends on the scale: stacked upon the series before it of its sign, or from zero. */
void plot_bar_extent(const struct plotter *p, size_t series, size_t category, double *from, double *to);
/* The sum of a stack in words; missing when a sum says nothing (percentages, one series, a part missing). */
struct text plot_bar_total(const struct plotter *p, size_t category);

/* The height that remains for the body when `wanted` is asked for below p->top, at least 24. */
double plot_room(const struct plotter *p, double wanted);
/* A tick's words. */
struct plot_scale;
struct text plot_axis_text(const struct plotter *p, const struct plot_scale *scale, size_t i);
/* Ticks with hairlines across box, and the zero line in ink; tick texts left of it (upright) or below. */
void plot_axis_upright(struct plotter *p, const struct plot_scale *scale, struct plot_box box);
void plot_axis_level(struct plotter *p, const struct plot_scale *scale, struct plot_box box);

#endif
