/* SPDX-License-Identifier: MIT */
#include "chart/plot_draw.h"

#include <math.h>
#include <string.h>

/* Figures and Han characters look centred when their baseline lies this far below the middle (ems). */
#define BELOW_MIDDLE 0.36
#define PI 3.14159265358979323846

/* ---- text ---------------------------------------------------------------- */

static struct plot_font font_of(const struct style *style)
{
	return (struct plot_font){ style->role, style->is_bold, style->size_pt, style->colour };
}

struct plot_font plot_font_label(const struct plotter *p)
{
	return font_of(p->options->label);
}

struct plot_font plot_font_value(const struct plotter *p)
{
	return font_of(p->options->value);
}

struct plot_font plot_font_bold(struct plot_font font)
{
	font.is_bold = true;
	return font;
}

struct plot_font plot_font_coloured(struct plot_font font, struct colour colour)
{
	font.colour = colour;
	return font;
}

struct plot_font plot_font_sized(struct plot_font font, double size_pt)
{
	font.size_pt = size_pt;
	return font;
}

struct plot_font plot_font_category(const struct plotter *p, size_t category)
{
	struct plot_font font = plot_font_label(p);
	return plot_is_stressed(p, category) ? plot_font_coloured(plot_font_bold(font), p->accent) : font;
}

double plot_leading(struct plot_font font)
{
	return font.size_pt * 1.25;
}

static const struct shaped *shape(const struct plotter *p, struct text text, struct plot_font font)
{
	return shape_text(p->shaper, text, (struct shape_font){ font.role, font.is_bold }, p->options->span);
}

double plot_text_width(const struct plotter *p, struct text text, struct plot_font font)
{
	return text.size ? shape(p, text, font)->width * font.size_pt : 0;
}

double *plot_text_pens(const struct plotter *p, struct text text, struct plot_font font)
{
	const struct shaped *shaped = shape(p, text, font);
	double *pens = ARENA_ARRAY(p->arena, double, text.size + 1), pen = 0;
	size_t byte = 0;
	for (size_t i = 0; i < shaped->count; i++) {
		for (; byte <= shaped->glyphs[i].cluster && byte < text.size; byte++)
			pens[byte] = pen;
		pen += shaped->glyphs[i].advance * font.size_pt;
	}
	for (; byte <= text.size; byte++)
		pens[byte] = pen;
	return pens;
}

/* One run of glyphs from one face; *x is the pen. */
static void add_run(struct plotter *p, const struct shaped *shaped, size_t first, size_t end,
		    const struct plot_font *font, struct path_point *pen)
{
	struct placed_glyph *glyphs = ARENA_ARRAY(p->arena, struct placed_glyph, end - first);
	uint32_t start = shaped->glyphs[first].cluster;
	size_t stop = end < shaped->count ? shaped->glyphs[end].cluster : shaped->text.size;
	double from = pen->x;
	for (size_t i = first; i < end; i++) {
		const struct glyph *glyph = &shaped->glyphs[i];
		glyphs[i - first] = (struct placed_glyph){ glyph->id, glyph->cluster - start,
		                                           pen->x + glyph->dx * font->size_pt,
							   pen->y + glyph->dy * font->size_pt };
		pen->x += glyph->advance * font->size_pt;
	}
	struct draw_op *op = LIST_ADD(&p->ops);
	p->texts = p->ops.count;
	op->kind = DRAW_GLYPHS;
	op->colour = font->colour;
	op->opacity = 255;
	op->run = (struct glyph_run){ .text = text_slice(shaped->text, start, stop - start), .glyphs = glyphs,
	                              .count = end - first,
					.face = shaped->glyphs[first].face,
					.size_pt = font->size_pt * shaped->glyphs[first].scale,
					.width_pt = pen->x - from };
}

/*
 * Digits in two rows of equal length, one exactly below the other and drawn one
 * after the other, are what some typesetters draw for a character that no font has, and
 * checkers of PDFs look for that.  A twenty-fifth of a point tells ours apart.
 */
static double apart(const struct plotter *p, struct text text, double x)
{
	static const char digits[] = "0123456789ABCDEF";
	const struct draw_op *last = p->texts ? &p->ops.at[p->texts - 1] : NULL;
	if (!last || last->run.text.size != text.size || fabs(last->run.glyphs[0].x - x) > 0.02)
		return 0;
	for (size_t i = 0; i < text.size; i++)
		if (!memchr(digits, text.at[i], sizeof digits - 1) ||
		    !memchr(digits, last->run.text.at[i], sizeof digits - 1))
			return 0;
	return 0.04;
}

