/* SPDX-License-Identifier: MIT
 *
 * Horizontal bars, grouped or stacked: the kind that can show anything.  A column of
 * labels, bars from a common zero, numbers at their ends.
 */
#include <math.h>

#include "base/clamp.h"
#include "chart/plot_kinds.h"
#include "chart/plot_label.h"
#include "chart/plot_scale.h"

#define LABEL_SHARE 0.36 /* of the width at most for the column of labels */
#define SMALLEST_TYPE 5.5
#define LEAST_SQUEEZE 0.85

struct rows {
	double x, width;          /* of the bars' area: from the low to the high end of the scale */
	double column;            /* width of the labels */
	double pitch, thickness;  /* of a category; of one bar */
	size_t side_by_side;
	size_t label_lines;
	struct plot_scale scale;
	bool is_direct;           /* all numbers stand at their bars */
	struct plot_font label, value;
};

static double widest(const struct plotter *p, const struct text *texts, size_t count, struct plot_font font)
{
	double width = 0;
	for (size_t i = 0; i < count; i++)
		width = fmax(width, plot_text_width(p, texts[i], font));
	return width;
}

static struct plot_font category_font(const struct plotter *p, const struct rows *r, size_t c)
{
	return plot_font_sized(plot_font_category(p, c), r->label.size_pt);
}

/* As high as looks well, squeezed into the room there is; type shrinks with the pitch. */
static void set_heights(struct plotter *p, struct rows *r, double foot)
{
	r->side_by_side = plot_bar_stacked(p) ? 1 : p->series;
	double line = plot_leading(r->label), count = (double)p->categories;
	static const double bars_pt[] = { 11, 9, 8 }; /* alone, two side by side, more */
	double bar = bars_pt[clamp((int64_t)r->side_by_side - 1, 0, 2)];
	double wanted = fmax(bar * (double)r->side_by_side + (r->side_by_side > 1 ? 7 : 5.5),
	                     line * (double)r->label_lines + 2.5);
	r->pitch = (plot_room(p, wanted * count + foot) - foot) / count;
	r->thickness = fmin(bar, r->pitch * 0.76 / (double)r->side_by_side);
	/* Two lines in type a little smaller say more than one that is cut off. */
	double squeeze = r->pitch / (line * (double)r->label_lines);
	if (squeeze < LEAST_SQUEEZE)
		r->label_lines = 1;
	else
		r->label.size_pt *= fmin(squeeze, 1);
	r->label.size_pt = fmin(r->label.size_pt, fmax(r->pitch / 1.12, SMALLEST_TYPE));
	r->value.size_pt = fmin(r->value.size_pt,
	                        fmax((r->side_by_side > 1 ? r->thickness : r->pitch) / 1.12, SMALLEST_TYPE));
}

static void set_column(struct plotter *p, struct rows *r)
{
	double most = p->width * LABEL_SHARE, width = 0;
	r->label_lines = 1;
	for (size_t c = 0; c < p->categories; c++) {
		struct plot_lines lines = plot_wrap(p, p->category[c], category_font(p, r, c), most, 2);
		r->label_lines = lines.count > r->label_lines ? lines.count : r->label_lines;
		width = fmax(width, lines.width);
	}
	r->column = width;
}

/* Whether the pitch leaves room for the numbers. */
static bool labels_fit(const struct plotter *p, const struct rows *r)
{
	double line = r->value.size_pt * 1.1;
	if (plot_bar_stacked(p))
		return false;
	return r->side_by_side == 1 ? r->pitch >= line : r->thickness >= line * 0.99;
}

static void set_scale(struct plotter *p, struct rows *r)
{
	r->x = r->column > 0 ? r->column + 6 : 0;
	r->width = p->width - r->x;
	r->scale = (struct plot_scale){ .low = p->low, .high = p->high };
	if (r->is_direct) {
		double room = fmin(widest(p, p->labels, p->series * p->categories, plot_font_bold(r->value)) + 4,
		                   r->width * 0.4);
		r->width -= room;
		if (p->low < 0) {
			r->x += room;
			r->width -= room;
		}
		return;
	}
	double total = 0;
	for (size_t c = 0; c < p->categories && plot_bar_stacked(p); c++)
		total = fmax(total, plot_text_width(p, plot_bar_total(p, c), plot_font_bold(r->value)));
	r->width -= total > 0 ? fmin(total + 4, r->width * 0.4) : 0;
}

