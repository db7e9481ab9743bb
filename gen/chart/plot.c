/* SPDX-License-Identifier: MIT
 *
 * Makes the data safe, chooses a kind that can show them, draws what all kinds
 * share: unit and legend above, axes.  Reading order: plot_draw.h, plot_label.h,
 * plot_scale.h, then the kind of interest.
 */
#include "chart/plot.h"

#include <math.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "chart/plot_kinds.h"
#include "chart/plot_label.h"
#include "chart/plot_scale.h"
#include "setting/quote.h"

#define MISSING "—"
enum { LEGEND_LINES = 3 };
/* A page has no room for more, and nobody could read it: a query without a limit, most likely. */
enum { MOST_CATEGORIES = 500, MOST_SERIES = 40 };

/* ---- data ------------------------------------------------------------------ */

/* One line without control characters, its quotes as everywhere on paper. */
static struct text clean(struct arena *arena, struct text text)
{
	struct text copy = text_copy(arena, text_trim(text));
	char *at = ARENA_ARRAY(arena, char, copy.size + 1);
	for (size_t i = 0; i < copy.size; i++)
		at[i] = (unsigned char)copy.at[i] < ' ' || copy.at[i] == 0x7f ? ' ' : copy.at[i];
	return quotes_curl_text(arena, (struct text){ at, copy.size });
}

static double tame(double value)
{
	if (!isfinite(value))
		return NAN;
	return fmax(-PLOT_LARGEST, fmin(value, PLOT_LARGEST));
}

static void copy_series(struct plotter *p, const struct chart *chart, size_t s)
{
	const struct chart_series *series = &chart->series[s];
	p->name[s] = clean(p->arena, series->name);
	for (size_t c = 0; c < p->categories; c++) {
		size_t at = s * p->categories + c;
		p->values[at] = series->values ? tame(series->values[c]) : NAN;
		struct text label = series->labels ? clean(p->arena, series->labels[c]) : NO_TEXT;
		bool is_missing = isnan(p->values[at]);
		if (is_missing)
			label = TEXT(MISSING);
		p->labels[at] = label.size ? label : plot_number(p->arena, p->values[at]);
	}
}

/* The unit is said once: in the labels when they all have it, else above the chart. */
static bool labels_say_unit(const struct plotter *p, struct text unit)
{
	char *suffix = text_string(p->arena, unit);
	bool says = unit.size == 0;
	for (size_t i = 0; i < p->series * p->categories; i++) {
		if (isnan(p->values[i]))
			continue;
		says = text_ends(p->labels[i], suffix);
		if (!says)
			return false;
	}
	return says;
}

static bool is_stacked(const struct plotter *p)
{
	return p->kind == CHART_STACKED || p->kind == CHART_STACKED_HORIZONTAL;
}

static void find_range(struct plotter *p)
{
	p->low = p->high = 0;
	for (size_t c = 0; c < p->categories; c++) {
		double above = 0, below = 0;
		for (size_t s = 0; s < p->series; s++) {
			double value = plot_value(p, s, c);
			if (isnan(value))
				continue;
			above = is_stacked(p) ? above + fmax(value, 0) : fmax(above, value);
			below = is_stacked(p) ? below + fmin(value, 0) : fmin(below, value);
		}
		p->high = fmax(p->high, above);
		p->low = fmin(p->low, below);
	}
	p->high = p->most > 0 ? fmax(p->high, p->most) : p->high;
	if (p->line_name.size && p->kind == CHART_HORIZONTAL) {
		p->high = fmax(p->high, p->line);
		p->low = fmin(p->low, p->line);
	}
	if (p->high - p->low < 1e-9)
		p->high = 1;
}

/* Whether the name is one of "甲、乙". */
static bool is_among(struct text name, struct text names)
{
	while (names.size) {
		size_t end = text_find(names, TEXT("、"));
		if (text_equal(text_slice(names, 0, end), name))
			return true;
		names = text_slice(names, end + sizeof "、" - 1, names.size);
	}
	return false;
}

