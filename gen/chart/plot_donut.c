/* SPDX-License-Identifier: MIT
 *
 * A ring of shares, clockwise from 12 o'clock, each named outside at the end of a
 * leader; the total stands in the middle.
 */
#include <math.h>

#include "base/utf8.h"
#include "chart/plot_kinds.h"
#include "chart/plot_label.h"
#include "chart/plot_scale.h"

#define PI 3.14159265358979323846
#define ELBOW 8.0    /* from the ring to where the leader bends */
#define LEADER 10.0  /* from the bend's column to the words */

enum { MOST_SLICES = 12 };

struct slice {
	double from, to; /* radians */
	double y;        /* of its label */
	bool is_right;
};

struct donut {
	double x, y, outer, inner, total;
	double above; /* room for labels over the ring, where the small slices of sorted data crowd */
	struct slice *slices;
};

bool plot_donut_fits(struct plotter *p)
{
	double total = 0;
	for (size_t c = 0; c < p->categories; c++)
		total += isnan(plot_value(p, 0, c)) ? 0 : plot_value(p, 0, c);
	double room = plot_room(p, 1e6);
	return p->series == 1 && p->categories <= MOST_SLICES && p->low >= 0 && total > 1e-9 && p->width >= 200 &&
	       room >= 80 && room >= (double)p->categories * plot_leading(plot_font_label(p)) * 0.75;
}

static void cut_slices(struct plotter *p, struct donut *donut)
{
	double at = 0;
	donut->slices = ARENA_ARRAY(p->arena, struct slice, p->categories);
	for (size_t c = 0; c < p->categories; c++)
		donut->total += isnan(plot_value(p, 0, c)) ? 0 : plot_value(p, 0, c);
	for (size_t c = 0; c < p->categories; c++) {
		double value = isnan(plot_value(p, 0, c)) ? 0 : plot_value(p, 0, c);
		double turn = 2 * PI * value / donut->total;
		donut->slices[c] = (struct slice){ .from = at, .to = at + turn, .is_right = at + turn / 2 < PI };
		at += turn;
	}
}

static struct path_point middle_of(const struct donut *donut, const struct slice *slice, double radius)
{
	double angle = (slice->from + slice->to) / 2;
	return (struct path_point){ donut->x + radius * sin(angle), donut->y - radius * cos(angle) };
}

/* Slices go clockwise, so the left side runs from the bottom to the top. */
static bool spread_side(struct plotter *p, struct donut *donut, bool is_right)
{
	struct plot_slot *slots = ARENA_ARRAY(p->arena, struct plot_slot, p->categories);
	size_t *order = ARENA_ARRAY(p->arena, size_t, p->categories), count = 0;
	for (size_t i = 0; i < p->categories; i++) {
		size_t c = is_right ? i : p->categories - 1 - i;
		if (donut->slices[c].is_right != is_right)
			continue;
		order[count] = c;
		slots[count++] = (struct plot_slot){ .wanted = middle_of(donut, &donut->slices[c], donut->outer + ELBOW).y,
						     .size = plot_leading(plot_font_label(p)) + 1 };
	}
	double reach = donut->outer + ELBOW + 5;
	bool fits = plot_spread(p, slots, count, donut->y - reach - donut->above, donut->y + reach) == 1;
	for (size_t i = 0; i < count; i++)
		donut->slices[order[i]].y = slots[i].middle;
	return fits;
}

static void draw_slice(struct plotter *p, const struct donut *donut, size_t c)
{
	const struct slice *slice = &donut->slices[c];
	struct plot_ring ring = { donut->x, donut->y, donut->inner, donut->outer, slice->from, slice->to };
	if (plot_is_stressed(p, c))
		ring.outer += 3;
	plot_ring(p, ring, plot_fill_of(p, c));
}

/* White cuts between slices, drawn over all of them so that they are even. */
static void draw_cuts(struct plotter *p, const struct donut *donut)
{
	for (size_t c = 0; c < p->categories; c++) {
		const struct slice *slice = &donut->slices[c];
		if (slice->to - slice->from < 1e-6 || slice->to - slice->from > 2 * PI - 1e-6)
			continue;
		double s = sin(slice->from), k = cos(slice->from);
		plot_line(p, (struct path_point){ donut->x + donut->inner * s, donut->y - donut->inner * k },
			  (struct path_point){ donut->x + (donut->outer + 3.5) * s,
			                       donut->y - (donut->outer + 3.5) * k },
			  (struct plot_pen){ p->ground, 1.2, { 0, 0 } });
	}
}

