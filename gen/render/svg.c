/* SPDX-License-Identifier: MIT
 *
 * A figure as inline SVG for pages under a strict content policy: no style
 * attributes, no scripts, no references outside.  Text stays text, so it can be
 * found, copied, read aloud and enlarged; runs keep their width in other fonts.
 * Colours that the theme names carry classes (fill-accent, stroke-accent), with
 * which a style sheet can change them for dark pages.
 */
#include "base/list.h"
#include "base/utf8.h"
#include "base/xml_write.h"
#include "render/canvas.h"
#include "render/hatch.h"

enum { FITTED_FROM = 4 /* characters: shorter runs cannot collide */ };

struct hatched {
	uint8_t pattern;
	struct colour colour;
};

struct figure {
	struct xml_write xml;
	const struct svg_options *options;
	LIST(struct hatched) hatches;
};

/* The role classes of the site's style sheet, and what stands behind when a reader lacks the font. */
static const struct {
	const char *class, *generic;
} roles[ROLES] = {
	[ROLE_SONG] = { "song", "serif" }, [ROLE_HEI] = { "hei", "sans-serif" }, [ROLE_KAI] = { "kai", "serif" },
	[ROLE_FANG] = { "fang", "serif" }, [ROLE_TITLE] = { "title", "serif" },
};

/* ---- small writers -------------------------------------------------------- */

enum { DIGITS = 2 };

static void attribute(struct xml_write *xml, const char *name, double value)
{
	xml_write_value(xml, name);
	xml_write_fixed(xml, value, DIGITS);
	xml_write_value_end(xml);
}

/* Numbers with blanks between them. */
static void put_numbers(struct xml_write *xml, const double *numbers, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		xml_write_string(xml, i ? " " : "");
		xml_write_fixed(xml, numbers[i], DIGITS);
	}
}

/* Identifiers are safe inside url(#…): other bytes become _xx. */
static void put_id(struct figure *figure)
{
	struct text id = figure->options->id;
	for (size_t i = 0; i < id.size; i++) {
		char c = id.at[i];
		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-')
			xml_write_text(&figure->xml, (struct text){ &c, 1 });
		else
			xml_write_format(&figure->xml, "_%02x", (unsigned)(unsigned char)c);
	}
}

static bool same_colour(struct colour a, struct colour b)
{
	return a.red == b.red && a.green == b.green && a.blue == b.blue;
}

/* The first of the theme's colours that looks like this on white; missing when none does. */
static struct text colour_name(const struct theme *theme, struct colour colour)
{
	for (size_t i = 0; i < theme->colour_count; i++)
		if (same_colour(theme->colours[i].light, colour))
			return theme->colours[i].name;
	return NO_TEXT;
}

/* Adds "fill-accent" to the class attribute, which the first of them opens. */
static void put_class(struct figure *figure, const char *kind, struct colour colour)
{
	struct xml_write *xml = &figure->xml;
	struct text name = colour_name(figure->options->theme, colour);
	if (!name.size)
		return;
	if (xml->place == XML_VALUE)
		xml_write_string(xml, " ");
	else
		xml_write_value(xml, "class");
	xml_write_format(xml, "%s-", kind);
	xml_write_text(xml, name);
}

static void end_classes(struct xml_write *xml)
{
	if (xml->place == XML_VALUE)
		xml_write_value_end(xml);
}

static void put_colour(struct xml_write *xml, const char *name, struct colour colour)
{
	xml_write_attribute_format(xml, name, "#%02x%02x%02x", colour.red, colour.green, colour.blue);
}

static void put_opacity(struct xml_write *xml, const struct draw_op *op)
{
	if (op->opacity != 255)
		attribute(xml, "opacity", op->opacity / 255.0);
}

static void put_dashes(struct xml_write *xml, const double dash_pt[2])
{
	xml_write_value(xml, "stroke-dasharray");
	put_numbers(xml, dash_pt, 2);
	xml_write_value_end(xml);
}

/* ---- hatches -------------------------------------------------------------- */

static size_t hatch_number(struct figure *figure, const struct draw_op *op)
{
	for (size_t i = 0; i < figure->hatches.count; i++)
		if (figure->hatches.at[i].pattern == op->path.pattern &&
		    same_colour(figure->hatches.at[i].colour, op->colour))
			return i;
	LIST_PUSH(&figure->hatches, ((struct hatched){ op->path.pattern, op->colour }));
	return figure->hatches.count - 1;
}

static void put_hatch_lines(struct xml_write *xml, struct hatch hatch)
{
	xml_write_value(xml, "d");
	for (struct hatch_line line; hatch_next(&hatch, &line);) {
		xml_write_string(xml, "M");
		put_numbers(xml, (const double[]){ line.x0, line.y0 }, 2);
		xml_write_string(xml, "L");
		put_numbers(xml, (const double[]){ line.x1, line.y1 }, 2);
	}
	xml_write_value_end(xml);
}