void plot_text(struct plotter *p, struct text text, struct plot_font font, struct plot_at at)
{
	if (!text.size)
		return;
	const struct shaped *shaped = shape(p, text, font);
	double width = shaped->width * font.size_pt;
	struct path_point pen = { at.x, at.y + BELOW_MIDDLE * font.size_pt };
	if (at.anchor != PLOT_START)
		pen.x -= at.anchor == PLOT_MIDDLE ? width / 2 : width;
	pen.x += apart(p, text, pen.x);
	for (size_t first = 0, end; first < shaped->count; first = end) {
		for (end = first + 1; end < shaped->count && shaped->glyphs[end].face == shaped->glyphs[first].face &&
		     shaped->glyphs[end].scale == shaped->glyphs[first].scale;)
			end++;
		add_run(p, shaped, first, end, &font, &pen);
	}
}

/* ---- areas and strokes ---------------------------------------------------- */

/* The lowest level is nearly the ground, the highest the full colour: steps that differ in grey as well. */
static struct plot_fill level_fill(const struct plotter *p, size_t i)
{
	enum { FAINTEST = 34, FULL = 255 };
	double share = p->series > 1 ? (double)i / (double)(p->series - 1) : 1;
	return (struct plot_fill){ p->accent, 0, (uint8_t)(FAINTEST + (FULL - FAINTEST) * share) };
}

/* Of the colours that words of risk have; as areas they would all be as dark, so the lesser ones are thinned. */
static struct plot_fill risk_fill(const struct plotter *p, size_t i)
{
	static const uint8_t opacity[PLOT_RISKS] = { 255, 165, 60 };
	return (struct plot_fill){ p->risks[i], 0, opacity[i] };
}

struct plot_fill plot_fill_of(const struct plotter *p, size_t i)
{
	if (p->palette == PALETTE_LEVELS && i < p->series)
		return level_fill(p, i);
	if (p->palette == PALETTE_RISK && i < PLOT_RISKS)
		return risk_fill(p, i);
	/* A dark, a middle and a light tone differ even in grey; further series are hatched. */
	static const struct {
		uint8_t colour, pattern;
	} fills[PLOT_COLOURS] = { { 0, 0 }, { 1, 0 }, { 3, 0 }, { 2, 1 }, { 4, 2 }, { 6, 3 }, { 7, 4 }, { 5, 5 } };
	i %= PLOT_COLOURS;
	return (struct plot_fill){ p->colours[fills[i].colour], fills[i].pattern, 255 };
}

/* Lines take the stronger colours first: the pale ones are for areas. */
static struct colour line_colour(const struct plotter *p, size_t i)
{
	static const uint8_t order[PLOT_COLOURS] = { 0, 1, 2, 4, 6, 7, 5, 3 };
	return p->colours[order[i % PLOT_COLOURS]];
}

struct plot_pen plot_pen_of(const struct plotter *p, size_t i)
{
	static const double dashes[PLOT_COLOURS][2] = { { 0, 0 }, { 4, 2 }, { 0, 0 }, { 1.2, 1.8 }, { 0, 0 }, { 7, 2 },
	                                                { 0, 0 }, { 2.5, 1.5 } };
	return (struct plot_pen){ line_colour(p, i), i == 0 ? 1.6 : 1.2,
	                          { dashes[i % PLOT_COLOURS][0], dashes[i % PLOT_COLOURS][1] } };
}

struct plot_pen plot_hairline(const struct plotter *p)
{
	return (struct plot_pen){ p->hairline, 0.4, { 0, 0 } };
}

/* The colour of words upon a fill. */
static struct colour plot_colour_upon(const struct plotter *p, struct plot_fill fill)
{
	double light = 0.299 * fill.colour.red + 0.587 * fill.colour.green + 0.114 * fill.colour.blue;
	double share = fill.opacity ? fill.opacity / 255.0 : 1;
	return light * share + 255 * (1 - share) < 128 ? p->ground : p->ink;
}

/* Verbs and points of a path whose size is known before. */
struct outline {
	uint8_t *verbs;
	struct path_point *points;
	size_t verb_count, point_count;
};

