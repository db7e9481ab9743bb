/* SPDX-License-Identifier: MIT */
#include "layout/letterhead.h"

#include <math.h>

#include "base/diag.h"
#include "layout/block.h"
#include "layout/paragraph.h"
#include "layout/words.h"

#define MM (72 / 25.4)

bool letterhead_is_wanted(const struct flow *flow)
{
	const struct doc *doc = flow->doc;
	if (!doc->issuer.size && !doc->issue_number.size && !doc->copies_to.size && !doc->printer.size &&
	    !doc->printed.size)
		return false;
	if (!flow->page->numbers_outside)
		DIAG(flow->diag, DIAG_LETTERHEAD_STYLE, .a = flow->page->name);
	return flow->page->numbers_outside;
}

static double width_of(struct flow *flow, const struct piece *piece)
{
	return shape_text(flow->typesetter.shaper, piece->text, piece->font, piece->span)->width * piece->size_pt;
}

/* ---- 版头 -------------------------------------------------------------------------- */

/* Lines of the area's height, from its top down; x from the type area's edge. */
static void line_align(struct flow *flow, struct piece piece, enum align align, struct rectangle area)
{
	line_set_paragraph(&flow->typesetter, &piece, 1, &(struct line_options){
		.x_pt = flow->x_pt + area.x, .width_pt = area.width, .size_pt = piece.size_pt, .line_pt = area.height,
		.align = (int8_t)align });
	for (size_t i = 0; i < flow->typesetter.lines.count; i++) {
		const struct set_line *line = &flow->typesetter.lines.at[i];
		flow_move(flow->typesetter.ops.at + line->first_op, line->op_count,
		          (struct path_point){ 0, area.y + (double)i * area.height });
	}
}

/* The piece centred in the type area, its em box from `top` down. */
static void centre(struct flow *flow, struct piece piece, double top)
{
	line_align(flow, piece, ALIGN_CENTRE, (struct rectangle){ 0, top, flow->width_pt, piece.size_pt });
}

/* As large as the line allows, at most 小初. */
static struct piece issuer_piece(struct flow *flow)
{
	const double most = 36;
	const struct style *title = flow_style(flow, STYLE_COVER_TITLE);
	struct piece piece = piece_from(title, flow->doc->issuer, flow_tag(flow, "P", flow->tag), NO_SPAN);
	piece.colour = flow_colour(flow, "letterhead");
	piece.size_pt = 1;
	piece.size_pt = fmin(most, 0.98 * flow->width_pt / fmax(width_of(flow, &piece), 1));
	return piece;
}

void letterhead_set(struct flow *flow, struct text title)
{
	const struct style *body = flow_style(flow, STYLE_BODY), *heading = flow_style(flow, STYLE_COVER_TITLE);
	size_t first = flow->typesetter.ops.count;
	double y = 35 * MM;
	if (flow->doc->issuer.size) {
		struct piece issuer = issuer_piece(flow);
		centre(flow, issuer, y);
		y += issuer.size_pt;
	}
	y += 2 * body->line_pt;
	if (flow->doc->issue_number.size) {
		centre(flow, piece_from(body, flow->doc->issue_number, flow_tag(flow, "P", flow->tag), NO_SPAN), y);
		y += body->size_pt;
	}
	y += 4 * MM;
	flow_rule(flow, (struct path_point){ flow->x_pt, y }, flow->width_pt, flow_colour(flow, "letterhead"),
	          0.35 * MM);
	flow_slice(flow, first, y)->flags |= SLICE_KEEP;
	if (!title.size)
		return;
	int32_t tag = flow_tag(flow, block_heading_type(flow, 1), flow->tag);
	LIST_PUSH(&flow->typesetter.pieces, piece_from(heading, title, tag, NO_SPAN));
	struct flow_paragraph how = flow_paragraph_from(heading);
	how.keeps_with_next = how.is_balanced = true;
	uint32_t set = paragraph_add(flow, &how);
	flow->slices.at[set].before_pt = 2 * body->line_pt;
	flow->slices.at[flow->slices.count - 1].after_pt = body->line_pt;
}

/* ---- 版记 -------------------------------------------------------------------------- */

/* 4 号. */
static struct style imprint_style(const struct flow *flow)
{
	struct style style = *flow_style(flow, STYLE_BODY);
	style.size_pt = 14;
	style.line_pt = 24;
	return style;
}

/* 抄送：…, its further lines below what follows the colon.  Returns the height. */
static double copies_set(struct flow *flow, const struct style *style, double top)
{
	int32_t tag = flow_tag(flow, "P", flow->tag);
	struct piece label = piece_from(style, TEXT(WORDS_COPIES), tag, NO_SPAN);
	struct piece words = piece_from(style, flow->doc->copies_to, tag, NO_SPAN);
	double em = style->size_pt, width = width_of(flow, &label);
	if (!text_ends(words.text, "。"))
		words.text = text_format(flow->arena, "%.*s。", TEXT_ARGS(words.text));
	line_align(flow, label, ALIGN_LEFT, (struct rectangle){ em, top, flow->width_pt, style->line_pt });
	line_align(flow, words, ALIGN_LEFT,
	           (struct rectangle){ em + width, top, flow->width_pt - 2 * em - width, style->line_pt });
	return style->line_pt * (double)flow->typesetter.lines.count;
}

static double printed_set(struct flow *flow, const struct style *style, double top)
{
	int32_t tag = flow_tag(flow, "P", flow->tag);
	struct piece piece = piece_from(style, flow->doc->printer, tag, NO_SPAN);
	struct rectangle area = { style->size_pt, top, flow->width_pt - 2 * style->size_pt, style->line_pt };
	if (flow->doc->printer.size)
		line_align(flow, piece, ALIGN_LEFT, area);
	if (flow->doc->printed.size) {
		piece.text = text_format(flow->arena, WORDS_PRINTED, TEXT_ARGS(flow->doc->printed));
		line_align(flow, piece, ALIGN_RIGHT, area);
	}
	return style->line_pt;
}

void letterhead_set_imprint(struct flow *flow)
{
	const struct doc *doc = flow->doc;
	bool has_copies = doc->copies_to.size, has_printed = doc->printer.size || doc->printed.size;
	if (!has_copies && !has_printed)
		return;
	const struct style style = imprint_style(flow);
	struct colour ink = style.colour;
	size_t first = flow->typesetter.ops.count;
	double y = 0;
	flow_rule(flow, (struct path_point){ flow->x_pt, y }, flow->width_pt, ink, 0.35 * MM);
	if (has_copies)
		y += copies_set(flow, &style, y);
	if (has_copies && has_printed)
		flow_rule(flow, (struct path_point){ flow->x_pt, y }, flow->width_pt, ink, 0.25 * MM);
	if (has_printed)
		y += printed_set(flow, &style, y);
	flow_rule(flow, (struct path_point){ flow->x_pt, y }, flow->width_pt, ink, 0.35 * MM);
	if (flow->slices.count > 0) /* never alone on a page */
		flow->slices.at[flow->slices.count - 1].flags |= SLICE_KEEP;
	struct slice *slice = flow_slice(flow, first, y);
	slice->before_pt = style.line_pt;
	slice->flags |= SLICE_FILL;
	slice->lead_pt = y;
}
