/* SPDX-License-Identifier: MIT
 *
 * A figure as inline SVG for pages under a strict content policy: no style
 * attributes, no scripts, no references outside.  Text stays text, so it can be
 * found, copied, read aloud and enlarged; runs keep their width in other fonts.
 * Colours that the theme names carry classes (fill-accent, stroke-accent), with
 * which a style sheet can change them for dark pages.
 */
#include "base/buf.h"
#include "base/list.h"
#include "base/utf8.h"
#include "render/canvas.h"
#include "render/hatch.h"

enum { FITTED_FROM = 4 /* characters: shorter runs cannot collide */ };

struct hatched {
	uint8_t pattern;
	struct colour colour;
};

struct figure {
	struct buf *out;
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

static void attribute(struct buf *out, const char *name, double value)
{
	buf_format(out, " %s=\"", name);
	buf_fixed(out, value, 2);
	buf_byte(out, '"');
}

/* Identifiers are safe inside url(#…): other bytes become _xx. */
static void put_id(struct figure *figure)
{
	struct text id = figure->options->id;
	for (size_t i = 0; i < id.size; i++) {
		char c = id.at[i];
		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-')
			buf_byte(figure->out, c);
		else
			buf_format(figure->out, "_%02x", (unsigned)(unsigned char)c);
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

/* Adds "fill-accent" to an open class attribute. */
static void put_class(struct figure *figure, const char *kind, struct colour colour, bool *is_first)
{
	struct text name = colour_name(figure->options->theme, colour);
	if (!name.size)
		return;
	buf_format(figure->out, "%s%s-", *is_first ? " class=\"" : " ", kind);
	buf_html(figure->out, name);
	*is_first = false;
}

static void put_colour(struct buf *out, const char *name, struct colour colour)
{
	buf_format(out, " %s=\"#%02x%02x%02x\"", name, colour.red, colour.green, colour.blue);
}

static void put_opacity(struct buf *out, const struct mark *mark)
{
	if (mark->opacity != 255)
		attribute(out, "opacity", mark->opacity / 255.0);
}

/* ---- hatches -------------------------------------------------------------- */

static size_t hatch_number(struct figure *figure, const struct mark *mark)
{
	for (size_t i = 0; i < figure->hatches.count; i++)
		if (figure->hatches.at[i].pattern == mark->path.pattern && same_colour(figure->hatches.at[i].colour, mark->colour))
			return i;
	LIST_PUSH(&figure->hatches, ((struct hatched){ mark->path.pattern, mark->colour }));
	return figure->hatches.count - 1;
}

/* One tile; every pattern repeats after two pitches. */
static void put_pattern(struct figure *figure, size_t number)
{
	struct buf *out = figure->out;
	struct hatched hatched = figure->hatches.at[number];
	struct hatch probe = hatch_over(hatched.pattern, (struct hatch_box){ 0, 0, 1, 1 });
	double side = 2 * probe.pitch_pt, period = probe.dash_pt[0] + probe.dash_pt[1];
	double width = period > 0 ? period : side;
	struct hatch hatch = hatch_over(hatched.pattern, (struct hatch_box){ -side, -side, width + side, 2 * side });
	buf_string(out, "<pattern id=\"");
	put_id(figure);
	buf_format(out, "-hatch-%zu\" patternUnits=\"userSpaceOnUse\"", number);
	attribute(out, "width", width);
	attribute(out, "height", side);
	buf_string(out, "><rect");
	attribute(out, "width", width);
	attribute(out, "height", side);
	bool is_first = true;
	put_class(figure, "tint", hatched.colour, &is_first);
	buf_string(out, is_first ? "" : "\"");
	put_colour(out, "fill", hatch_ground(hatched.colour));
	buf_string(out, "/><path");
	is_first = true;
	put_class(figure, "stroke", hatched.colour, &is_first);
	buf_string(out, is_first ? "" : "\"");
	put_colour(out, "stroke", hatched.colour);
	attribute(out, "stroke-width", hatch.width_pt);
	if (period > 0) {
		buf_string(out, " stroke-dasharray=\"");
		buf_fixed(out, hatch.dash_pt[0], 2);
		buf_byte(out, ' ');
		buf_fixed(out, hatch.dash_pt[1], 2);
		buf_byte(out, '"');
	}
	buf_string(out, " d=\"");
	for (struct hatch_line line; hatch_next(&hatch, &line);) {
		const double numbers[4] = { line.x0, line.y0, line.x1, line.y1 };
		for (int i = 0; i < 4; i++) {
			buf_byte(out, i == 0 ? 'M' : i == 2 ? 'L' : ' ');
			buf_fixed(out, numbers[i], 2);
		}
	}
	buf_string(out, "\"/></pattern>\n");
}

/* ---- marks ---------------------------------------------------------------- */

static void put_path_data(struct buf *out, const struct path *path)
{
	static const char letters[] = { [PATH_MOVE] = 'M', [PATH_LINE] = 'L', [PATH_CURVE] = 'C', [PATH_CLOSE] = 'Z' };
	static const uint8_t points_of[] = { [PATH_MOVE] = 1, [PATH_LINE] = 1, [PATH_CURVE] = 3, [PATH_CLOSE] = 0 };
	const struct path_point *point = path->points;
	buf_string(out, " d=\"");
	for (size_t i = 0; i < path->verb_count; i++) {
		buf_byte(out, letters[path->verbs[i]]);
		for (int k = 0; k < points_of[path->verbs[i]]; k++, point++) {
			buf_string(out, k ? " " : "");
			buf_fixed(out, point->x, 2);
			buf_byte(out, ' ');
			buf_fixed(out, point->y, 2);
		}
	}
	buf_byte(out, '"');
}

static void put_fill(struct figure *figure, const struct mark *mark)
{
	if (!mark->path.is_filled) {
		buf_string(figure->out, " fill=\"none\"");
	} else if (mark->path.pattern) {
		buf_string(figure->out, " fill=\"url(#");
		put_id(figure);
		buf_format(figure->out, "-hatch-%zu)\"", hatch_number(figure, mark));
	} else {
		put_colour(figure->out, "fill", mark->colour);
	}
}

static void put_stroke(struct buf *out, const struct mark *mark)
{
	if (mark->path.width_pt <= 0)
		return;
	put_colour(out, "stroke", mark->colour);
	attribute(out, "stroke-width", mark->path.width_pt);
	buf_string(out, " stroke-miterlimit=\"10\"");
	if (mark->path.dash_pt[0] <= 0)
		return;
	buf_string(out, " stroke-dasharray=\"");
	buf_fixed(out, mark->path.dash_pt[0], 2);
	buf_byte(out, ' ');
	buf_fixed(out, mark->path.dash_pt[1], 2);
	buf_byte(out, '"');
}

static void put_path(struct figure *figure, const struct mark *mark)
{
	bool is_first = true;
	buf_string(figure->out, "<path");
	if (mark->path.is_filled && !mark->path.pattern)
		put_class(figure, "fill", mark->colour, &is_first);
	if (mark->path.width_pt > 0)
		put_class(figure, "stroke", mark->colour, &is_first);
	buf_string(figure->out, is_first ? "" : "\"");
	put_fill(figure, mark);
	put_stroke(figure->out, mark);
	put_opacity(figure->out, mark);
	put_path_data(figure->out, &mark->path);
	buf_string(figure->out, "/>\n");
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

static void put_text(struct figure *figure, const struct mark *mark)
{
	struct buf *out = figure->out;
	const struct glyph_run *run = &mark->run;
	const struct theme *theme = figure->options->theme;
	struct text text = text_trim(run->text);
	if (!text.size || !run->count)
		return;
	bool is_bold, is_first = false;
	int role = role_of(theme, run->face, &is_bold);
	buf_format(out, "<text class=\"%s", roles[role].class);
	put_class(figure, "fill", mark->colour, &is_first);
	buf_byte(out, '"');
	attribute(out, "x", run->glyphs[0].x);
	attribute(out, "y", run->glyphs[0].y);
	attribute(out, "font-size", run->size_pt);
	buf_string(out, " font-family=\"");
	buf_html(out, run->face < theme->face_count ? theme->faces[run->face].family : NO_TEXT);
	buf_format(out, ", %s\"", roles[role].generic);
	buf_string(out, is_bold ? " font-weight=\"700\"" : "");
	put_colour(out, "fill", mark->colour);
	put_opacity(out, mark);
	if (utf8_count(text) >= FITTED_FROM && run->width_pt > 0) {
		attribute(out, "textLength", run->width_pt);
		buf_string(out, " lengthAdjust=\"spacingAndGlyphs\"");
	}
	if (run->angle < 0 || run->angle > 0) {
		buf_string(out, " transform=\"rotate(");
		buf_fixed(out, run->angle, 2);
		buf_byte(out, ' ');
		buf_fixed(out, run->glyphs[0].x, 2);
		buf_byte(out, ' ');
		buf_fixed(out, run->glyphs[0].y, 2);
		buf_string(out, ")\"");
	}
	buf_byte(out, '>');
	buf_html(out, text);
	buf_string(out, "</text>\n");
}

/* ---- the element ---------------------------------------------------------- */

static void put_label(struct figure *figure, const char *element, struct text text)
{
	if (!text.size)
		return;
	buf_format(figure->out, "<%s id=\"", element);
	put_id(figure);
	buf_format(figure->out, "-%s\">", element);
	buf_html(figure->out, text);
	buf_format(figure->out, "</%s>\n", element);
}

static void put_head(struct figure *figure)
{
	struct buf *out = figure->out;
	const struct svg_options *options = figure->options;
	const double px = 96.0 / 72;
	buf_string(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"figure\" role=\"img\" aria-labelledby=\"");
	put_id(figure);
	buf_string(out, "-title");
	if (options->alternative.size) {
		buf_byte(out, ' ');
		put_id(figure);
		buf_string(out, "-desc");
	}
	buf_string(out, "\" viewBox=\"0 0 ");
	buf_fixed(out, options->width_pt, 2);
	buf_byte(out, ' ');
	buf_fixed(out, options->height_pt, 2);
	buf_byte(out, '"');
	attribute(out, "width", options->width_pt * px);
	attribute(out, "height", options->height_pt * px);
	buf_string(out, ">\n");
	put_label(figure, "title", options->title.size ? options->title : options->alternative);
	put_label(figure, "desc", options->alternative);
}

void svg_write_figure(struct buf *output, const struct mark *marks, size_t mark_count, const struct svg_options *options)
{
	struct figure figure = { .out = output, .options = options };
	put_head(&figure);
	for (size_t i = 0; i < mark_count; i++)
		if (marks[i].kind == MARK_PATH && marks[i].path.is_filled && marks[i].path.pattern)
			hatch_number(&figure, &marks[i]);
	if (figure.hatches.count)
		buf_string(output, "<defs>\n");
	for (size_t i = 0; i < figure.hatches.count; i++)
		put_pattern(&figure, i);
	if (figure.hatches.count)
		buf_string(output, "</defs>\n");
	for (size_t i = 0; i < mark_count; i++)
		if (marks[i].kind == MARK_GLYPHS)
			put_text(&figure, &marks[i]);
		else if (marks[i].kind == MARK_PATH)
			put_path(&figure, &marks[i]);
	buf_string(output, "</svg>\n");
	LIST_FREE(&figure.hatches);
}