static struct outline outline_new(struct plotter *p, size_t most_verbs)
{
	return (struct outline){ ARENA_ARRAY(p->arena, uint8_t, most_verbs),
	                         ARENA_ARRAY(p->arena, struct path_point, most_verbs * 3), 0, 0 };
}

static void outline_add(struct outline *outline, enum path_verb verb, const struct path_point *points)
{
	static const size_t counts[] = { [PATH_MOVE] = 1, [PATH_LINE] = 1, [PATH_CURVE] = 3, [PATH_CLOSE] = 0 };
	outline->verbs[outline->verb_count++] = (uint8_t)verb;
	for (size_t i = 0; points && i < counts[verb]; i++)
		outline->points[outline->point_count++] = points[i];
}

static struct outline outline_of(struct plotter *p, const struct path_point *points, size_t count, bool is_closed)
{
	struct outline outline = outline_new(p, count + 1);
	for (size_t i = 0; i < count; i++)
		outline_add(&outline, i ? PATH_LINE : PATH_MOVE, &points[i]);
	if (is_closed)
		outline_add(&outline, PATH_CLOSE, NULL);
	return outline;
}

static struct draw_op *add_path(struct plotter *p, const struct outline *outline, struct colour colour)
{
	struct draw_op *op = LIST_ADD(&p->ops);
	op->kind = DRAW_PATH;
	op->colour = colour;
	op->opacity = 255;
	op->path = (struct path){ .verbs = outline->verbs, .points = outline->points, .verb_count = outline->verb_count,
				    .point_count = outline->point_count };
	return op;
}

static void add_area(struct plotter *p, const struct outline *outline, struct plot_fill fill)
{
	struct draw_op *op = add_path(p, outline, fill.colour);
	op->opacity = fill.opacity ? fill.opacity : 255;
	op->path.is_filled = true;
	op->path.pattern = fill.pattern;
}

static void add_stroke(struct plotter *p, const struct outline *outline, struct plot_pen pen)
{
	struct draw_op *op = add_path(p, outline, pen.colour);
	op->path.width_pt = pen.width_pt;
	op->path.dash_pt[0] = pen.dash_pt[0];
	op->path.dash_pt[1] = pen.dash_pt[1];
}

static void corners(struct plot_box box, struct path_point points[4])
{
	points[0] = (struct path_point){ box.x, box.y };
	points[1] = (struct path_point){ box.x + box.width, box.y };
	points[2] = (struct path_point){ box.x + box.width, box.y + box.height };
	points[3] = (struct path_point){ box.x, box.y + box.height };
}

void plot_rect(struct plotter *p, struct plot_box box, struct plot_fill fill)
{
	struct path_point points[4];
	if (fabs(box.width) < 1e-6 || fabs(box.height) < 1e-6)
		return;
	corners(box, points);
	plot_polygon(p, points, 4, fill);
}

void plot_frame(struct plotter *p, struct plot_box box, struct plot_pen pen)
{
	struct path_point points[4];
	corners(box, points);
	plot_polygon_outline(p, points, 4, pen);
}

void plot_line(struct plotter *p, struct path_point a, struct path_point b, struct plot_pen pen)
{
	plot_polyline(p, (struct path_point[]){ a, b }, 2, pen);
}

void plot_polyline(struct plotter *p, const struct path_point *points, size_t count, struct plot_pen pen)
{
	struct outline outline = outline_of(p, points, count, false);
	if (count > 1)
		add_stroke(p, &outline, pen);
}

void plot_polygon(struct plotter *p, const struct path_point *points, size_t count, struct plot_fill fill)
{
	struct outline outline = outline_of(p, points, count, true);
	if (count > 2)
		add_area(p, &outline, fill);
}

void plot_polygon_outline(struct plotter *p, const struct path_point *points, size_t count, struct plot_pen pen)
{
	struct outline outline = outline_of(p, points, count, true);
	if (count > 1)
		add_stroke(p, &outline, pen);
}

/* ---- round things ----------------------------------------------------------- */

static struct path_point on_circle(const struct plot_ring *ring, double radius, double angle)
{
	return (struct path_point){ ring->x + radius * sin(angle), ring->y - radius * cos(angle) };
}

enum { RING_STEPS = 16 }; /* curves of at most an eighth of a circle are exact to 1/10,000 of the radius */