/* The category of that name, else those of the names it is made of: who shares a place shares the stress. */
static void stress(struct plotter *p, const struct chart *chart)
{
	p->stressed = ARENA_ARRAY(p->arena, bool, p->categories);
	for (size_t c = 0; c < p->categories && !p->has_stressed && chart->highlight.size; c++)
		p->has_stressed = p->stressed[c] = text_equal(chart->categories[c], chart->highlight);
	for (size_t c = 0, end = p->has_stressed ? 0 : p->categories; c < end && chart->highlight.size; c++) {
		p->stressed[c] = is_among(chart->categories[c], chart->highlight);
		p->has_stressed = p->has_stressed || p->stressed[c];
	}
}

static void copy_data(struct plotter *p, const struct chart *chart)
{
	p->kind = (enum chart_kind)chart->kind;
	p->palette = (enum chart_palette)chart->palette;
	p->line = tame(chart->line);
	p->line_name = isnan(p->line) ? NO_TEXT : clean(p->arena, chart->line_name);
	p->categories = chart->category_count;
	p->series = chart->series_count;
	p->category = ARENA_ARRAY(p->arena, struct text, p->categories);
	p->name = ARENA_ARRAY(p->arena, struct text, p->series);
	p->values = ARENA_ARRAY(p->arena, double, p->categories * p->series);
	p->labels = ARENA_ARRAY(p->arena, struct text, p->categories * p->series);
	for (size_t c = 0; c < p->categories; c++)
		p->category[c] = clean(p->arena, chart->categories[c]);
	stress(p, chart);
	for (size_t s = 0; s < p->series; s++)
		copy_series(p, chart, s);
	struct text unit = clean(p->arena, chart->unit);
	bool is_said = labels_say_unit(p, unit);
	p->unit = is_said ? NO_TEXT : unit;
	if (is_said)
		p->said_unit = unit.size || !labels_say_unit(p, TEXT("%")) ? unit : TEXT("%");
	p->most = isfinite(chart->most) && chart->most > 0 ? tame(chart->most) : 0;
}

static void copy_colours(struct plotter *p)
{
	static const char *const names[PLOT_COLOURS] = { "chart-1", "chart-2", "chart-3", "chart-4", "chart-5",
	                                                 "chart-6", "chart-7", "chart-8" };
	const struct theme *theme = p->options->theme;
	p->ink = theme_colour(theme, "ink");
	p->soft = theme_colour(theme, "soft");
	p->hairline = theme_colour(theme, "hairline");
	p->ground = theme_colour(theme, "ground");
	p->accent = theme_colour(theme, "accent");
	p->tint = theme_colour(theme, "accent-soft");
	static const char *const risks[PLOT_RISKS] = { "risk-high", "risk-medium", "risk-low" };
	for (size_t i = 0; i < PLOT_COLOURS; i++)
		p->colours[i] = theme_colour(theme, names[i]);
	for (size_t i = 0; i < PLOT_RISKS; i++)
		p->risks[i] = theme_colour(theme, risks[i]);
}

/* ---- what stands above and beside ------------------------------------------- */

/* Kinds that name their series or slices in place. */
static bool needs_legend(const struct plotter *p)
{
	static const bool says_itself[CHART_KINDS] = { [CHART_LINE] = true, [CHART_DONUT] = true, [CHART_HEAT] = true,
	                                               [CHART_FUNNEL] = true,
						       [CHART_SLOPE] = true, [CHART_COMPARE] = true,
						       [CHART_TILES] = true };
	return p->series > 1 && !says_itself[p->kind];
}

static void draw_key(struct plotter *p, size_t i, struct path_point at)
{
	if (p->kind == CHART_RADAR) {
		plot_line(p, (struct path_point){ at.x, at.y }, (struct path_point){ at.x + 14, at.y },
		          plot_pen_of(p, i));
		plot_marker(p, (struct path_point){ at.x + 7, at.y }, i, 3.2);
	} else {
		plot_rect(p, (struct plot_box){ at.x, at.y - 3.5, 11, 7 }, plot_fill_of(p, i));
	}
}

