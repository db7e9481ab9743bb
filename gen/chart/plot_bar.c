/* SPDX-License-Identifier: MIT
 *
 * Vertical bars, grouped or stacked.  Where every bar has room for its number there
 * is no axis; else the axis has few lines and the numbers stand in the table.
 */
#include <math.h>

#include "base/utf8.h"
#include "chart/plot_kinds.h"
#include "chart/plot_label.h"
#include "chart/plot_scale.h"

enum { LABEL_LINES = 3, CROWD = 24 };
#define WIDEST_BAR 34.0
#define THINNEST_BAR 3.0
#define SMALLEST_TYPE 6.5

struct bars {
	struct plot_box area;       /* from the top of the scale to its bottom */
	struct plot_scale scale;
	double slot, thickness, gap;
	size_t side_by_side;        /* bars in a slot */
	bool is_direct;             /* every bar carries its number */
	struct plot_font value;
	double label_size;
};

/* ---- shared with rows -------------------------------------------------------- */

bool plot_bar_stacked(const struct plotter *p)
{
	return p->kind == CHART_STACKED || p->kind == CHART_STACKED_HORIZONTAL;
}

struct plot_fill plot_bar_fill(const struct plotter *p, size_t series, size_t category)
{
	if (p->series > 1 || !p->has_stressed)
		return plot_fill_of(p, series);
	return plot_is_stressed(p, category) ? (struct plot_fill){ p->accent, 0, 255 } : plot_fill_of(p, 1);
}

void plot_bar_extent(const struct plotter *p, size_t series, size_t category, double *from, double *to)
{
	double value = plot_value(p, series, category);
	*from = 0;
	if (plot_bar_stacked(p))
		for (size_t s = 0; s < series; s++) {
			double below = plot_value(p, s, category);
			if (!isnan(below) && (below < 0) == (value < 0))
				*from += below;
		}
	*to = *from + (isnan(value) ? 0 : value);
}

struct text plot_bar_total(const struct plotter *p, size_t category)
{
	double sum = 0;
	if (!plot_bar_stacked(p) || p->series < 2 || p->most > 0)
		return NO_TEXT;
	for (size_t s = 0; s < p->series; s++) {
		double value = plot_value(p, s, category);
		if (isnan(value) || value < 0 || text_ends(plot_label(p, s, category), "%"))
			return NO_TEXT;
		sum += value;
	}
	return plot_number(p->arena, sum);
}

/* ---- measuring ---------------------------------------------------------------- */

static bool all_years(const struct plotter *p)
{
	for (size_t c = 0; c < p->categories; c++)
		if (!plot_is_year(p->category[c]))
			return false;
	return true;
}

bool plot_bar_fits(struct plotter *p)
{
	double slot = (p->width - 24) / (double)p->categories;
	size_t bars = plot_bar_stacked(p) ? 1 : p->series;
	if (slot * 0.8 / (double)bars < THINNEST_BAR)
		return false;
	if (all_years(p))
		return true;
	if (p->categories > CROWD)
		return false;
	for (size_t c = 0; c < p->categories; c++)
		if (plot_wrap(p, p->category[c], plot_font_category(p, c), slot - 4, LABEL_LINES).is_short)
			return false;
	return true;
}

static double widest_label(const struct plotter *p, struct plot_font font)
{
	double widest = 0;
	for (size_t i = 0; i < p->series * p->categories; i++)
		widest = fmax(widest, plot_text_width(p, p->labels[i], font));
	return widest;
}

/* Whether each segment of each stack has room for its number. */
static bool segments_fit(const struct plotter *p, const struct bars *b)
{
	double scale = b->area.height / (p->high - p->low);
	for (size_t i = 0; i < p->series * p->categories; i++)
		if (!isnan(p->values[i]) && p->values[i] != 0 && fabs(p->values[i]) * scale < b->value.size_pt + 1.5)
			return false;
	return widest_label(p, b->value) + 2 <= b->thickness;
}

static void set_widths(const struct plotter *p, struct bars *b)
{
	b->slot = b->area.width / (double)p->categories;
	b->side_by_side = plot_bar_stacked(p) ? 1 : p->series;
	double pitch = fmin(b->slot * (b->side_by_side > 1 ? 0.84 : 0.66) / (double)b->side_by_side, WIDEST_BAR);
	b->gap = b->side_by_side > 1 ? fmin(1, pitch / 8) : 0;
	b->thickness = pitch - b->gap;
}

