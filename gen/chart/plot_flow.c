/* SPDX-License-Identifier: MIT
 *
 * Funnel: stages from top to bottom, with the share that goes on.  Slope: values of
 * two (or more) moments joined by a line per category, names at both ends.
 */
#include <math.h>

#include "chart/plot_kinds.h"
#include "chart/plot_label.h"

#define LABEL_SHARE 0.34
#define SMALLEST_TYPE 5.5
#define END_GAP 13.0 /* between a line's end and its words */

/* ---- funnel ------------------------------------------------------------------------- */

struct funnel {
	double column, x, width; /* of the labels; of the bars: left end and the widest */
	double pitch, bar;
	struct plot_font label, value;
};

static double stage(const struct plotter *p, size_t c)
{
	double value = plot_value(p, 0, c);
	return isnan(value) || value < 0 ? 0 : value;
}

static struct plot_box stage_box(const struct plotter *p, const struct funnel *f, size_t c)
{
	double width = p->high > 0 ? f->width * stage(p, c) / p->high : 0;
	return (struct plot_box){ f->x + (f->width - width) / 2, p->top + f->pitch * (double)c, width, f->bar };
}

/* What of the stage before goes on, in per cent with one digit, as the texts print shares. */
static struct text share(const struct plotter *p, size_t c)
{
	double before = stage(p, c - 1), value = stage(p, c);
	if (before <= 0 || isnan(plot_value(p, 0, c)) || value > before)
		return NO_TEXT;
	return text_format(p->arena, "↓ %.1f%%", floor(1000 * value / before + 0.5) / 10);
}

static void draw_link(struct plotter *p, const struct funnel *f, size_t c)
{
	struct plot_box above = stage_box(p, f, c - 1), below = stage_box(p, f, c);
	double top = above.y + above.height;
	struct path_point points[4] = { { above.x, top }, { above.x + above.width, top },
	                                { below.x + below.width, below.y }, { below.x, below.y } };
	if (above.width + below.width > 0.01)
		plot_polygon(p, points, 4, (struct plot_fill){ p->tint, 0, 255 });
	struct plot_font font = plot_font_coloured(plot_font_sized(f->value, fmin(f->value.size_pt, 7)), p->soft);
	if (f->pitch - f->bar >= font.size_pt * 1.1)
		plot_text(p, share(p, c), font,
		          (struct plot_at){ f->x + f->width / 2, (top + below.y) / 2, PLOT_MIDDLE });
}

static void draw_stage(struct plotter *p, const struct funnel *f, size_t c)
{
	struct plot_box box = stage_box(p, f, c);
	struct plot_fill fill = plot_bar_fill(p, 0, c);
	plot_rect(p, box, fill);
	double middle = box.y + box.height / 2;
	struct plot_font font = plot_font_bold(f->value);
	struct plot_font label = plot_font_sized(plot_font_category(p, c), f->label.size_pt);
	struct plot_lines lines = plot_wrap(p, p->category[c], label, f->column,
	                                    f->bar >= plot_leading(label) * 2 ? 2 : 1);
	plot_text_lines(p, &lines, label, (struct plot_at){ f->column, middle, PLOT_END });
	double width = plot_text_width(p, plot_label(p, 0, c), font);
	if (width + 6 <= box.width) {
		plot_text_upon(p, plot_label(p, 0, c), font, (struct path_point){ box.x + box.width / 2, middle },
		               fill);
		return;
	}
	double x = box.x + box.width + 3;
	plot_text(p, plot_shorten(p, plot_label(p, 0, c), font, p->width - x), font,
	          (struct plot_at){ x, middle, PLOT_START });
}

/* Stages that would touch even in the smallest type are named every second, third … only by the rows chart. */
void plot_funnel(struct plotter *p)
{
	struct funnel f = { .label = plot_font_label(p), .value = plot_font_value(p) };
	double room = plot_room(p, (double)p->categories * 30);
	f.pitch = room / (double)p->categories;
	f.bar = f.pitch >= 22 ? f.pitch - 11 : f.pitch * 0.9;
	f.label.size_pt = fmin(f.label.size_pt, f.pitch / 1.15);
	f.value.size_pt = f.label.size_pt;
	for (size_t c = 0; c < p->categories; c++)
		f.column = fmax(f.column,
		                plot_text_width(p, p->category[c],
		                                plot_font_sized(plot_font_category(p, c), f.label.size_pt)));
	f.column = fmin(f.column, p->width * LABEL_SHARE);
	f.x = f.column + 8;
	f.width = fmin(p->width - f.x - p->width * 0.12, 330);
	for (size_t c = 0; c < p->categories; c++) {
		if (c > 0)
			draw_link(p, &f, c);
		draw_stage(p, &f, c);
	}
	p->height = p->top + f.pitch * (double)p->categories - (f.pitch - f.bar);
}