/* One tile; every pattern repeats after two pitches. */
static void put_pattern(struct figure *figure, size_t number)
{
	struct xml_write *xml = &figure->xml;
	struct hatched hatched = figure->hatches.at[number];
	struct hatch probe = hatch_over(hatched.pattern, (struct hatch_box){ 0, 0, 1, 1 });
	double side = 2 * probe.pitch_pt, period = probe.dash_pt[0] + probe.dash_pt[1];
	double width = period > 0 ? period : side;
	struct hatch hatch = hatch_over(hatched.pattern, (struct hatch_box){ -side, -side, width + side, 2 * side });
	xml_write_open(xml, "pattern");
	xml_write_value(xml, "id");
	put_id(figure);
	xml_write_format(xml, "-hatch-%zu", number);
	xml_write_value_end(xml);
	xml_write_attribute(xml, "patternUnits", TEXT("userSpaceOnUse"));
	attribute(xml, "width", width);
	attribute(xml, "height", side);
	xml_write_open(xml, "rect");
	attribute(xml, "width", width);
	attribute(xml, "height", side);
	put_class(figure, "tint", hatched.colour);
	end_classes(xml);
	put_colour(xml, "fill", hatch_ground(hatched.colour));
	xml_write_close(xml);
	xml_write_open(xml, "path");
	put_class(figure, "stroke", hatched.colour);
	end_classes(xml);
	put_colour(xml, "stroke", hatched.colour);
	attribute(xml, "stroke-width", hatch.width_pt);
	if (period > 0)
		put_dashes(xml, hatch.dash_pt);
	put_hatch_lines(xml, hatch);
	xml_write_close(xml);
	xml_write_close(xml);
	xml_write_line(xml);
}

/* ---- draw ops ---------------------------------------------------------------- */

static void put_path_data(struct xml_write *xml, const struct path *path)
{
	static const char *const letters[] = { [PATH_MOVE] = "M", [PATH_LINE] = "L", [PATH_CURVE] = "C",
	                                       [PATH_CLOSE] = "Z" };
	static const uint8_t points_of[] = { [PATH_MOVE] = 1, [PATH_LINE] = 1, [PATH_CURVE] = 3, [PATH_CLOSE] = 0 };
	const struct path_point *point = path->points;
	xml_write_value(xml, "d");
	for (size_t i = 0; i < path->verb_count; i++) {
		xml_write_string(xml, letters[path->verbs[i]]);
		for (int k = 0; k < points_of[path->verbs[i]]; k++, point++) {
			xml_write_string(xml, k ? " " : "");
			put_numbers(xml, (const double[]){ point->x, point->y }, 2);
		}
	}
	xml_write_value_end(xml);
}

static void put_fill(struct figure *figure, const struct draw_op *op)
{
	struct xml_write *xml = &figure->xml;
	if (!op->path.is_filled) {
		xml_write_attribute(xml, "fill", TEXT("none"));
	} else if (op->path.pattern) {
		xml_write_value(xml, "fill");
		xml_write_string(xml, "url(#");
		put_id(figure);
		xml_write_format(xml, "-hatch-%zu)", hatch_number(figure, op));
		xml_write_value_end(xml);
	} else {
		put_colour(xml, "fill", op->colour);
	}
}

static void put_stroke(struct xml_write *xml, const struct draw_op *op)
{
	if (op->path.width_pt <= 0)
		return;
	put_colour(xml, "stroke", op->colour);
	attribute(xml, "stroke-width", op->path.width_pt);
	xml_write_attribute(xml, "stroke-miterlimit", TEXT("10"));
	if (op->path.dash_pt[0] > 0)
		put_dashes(xml, op->path.dash_pt);
}

static void put_path(struct figure *figure, const struct draw_op *op)
{
	struct xml_write *xml = &figure->xml;
	xml_write_open(xml, "path");
	if (op->path.is_filled && !op->path.pattern)
		put_class(figure, "fill", op->colour);
	if (op->path.width_pt > 0)
		put_class(figure, "stroke", op->colour);
	end_classes(xml);
	put_fill(figure, op);
	put_stroke(xml, op);
	put_opacity(xml, op);
	put_path_data(xml, &op->path);
	xml_write_close(xml);
	xml_write_line(xml);
}

/* The role whose first face this is, else any that falls back to it. */
static int role_of(const struct theme *theme, uint16_t face, bool *is_bold)
{
	for (int rank = 0; rank < ROLE_FACES_MOST; rank++)
		for (int role = 0; role < ROLES; role++)
			for (int bold = 0; bold < 2; bold++)
				if (theme->role_faces[role][bold][rank] == face) {
					*is_bold = bold;
					return role;
				}
	*is_bold = false;
	return ROLE_HEI;
}

static void put_family(struct xml_write *xml, const struct theme *theme, uint16_t face, int role)
{
	xml_write_value(xml, "font-family");
	xml_write_text(xml, face < theme->face_count ? theme->faces[face].family : NO_TEXT);
	xml_write_format(xml, ", %s", roles[role].generic);
	xml_write_value_end(xml);
}