static void draw_label(struct plotter *p, const struct donut *donut, size_t c)
{
	const struct slice *slice = &donut->slices[c];
	double side = slice->is_right ? 1 : -1;
	struct path_point start = middle_of(donut, slice, donut->outer + (plot_is_stressed(p, c) ? 4 : 1));
	struct path_point bend = middle_of(donut, slice, donut->outer + ELBOW);
	bend.y = slice->y;
	/* The bend must lie outside the ring at the label's height. */
	double away = fabs(bend.y - donut->y), reach = donut->outer + ELBOW;
	double clear = sqrt(fmax(0, reach * reach - away * away));
	bend.x = donut->x + side * fmax(clear, fabs(start.x - donut->x) + 2);
	struct path_point end = { fmax(fabs(bend.x - donut->x), donut->outer * 0.72) * side + donut->x + side * LEADER,
	                          bend.y };
	plot_polyline(p, (struct path_point[]){ start, bend, end }, 3, (struct plot_pen){ p->soft, 0.4, { 0, 0 } });
	struct plot_font font = plot_font_category(p, c);
	struct plot_font bold = plot_font_coloured(plot_font_bold(plot_font_value(p)), font.colour);
	double x = end.x + side * 3, room = slice->is_right ? p->width - x : x;
	struct text value = plot_shorten(p, plot_label(p, 0, c), bold, room);
	double width = plot_text_width(p, value, bold);
	struct text name = room > width + 5 ? plot_shorten(p, p->category[c], font, room - width - 5) : NO_TEXT;
	double name_width = name.size ? plot_text_width(p, name, font) + 5 : 0;
	double left = slice->is_right ? x : x - name_width - width;
	plot_text(p, name, font, (struct plot_at){ left, bend.y, PLOT_START });
	plot_text(p, value, bold, (struct plot_at){ left + name_width, bend.y, PLOT_START });
}

bool plot_donut_says_unit(const struct plotter *p)
{
	return !text_ends(p->unit, "%") && !text_ends(p->said_unit, "%");
}

/* The total, unless the slices are percentages; the unit under it. */
static void draw_total(struct plotter *p, const struct donut *donut)
{
	if (!plot_donut_says_unit(p))
		return;
	struct text unit = p->unit.size ? p->unit : p->said_unit, total = plot_number(p->arena, donut->total);
	double room = donut->inner * 1.7, size = fmin(donut->inner * 0.55, 18);
	struct plot_font big = plot_font_sized(plot_font_coloured(plot_font_bold(plot_font_value(p)), p->accent), size);
	double width = plot_text_width(p, total, big);
	if (width > room)
		big.size_pt *= room / width;
	struct plot_font quiet = plot_font_coloured(plot_font_label(p), p->soft);
	unit = plot_shorten(p, unit, quiet, room * 0.8);
	double down = unit.size ? big.size_pt * 0.3 : 0;
	plot_text(p, total, big, (struct plot_at){ donut->x, donut->y - down, PLOT_MIDDLE });
	plot_text(p, unit, quiet, (struct plot_at){ donut->x, donut->y + big.size_pt * 0.62, PLOT_MIDDLE });
}

/* Half of what the labels near 12 o'clock need beyond their arc. */
static double crowding(const struct plotter *p, const struct donut *donut)
{
	double line = plot_leading(plot_font_label(p)) + 1, most = 0;
	size_t count = 0;
	for (size_t c = p->categories; c-- > 0; count++) {
		double arc = 2 * PI - donut->slices[c].to;
		if (arc > PI / 3)
			break;
		most = fmax(most, ((double)count + 1) * line - donut->outer * (1 - cos(arc)) * 2);
	}
	return fmax(0, most / 2 - line / 2);
}

void plot_donut(struct plotter *p)
{
	struct donut donut = { .x = p->width / 2 };
	double most = fmin((plot_room(p, 1e6) - 2 * ELBOW - 12) / 2, p->width * 0.2);
	donut.outer = fmin(58, most);
	cut_slices(p, &donut);
	donut.above = fmin(crowding(p, &donut), most / 2);
	for (;;) {
		donut.y = p->top + donut.above + ELBOW + 6 + donut.outer;
		bool fits = spread_side(p, &donut, true);
		fits = spread_side(p, &donut, false) && fits;
		if (fits || donut.outer * 1.1 > most)
			break;
		donut.outer *= 1.1;
	}
	donut.inner = donut.outer * 0.6;
	for (size_t c = 0; c < p->categories; c++)
		draw_slice(p, &donut, c);
	draw_cuts(p, &donut);
	for (size_t c = 0; c < p->categories; c++)
		draw_label(p, &donut, c);
	draw_total(p, &donut);
	p->height = donut.y + donut.outer + ELBOW + 6;
}
