/* SPDX-License-Identifier: MIT */
#include "layout/panel.h"

#include <math.h>

#include "base/clamp.h"
#include "base/utf8.h"
#include "layout/paragraph.h"

static struct text table_text(const struct table *table, size_t row, size_t column)
{
	return column < table->column_count ? table->cells[row * table->column_count + column].text : NO_TEXT;
}

/* ---- key figures ------------------------------------------------------------------ */

/* Sets a text of the card at `top`; returns the height used. */
static double card_text(struct flow *flow, struct piece piece, struct rectangle card, const struct style *style)
{
	if (!piece.text.size)
		return 0;
	line_set_paragraph(&flow->typesetter, &piece, 1, &(struct line_options){
		.x_pt = card.x, .width_pt = card.width, .size_pt = piece.size_pt, .line_pt = style->line_pt,
		.align = ALIGN_LEFT });
	for (size_t i = 0; i < flow->typesetter.lines.count; i++) {
		const struct set_line *line = &flow->typesetter.lines.at[i];
		flow_move(flow->typesetter.ops.at + line->first_op, line->op_count,
			  (struct path_point){ 0, card.y + (double)i * style->line_pt });
	}
	return (double)flow->typesetter.lines.count * style->line_pt;
}

/* A value that is words rather than a figure is set smaller so that it stays on one line. */
static double value_size(struct flow *flow, struct piece piece, double width)
{
	double ems = shape_text(flow->typesetter.shaper, piece.text, piece.font, piece.span)->width;
	double size = piece.size_pt;
	while (size > piece.size_pt * 0.6 && ems * size > width)
		size -= 0.5;
	return size;
}

/* How high the label of a card stands: set once for its lines, and taken back. */
static double label_height(struct flow *flow, const struct node *node, size_t row, struct rectangle card)
{
	const struct style *style = flow_style(flow, STYLE_PANEL_LABEL);
	size_t first = flow->typesetter.ops.count;
	struct piece piece = piece_from(style, table_text(node->table, row, 0), flow->tag, node->span);
	double height = card_text(flow, piece, card, style);
	flow->typesetter.ops.count = first;
	return height;
}

/* Sets a card whose value stands `label_pt` below its first line, as those beside it; returns the height used. */
static double card_set(struct flow *flow, const struct node *node, size_t row, struct rectangle card, double label_pt)
{
	static const enum style_kind kinds[] = { STYLE_PANEL_LABEL, STYLE_PANEL_VALUE, STYLE_PANEL_NOTE };
	int32_t body = flow_tag(flow, "LBody", flow_tag(flow, "LI", flow->tag));
	flow_rule(flow, (struct path_point){ card.x, 0 }, card.width, flow_colour(flow, "accent"), 1);
	card.y = 5;
	for (size_t i = 0; i < 3; i++) {
		const struct style *style = flow_style(flow, kinds[i]);
		struct text words = table_text(node->table, row, i);
		if (!words.size)
			continue;
		struct piece piece = piece_from(style, words, flow_tag(flow, "P", body), node->span);
		if (kinds[i] == STYLE_PANEL_VALUE)
			piece.size_pt = value_size(flow, piece, card.width);
		double used = card_text(flow, piece, card, style);
		card.y += kinds[i] == STYLE_PANEL_LABEL ? fmax(used, label_pt) : used;
	}
	return card.y;
}

void panel_set(struct flow *flow, const struct node *node)
{
	const struct table *table = node->table;
	if (!table || table->row_count == 0)
		return;
	enum { ROW_MOST = 5, ROW_COMMON = 4 };
	size_t count = table->row_count, rows = count <= ROW_MOST ? 1 : (count + ROW_COMMON - 1) / ROW_COMMON;
	size_t each = (count + rows - 1) / rows;
	double gap = 14, width = (flow->width_pt - gap * (double)(each - 1)) / (double)each;
	int32_t outer = flow->tag;
	uint32_t first_slice = (uint32_t)flow->slices.count;
	flow->tag = flow_tag(flow, "L", outer);
	for (size_t start = 0; start < count; start += each) {
		size_t first = flow->typesetter.ops.count;
		double height = 0, label_pt = 0;
		for (size_t i = start; i < count && i < start + each; i++)
			label_pt = fmax(label_pt, label_height(flow, node, i, (struct rectangle){ .width = width }));
		for (size_t i = start; i < count && i < start + each; i++) {
			struct rectangle card = { flow->x_pt + (double)(i - start) * (width + gap), 0, width, 0 };
			height = fmax(height, card_set(flow, node, i, card, label_pt));
		}
		struct slice *slice = flow_slice(flow, first, height);
		slice->before_pt = fmax(slice->before_pt, 10);
		slice->after_pt = 10;
	}
	flow_round(flow, first_slice);
	flow->tag = outer;
}

/* ---- stars ---------------------------------------------------------------------------- */

/* A five-pointed star of radius 1 about (0, 0), its first point up. */
static const struct path_point star_points[10] = {
	{ 0, -1 }, { 0.2245, -0.3090 }, { 0.9511, -0.3090 }, { 0.3633, 0.1180 }, { 0.5878, 0.8090 },
	{ 0, 0.3820 }, { -0.5878, 0.8090 }, { -0.3633, 0.1180 }, { -0.9511, -0.3090 }, { -0.2245, -0.3090 },
};

