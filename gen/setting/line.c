/* SPDX-License-Identifier: MIT */
#include "setting/line_fresh.h"

#include <math.h>

#include "base/arena.h"

void typesetter_clear(struct typesetter *typesetter)
{
	LIST_FREE(&typesetter->ops);
	LIST_FREE(&typesetter->links);
	LIST_FREE(&typesetter->tags);
	LIST_FREE(&typesetter->pieces);
	LIST_FREE(&typesetter->boxes);
	LIST_FREE(&typesetter->broken);
	LIST_FREE(&typesetter->glyphs);
	LIST_FREE(&typesetter->lines);
}

int32_t typesetter_tag(struct typesetter *typesetter, const char *type, int32_t parent)
{
	*LIST_ADD(&typesetter->tags) = (struct tag){ .type = type, .parent = parent };
	return (int32_t)typesetter->tags.count - 1;
}

double line_baseline(double size_pt, double line_pt)
{
	/* The em box of a Han face reaches from 0.12 em below the baseline to 0.88 em above. */
	return line_pt / 2 + size_pt * 0.38;
}

/* ---- runs: neighbouring glyphs of one face, size, colour and tag ------------- */

struct run_state {
	struct typesetter *typesetter;
	const struct piece *piece;
	uint16_t face;
	double scale;
	const char *from, *to; /* text covered */
	double x, end_x, y;
	bool is_open;
};

static void run_close(struct run_state *run)
{
	struct typesetter *typesetter = run->typesetter;
	if (!run->is_open || typesetter->glyphs.count == 0)
		return;
	size_t count = typesetter->glyphs.count;
	struct placed_glyph *glyphs = arena_room(typesetter->arena, count * sizeof *glyphs);
	memcpy(glyphs, typesetter->glyphs.at, count * sizeof *glyphs);
	LIST_PUSH(&typesetter->ops, ((struct draw_op){
		.kind = DRAW_GLYPHS, .tag = run->piece->tag, .colour = run->piece->colour, .opacity = 255,
		.run = { .text = { run->from, (size_t)(run->to - run->from) }, .glyphs = glyphs, .count = count,
		         .face = run->face,
		         .size_pt = run->piece->size_pt * run->scale, .width_pt = run->end_x - run->x },
	}));
	typesetter->glyphs.count = 0;
	run->is_open = false;
}

static bool run_goes_on(const struct run_state *run, const struct piece *piece, const struct glyph *glyph,
			const char *at)
{
	return run->is_open && run->face == glyph->face && run->scale == glyph->scale && at == run->to &&
	       (piece == run->piece || (piece->tag == run->piece->tag && piece->size_pt == run->piece->size_pt &&
	                                memcmp(&piece->colour, &run->piece->colour, sizeof piece->colour) == 0 &&
	                                piece->rise_pt == run->piece->rise_pt));
}

/* The shaped text of a box, its pen at x; `room` is what it takes of the line. */
static void run_add(struct run_state *run, const struct piece *piece, const struct box *box, struct path_point pen)
{
	const struct shaped *shaped = box->shaped;
	double em = piece->size_pt, x = pen.x;
	const char *end = box->text.at + box->text.size;
	for (size_t i = 0; i < shaped->count; i++) {
		const struct glyph *glyph = &shaped->glyphs[i];
		const char *at = box->text.at + (i == 0 ? 0 : glyph->cluster);
		if (!run_goes_on(run, piece, glyph, at) &&
		    !(run->is_open && run->face == glyph->face && run->scale == glyph->scale && i > 0)) {
			run_close(run);
			*run = (struct run_state){ run->typesetter, piece, glyph->face, glyph->scale, at, at, x, x, pen.y, true };
		}
		size_t next = i + 1;
		run->to = next < shaped->count ? box->text.at + shaped->glyphs[next].cluster : end;
		LIST_PUSH(&run->typesetter->glyphs, ((struct placed_glyph){
			.id = glyph->id, .cluster = (uint32_t)(at - run->from),
			.x = x + glyph->dx * em, .y = pen.y - piece->rise_pt + glyph->dy * em,
		}));
		x += glyph->advance * em;
		run->end_x = x;
	}
	if (shaped->count == 0 && run->is_open && run->to == box->text.at)
		run->to = end; /* invisible characters stay in the text */
}

