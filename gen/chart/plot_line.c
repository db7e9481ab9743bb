/* SPDX-License-Identifier: MIT
 *
 * Lines over an ordered axis (years, rounds), each named at its end.
 */
#include <math.h>

#include "chart/plot_kinds.h"
#include "chart/plot_label.h"
#include "chart/plot_scale.h"

#define NAME_SHARE 0.3 /* of the width at most for the names at the ends */
#define FIRST_MARKER 3.4

struct trend {
	struct plot_box area;
	struct plot_scale scale;
	double slot, names; /* width of a category; of the column of names */
	bool is_direct;     /* one line whose every point carries its number */
	struct text *ends;  /* per series: name and last number */
};

static struct path_point point_of(const struct plotter *p, const struct trend *t, size_t s, size_t c)
{
	return (struct path_point){ t->area.x + t->slot * ((double)c + 0.5),
				    t->area.y + t->area.height * (t->scale.high - plot_value(p, s, c)) / (t->scale.high - t->scale.low) };
}

static size_t last_known(const struct plotter *p, size_t s)
{
	size_t c = p->categories;
	while (c > 0 && isnan(plot_value(p, s, c - 1)))
		c--;
	return c ? c - 1 : PLOT_NONE;
}

/* ---- measuring ---------------------------------------------------------------- */

static bool labels_fit(const struct plotter *p, double slot)
{
	if (p->series > 1)
		return false;
	for (size_t c = 0; c < p->categories; c++)
		if (plot_text_width(p, plot_label(p, 0, c), plot_font_bold(plot_font_value(p))) + 4 > slot)
			return false;
	return true;
}

static struct plot_font end_font(const struct plotter *p, size_t s)
{
	struct plot_font font = plot_font_label(p);
	return s == 0 ? plot_font_bold(font) : font;
}

/* "名称 83.3%" at the end of each line; a single line needs no name. */
static void set_names(struct plotter *p, struct trend *t)
{
	t->ends = ARENA_ARRAY(p->arena, struct text, p->series);
	for (size_t s = 0; s < p->series && p->series > 1; s++) {
		size_t last = last_known(p, s);
		struct text value = last == PLOT_NONE ? TEXT("—") : plot_label(p, s, last);
		double room = p->width * NAME_SHARE - plot_text_width(p, value, end_font(p, s)) - 4;
		struct text name = plot_shorten(p, p->name[s], end_font(p, s), fmax(room, 0));
		t->ends[s] = text_format(p->arena, "%.*s%s%.*s", TEXT_ARGS(name), name.size ? " " : "",
		                         TEXT_ARGS(value));
		t->ends[s] = plot_shorten(p, t->ends[s], end_font(p, s), p->width * NAME_SHARE);
		t->names = fmax(t->names, plot_text_width(p, t->ends[s], end_font(p, s)) + 14);
	}
}

static void set_area(struct plotter *p, struct trend *t, double height)
{
	double line = plot_leading(plot_font_label(p)), left = 0;
	t->area = (struct plot_box){ 0, p->top, p->width - t->names, height };
	t->slot = t->area.width / (double)p->categories;
	t->is_direct = labels_fit(p, t->slot) && height >= line * 5;
	if (t->is_direct) {
		t->scale = (struct plot_scale){ .low = p->low, .high = p->high };
		t->area.y += line * 1.2;
		t->area.height -= line * (p->low < 0 ? 2.4 : 1.2);
		return;
	}
	t->scale = plot_scale_of(p->low, p->high, height > 100 ? 5 : 4, p->most > 0 && p->high <= p->most);
	for (size_t i = 0; i < t->scale.count; i++)
		left = fmax(left, plot_text_width(p, plot_axis_text(p, &t->scale, i), plot_font_label(p)));
	t->area.x = left + 5;
	t->area.width -= left + 5;
	t->area.y += line / 2;
	t->area.height -= line;
	t->slot = t->area.width / (double)p->categories;
}

/* ---- drawing ------------------------------------------------------------------ */

/* Missing values break the line; a point alone is a marker. */
static void draw_line(struct plotter *p, const struct trend *t, size_t s)
{
	struct path_point *points = ARENA_ARRAY(p->arena, struct path_point, p->categories);
	size_t count = 0;
	bool has_markers = t->slot >= 7;
	for (size_t c = 0; c <= p->categories; c++) {
		if (c < p->categories && !isnan(plot_value(p, s, c))) {
			points[count++] = point_of(p, t, s, c);
			continue;
		}
		plot_polyline(p, points, count, plot_pen_of(p, s));
		for (size_t i = 0; i < count && (has_markers || count == 1); i++)
			plot_marker(p, (struct path_point){ fmin(fmax(points[i].x, FIRST_MARKER), p->width - FIRST_MARKER), points[i].y }, s, FIRST_MARKER);
		count = 0;
	}
}

/* How much higher than its own point the line stands above one end of that point's number. */
static double rise_beside(const struct plotter *p, const struct trend *t, size_t c, double half)
{
	struct path_point at = point_of(p, t, 0, c);
	double rise = 0;
	for (size_t side = 0; side < 2; side++) {
		size_t other = side == 0 ? c - 1 : c + 1;
		if (other >= p->categories || isnan(plot_value(p, 0, other)))
			continue; /* the first has none before it */
		struct path_point to = point_of(p, t, 0, other);
		rise = fmax(rise, (at.y - to.y) * half / fabs(to.x - at.x));
	}
	return rise;
}