/*
 * An outline is drawn along lines so far within the star that its mitred points end where those of a filled one do:
 * the edges of a star of radius 1 pass its centre at EDGE, and half the line lies outside of them.
 */
static void star_draw(struct flow *flow, struct path_point centre, double outer, bool is_filled)
{
	const double EDGE = 0.3090, LINE = 0.10;
	double width = is_filled ? 0 : outer * LINE, radius = outer * (1 - width / outer / 2 / EDGE);
	static const uint8_t verbs[] = { PATH_MOVE, PATH_LINE, PATH_LINE, PATH_LINE, PATH_LINE, PATH_LINE,
	                                 PATH_LINE, PATH_LINE, PATH_LINE, PATH_LINE, PATH_CLOSE };
	struct path_point *points = ARENA_ARRAY(flow->arena, struct path_point, 10);
	for (size_t i = 0; i < 10; i++)
		points[i] = (struct path_point){ centre.x + star_points[i].x * radius,
		                                 centre.y + star_points[i].y * radius };
	LIST_PUSH(&flow->typesetter.ops, ((struct draw_op){
		.kind = DRAW_PATH, .tag = -1, .colour = flow_colour(flow, "star"), .opacity = 255,
		.path = { .verbs = verbs, .verb_count = 11, .points = points, .point_count = 10, .is_filled = is_filled,
		          .width_pt = width },
	}));
}

/* The words without the star characters before them. */
static struct text words_of(struct text text)
{
	size_t offset = 0, next = 0;
	while (next < text.size) {
		uint32_t character = utf8_next(text, &next);
		if (character != 0x2605 && character != 0x2606 && character != ' ' && character != 0x3000)
			break;
		offset = next;
	}
	return text_slice(text, offset, text.size);
}

void panel_set_stars(struct flow *flow, const struct node *node)
{
	const struct style *style = flow_style(flow, STYLE_PANEL_VALUE);
	enum { STARS_MOST = 10 };
	int most = (int)clamp(node->most, 0, STARS_MOST), level = (int)clamp(node->level, 0, most);
	double size = style->size_pt, step = size * 1.28, x = flow->x_pt;
	size_t first = flow->typesetter.ops.count;
	struct text words = words_of(node->text);
	if (style->align == ALIGN_CENTRE && !words.size)
		x += fmax((flow->width_pt - step * most + step - size * 1.12) / 2, 0);
	for (int i = 0; i < most; i++)
		star_draw(flow, (struct path_point){ x + step * i + size * 0.56, style->line_pt * 0.54 }, size * 0.56,
		          i < level);
	double after = most ? step * most + size * 0.35 : 0;
	double height = style->line_pt;
	if (words.size) {
		struct piece piece = piece_from(style, words, flow_tag(flow, "P", flow->tag), node->span);
		line_set_paragraph(&flow->typesetter, &piece, 1, &(struct line_options){
			.x_pt = x + after, .width_pt = fmax(flow->width_pt - after, size * 6), .size_pt = size,
			.line_pt = style->line_pt,
			.align = ALIGN_LEFT });
		for (size_t i = 0; i < flow->typesetter.lines.count; i++) {
			const struct set_line *line = &flow->typesetter.lines.at[i];
			flow_move(flow->typesetter.ops.at + line->first_op, line->op_count,
			          (struct path_point){ 0, (double)i * style->line_pt });
		}
		height = (double)flow->typesetter.lines.count * style->line_pt;
	}
	struct slice *slice = flow_slice(flow, first, height);
	slice->before_pt = fmax(slice->before_pt, 6);
	slice->after_pt = 6;
	slice->flags |= SLICE_KEEP;
}

/* ---- signatures --------------------------------------------------------------------------- */

void panel_set_signature(struct flow *flow, const struct node *node)
{
	const struct style *style = flow_style(flow, STYLE_BODY);
	size_t count = node->table ? node->table->row_count : 0;
	double pitch = fmax(style->line_pt * 1.8, 30), half = (flow->width_pt - style->size_pt * 2) / 2;
	int32_t tag = flow_tag(flow, "P", flow->tag);
	if (count && flow->slices.count)
		flow->slices.at[flow->slices.count - 1].flags |= SLICE_KEEP; /* what is signed stands above the lines */
	for (size_t row = 0; row < count; row += 2) {
		size_t first = flow->typesetter.ops.count;
		for (size_t i = row; i < count && i < row + 2; i++) {
			double x = flow->x_pt + (i > row ? half + style->size_pt * 2 : 0), base = pitch - 8;
			struct piece piece = piece_from(style, table_text(node->table, i, 0), tag, node->span);
			double width = line_set_text(&flow->typesetter, &piece,
			                             (struct path_point){ x, base }) + style->size_pt * 0.5;
			struct text value = table_text(node->table, i, 1);
			if (value.size) {
				struct piece given = piece_from(style, value, tag, node->span);
				line_set_text(&flow->typesetter, &given, (struct path_point){ x + width, base });
			}
			flow_rule(flow, (struct path_point){ x + width, base + 3 }, fmax(half - width, 40),
			          flow_colour(flow, "soft"), 0.5);
		}
		struct slice *slice = flow_slice(flow, first, pitch);
		slice->before_pt = row == 0 ? style->line_pt : 0;
		slice->flags |= row + 2 < count ? SLICE_KEEP : 0;
	}
}