/* ---- one line ------------------------------------------------------------------ */

struct adjustment {
	double stretch, reserve;  /* the parts of box.stretch and box.reserve that are used */
	double glue;              /* what each glue gains, pt */
	double shrink[SQUEEZES];  /* factors of box.shrink, by its rank */
};

/*
 * What is too much goes rank after rank: a bracket gives its blank before a full stop does.  Where all of that is
 * not enough (break.c bounds it), Han characters stand a little closer.
 */
static struct adjustment squeeze(const struct box *boxes, const struct broken_line *line, double missing)
{
	double room[SQUEEZES] = { 0 };
	size_t glues = 0;
	struct adjustment by = { 0 };
	for (size_t i = line->first + 1; i < line->end; i++) {
		room[boxes[i].squeeze] += boxes[i].shrink;
		glues += boxes[i].has_glue;
	}
	for (size_t rank = 0; rank < SQUEEZES && missing > 0; rank++) {
		by.shrink[rank] = room[rank] > 0 ? fmin(missing / room[rank], 1) : 0;
		missing -= by.shrink[rank] * room[rank];
	}
	by.glue = glues ? -fmax(missing, 0) / (double)glues : 0;
	return by;
}

#define RAGGED_EM 0.5 /* a line of one long word and little else stays ragged rather than torn apart */

static struct adjustment adjust(const struct box *boxes, const struct broken_line *line, double slack, double em)
{
	double stretch = 0, reserve = 0;
	size_t glues = 0;
	if (slack < 0)
		return squeeze(boxes, line, -slack);
	for (size_t i = line->first + 1; i < line->end; i++) {
		stretch += boxes[i].stretch;
		reserve += boxes[i].reserve;
		glues += boxes[i].has_glue;
	}
	if (slack <= stretch)
		return (struct adjustment){ .stretch = stretch > 0 ? slack / stretch : 0 };
	double each = glues ? (slack - stretch) / (double)glues : 0;
	if (each > RAGGED_EM * em || (glues == 0 && slack > stretch + em))
		return (struct adjustment){ .stretch = stretch > 0 ? 1 : 0 };
	double more = fmax((each - BREAK_SOLID_EM * em) * (double)glues, 0);
	double used = reserve > 0 ? fmin(more / reserve, 1) : 0;
	double glue = glues ? each - used * reserve / (double)glues : 0;
	return (struct adjustment){ .stretch = 1, .reserve = used, .glue = glue };
}

/* A dot's radius, and its middle below the baseline: clear of the em box above and of the next line's. */
#define DOT_EM 0.07
#define DOT_DEPTH_EM 0.27

/* Link rectangles: one for each row of neighbouring boxes of one link. */
struct link_state {
	int32_t link, tag;
	double x, end_x;
};

static void link_close(struct typesetter *typesetter, struct link_state *state, const struct line_options *options)
{
	if (state->link < 0)
		return;
	const struct line_link *link = &typesetter->links.at[state->link];
	LIST_PUSH(&typesetter->ops, ((struct draw_op){
		.kind = DRAW_LINK, .tag = state->tag,
		.link = { state->x, 0, state->end_x - state->x, options->line_pt, link->target, link->description },
	}));
	state->link = -1;
}

double line_align_offset(int8_t align, double slack)
{
	if (slack > 0 && align == ALIGN_CENTRE)
		return slack / 2;
	return slack > 0 && align == ALIGN_RIGHT ? slack : 0;
}

/* The hyphen of a divided word is a soft one (U+00AD): who reads or copies the text gets the word whole. */
static double hyphen_place(struct typesetter *typesetter, const struct piece *piece, struct path_point pen)
{
	struct run_state run = { .typesetter = typesetter };
	const struct shaped *shaped = shape_text(typesetter->shaper, TEXT("-"), piece->font, piece->span);
	struct box hyphen = { .shaped = shaped, .text = TEXT("\xC2\xAD") };
	run_add(&run, piece, &hyphen, pen);
	run_close(&run);
	return shaped->width * piece->size_pt;
}

static bool ends_divided(const struct typesetter *typesetter, const struct broken_line *line)
{
	return !line->is_last && line->end < typesetter->boxes.count && typesetter->boxes.at[line->end].hyphen > 0;
}