static void draw_values(struct plotter *p, const struct trend *t)
{
	for (size_t c = 0; c < p->categories; c++) {
		bool is_bold = plot_is_stressed(p, c) || c + 1 == p->categories;
		struct plot_font font = is_bold ? plot_font_bold(plot_font_value(p)) : plot_font_value(p);
		double line = plot_leading(font) * 0.72;
		bool is_missing = isnan(plot_value(p, 0, c));
		struct path_point at = point_of(p, t, 0, c);
		if (is_missing)
			at = (struct path_point){ t->area.x + t->slot * ((double)c + 0.5),
						  t->area.y + t->area.height * t->scale.high / (t->scale.high - t->scale.low) };
		bool is_below = plot_value(p, 0, c) < 0;
		double half = plot_text_width(p, plot_label(p, 0, c), font) / 2;
		if (!is_missing && !is_below) /* not into the line that comes down to it or goes up from it */
			line += fmin(fmax(rise_beside(p, t, c, half) - 1, 0), line);
		plot_text(p, plot_label(p, 0, c), is_missing ? plot_font_coloured(font, p->soft) : font,
			  (struct plot_at){ at.x, is_below ? at.y + line : at.y - line, PLOT_MIDDLE });
	}
}

/* Series in the order of their ends from top to bottom; a stable insertion sort, they are few. */
static void sort_ends(const struct plotter *p, const struct trend *t, size_t *order, struct plot_slot *slots)
{
	double size = plot_leading(plot_font_label(p));
	for (size_t s = 0; s < p->series; s++) {
		size_t last = last_known(p, s), at = s;
		double wanted = last == PLOT_NONE ? t->area.y + t->area.height : point_of(p, t, s, last).y;
		for (; at > 0 && slots[at - 1].wanted > wanted; at--) {
			slots[at] = slots[at - 1];
			order[at] = order[at - 1];
		}
		slots[at] = (struct plot_slot){ .wanted = wanted, .size = size };
		order[at] = s;
	}
}

static void draw_names(struct plotter *p, const struct trend *t, double bottom)
{
	size_t *order = ARENA_ARRAY(p->arena, size_t, p->series);
	struct plot_slot *slots = ARENA_ARRAY(p->arena, struct plot_slot, p->series);
	if (p->series < 2)
		return;
	sort_ends(p, t, order, slots);
	size_t step = plot_spread(p, slots, p->series, p->top, bottom);
	double x = p->width - t->names + 4;
	for (size_t i = 0; i < p->series; i += step) {
		size_t s = order[i], last = last_known(p, s);
		if (last != PLOT_NONE) {
			struct path_point end = point_of(p, t, s, last);
			plot_line(p, (struct path_point){ end.x + FIRST_MARKER, end.y },
			          (struct path_point){ x - 1, slots[i].middle }, plot_hairline(p));
		}
		plot_marker(p, (struct path_point){ x + 2, slots[i].middle }, s, FIRST_MARKER);
		plot_text(p, t->ends[s], end_font(p, s), (struct plot_at){ x + 8, slots[i].middle, PLOT_START });
	}
}

static size_t category_lines(const struct plotter *p, double slot, size_t *step)
{
	size_t lines = 1;
	double widest = 0;
	*step = 1;
	bool fits = true;
	for (size_t c = 0; c < p->categories; c++) {
		struct plot_lines label = plot_wrap(p, p->category[c], plot_font_category(p, c), slot - 4, 2);
		fits = fits && !label.is_short;
		lines = label.count > lines ? label.count : lines;
		widest = fmax(widest, plot_text_width(p, p->category[c], plot_font_category(p, c)));
	}
	if (fits && !(lines > 1 && plot_is_year(p->category[0])))
		return lines;
	/* Skipping: an ordered axis can be read between its labels. */
	widest = fmin(widest, p->width / 4);
	while ((double)*step * slot < widest + 6 && *step < p->categories)
		++*step;
	return 1;
}

static void draw_categories(struct plotter *p, const struct trend *t, double top, size_t most_lines)
{
	size_t step, lines = category_lines(p, t->slot, &step);
	lines = lines < most_lines ? lines : most_lines;
	double end = -INFINITY;
	for (size_t c = 0; c < p->categories; c += step) {
		struct plot_font font = plot_font_category(p, c);
		struct plot_lines label = plot_wrap(p, p->category[c], font, fmin((double)step * t->slot - 4, p->width),
		                                    lines);
		plot_text_below(p, &label, font, t->area.x + t->slot * ((double)c + 0.5), top, &end);
	}
}

void plot_trend(struct plotter *p)
{
	struct trend t = { .names = 0 };
	size_t step, lines;
	set_names(p, &t);
	double slot = (p->width - t.names - 20) / (double)p->categories;
	lines = category_lines(p, slot, &step);
	double labels = (double)lines * plot_leading(plot_font_label(p)) + 4;
	double names = (double)p->series * plot_leading(plot_font_label(p)) + 8;
	double body = plot_room(p, fmax(fmin(fmax(p->width * 0.32, 84), 140), names) + labels);
	set_area(p, &t, fmax(body - labels, 12));
	double bottom = p->top + fmax(body - labels, 12);
	if (!t.is_direct)
		plot_axis_upright(p, &t.scale, t.area);
	else
		plot_line(p,
		          (struct path_point){ t.area.x,
		                               t.area.y + t.area.height * t.scale.high / (t.scale.high - t.scale.low) },
			  (struct path_point){ t.area.x + t.area.width,
			                       t.area.y + t.area.height * t.scale.high / (t.scale.high - t.scale.low) },
			  (struct plot_pen){ p->ink, 0.6, { 0, 0 } });
	for (size_t s = p->series; s-- > 0;)
		draw_line(p, &t, s);
	if (t.is_direct)
		draw_values(p, &t);
	draw_names(p, &t, bottom);
	draw_categories(p, &t, bottom + 4, lines);
	p->height = bottom + labels;
}