static void add_arc(struct outline *outline, const struct plot_ring *ring, double radius, bool is_back)
{
	double from = is_back ? ring->to : ring->from, turn = is_back ? ring->from - ring->to : ring->to - ring->from;
	int steps = 1 + (int)(fabs(turn) / (PI / 4) - 1e-9);
	steps = steps > RING_STEPS ? RING_STEPS : steps;
	double step = turn / steps, reach = radius * 4 / 3 * tan(step / 4);
	for (int i = 0; i < steps; i++) {
		double a = from + i * step, b = a + step;
		struct path_point start = on_circle(ring, radius, a), end = on_circle(ring, radius, b);
		struct path_point points[3] = { { start.x + reach * cos(a), start.y + reach * sin(a) },
						{ end.x - reach * cos(b), end.y - reach * sin(b) }, end };
		outline_add(outline, PATH_CURVE, points);
	}
}

void plot_ring(struct plotter *p, struct plot_ring ring, struct plot_fill fill)
{
	if (ring.to - ring.from < 1e-6)
		return;
	struct outline outline = outline_new(p, 2 * RING_STEPS + 4);
	struct path_point start = on_circle(&ring, ring.outer, ring.from), back = on_circle(&ring, ring.inner, ring.to);
	outline_add(&outline, PATH_MOVE, &start);
	add_arc(&outline, &ring, ring.outer, false);
	if (ring.inner > 0) {
		outline_add(&outline, PATH_LINE, &back);
		add_arc(&outline, &ring, ring.inner, true);
	}
	outline_add(&outline, PATH_CLOSE, NULL);
	add_area(p, &outline, fill);
}

void plot_marker(struct plotter *p, struct path_point at, size_t i, double size_pt)
{
	static const struct {
		int corners;
		struct path_point points[4];
	} shapes[] = {
		{ 0, { { 0, 0 } } },                                              /* circle */
		{ 4, { { -0.9, -0.9 }, { 0.9, -0.9 }, { 0.9, 0.9 }, { -0.9, 0.9 } } }, /* square */
		{ 3, { { 0, -1.2 }, { 1.1, 0.8 }, { -1.1, 0.8 } } },             /* triangle */
		{ 4, { { 0, -1.25 }, { 1.25, 0 }, { 0, 1.25 }, { -1.25, 0 } } }, /* diamond */
	};
	size_t shape = i % 4;
	double half = size_pt / 2;
	struct colour colour = line_colour(p, i), middle = i % 8 < 4 ? colour : p->ground;
	if (shapes[shape].corners == 0) {
		plot_ring(p, (struct plot_ring){ at.x, at.y, 0, half, 0, 2 * PI },
		          (struct plot_fill){ colour, 0, 255 });
		if (i % 8 >= 4)
			plot_ring(p, (struct plot_ring){ at.x, at.y, 0, half * 0.55, 0, 2 * PI },
			          (struct plot_fill){ middle, 0, 255 });
		return;
	}
	for (int pass = 0; pass < (i % 8 < 4 ? 1 : 2); pass++) {
		struct path_point points[4];
		for (int corner = 0; corner < shapes[shape].corners; corner++)
			points[corner] = (struct path_point){ at.x + shapes[shape].points[corner].x * half * (pass ? 0.5 : 1),
							      at.y + shapes[shape].points[corner].y * half * (pass ? 0.5 : 1) };
		plot_polygon(p, points, (size_t)shapes[shape].corners,
		             (struct plot_fill){ pass ? middle : colour, 0, 255 });
	}
}

enum { PLATE_EDGE = 3, PLATE_BESIDE = 10 };

bool plot_text_fits(const struct plotter *p, struct text text, struct plot_font font, double width,
		    struct plot_fill fill)
{
	return plot_text_width(p, text, font) + (fill.pattern ? PLATE_EDGE + PLATE_BESIDE : 4) <= width;
}

void plot_text_upon(struct plotter *p, struct text text, struct plot_font font, struct path_point middle,
		    struct plot_fill fill)
{
	font.colour = plot_colour_upon(p, fill);
	if (fill.pattern) {
		double width = plot_text_width(p, text, font) + PLATE_EDGE, height = font.size_pt + 1;
		plot_rect(p, (struct plot_box){ middle.x - width / 2, middle.y - height / 2, width, height },
		          (struct plot_fill){ p->ground, 0, 255 });
		font.colour = p->ink;
	}
	plot_text(p, text, font, (struct plot_at){ middle.x, middle.y, PLOT_MIDDLE });
}
