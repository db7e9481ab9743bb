/* SPDX-License-Identifier: MIT
 *
 * One bar a category, and on it a tick where the others stand: short rows with the
 * numbers of both beside them, in two columns when there are many.  The names of the
 * two stand over their numbers, so no legend is needed.  A number below zero has no bar.
 */
#include <math.h>

#include "chart/plot_kinds.h"
#include "chart/plot_label.h"

enum { COLUMNS_FROM = 6 /* categories for two columns */ };
#define PITCH 14.5
#define BAR 7.0
#define COLUMN_LEAST 195.0
#define BAR_LEAST 12.0
#define GAP 7.0
#define GUTTER 24.0

struct compare {
	size_t columns, lines;
	double width, pitch, label, bar, numbers[2]; /* of one column and its parts */
	double high; /* of the scale */
	struct plot_font font, value;
};

bool plot_compare_fits(struct plotter *p)
{
	return p->series <= 2;
}

static double number_width(const struct plotter *p, const struct compare *c, size_t series)
{
	double width = p->series > 1 ? plot_text_width(p, p->name[series], c->font) : 0;
	for (size_t i = 0; i < p->categories; i++)
		width = fmax(width, plot_text_width(p, plot_label(p, series, i), plot_font_bold(c->value)));
	return width;
}

static void solve(struct plotter *p, struct compare *c)
{
	c->high = p->high > 0 ? p->high : 1;
	c->font = plot_font_label(p);
	c->value = plot_font_value(p);
	c->columns = p->categories >= COLUMNS_FROM && p->width >= 2 * COLUMN_LEAST + GUTTER ? 2 : 1;
	c->lines = (p->categories + c->columns - 1) / c->columns;
	c->width = (p->width - GUTTER * (double)(c->columns - 1)) / (double)c->columns;
	double numbers = 0;
	for (size_t s = 0; s < p->series; s++) {
		c->numbers[s] = fmin(number_width(p, c, s), c->width * 0.22);
		numbers += c->numbers[s] + GAP;
	}
	for (size_t i = 0; i < p->categories; i++)
		c->label = fmax(c->label, plot_text_width(p, p->category[i], plot_font_bold(c->font)));
	c->label = fmax(fmin(fmin(c->label, c->width * 0.42), c->width - GAP - numbers - BAR_LEAST), 0);
	c->bar = fmax(c->width - c->label - GAP - numbers, 0);
	p->top += p->series > 1 ? plot_leading(c->font) + 2 : 0;
	c->pitch = plot_room(p, PITCH * (double)c->lines) / (double)c->lines;
}

static void draw_names(struct plotter *p, const struct compare *c, double left)
{
	double right = left + c->width, y = p->top - plot_leading(c->font) / 2 - 2;
	struct plot_font soft = plot_font_coloured(c->font, p->soft);
	right -= c->numbers[1] + GAP;
	for (size_t s = 0; s < p->series; s++) {
		plot_text(p, plot_shorten(p, p->name[s], soft, c->numbers[s] + GAP / 2), soft,
		          (struct plot_at){ right, y, PLOT_END });
		right += c->numbers[1] + GAP;
	}
}

/* The tick in ink over a thin line of ground: seen on the bar and beside it. */
static void draw_tick(struct plotter *p, const struct compare *c, double x, double y)
{
	double half = fmin(fmin(BAR, c->pitch * 0.6) / 2 + 1.8, c->pitch / 2);
	plot_line(p, (struct path_point){ x, y - half }, (struct path_point){ x, y + half },
	          (struct plot_pen){ p->ground, 2.6, { 0, 0 } });
	plot_line(p, (struct path_point){ x, y - half }, (struct path_point){ x, y + half },
	          (struct plot_pen){ p->ink, 1.2, { 0, 0 } });
}

static void draw_row(struct plotter *p, const struct compare *c, size_t i)
{
	size_t column = i / c->lines;
	double left = (c->width + GUTTER) * (double)column, y = p->top + c->pitch * ((double)(i % c->lines) + 0.5);
	double value = plot_value(p, 0, i), other = p->series > 1 ? plot_value(p, 1, i) : NAN;
	double x = left + c->label + GAP;
	double thick = fmin(BAR, c->pitch * 0.6);
	bool is_under = !isnan(value) && !isnan(other) && value < other;
	struct plot_font font = plot_font_sized(plot_is_stressed(p, i) ? plot_font_bold(c->font) : c->font,
	                                        fmin(c->font.size_pt, c->pitch / 1.12));
	plot_text(p, plot_shorten(p, p->category[i], font, c->label), font, (struct plot_at){ left, y, PLOT_START });
	plot_rect(p, (struct plot_box){ x, y - thick / 2, c->bar, thick }, (struct plot_fill){ .colour = p->tint });
	if (!isnan(value))
		plot_rect(p, (struct plot_box){ x, y - thick / 2, c->bar * fmax(value, 0) / c->high, thick },
			  (struct plot_fill){ .colour = is_under || p->series < 2 ? p->colours[0] : p->colours[1] });
	if (!isnan(other))
		draw_tick(p, c, x + c->bar * fmax(other, 0) / c->high, y);
	double right = left + c->width - (p->series > 1 ? c->numbers[1] + GAP : 0);
	struct plot_font bold = plot_font_sized(is_under ? plot_font_bold(c->value) : c->value, font.size_pt);
	plot_text(p, plot_shorten(p, plot_label(p, 0, i), bold, c->numbers[0] + GAP / 2), bold,
	          (struct plot_at){ right, y, PLOT_END });
	if (p->series < 2)
		return;
	bold = plot_font_sized(plot_font_coloured(c->value, p->soft), font.size_pt);
	plot_text(p, plot_shorten(p, plot_label(p, 1, i), bold, c->numbers[1] + GAP / 2), bold,
	          (struct plot_at){ left + c->width, y, PLOT_END });
}

void plot_compare(struct plotter *p)
{
	struct compare compare = { 0 };
	solve(p, &compare);
	for (size_t i = 0; p->series > 1 && i < compare.columns; i++)
		draw_names(p, &compare, (compare.width + GUTTER) * (double)i);
	for (size_t i = 0; i < p->categories; i++)
		draw_row(p, &compare, i);
	p->height = p->top + compare.pitch * (double)compare.lines;
}
