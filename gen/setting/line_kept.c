/* SPDX-License-Identifier: MIT
 *
 * The doors to line setting: what is plain is set once and put down from what is kept of it (kept.h), the
 * rest is set anew each time.
 */
#include <math.h>

#include "base/arena.h"
#include "setting/kept.h"
#include "setting/line_fresh.h"
#include "setting/quote.h"

enum { TEXT_MOST = 4096 /* bytes: what is longer does not come again */ };

/* Nothing but glyphs comes of it: no link, no dots, no note, and no quote that was curled in the arena. */
static bool is_plain(const struct piece *piece, const struct piece *typed)
{
	return piece == typed && piece->link < 0 && !piece->is_dotted && !piece->is_note_mark &&
	       piece->text.size <= TEXT_MOST;
}

static struct kept_key key_of(const struct piece *piece, enum kept_kind kind)
{
	return (struct kept_key){
		.text = piece->text, .font = piece->font, .kind = (uint8_t)kind, .is_code = piece->is_code,
		.size_pt = piece->size_pt, .rise_pt = piece->rise_pt, .track_pt = piece->track_pt,
	};
}

/* ---- putting down ----------------------------------------------------------- */

static void run_put(struct typesetter *typesetter, const struct piece *piece, const struct kept_run *run,
		    struct path_point by)
{
	struct placed_glyph *glyphs = arena_room(typesetter->arena, run->count * sizeof *glyphs);
	for (size_t i = 0; i < run->count; i++) {
		glyphs[i] = run->glyphs[i];
		glyphs[i].x += by.x;
		glyphs[i].y += by.y;
	}
	LIST_PUSH(&typesetter->ops, ((struct draw_op){
		.kind = DRAW_GLYPHS, .tag = piece->tag, .colour = piece->colour, .opacity = 255,
		.run = { .text = { piece->text.at + run->from, run->size }, .glyphs = glyphs, .count = run->count,
		         .face = run->face, .size_pt = run->size_pt, .width_pt = run->width_pt },
	}));
}

static void lines_put(struct typesetter *typesetter, const struct piece *piece, const struct kept_set *set, double left)
{
	for (size_t i = 0; i < set->line_count; i++) {
		const struct kept_line *line = &set->lines[i];
		double start = left + line->start_pt;
		struct set_line put = { .first_op = typesetter->ops.count, .op_count = line->run_count,
			                .left_pt = start, .right_pt = start + line->right_pt,
			                .slack_pt = line->slack_pt, .glue_pt = line->glue_pt };
		for (size_t r = 0; r < line->run_count; r++)
			run_put(typesetter, piece, &set->runs[line->first_run + r], (struct path_point){ left, 0 });
		LIST_PUSH(&typesetter->lines, put);
	}
}

/* ---- taking up -------------------------------------------------------------- */

/* What was set into typesetter.ops from `first_op` on, taken out of there again. */
struct taking {
	struct typesetter *typesetter;
	const struct piece *piece;
	size_t first_op;
	LIST(struct kept_run) runs;
	LIST(struct kept_line) lines;
};

static void taking_clear(struct taking *taking)
{
	taking->typesetter->ops.count = taking->first_op;
	LIST_FREE(&taking->runs);
	LIST_FREE(&taking->lines);
}

/* A character that no face has is told of at each of its places, so its text is set at each. */
static bool has_missing(const struct boxes *boxes)
{
	for (size_t i = 0; i < boxes->count; i++)
		if (shape_is_missing(boxes->at[i].shaped))
			return true;
	return false;
}

/* False where something came of the piece that is no part of its text: a hyphen. */
static bool runs_take(struct taking *taking)
{
	const struct text text = taking->piece->text;
	for (size_t i = taking->first_op; i < taking->typesetter->ops.count; i++) {
		const struct draw_op *op = &taking->typesetter->ops.at[i];
		const struct glyph_run *run = &op->run;
		uintptr_t from = (uintptr_t)run->text.at - (uintptr_t)text.at;
		if (op->kind != DRAW_GLYPHS || from > text.size || run->text.size > text.size - from)
			return false;
		LIST_PUSH(&taking->runs, ((struct kept_run){
			.from = (uint32_t)from, .size = (uint32_t)run->text.size, .glyphs = run->glyphs,
			.count = run->count, .face = run->face, .size_pt = run->size_pt, .width_pt = run->width_pt }));
	}
	return !has_missing(&taking->typesetter->boxes);
}

static void lines_take(struct taking *taking)
{
	const struct typesetter *typesetter = taking->typesetter;
	for (size_t i = 0; i < typesetter->lines.count; i++) {
		const struct set_line *line = &typesetter->lines.at[i];
		LIST_PUSH(&taking->lines, ((struct kept_line){
			.first_run = line->first_op - taking->first_op, .run_count = line->op_count,
			.start_pt = line->left_pt, .right_pt = line->right_pt - line->left_pt,
			.slack_pt = line->slack_pt, .glue_pt = line->glue_pt }));
	}
}

/* ---- paragraphs ------------------------------------------------------------- */

/*
 * Whether a paragraph so wide is one line, and the same whatever the measure: with two ems over, no word of it is
 * too wide for the line, however much its marks give up at their edges.
 */
static bool is_loose(const struct line_options *options, const struct piece *piece, double natural)
{
	return options->width_pt - options->first_indent_pt >= natural + 2 * piece->size_pt;
}

static struct kept_key line_key(const struct piece *piece, const struct line_options *options)
{
	struct kept_key key = key_of(piece, KEPT_LINE);
	key.em_pt = options->size_pt;
	key.line_pt = options->line_pt;
	return key;
}