/* ---- slope -------------------------------------------------------------------------- */

/* What stands at the end of a line, or of several that end in one point. */
struct end {
	struct text names, text; /* "A、B"; with the value */
	size_t line;             /* the first of them */
};
struct ends {
	struct end *at;
	size_t count;
};

/* Moments across, lines between them: series × categories, or the other way round. */
struct slope {
	size_t moments, lines;
	bool is_turned; /* two categories are the moments, series the lines */
	double left, right, top, height; /* of the field between the first and last moment */
	double low, high;
	struct plot_font label;
	struct ends ends[2];
	double column[2]; /* widths of the words at both ends */
};

static size_t at(const struct plotter *p, const struct slope *s, size_t moment, size_t line)
{
	return s->is_turned ? line * p->categories + moment : moment * p->categories + line;
}

static struct text line_name(const struct plotter *p, const struct slope *s, size_t line)
{
	return s->is_turned ? p->name[line] : p->category[line];
}

static bool is_stressed(const struct plotter *p, const struct slope *s, size_t line)
{
	return !s->is_turned && plot_is_stressed(p, line);
}

static struct plot_font line_font(const struct plotter *p, const struct slope *s, size_t line)
{
	if (is_stressed(p, s, line))
		return plot_font_coloured(plot_font_bold(s->label), p->accent);
	return p->has_stressed && !s->is_turned ? plot_font_coloured(s->label, p->soft) : s->label;
}

static struct path_point point_of(const struct plotter *p, const struct slope *s, size_t moment, size_t line)
{
	double share = s->moments > 1 ? (double)moment / (double)(s->moments - 1) : 0;
	return (struct path_point){ s->left + (s->right - s->left) * share,
				    s->top + s->height * (s->high - p->values[at(p, s, moment, line)]) / (s->high - s->low) };
}

/* From the smallest to the largest value; from zero when that is near. */
static void find_range(const struct plotter *p, struct slope *s)
{
	s->low = INFINITY;
	s->high = -INFINITY;
	for (size_t i = 0; i < p->series * p->categories; i++) {
		s->low = isnan(p->values[i]) ? s->low : fmin(s->low, p->values[i]);
		s->high = isnan(p->values[i]) ? s->high : fmax(s->high, p->values[i]);
	}
	if (!(s->low <= s->high))
		s->low = s->high = 0;
	if (s->low > 0 && s->low < s->high * 0.1)
		s->low = 0;
	if (s->high - s->low < 1e-9 * fmax(1, fabs(s->high))) {
		s->low -= fmax(0.5, fabs(s->low) / 2);
		s->high += fmax(0.5, fabs(s->high) / 2);
	}
}

static double value_at(const struct plotter *p, const struct slope *s, size_t line, bool is_right)
{
	return p->values[at(p, s, is_right ? s->moments - 1 : 0, line)];
}

/* Whether `one` stands above `other` at that end: the greater, of equal ones the stressed, missing ones last. */
static bool is_above(const struct plotter *p, const struct slope *s, size_t one, size_t other, bool is_right)
{
	double a = value_at(p, s, one, is_right), b = value_at(p, s, other, is_right);
	if (isnan(a) || isnan(b))
		return !isnan(a);
	return a > b || (a == b && is_stressed(p, s, one) && !is_stressed(p, s, other));
}

/* "名称 12" at the left end, "34 名称" at the right. */
static struct text end_text(const struct plotter *p, const struct slope *s, size_t line, struct text name,
			    bool is_right)
{
	struct plot_font font = plot_font_bold(line_font(p, s, line));
	struct text value = p->labels[at(p, s, is_right ? s->moments - 1 : 0, line)];
	double room = p->width * LABEL_SHARE - plot_text_width(p, value, font) - 6;
	name = plot_shorten(p, name, font, fmax(room, 0));
	const char *gap = name.size ? "  " : "";
	struct text text = is_right ? text_format(p->arena, "%.*s%s%.*s", TEXT_ARGS(value), gap, TEXT_ARGS(name)) :
				      text_format(p->arena, "%.*s%s%.*s", TEXT_ARGS(name), gap, TEXT_ARGS(value));
	return plot_shorten(p, text, line_font(p, s, line), p->width * LABEL_SHARE);
}