static double x_of(const struct rows *r, double value)
{
	return r->x + r->width * (value - r->scale.low) / (r->scale.high - r->scale.low);
}

/* ---- drawing ------------------------------------------------------------------ */

/* A number at the end of its bar, shortened when the bar leaves no room (a label of 40 characters). */
static void draw_value(struct plotter *p, const struct rows *r, size_t s, size_t c, double y)
{
	double value = plot_value(p, s, c), end = x_of(r, isnan(value) ? 0 : value);
	struct plot_font font = plot_is_stressed(p, c) ? plot_font_bold(r->value) : r->value;
	if (isnan(value))
		font.colour = p->soft;
	double room = value < 0 ? end - r->column - 6 : p->width - end - 3;
	struct text text = plot_shorten(p, plot_label(p, s, c), font, room);
	plot_text(p, text, font,
	          (struct plot_at){ value < 0 ? end - 3 : end + 3, y, value < 0 ? PLOT_END : PLOT_START });
}

static void draw_bar(struct plotter *p, const struct rows *r, size_t s, size_t c)
{
	double from, to, middle = p->top + r->pitch * ((double)c + 0.5);
	plot_bar_extent(p, s, c, &from, &to);
	double top = middle - r->thickness * (double)r->side_by_side / 2 + (r->side_by_side > 1 ? r->thickness * (double)s : 0);
	double gap = r->side_by_side > 1 ? fmin(0.8, r->thickness / 6) : 0;
	struct plot_box box = { x_of(r, from), top, x_of(r, to) - x_of(r, from), r->thickness - gap };
	struct plot_fill fill = plot_bar_fill(p, s, c);
	plot_rect(p, box, fill);
	if (!plot_bar_stacked(p)) {
		if (r->is_direct)
			draw_value(p, r, s, c, top + r->thickness / 2);
		return;
	}
	if (from != 0)
		plot_line(p, (struct path_point){ box.x, top }, (struct path_point){ box.x, top + r->thickness },
			  (struct plot_pen){ p->ground, 0.8, { 0, 0 } });
	double size = fmin(r->value.size_pt, r->thickness - 1);
	struct plot_font font = plot_font_sized(r->value, size);
	if (size >= SMALLEST_TYPE && plot_text_fits(p, plot_label(p, s, c), font, fabs(box.width), fill))
		plot_text_upon(p, plot_label(p, s, c), font, (struct path_point){ box.x + box.width / 2, middle },
		               fill);
}

static void draw_total(struct plotter *p, const struct rows *r, size_t c)
{
	double from, to;
	struct text total = plot_bar_total(p, c);
	plot_bar_extent(p, p->series - 1, c, &from, &to);
	struct plot_font font = plot_font_bold(r->value);
	double x = x_of(r, to) + 4;
	if (total.size && r->pitch >= font.size_pt * 1.1)
		plot_text(p, plot_shorten(p, total, font, p->width - x + 0.1), font,
		          (struct plot_at){ x, p->top + r->pitch * ((double)c + 0.5), PLOT_START });
}

/* ---- the line that all are compared with ------------------------------------------ */

static struct plot_pen line_pen(const struct plotter *p)
{
	return (struct plot_pen){ p->ink, 0.8, { 3, 2 } };
}

/* Dashes on a thread of the ground's colour, so that they are seen upon dark bars too. */
static void draw_piece(struct plotter *p, double x, double from, double to)
{
	struct path_point a = { x, from }, b = { x, to };
	plot_line(p, a, b, (struct plot_pen){ p->ground, 2, { 0, 0 } });
	plot_line(p, a, b, line_pen(p));
}

/* Whether the number at the end of a bar stands where the line would go through it. */
static bool is_number_at(const struct plotter *p, const struct rows *r, size_t c, double x)
{
	double value = plot_value(p, 0, c), end = x_of(r, isnan(value) ? 0 : value);
	double width = plot_text_width(p, plot_label(p, 0, c), r->value) + 4;
	return r->is_direct && (value < 0 ? x > end - width && x < end : x < end + width && x > end);
}