/*
 * 着重号: below the middle of a Han character, not of a mark (clreq).  Its draw op comes before
 * that of the run, which it does not interrupt; who hears the text is not told of it.
 */
static void dot_place(struct typesetter *typesetter, const struct piece *piece, struct path_point centre)
{
	static const uint8_t verbs[] = { PATH_MOVE, PATH_CURVE, PATH_CURVE, PATH_CURVE, PATH_CURVE, PATH_CLOSE };
	static const double round = 0.5523; /* of a quarter of a circle as a Bézier curve */
	static const struct path_point unit[] = {
		{ 1, 0 }, { 1, round }, { round, 1 }, { 0, 1 }, { -round, 1 }, { -1, round }, { -1, 0 },
		{ -1, -round }, { -round, -1 }, { 0, -1 }, { round, -1 }, { 1, -round }, { 1, 0 },
	};
	enum { POINTS = sizeof unit / sizeof *unit };
	struct path_point *points = ARENA_ARRAY(typesetter->arena, struct path_point, POINTS);
	for (size_t i = 0; i < POINTS; i++)
		points[i] = (struct path_point){ centre.x + unit[i].x * DOT_EM * piece->size_pt,
		                                 centre.y + unit[i].y * DOT_EM * piece->size_pt };
	LIST_PUSH(&typesetter->ops, ((struct draw_op){
		.kind = DRAW_PATH, .tag = -1, .colour = piece->colour, .opacity = 255,
		.path = { .verbs = verbs, .verb_count = sizeof verbs, .points = points, .point_count = POINTS,
		          .is_filled = true },
	}));
}

/* Where the draw ops of a line go. */
struct placing {
	struct path_point pen;
	struct adjustment by;
};

/* The boxes of a line, and what they link to; returns where the pen is then. */
static double boxes_place(struct typesetter *typesetter, const struct piece *pieces, const struct broken_line *line,
			  const struct line_options *options, const struct placing *placing)
{
	const struct box *boxes = typesetter->boxes.at;
	const struct adjustment *by = &placing->by;
	double x = placing->pen.x;
	struct run_state run = { .typesetter = typesetter };
	struct link_state links = { -1, -1, 0, 0 };
	for (size_t i = line->first; i < line->end; i++) {
		const struct box *box = &boxes[i];
		const struct piece *piece = &pieces[box->piece];
		if (i == line->first)
			x -= box->trim_left;
		else
			x += box->gap + by->stretch * box->stretch + by->reserve * box->reserve -
			     by->shrink[box->squeeze] * box->shrink + (box->has_glue ? by->glue : 0);
		if (piece->link != links.link) {
			link_close(typesetter, &links, options);
			links = (struct link_state){ piece->link, piece->tag, x, x };
		}
		if (piece->is_dotted && box->class == BOX_HAN)
			dot_place(typesetter, piece, (struct path_point){
				x + box->width / 2, placing->pen.y + DOT_DEPTH_EM * piece->size_pt });
		run_add(&run, piece, box, (struct path_point){ x, placing->pen.y });
		x += box->width;
		links.end_x = x;
	}
	run_close(&run);
	if (ends_divided(typesetter, line))
		links.end_x = x += hyphen_place(typesetter, &pieces[boxes[line->end - 1].piece],
		                                (struct path_point){ x, placing->pen.y });
	link_close(typesetter, &links, options);
	return x;
}

static void line_place(struct typesetter *typesetter, const struct piece *pieces, const struct broken_line *line,
		       const struct line_options *options, double indent)
{
	const struct box *boxes = typesetter->boxes.at;
	double slack = options->width_pt - indent - line->natural_pt;
	bool adjusts = slack < -1e-3 || (options->align == ALIGN_JUSTIFY && !line->is_last);
	struct placing placing = { .by = adjusts ? adjust(boxes, line, slack, options->size_pt)
	                                         : (struct adjustment){ 0 } };
	placing.pen.x = options->x_pt + indent + line_align_offset(options->align, slack);
	placing.pen.y = line_baseline(options->size_pt, options->line_pt);
	struct set_line set = { .first_op = typesetter->ops.count, .left_pt = placing.pen.x,
	                        .slack_pt = adjusts ? slack : 0,
	                        .glue_pt = placing.by.glue };
	double x = boxes_place(typesetter, pieces, line, options, &placing);
	set.right_pt = line->end > line->first ? x - boxes[line->end - 1].trim_right : x;
	set.op_count = typesetter->ops.count - set.first_op;
	LIST_PUSH(&typesetter->lines, set);
}