static struct kept_key paragraph_key(const struct piece *piece, const struct line_options *options)
{
	struct kept_key key = key_of(piece, KEPT_PARAGRAPH);
	key.em_pt = options->size_pt;
	key.line_pt = options->line_pt;
	key.width_pt = options->width_pt;
	key.first_indent_pt = options->first_indent_pt;
	key.align = options->align;
	key.is_balanced = options->is_balanced;
	return key;
}

/* The paragraph of one line that this one is, or NULL. */
static const struct kept_set *one_line(struct typesetter *typesetter, const struct piece *piece,
				       const struct line_options *options)
{
	struct kept_key key = line_key(piece, options);
	const struct kept_set *set = kept_find(shape_kept(typesetter->shaper), &key);
	return set && is_loose(options, piece, set->natural_pt) ? set : NULL;
}

/* Sets it at the left edge 0 and keeps it.  NULL: it cannot be kept. */
static const struct kept_set *first_time(struct typesetter *typesetter, const struct piece *piece,
					 struct line_options options)
{
	struct taking taking = { .typesetter = typesetter, .piece = piece, .first_op = typesetter->ops.count };
	struct kept_key key = paragraph_key(piece, &options);
	options.x_pt = 0;
	line_fresh_paragraph(typesetter, piece, 1, &options);
	if (typesetter->lines.count == 1 && is_loose(&options, piece, typesetter->broken.at[0].natural_pt)) {
		key = line_key(piece, &options);
		typesetter->ops.count = taking.first_op;
		line_fresh_again(typesetter, piece, &(struct line_options){
			.width_pt = options.width_pt - options.first_indent_pt, .size_pt = options.size_pt,
			.line_pt = options.line_pt, .align = ALIGN_LEFT });
	}
	const struct kept_set *kept = NULL;
	if (runs_take(&taking)) {
		lines_take(&taking);
		kept = kept_add(shape_kept(typesetter->shaper), &key, &(struct kept_set){
			.runs = taking.runs.at, .run_count = taking.runs.count, .lines = taking.lines.at,
			.line_count = taking.lines.count, .natural_pt = typesetter->broken.at[0].natural_pt });
	}
	taking_clear(&taking);
	typesetter->lines.count = 0;
	return kept;
}

static const struct kept_set *paragraph_of(struct typesetter *typesetter, const struct piece *piece,
					   const struct line_options *options)
{
	const struct kept_set *set = one_line(typesetter, piece, options);
	if (set)
		return set;
	struct kept_key key = paragraph_key(piece, options);
	set = kept_find(shape_kept(typesetter->shaper), &key);
	return set ? set : first_time(typesetter, piece, *options);
}

void line_set_paragraph(struct typesetter *typesetter, const struct piece *pieces, size_t piece_count,
			const struct line_options *options)
{
	const struct piece *shown = quotes_curl(typesetter->arena, pieces, piece_count);
	typesetter->lines.count = 0;
	const struct kept_set *set = NULL;
	if (piece_count == 1 && is_plain(shown, pieces))
		set = paragraph_of(typesetter, shown, options);
	if (!set) {
		line_fresh_paragraph(typesetter, shown, piece_count, options);
		return;
	}
	double left = options->x_pt;
	if (set->line_count == 1 && is_loose(options, shown, set->natural_pt)) {
		double slack = options->width_pt - options->first_indent_pt - set->natural_pt;
		left += options->first_indent_pt + line_align_offset(options->align, slack);
	}
	lines_put(typesetter, shown, set, left);
}

/* ---- widths, and text that is not broken ------------------------------------ */

struct line_extent line_measure(struct typesetter *typesetter, const struct piece *piece)
{
	const struct piece *shown = quotes_curl(typesetter->arena, piece, 1);
	if (!is_plain(shown, piece))
		return line_fresh_extent(typesetter, shown);
	struct kept_key key = key_of(shown, KEPT_EXTENT);
	const struct kept_set *set = kept_find(shape_kept(typesetter->shaper), &key);
	if (set)
		return set->extent;
	struct line_extent extent = line_fresh_extent(typesetter, shown);
	if (!has_missing(&typesetter->boxes))
		kept_add(shape_kept(typesetter->shaper), &key, &(struct kept_set){ .extent = extent });
	return extent;
}

static const struct kept_set *text_take(struct typesetter *typesetter, const struct piece *piece,
					const struct kept_key *key)
{
	struct taking taking = { .typesetter = typesetter, .piece = piece, .first_op = typesetter->ops.count };
	double width = line_fresh_text(typesetter, piece, (struct path_point){ 0, 0 });
	const struct kept_set *kept = NULL;
	if (runs_take(&taking))
		kept = kept_add(shape_kept(typesetter->shaper), key, &(struct kept_set){
			.runs = taking.runs.at, .run_count = taking.runs.count, .natural_pt = width });
	taking_clear(&taking);
	return kept;
}

double line_set_text(struct typesetter *typesetter, const struct piece *piece, struct path_point baseline)
{
	const struct piece *shown = quotes_curl(typesetter->arena, piece, 1);
	if (!is_plain(shown, piece))
		return line_fresh_text(typesetter, shown, baseline);
	struct kept_key key = key_of(shown, KEPT_TEXT);
	const struct kept_set *set = kept_find(shape_kept(typesetter->shaper), &key);
	set = set ? set : text_take(typesetter, shown, &key);
	if (!set)
		return line_fresh_text(typesetter, shown, baseline);
	for (size_t i = 0; i < set->run_count; i++)
		run_put(typesetter, shown, &set->runs[i], baseline);
	return set->natural_pt;
}