static void draw_header(struct plotter *p)
{
	struct plot_font font = plot_font_label(p), quiet = plot_font_coloured(font, p->soft);
	double line = plot_leading(font) + 2, x = 0, y = line / 2;
	if (p->unit.size && !(p->kind == CHART_DONUT && plot_donut_says_unit(p))) {
		struct text unit = plot_shorten(p, p->unit, quiet, p->width);
		plot_text(p, unit, quiet, (struct plot_at){ 0, y, PLOT_START });
		x = plot_text_width(p, unit, quiet) + 14;
		p->top = line + 3;
	}
	for (size_t s = 0, lines = 1; needs_legend(p) && s < p->series; s++) {
		double key = p->kind == CHART_RADAR ? 17 : 14;
		struct text name = plot_shorten(p, p->name[s], font, p->width - key);
		double width = key + plot_text_width(p, name, font);
		if (x > 0 && x + width > p->width) {
			if (lines++ == LEGEND_LINES)
				break;
			x = 0;
			y += line;
		}
		draw_key(p, s, (struct path_point){ x, y });
		plot_text(p, name, font, (struct plot_at){ x + key, y, PLOT_START });
		x += width + 12;
		p->top = y + line / 2 + 3;
	}
}

double plot_room(const struct plotter *p, double wanted)
{
	double room = p->options->most_height_pt - p->top;
	room = wanted < room ? wanted : room;
	return room > 24 ? room : 24;
}

/* The uppermost tick says the unit when nothing above the chart does. */
struct text plot_axis_text(const struct plotter *p, const struct plot_scale *scale, size_t i)
{
	struct text text = plot_tick_text(p->arena, scale, i);
	return i + 1 < scale->count || !p->said_unit.size ? text
	                                                  : text_format(p->arena, "%.*s%.*s", TEXT_ARGS(text),
	                                                                TEXT_ARGS(p->said_unit));
}

void plot_axis_upright(struct plotter *p, const struct plot_scale *scale, struct plot_box box)
{
	struct plot_font font = plot_font_coloured(plot_font_label(p), p->soft);
	double last = INFINITY;
	for (size_t i = 0; i < scale->count; i++) {
		double value = plot_tick(scale, i);
		double y = box.y + box.height * (scale->high - value) / (scale->high - scale->low);
		struct plot_pen pen = plot_hairline(p);
		if (value == 0)
			pen = (struct plot_pen){ p->ink, 0.6, { 0, 0 } };
		plot_line(p, (struct path_point){ box.x, y }, (struct path_point){ box.x + box.width, y }, pen);
		if (last - y < font.size_pt * 1.05)
			continue;
		plot_text(p, plot_axis_text(p, scale, i), font, (struct plot_at){ box.x - 4, y, PLOT_END });
		last = y;
	}
}

void plot_axis_level(struct plotter *p, const struct plot_scale *scale, struct plot_box box)
{
	struct plot_font font = plot_font_coloured(plot_font_label(p), p->soft);
	double last = -INFINITY;
	for (size_t i = 0; i < scale->count; i++) {
		double value = plot_tick(scale, i);
		double x = box.x + box.width * (value - scale->low) / (scale->high - scale->low);
		struct text text = plot_axis_text(p, scale, i);
		double width = plot_text_width(p, text, font), left = fmin(fmax(x - width / 2, 0), p->width - width);
		if (value != 0)
			plot_line(p, (struct path_point){ x, box.y }, (struct path_point){ x, box.y + box.height },
			          plot_hairline(p));
		if (left < last + 3)
			continue;
		plot_text(p, text, font,
		          (struct plot_at){ left, box.y + box.height + plot_leading(font) / 2 + 2, PLOT_START });
		last = left + width;
	}
}

/* ---- the whole -------------------------------------------------------------- */