/* Whether the line's name may stand beside those of the label: the same point, the same words, and room. */
static bool may_join(const struct plotter *p, const struct slope *s, const struct end *end, size_t line, bool is_right)
{
	size_t moment = is_right ? s->moments - 1 : 0;
	double a = value_at(p, s, end->line, is_right), b = value_at(p, s, line, is_right);
	struct plot_font font = plot_font_bold(s->label);
	struct text value = p->labels[at(p, s, moment, line)], name = line_name(p, s, line);
	double width = plot_text_width(p, end->names, font) + plot_text_width(p, name, font) +
	               plot_text_width(p, value, font) + 2 * s->label.size_pt;
	return (a == b || (isnan(a) && isnan(b))) && text_equal(value, p->labels[at(p, s, moment, end->line)]) &&
	       !is_stressed(p, s, end->line) && !is_stressed(p, s, line) && end->names.size && name.size &&
	       width <= p->width * LABEL_SHARE;
}

/* The labels of an end from top to bottom; lines that meet in a point share one: no leaders fan out from there. */
static void find_ends(struct plotter *p, struct slope *s, bool is_right)
{
	struct ends *ends = &s->ends[is_right];
	size_t *order = ARENA_ARRAY(p->arena, size_t, s->lines);
	for (size_t i = 0; i < s->lines; i++) {
		size_t j = i;
		for (; j > 0 && is_above(p, s, i, order[j - 1], is_right); j--)
			order[j] = order[j - 1];
		order[j] = i;
	}
	*ends = (struct ends){ ARENA_ARRAY(p->arena, struct end, s->lines), 0 };
	for (size_t i = 0; i < s->lines; i++) {
		struct end *last = ends->at + ends->count - (ends->count > 0);
		struct text name = line_name(p, s, order[i]);
		if (ends->count && may_join(p, s, last, order[i], is_right))
			last->names = text_format(p->arena, "%.*s、%.*s", TEXT_ARGS(last->names), TEXT_ARGS(name));
		else
			ends->at[ends->count++] = (struct end){ .line = order[i], .names = name };
	}
	for (size_t i = 0; i < ends->count; i++)
		ends->at[i].text = end_text(p, s, ends->at[i].line, ends->at[i].names, is_right);
}

static void measure(struct plotter *p, struct slope *s)
{
	double line = plot_leading(s->label), most = 1;
	for (int side = 0; side < 2; side++) {
		find_ends(p, s, side == 1);
		most = fmax(most, (double)s->ends[side].count);
	}
	double body = plot_room(p, fmax(124, line * 1.3 * most) + line + 6) - line - 6;
	s->label.size_pt = fmin(s->label.size_pt, fmax(body / most / 1.12, SMALLEST_TYPE));
	for (int side = 0; side < 2; side++) {
		find_ends(p, s, side == 1);
		for (size_t i = 0; i < s->ends[side].count; i++) {
			const struct end *end = &s->ends[side].at[i];
			double width = plot_text_width(p, end->text, line_font(p, s, end->line));
			s->column[side] = fmax(s->column[side], width);
		}
	}
	s->left = s->column[0] + END_GAP;
	s->right = p->width - s->column[1] - END_GAP;
	s->top = p->top + line + 6;
	s->height = body;
	p->height = s->top + body;
	double inset = fmin(s->label.size_pt * 0.6, body / 4);
	s->top += inset;
	s->height -= 2 * inset;
}

static void draw_moments(struct plotter *p, const struct slope *s)
{
	struct plot_font font = plot_font_bold(plot_font_coloured(plot_font_label(p), p->soft));
	double y = p->top + plot_leading(font) / 2;
	double step = (s->right - s->left) / (double)(s->moments > 1 ? s->moments - 1 : 1);
	for (size_t m = 0; m < s->moments; m++) {
		double x = s->left + step * (double)m;
		bool is_edge = m == 0 || m + 1 == s->moments;
		struct text name = plot_shorten(p, s->is_turned ? p->category[m] : p->name[m], font,
		                                is_edge ? fmin(step * 0.9, 2 * s->left) : step * 0.9);
		double width = plot_text_width(p, name, font);
		plot_line(p, (struct path_point){ x, p->top + plot_leading(font) + 2 },
		          (struct path_point){ x, p->height }, plot_hairline(p));
		plot_text(p, name, font,
		          (struct plot_at){ fmin(fmax(x, width / 2), p->width - width / 2), y, PLOT_MIDDLE });
	}
}