/* What of a run is not so in every run: its width once it could collide, its angle. */
static void put_fitting(struct xml_write *xml, const struct glyph_run *run, struct text text)
{
	if (utf8_count(text) >= FITTED_FROM && run->width_pt > 0) {
		attribute(xml, "textLength", run->width_pt);
		xml_write_attribute(xml, "lengthAdjust", TEXT("spacingAndGlyphs"));
	}
	if (run->angle < 0 || run->angle > 0) {
		xml_write_value(xml, "transform");
		xml_write_string(xml, "rotate(");
		put_numbers(xml, (const double[]){ run->angle, run->glyphs[0].x, run->glyphs[0].y }, 3);
		xml_write_string(xml, ")");
		xml_write_value_end(xml);
	}
}

static void put_text(struct figure *figure, const struct draw_op *op)
{
	struct xml_write *xml = &figure->xml;
	const struct glyph_run *run = &op->run;
	struct text text = text_trim(run->text);
	if (!text.size || !run->count)
		return;
	bool is_bold;
	int role = role_of(figure->options->theme, run->face, &is_bold);
	xml_write_open(xml, "text");
	xml_write_value(xml, "class");
	xml_write_string(xml, roles[role].class);
	put_class(figure, "fill", op->colour);
	end_classes(xml);
	attribute(xml, "x", run->glyphs[0].x);
	attribute(xml, "y", run->glyphs[0].y);
	attribute(xml, "font-size", run->size_pt);
	put_family(xml, figure->options->theme, run->face, role);
	if (is_bold)
		xml_write_attribute(xml, "font-weight", TEXT("700"));
	put_colour(xml, "fill", op->colour);
	put_opacity(xml, op);
	put_fitting(xml, run, text);
	xml_write_text(xml, text);
	xml_write_close(xml);
	xml_write_line(xml);
}

/* ---- the element ---------------------------------------------------------- */

static void put_label(struct figure *figure, const char *element, struct text text)
{
	struct xml_write *xml = &figure->xml;
	if (!text.size)
		return;
	xml_write_open(xml, element);
	xml_write_value(xml, "id");
	put_id(figure);
	xml_write_format(xml, "-%s", element);
	xml_write_value_end(xml);
	xml_write_text(xml, text);
	xml_write_close(xml);
	xml_write_line(xml);
}

static void open_figure(struct figure *figure)
{
	struct xml_write *xml = &figure->xml;
	const struct svg_options *options = figure->options;
	const double px = 96.0 / 72;
	xml_write_open(xml, "svg");
	xml_write_attribute(xml, "xmlns", TEXT("http://www.w3.org/2000/svg"));
	xml_write_attribute(xml, "class", TEXT("figure"));
	xml_write_attribute(xml, "role", TEXT("img"));
	xml_write_value(xml, "aria-labelledby");
	put_id(figure);
	xml_write_string(xml, "-title");
	if (options->alternative.size) {
		xml_write_string(xml, " ");
		put_id(figure);
		xml_write_string(xml, "-desc");
	}
	xml_write_value_end(xml);
	xml_write_value(xml, "viewBox");
	put_numbers(xml, (const double[]){ 0, 0, options->width_pt, options->height_pt }, 4);
	xml_write_value_end(xml);
	attribute(xml, "width", options->width_pt * px);
	attribute(xml, "height", options->height_pt * px);
	xml_write_line(xml);
	put_label(figure, "title", options->title.size ? options->title : options->alternative);
	put_label(figure, "desc", options->alternative);
}

static void put_patterns(struct figure *figure)
{
	if (!figure->hatches.count)
		return;
	xml_write_open(&figure->xml, "defs");
	xml_write_line(&figure->xml);
	for (size_t i = 0; i < figure->hatches.count; i++)
		put_pattern(figure, i);
	xml_write_close(&figure->xml);
	xml_write_line(&figure->xml);
}

void svg_write_figure(struct buf *output, const struct draw_op *ops, size_t op_count, const struct svg_options *options)
{
	struct figure figure = { .options = options };
	xml_write_init(&figure.xml, output);
	open_figure(&figure);
	for (size_t i = 0; i < op_count; i++)
		if (ops[i].kind == DRAW_PATH && ops[i].path.is_filled && ops[i].path.pattern)
			hatch_number(&figure, &ops[i]);
	put_patterns(&figure);
	for (size_t i = 0; i < op_count; i++)
		if (ops[i].kind == DRAW_GLYPHS)
			put_text(&figure, &ops[i]);
		else if (ops[i].kind == DRAW_PATH)
			put_path(&figure, &ops[i]);
	xml_write_close(&figure.xml);
	xml_write_line(&figure.xml);
	xml_write_end(&figure.xml);
	LIST_FREE(&figure.hatches);
}