static bool labels_fit(const struct plotter *p, struct bars *b)
{
	double room = b->side_by_side == 1 ? b->slot - 3 : b->thickness + b->gap - 1;
	for (; b->value.size_pt >= SMALLEST_TYPE; b->value.size_pt -= 0.5)
		if (plot_bar_stacked(p) ? segments_fit(p, b) : widest_label(p, b->value) <= room)
			return true;
	b->value = plot_font_value(p);
	return false;
}

/* Totals above all stacks tell the scale, too. */
static bool totals_fit(const struct plotter *p, const struct bars *b)
{
	for (size_t c = 0; c < p->categories; c++) {
		struct text total = plot_bar_total(p, c);
		if (!total.size || plot_text_width(p, total, plot_font_bold(plot_font_value(p))) > b->slot - 2)
			return false;
	}
	return true;
}

static double widest_tick(const struct plotter *p, const struct plot_scale *scale)
{
	double widest = 0;
	for (size_t i = 0; i < scale->count; i++)
		widest = fmax(widest, plot_text_width(p, plot_axis_text(p, scale, i), plot_font_label(p)));
	return widest;
}

/* Body of the chart: numbers above (and below, for negative ones), bars between. */
static void set_scale(const struct plotter *p, struct bars *b)
{
	if (b->is_direct) {
		double line = plot_leading(b->value);
		b->area.y += line;
		b->area.height -= line * (p->low < 0 ? 2 : 1);
		b->scale = (struct plot_scale){ .low = p->low, .high = p->high };
		return;
	}
	b->scale = plot_scale_of(p->low, p->high, b->area.height > 100 ? 5 : 4, p->most > 0 && p->high <= p->most);
	double left = widest_tick(p, &b->scale) + 5, line = plot_leading(plot_font_label(p));
	b->area.x += left;
	b->area.width -= left;
	b->area.y += line / 2;
	b->area.height -= line;
	set_widths(p, b);
}

static double y_of(const struct bars *b, double value)
{
	return b->area.y + b->area.height * (b->scale.high - value) / (b->scale.high - b->scale.low);
}

/* ---- drawing ------------------------------------------------------------------ */

static void draw_bar(struct plotter *p, const struct bars *b, size_t s, size_t c)
{
	double from, to, value = plot_value(p, s, c);
	plot_bar_extent(p, s, c, &from, &to);
	double group = b->thickness * (double)b->side_by_side + b->gap * (double)(b->side_by_side - 1);
	double x = b->area.x + b->slot * ((double)c + 0.5) - group / 2;
	x += plot_bar_stacked(p) ? 0 : (b->thickness + b->gap) * (double)s;
	struct plot_fill fill = plot_bar_fill(p, s, c);
	struct plot_box box = { x, y_of(b, to), b->thickness, y_of(b, from) - y_of(b, to) };
	plot_rect(p, box, fill);
	struct plot_font font = plot_is_stressed(p, c) ? plot_font_bold(b->value) : b->value;
	double middle = x + b->thickness / 2, line = plot_leading(font) / 2;
	if (plot_bar_stacked(p)) {
		if (from != 0)
			plot_line(p, (struct path_point){ x, y_of(b, from) },
			          (struct path_point){ x + b->thickness, y_of(b, from) },
				  (struct plot_pen){ p->ground, 0.8, { 0, 0 } });
		if (fabs(box.height) >= font.size_pt + (fill.pattern ? 6 : 1.5) &&
		    plot_text_width(p, plot_label(p, s, c), font) + 2 <= b->thickness)
			plot_text_upon(p, plot_label(p, s, c), font,
			               (struct path_point){ middle, box.y + box.height / 2 }, fill);
	} else if (b->is_direct) {
		double y = value < 0 ? y_of(b, to) + line : y_of(b, to) - line;
		plot_text(p, plot_label(p, s, c), isnan(value) ? plot_font_coloured(font, p->soft) : font,
		          (struct plot_at){ middle, y, PLOT_MIDDLE });
	}
}

