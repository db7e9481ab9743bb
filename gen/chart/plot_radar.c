/* SPDX-License-Identifier: MIT
 *
 * A radar: one spoke per category, the first series filled, its numbers under the
 * names.  Names stand around the figure by their angle and are pushed apart.
 */
#include <math.h>

#include "chart/plot_kinds.h"
#include "chart/plot_label.h"
#include "chart/plot_scale.h"

#define PI 3.14159265358979323846
#define NAME_GAP 7.0 /* between the outer ring and the names */

enum { FEWEST = 3, MOST = 20, RINGS = 4 };

struct name {
	struct plot_lines lines;
	struct text value;
	double height, y; /* of the block, its middle */
};

struct web {
	double x, y, radius;
	struct name *names;
	double room; /* width for names beside the figure */
	size_t lines; /* of a name at most */
	struct plot_scale scale;
};

static double angle_of(const struct plotter *p, size_t c)
{
	return 2 * PI * (double)c / (double)p->categories;
}

static struct path_point on_spoke(const struct plotter *p, const struct web *web, size_t c, double share)
{
	double angle = angle_of(p, c), reach = web->radius * share;
	return (struct path_point){ web->x + reach * sin(angle), web->y - reach * cos(angle) };
}

/* The topmost name, and with an even count the lowest, stand in the middle. */
static bool is_top(size_t c)
{
	return c == 0;
}

static bool is_bottom(const struct plotter *p, size_t c)
{
	return c * 2 == p->categories;
}

bool plot_radar_fits(struct plotter *p)
{
	size_t beside = p->categories / 2 + 1; /* names on a side */
	double block = plot_leading(plot_font_label(p)) * 2;
	return p->categories >= FEWEST && p->categories <= MOST && p->low >= 0 && p->width >= 220 &&
	       plot_room(p, 1e6) >= 100 + (double)beside * block * 0.5 && p->series <= PLOT_COLOURS;
}

/* ---- names ---------------------------------------------------------------------- */

static void measure_names(struct plotter *p, struct web *web)
{
	web->names = ARENA_ARRAY(p->arena, struct name, p->categories);
	for (size_t c = 0; c < p->categories; c++) {
		struct name *name = &web->names[c];
		struct plot_font font = plot_font_category(p, c);
		double room = is_top(c) || is_bottom(p, c) ? web->room * 1.4 : web->room;
		name->lines = plot_wrap(p, p->category[c], font, room, is_top(c) || is_bottom(p, c) ? 1 : web->lines);
		name->value = plot_shorten(p, plot_label(p, 0, c), plot_font_bold(plot_font_value(p)), room);
		name->height = (double)(name->lines.count + 1) * plot_leading(font);
	}
}

static double half_width(const struct plotter *p, const struct web *web, size_t c)
{
	const struct name *name = &web->names[c];
	return fmax(name->lines.width, plot_text_width(p, name->value, plot_font_bold(plot_font_value(p)))) / 2;
}

/* Places the names of one side, given from top to bottom by step ±1. */
static bool spread_side(struct plotter *p, struct web *web, size_t first, size_t count, bool is_right)
{
	struct plot_slot *slots = ARENA_ARRAY(p->arena, struct plot_slot, count);
	double top = web->y - web->radius - NAME_GAP, bottom = web->y + web->radius + NAME_GAP;
	for (size_t i = 0; i < count; i++) {
		size_t c = is_right ? first + i : first - i;
		struct path_point at = on_spoke(p, web, c, 1 + NAME_GAP / web->radius);
		struct name *name = &web->names[c];
		slots[i] = (struct plot_slot){ .wanted = at.y - cos(angle_of(p, c)) * (name->height / 2 - 4),
		                               .size = name->height + 1 };
	}
	/* The names in the middle reach over their neighbours' beginnings only when they are wide. */
	double neighbour = (web->radius + NAME_GAP) * sin(angle_of(p, 1)) - 4;
	top += half_width(p, web, 0) > neighbour ? 2 : -2;
	bottom += p->categories % 2 == 0 && half_width(p, web, p->categories / 2) > neighbour ? -2 : 6;
	bool fits = plot_spread(p, slots, count, top, bottom) == 1;
	for (size_t i = 0; i < count; i++)
		web->names[is_right ? first + i : first - i].y = slots[i].middle;
	return fits;
}

static bool place_names(struct plotter *p, struct web *web)
{
	size_t right = (p->categories - 1) / 2, left = p->categories - 1 - right - (p->categories % 2 == 0);
	bool fits = spread_side(p, web, 1, right, true);
	fits = spread_side(p, web, p->categories - 1, left, false) && fits;
	web->names[0].y = web->y - web->radius - NAME_GAP - web->names[0].height / 2 + 2;
	if (p->categories % 2 == 0)
		web->names[p->categories / 2].y = web->y + web->radius + NAME_GAP + web->names[p->categories / 2].height / 2 - 2;
	return fits;
}

/* Beside the figure: just outside the circle at the block's height. */
static double name_x(const struct web *web, const struct name *name, bool is_right)
{
	double away = fmax(0, fabs(name->y - web->y) - name->height / 2 + 2), reach = web->radius + NAME_GAP;
	double half = fmax(5, sqrt(fmax(0, reach * reach - away * away)));
	return web->x + (is_right ? half : -half);
}