/* Lines of like length: set to the narrowest measure that needs no more lines. */
static void break_balanced(struct typesetter *typesetter, struct break_options options)
{
	break_lines(&typesetter->broken, typesetter->boxes.at, typesetter->boxes.count, &options);
	size_t count = typesetter->broken.count;
	double whole = options.width_pt, low = whole / (double)count, high = whole;
	while (count > 1 && high - low > options.em_pt / 4) {
		double middle = (low + high) / 2;
		options.width_pt = middle;
		typesetter->broken.count = 0;
		break_lines(&typesetter->broken, typesetter->boxes.at, typesetter->boxes.count, &options);
		bool is_good = typesetter->broken.count <= count;
		for (size_t i = 0; i < typesetter->broken.count; i++)
			is_good = is_good && typesetter->broken.at[i].natural_pt <= middle + 0.01;
		if (is_good)
			high = middle;
		else
			low = middle;
	}
	/* With some room to spare for breaks between words. */
	options.width_pt = fmin(whole, high + 2.2 * options.em_pt);
	boxes_bind(&typesetter->boxes, true);
	typesetter->broken.count = 0;
	break_lines(&typesetter->broken, typesetter->boxes.at, typesetter->boxes.count, &options);
}

static void boxes_make(struct typesetter *typesetter, const struct piece *pieces, size_t piece_count,
		       const struct box_options *options)
{
	typesetter->boxes.count = typesetter->broken.count = 0;
	boxes_add(&typesetter->boxes, typesetter->shaper, pieces, piece_count, options);
}

/* Lines end between words where that takes no more of them. */
static void break_ragged(struct typesetter *typesetter, const struct break_options *how)
{
	break_lines(&typesetter->broken, typesetter->boxes.at, typesetter->boxes.count, how);
	size_t count = typesetter->broken.count;
	if (count < 2)
		return;
	boxes_bind(&typesetter->boxes, true);
	typesetter->broken.count = 0;
	break_lines(&typesetter->broken, typesetter->boxes.at, typesetter->boxes.count, how);
	if (typesetter->broken.count == count)
		return;
	boxes_bind(&typesetter->boxes, false);
	typesetter->broken.count = 0;
	break_lines(&typesetter->broken, typesetter->boxes.at, typesetter->boxes.count, how);
}

/* The loosest line's blank between Han characters, in points. */
static double looseness(const struct typesetter *typesetter, const struct line_options *options)
{
	double loosest = 0;
	for (size_t i = 0; i < typesetter->broken.count; i++) {
		const struct broken_line *line = &typesetter->broken.at[i];
		double slack = options->width_pt - (i == 0 ? options->first_indent_pt : 0) - line->natural_pt;
		if (line->is_last || slack <= 0)
			continue;
		struct adjustment by = adjust(typesetter->boxes.at, line, slack, options->size_pt);
		double stretched = 0;
		for (size_t k = line->first + 1; k < line->end; k++)
			stretched += by.stretch * typesetter->boxes.at[k].stretch +
			             by.reserve * typesetter->boxes.at[k].reserve;
		loosest = fmax(loosest, by.glue > 0 || slack - stretched < 0.01 ? by.glue : slack);
	}
	return loosest;
}

/*
 * Words are divided only in paragraphs that would have a line looser than the theme
 * allows, and only when that makes the loosest line better.
 */