static void draw_total(struct plotter *p, const struct bars *b, size_t c)
{
	double from, to;
	struct text total = plot_bar_total(p, c);
	struct plot_font font = plot_font_bold(plot_font_value(p));
	plot_bar_extent(p, p->series - 1, c, &from, &to);
	double y = y_of(b, to) - plot_leading(font) / 2;
	if (plot_text_width(p, total, font) <= b->slot - 2 && y > p->top + font.size_pt / 2)
		plot_text(p, total, font, (struct plot_at){ b->area.x + b->slot * ((double)c + 0.5), y, PLOT_MIDDLE });
}

static struct plot_font category_font(const struct plotter *p, double size, size_t c)
{
	return plot_font_sized(plot_font_category(p, c), size);
}

/* Lines of the highest label; a slightly smaller type is better than a second line. */
static size_t set_label_size(const struct plotter *p, struct bars *b, double slot)
{
	double full = plot_font_label(p).size_pt;
	b->label_size = full;
	if (all_years(p))
		return 1;
	for (; b->label_size >= full - 1; b->label_size -= 0.5) {
		size_t c = 0;
		while (c < p->categories &&
		       plot_text_width(p, p->category[c], category_font(p, b->label_size, c)) <= slot - 2.5)
			c++;
		if (c == p->categories)
			return 1;
	}
	b->label_size = full;
	size_t most = 1;
	for (size_t c = 0; c < p->categories; c++) {
		size_t count = plot_wrap(p, p->category[c], plot_font_category(p, c), slot - 4, LABEL_LINES).count;
		most = count > most ? count : most;
	}
	return most;
}

/* Of years every second, third … when they are many. */
static void draw_labels(struct plotter *p, const struct bars *b, double top)
{
	size_t step = 1;
	if (all_years(p)) {
		double widest = 0;
		for (size_t c = 0; c < p->categories; c++)
			widest = fmax(widest, plot_text_width(p, p->category[c], plot_font_bold(plot_font_label(p))));
		while ((double)step * b->slot < widest + 4 && step < p->categories)
			step++;
	}
	double end = -INFINITY;
	for (size_t c = 0; c < p->categories; c += step) {
		struct plot_font font = category_font(p, b->label_size, c);
		double width = step > 1 || p->categories == 1 ? p->width : b->slot - 2.5;
		struct plot_lines lines = plot_wrap(p, p->category[c], font, width, LABEL_LINES);
		plot_text_below(p, &lines, font, b->area.x + b->slot * ((double)c + 0.5), top, &end);
	}
}

void plot_bar(struct plotter *p)
{
	struct bars b = { .value = plot_font_value(p), .area = { 0, p->top, p->width, 0 } };
	size_t lines = set_label_size(p, &b, (p->width - 24) / (double)p->categories);
	double labels = (double)lines * plot_leading(plot_font_label(p)) + 4;
	double body = plot_room(p, fmin(fmax(p->width * 0.29, 84), 140) + labels);
	b.area.height = fmax(body - labels, 12);
	double bottom = p->top + b.area.height;
	set_widths(p, &b);
	b.is_direct = b.area.height >= plot_leading(b.value) * (p->low < 0 ? 4 : 3) &&
	              (labels_fit(p, &b) || totals_fit(p, &b));
	set_scale(p, &b);
	if (!b.is_direct)
		plot_axis_upright(p, &b.scale, b.area);
	for (size_t c = 0; c < p->categories; c++)
		if (plot_is_stressed(p, c) && p->series > 1 && !plot_bar_stacked(p))
			plot_rect(p,
			          (struct plot_box){ b.area.x + b.slot * (double)c, b.area.y, b.slot, b.area.height },
				  (struct plot_fill){ p->tint, 0, 255 });
	for (size_t c = 0; c < p->categories; c++) {
		for (size_t s = 0; s < p->series; s++)
			draw_bar(p, &b, s, c);
		draw_total(p, &b, c);
	}
	plot_line(p, (struct path_point){ b.area.x, y_of(&b, 0) },
	          (struct path_point){ b.area.x + b.area.width, y_of(&b, 0) },
		  (struct plot_pen){ p->ink, 0.6, { 0, 0 } });
	draw_labels(p, &b, bottom + 4);
	p->height = bottom + labels;
}