static void draw_name(struct plotter *p, const struct web *web, size_t c)
{
	const struct name *name = &web->names[c];
	struct plot_font font = plot_font_category(p, c), value = plot_font_bold(plot_font_value(p));
	double leading = plot_leading(font);
	struct plot_at at = { web->x, name->y - leading / 2, PLOT_MIDDLE };
	if (!is_top(c) && !is_bottom(p, c)) {
		bool is_right = c * 2 < p->categories;
		at.x = name_x(web, name, is_right);
		at.anchor = is_right ? PLOT_START : PLOT_END;
	}
	plot_text_lines(p, &name->lines, font, at);
	at.y = name->y + name->height / 2 - leading / 2;
	value.colour = !p->has_stressed || plot_is_stressed(p, c) ? p->accent : p->ink;
	if (isnan(plot_value(p, 0, c)))
		value.colour = p->soft;
	plot_text(p, name->value, value, at);
}

/* ---- figure ---------------------------------------------------------------------- */

static void draw_web(struct plotter *p, const struct web *web)
{
	struct path_point *points = ARENA_ARRAY(p->arena, struct path_point, p->categories);
	for (int ring = 1; ring <= RINGS; ring++) {
		for (size_t c = 0; c < p->categories; c++)
			points[c] = on_spoke(p, web, c, (double)ring / RINGS);
		struct plot_pen pen = plot_hairline(p);
		pen.width_pt = ring == RINGS ? 0.6 : 0.4;
		plot_polygon_outline(p, points, p->categories, pen);
	}
	for (size_t c = 0; c < p->categories; c++)
		plot_line(p, (struct path_point){ web->x, web->y }, on_spoke(p, web, c, 1), plot_hairline(p));
}

/* Missing values are left out of the outline: the neighbours are joined, without a marker between. */
static void draw_series(struct plotter *p, const struct web *web, size_t s)
{
	struct path_point *points = ARENA_ARRAY(p->arena, struct path_point, p->categories);
	size_t count = 0;
	for (size_t c = 0; c < p->categories; c++)
		if (!isnan(plot_value(p, s, c)))
			points[count++] = on_spoke(p, web, c, plot_value(p, s, c) / web->scale.high);
	if (s == 0)
		plot_polygon(p, points, count, (struct plot_fill){ p->colours[0], 0, 32 });
	plot_polygon_outline(p, points, count, plot_pen_of(p, s));
	for (size_t i = 0; i < count; i++)
		plot_marker(p, points[i], s, s == 0 ? 3.6 : 3);
}

/* Two ring numbers along the first spoke tell the scale; a plate keeps them legible. */
static void draw_scale(struct plotter *p, const struct web *web)
{
	struct plot_font font = plot_font_sized(plot_font_coloured(plot_font_label(p), p->soft),
	                                        plot_font_label(p).size_pt - 1.5);
	for (size_t i = 2; i <= RINGS; i += 2) {
		struct text text = plot_tick_text(p->arena, &web->scale, i);
		double y = web->y - web->radius * (double)i / RINGS + (i == RINGS ? font.size_pt * 0.75 : 0);
		double width = plot_text_width(p, text, font) + 2;
		plot_rect(p, (struct plot_box){ web->x - width - 2, y - font.size_pt / 2, width, font.size_pt },
		          (struct plot_fill){ p->ground, 0, 200 });
		plot_text(p, text, font, (struct plot_at){ web->x - 3, y, PLOT_END });
	}
}

static void set_web(struct plotter *p, struct web *web, double radius)
{
	web->x = p->width / 2;
	web->radius = radius;
	web->room = p->width / 2 - radius - NAME_GAP - 2;
	measure_names(p, web);
	web->y = p->top + web->names[0].height + NAME_GAP + radius;
}

void plot_radar(struct plotter *p)
{
	double line = plot_leading(plot_font_label(p));
	double room = plot_room(p, 1e6) - 4 * line - 2 * NAME_GAP - 6;
	double radius = fmin(fmin(94, p->width * 0.23), room / 2);
	struct web web = { .lines = 2 };
	set_web(p, &web, radius);
	/* More room: first a larger figure, then names on one line. */
	for (int i = 0; i < 6 && !place_names(p, &web); i++) {
		if (radius * 1.15 > fmin(room / 2, p->width * 0.3))
			web.lines = 1;
		else
			radius *= 1.15;
		set_web(p, &web, radius);
	}
	double step = p->most > 0 && p->high <= p->most ? p->most / RINGS
	                                                : plot_scale_of(0, p->high / RINGS, 2, false).high;
	web.scale = (struct plot_scale){ .low = 0, .high = step * RINGS, .step = step, .count = RINGS + 1 };
	draw_web(p, &web);
	for (size_t s = p->series; s-- > 0;)
		draw_series(p, &web, s);
	draw_scale(p, &web);
	double bottom = web.y + radius + NAME_GAP;
	for (size_t c = 0; c < p->categories; c++) {
		draw_name(p, &web, c);
		bottom = fmax(bottom, web.names[c].y + web.names[c].height / 2);
	}
	p->height = bottom + 1;
}