/* Its name above, and the line down to the last bar, upon the bars and not through a number. */
static void draw_compared(struct plotter *p, const struct rows *r)
{
	struct plot_font font = plot_font_label(p);
	struct text name = plot_shorten(p, p->line_name, font, p->width);
	double x = x_of(r, p->line), y = p->top - 2, width = plot_text_width(p, name, font);
	plot_text(p, name, font,
	          (struct plot_at){ fmin(fmax(x, width / 2), fmax(p->width - width / 2, width / 2)),
	                            p->top - plot_leading(font) / 2 - 2, PLOT_MIDDLE });
	for (size_t c = 0; c < p->categories; c++) {
		double middle = p->top + r->pitch * ((double)c + 0.5), half = r->value.size_pt * 0.55;
		if (!is_number_at(p, r, c, x))
			continue;
		draw_piece(p, x, y, middle - half);
		y = middle + half;
	}
	draw_piece(p, x, y, p->top + r->pitch * (double)p->categories);
}

/* Labels that would touch even in the smallest type are shown every second, third … */
static void draw_labels(struct plotter *p, const struct rows *r)
{
	size_t step = (size_t)ceil(r->label.size_pt * 1.1 / r->pitch);
	step = step < 1 ? 1 : step;
	for (size_t c = 0; c < p->categories; c += step) {
		struct plot_font font = category_font(p, r, c);
		struct plot_lines lines = plot_wrap(p, p->category[c], font, r->column + 0.01, r->label_lines);
		plot_text_lines(p, &lines, font,
		                (struct plot_at){ r->column, p->top + r->pitch * ((double)c + 0.5), PLOT_END });
	}
}

/* Whether every segment or every stack shows its number, so that no axis is needed. */
static bool segments_fit(const struct plotter *p, const struct rows *r)
{
	struct plot_font font = plot_font_sized(r->value, fmin(r->value.size_pt, r->thickness - 1));
	if (!plot_bar_stacked(p))
		return false;
	size_t totals = 0;
	while (totals < p->categories && plot_bar_total(p, totals).size)
		totals++;
	if (totals == p->categories && r->pitch >= r->value.size_pt * 1.1)
		return true;
	if (font.size_pt < SMALLEST_TYPE)
		return false;
	double scale = r->width / (p->high - p->low);
	for (size_t i = 0; i < p->series * p->categories; i++)
		if (!isnan(p->values[i]) && p->values[i] != 0 &&
		    !plot_text_fits(p, p->labels[i], font, fabs(p->values[i]) * scale,
		                    plot_fill_of(p, i / p->categories)))
			return false;
	return true;
}

void plot_row(struct plotter *p)
{
	struct rows r = { .label = plot_font_label(p), .value = plot_font_value(p) };
	bool is_compared = p->line_name.size && p->kind == CHART_HORIZONTAL;
	p->top += is_compared ? plot_leading(r.label) + 3 : 0;
	set_column(p, &r);
	set_heights(p, &r, 0);
	r.is_direct = labels_fit(p, &r);
	set_scale(p, &r);
	double foot = 0;
	if (!r.is_direct && !segments_fit(p, &r)) {
		foot = plot_leading(r.label) + 4;
		set_heights(p, &r, foot);
		r.scale = plot_scale_of(p->low, p->high, 6, p->most > 0 && p->high <= p->most);
	}
	double height = r.pitch * (double)p->categories;
	for (size_t c = 0; c < p->categories; c++)
		if (plot_is_stressed(p, c) && p->series > 1)
			plot_rect(p, (struct plot_box){ 0, p->top + r.pitch * (double)c, p->width, r.pitch },
			          (struct plot_fill){ p->tint, 0, 255 });
	if (foot > 0)
		plot_axis_level(p, &r.scale, (struct plot_box){ r.x, p->top, r.width, height });
	for (size_t c = 0; c < p->categories; c++) {
		for (size_t s = 0; s < p->series; s++)
			draw_bar(p, &r, s, c);
		draw_total(p, &r, c);
	}
	plot_line(p, (struct path_point){ x_of(&r, 0), p->top }, (struct path_point){ x_of(&r, 0), p->top + height },
		  (struct plot_pen){ p->ink, 0.6, { 0, 0 } });
	draw_labels(p, &r);
	if (is_compared)
		draw_compared(p, &r);
	p->height = p->top + height + foot;
}