static void break_justified(struct typesetter *typesetter, const struct piece *pieces, size_t piece_count,
			    const struct line_options *options)
{
	struct shape_hyphens hyphens = shape_hyphens(typesetter->shaper);
	struct break_options how = { .width_pt = options->width_pt, .first_indent_pt = options->first_indent_pt,
	                             .em_pt = options->size_pt,
	                             .loosest_em = hyphens.loosest_em, .is_justified = true };
	struct box_options words = { .measure_pt = options->width_pt, .hyphenator = hyphens.hyphenator };
	break_lines(&typesetter->broken, typesetter->boxes.at, typesetter->boxes.count, &how);
	double whole = looseness(typesetter, options);
	if (!hyphens.hyphenator || whole <= hyphens.loosest_em * options->size_pt)
		return;
	size_t count = typesetter->boxes.count;
	words.hyphenates = true;
	boxes_make(typesetter, pieces, piece_count, &words);
	break_lines(&typesetter->broken, typesetter->boxes.at, typesetter->boxes.count, &how);
	if (typesetter->boxes.count == count || looseness(typesetter, options) < whole)
		return;
	words.hyphenates = false;
	boxes_make(typesetter, pieces, piece_count, &words);
	break_lines(&typesetter->broken, typesetter->boxes.at, typesetter->boxes.count, &how);
}

void line_fresh_paragraph(struct typesetter *typesetter, const struct piece *pieces, size_t piece_count,
			const struct line_options *options)
{
	typesetter->lines.count = 0;
	boxes_make(typesetter, pieces, piece_count, &(struct box_options){
		.measure_pt = options->width_pt, .hyphenator = shape_hyphens(typesetter->shaper).hyphenator });
	struct break_options how = { .width_pt = options->width_pt, .first_indent_pt = options->first_indent_pt,
	                             .em_pt = options->size_pt };
	if (options->is_balanced)
		break_balanced(typesetter, how);
	else if (options->align == ALIGN_JUSTIFY)
		break_justified(typesetter, pieces, piece_count, options);
	else
		break_ragged(typesetter, &how);
	bool is_first = true;
	for (size_t i = 0; i < typesetter->broken.count; i++) {
		line_place(typesetter, pieces, &typesetter->broken.at[i], options, is_first ? options->first_indent_pt
		                                                                            : 0);
		is_first = false;
	}
}

void line_fresh_again(struct typesetter *typesetter, const struct piece *piece, const struct line_options *options)
{
	typesetter->lines.count = 0;
	line_place(typesetter, piece, &typesetter->broken.at[0], options, 0);
}

/* A line that ends before this box ends at a mark or a blank; there is a box before it. */
static bool is_calm_break(const struct box *box)
{
	enum box_class before = (box - 1)->class;
	return before == BOX_CLOSE || before == BOX_SPACE || before == BOX_STOP || box->class == BOX_OPEN;
}

struct line_extent line_fresh_extent(struct typesetter *typesetter, const struct piece *piece)
{
	boxes_make(typesetter, piece, 1, &(struct box_options){ .measure_pt = 1e9 });
	struct line_extent extent = { 0, 0, 0 };
	const struct box *boxes = typesetter->boxes.at;
	size_t start = 0, part = 0, calm = 0, count = typesetter->boxes.count;
	for (size_t i = 0; i <= count; i++) {
		bool ends_line = i == count || boxes[i].class == BOX_NEWLINE;
		if ((ends_line || (boxes[i].may_break && boxes[i].penalty != PENALTY_KEEP)) && i > part) {
			size_t end = i;
			while (end > part + 1 && boxes[end - 1].class == BOX_SPACE)
				end--;
			extent.least_pt = fmax(extent.least_pt, break_natural_width(boxes, part, end));
			part = i;
			if (ends_line || is_calm_break(&boxes[i])) {
				extent.calm_pt = fmax(extent.calm_pt, break_natural_width(boxes, calm, end));
				calm = i;
			}
		}
		if (!ends_line)
			continue;
		extent.most_pt = fmax(extent.most_pt, break_natural_width(boxes, start, i));
		start = part = calm = i + 1;
	}
	return extent;
}

double line_fresh_text(struct typesetter *typesetter, const struct piece *piece, struct path_point baseline)
{
	boxes_make(typesetter, piece, 1, &(struct box_options){ .measure_pt = 1e9 });
	struct run_state run = { .typesetter = typesetter };
	double x = baseline.x;
	for (size_t i = 0; i < typesetter->boxes.count; i++) {
		const struct box *box = &typesetter->boxes.at[i];
		if (i > 0)
			x += box->gap;
		run_add(&run, piece, box, (struct path_point){ x, baseline.y });
		x += box->width;
	}
	run_close(&run);
	return x - baseline.x;
}