/* Falling lines are dashed and of another hue unless one line is stressed: then the others are quiet. */
static struct plot_pen line_pen(const struct plotter *p, const struct slope *s, size_t line)
{
	if (is_stressed(p, s, line))
		return (struct plot_pen){ p->accent, 1.8, { 0, 0 } };
	double first = p->values[at(p, s, 0, line)], last = p->values[at(p, s, s->moments - 1, line)];
	bool falls = last < first;
	if (!s->is_turned && p->has_stressed)
		return (struct plot_pen){ p->colours[7], 0.8, { falls ? 3 : 0, falls ? 2 : 0 } };
	return (struct plot_pen){ falls ? p->colours[2] : p->colours[0], 1, { falls ? 3 : 0, falls ? 2 : 0 } };
}

static void draw_line(struct plotter *p, const struct slope *s, size_t line)
{
	struct plot_pen pen = line_pen(p, s, line);
	struct path_point before = { 0, 0 };
	bool has_before = false;
	for (size_t m = 0; m < s->moments; m++) {
		if (isnan(p->values[at(p, s, m, line)])) {
			has_before = false;
			continue;
		}
		struct path_point point = point_of(p, s, m, line);
		if (has_before)
			plot_line(p, before, point, pen);
		plot_ring(p,
		          (struct plot_ring){ point.x, point.y, 0, is_stressed(p, s, line) ? 2.4 : 1.7, 0,
		                              6.283185307179586 },
			  (struct plot_fill){ pen.colour, 0, 255 });
		before = point;
		has_before = true;
	}
}

static void draw_end(struct plotter *p, const struct slope *s, bool is_right)
{
	const struct ends *ends = &s->ends[is_right];
	size_t moment = is_right ? s->moments - 1 : 0;
	struct plot_slot *slots = ARENA_ARRAY(p->arena, struct plot_slot, ends->count);
	double size = s->label.size_pt * 1.15, bottom = p->height, top = p->top + plot_leading(plot_font_label(p)) + 3;
	for (size_t i = 0; i < ends->count; i++) {
		size_t line = ends->at[i].line;
		bool is_missing = isnan(value_at(p, s, line, is_right));
		slots[i] = (struct plot_slot){ .wanted = is_missing ? bottom : point_of(p, s, moment, line).y,
		                               .size = size };
	}
	size_t step = plot_spread(p, slots, ends->count, top, bottom);
	for (size_t i = 0; i < ends->count; i += step) {
		const struct end *end = &ends->at[i];
		struct plot_at place = { is_right ? s->right + END_GAP : s->left - END_GAP, slots[i].middle,
		                         is_right ? PLOT_START : PLOT_END };
		double y = slots[i].wanted;
		if (!isnan(value_at(p, s, end->line, is_right)))
			plot_line(p, (struct path_point){ is_right ? s->right + 2.5 : s->left - 2.5, y },
				  (struct path_point){ is_right ? s->right + END_GAP - 1.5
				                                : s->left - END_GAP + 1.5, place.y }, plot_hairline(p));
		plot_text(p, end->text, line_font(p, s, end->line), place);
	}
}

void plot_slope(struct plotter *p)
{
	struct slope s = { .moments = p->series, .lines = p->categories, .label = plot_font_label(p) };
	if (p->categories == 2 && p->series != 2) {
		s.is_turned = true;
		s.moments = 2;
		s.lines = p->series;
	}
	find_range(p, &s);
	measure(p, &s);
	draw_moments(p, &s);
	for (size_t i = 0; i < s.lines; i++)
		if (!is_stressed(p, &s, i))
			draw_line(p, &s, i);
	for (size_t i = 0; i < s.lines; i++)
		if (is_stressed(p, &s, i))
			draw_line(p, &s, i);
	draw_end(p, &s, false);
	draw_end(p, &s, true);
}