/* A quiet box with `words`. */
static void draw_box(struct plotter *p, struct text words)
{
	struct plot_font font = plot_font_coloured(plot_font_label(p), p->soft);
	double height = fmin(48, p->options->most_height_pt);
	p->height = height > 24 ? height : 24;
	plot_frame(p, (struct plot_box){ 0.2, 0.2, p->width - 0.4, p->height - 0.4 }, plot_hairline(p));
	plot_text(p, plot_shorten(p, words, font, p->width - 4), font,
	          (struct plot_at){ p->width / 2, p->height / 2, PLOT_MIDDLE });
}

static void draw_nothing(struct plotter *p)
{
	draw_box(p, p->unit.size ? text_format(p->arena, MISSING " %.*s", TEXT_ARGS(p->unit)) : TEXT(MISSING));
}

static void draw_too_many(struct plotter *p, const struct chart *chart)
{
	draw_box(p,
	         text_format(p->arena, "%zu × %zu > %d × %d", chart->category_count, chart->series_count,
	                     MOST_CATEGORIES, MOST_SERIES));
}

/* What a kind cannot show honestly or legibly becomes rows, which can show anything. */
static void choose_kind(struct plotter *p)
{
	if ((p->kind == CHART_BAR || p->kind == CHART_STACKED) && !plot_bar_fits(p))
		p->kind = p->kind == CHART_BAR ? CHART_HORIZONTAL : CHART_STACKED_HORIZONTAL;
	if (p->kind == CHART_RADAR && !plot_radar_fits(p))
		p->kind = CHART_HORIZONTAL;
	if (p->kind == CHART_DONUT && !plot_donut_fits(p))
		p->kind = CHART_HORIZONTAL;
	if (p->kind == CHART_COMPARE && !plot_compare_fits(p))
		p->kind = CHART_HORIZONTAL;
	if (p->kind == CHART_TILES && !plot_tiles_fits(p)) {
		p->kind = CHART_HORIZONTAL;
		p->series = 1;
	}
	if (p->kind == CHART_SLOPE && p->series < 2 && p->categories != 2)
		p->kind = CHART_LINE;
}

static struct plot done(struct plotter *p)
{
	struct plot plot = { .op_count = p->ops.count, .width_pt = p->width, .height_pt = p->height };
	struct draw_op *ops = ARENA_ARRAY(p->arena, struct draw_op, p->ops.count);
	if (p->ops.count)
		memcpy(ops, p->ops.at, p->ops.count * sizeof *ops);
	plot.ops = ops;
	LIST_FREE(&p->ops);
	return plot;
}

struct plot plot_chart(struct arena *arena, struct shaper *shaper, const struct chart *chart,
		       const struct plot_options *options)
{
	static void (*const draw[CHART_KINDS])(struct plotter *p) = {
		[CHART_BAR] = plot_bar, [CHART_STACKED] = plot_bar, [CHART_HORIZONTAL] = plot_row, [CHART_STACKED_HORIZONTAL] = plot_row,
		[CHART_LINE] = plot_trend, [CHART_RADAR] = plot_radar, [CHART_DONUT] = plot_donut, [CHART_HEAT] = plot_heat,
		[CHART_FUNNEL] = plot_funnel, [CHART_SLOPE] = plot_slope,
		[CHART_COMPARE] = plot_compare, [CHART_TILES] = plot_tiles,
	};
	struct plotter plotter = { .arena = arena, .shaper = shaper, .options = options, .width = options->width_pt }, *p = &plotter;
	copy_colours(p);
	if (chart->category_count > MOST_CATEGORIES || chart->series_count > MOST_SERIES) {
		draw_too_many(p, chart);
		return done(p);
	}
	copy_data(p, chart);
	if (p->categories == 0 || p->series == 0) {
		draw_nothing(p);
	} else {
		find_range(p);
		choose_kind(p);
		find_range(p);
		draw_header(p);
		draw[p->kind](p);
	}
	return done(p);
}
