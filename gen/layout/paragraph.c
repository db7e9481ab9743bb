/* SPDX-License-Identifier: MIT */
#include "layout/paragraph.h"

/* A link's target as text: "#id" gives the id. */
static struct text link_target_id(struct text target)
{
	return text_starts(target, "#") ? text_slice(target, 1, target.size) : NO_TEXT;
}

static void note_blocks_collect(struct flow *flow, const struct node *note, const struct style *style, int32_t tag)
{
	bool is_first = true;
	for (const struct node *block = note->first; block; block = block->next) {
		if (!is_first)
			LIST_PUSH(&flow->typesetter.pieces, piece_from(style, TEXT("\n"), tag, block->span));
		piece_collect(&flow->typesetter, block, style, tag);
		is_first = false;
	}
	if (is_first)
		piece_collect(&flow->typesetter, note, style, tag);
}

/* Sets a footnote line by line, as wide as the page. */
static void note_set(struct flow *flow, const struct node *node, struct text number)
{
	const struct style *style = flow_style(flow, STYLE_FOOTNOTE);
	struct flow_note note = { .id = node->id, .first_line = (uint32_t)flow->note_lines.count };
	size_t label_mark = flow->typesetter.ops.count;
	int32_t tag = flow_tag(flow, "Note", 0);
	flow->typesetter.tags.at[tag].id = node->id;
	double hang = style->size_pt * 1.6;
	struct piece label = piece_from(style, number, flow_tag(flow, "Lbl", tag), node->span);
	line_set_text(&flow->typesetter, &label,
	              (struct path_point){ 0, line_baseline(style->size_pt, style->line_pt) });
	flow->typesetter.pieces.count = 0;
	note_blocks_collect(flow, node, style, flow_tag(flow, "P", tag));
	line_set_paragraph(&flow->typesetter, flow->typesetter.pieces.at, flow->typesetter.pieces.count,
	                   &(struct line_options){
		.x_pt = hang, .width_pt = flow_page_width(flow->page, flow->flags & SLICE_LANDSCAPE) - hang,
		.size_pt = style->size_pt, .line_pt = style->line_pt, .align = style->align });
	for (size_t i = 0; i < flow->typesetter.lines.count; i++) {
		const struct set_line *line = &flow->typesetter.lines.at[i];
		size_t first = i == 0 ? label_mark : line->first_op;
		LIST_PUSH(&flow->note_lines, ((struct flow_note_line){
			first, line->first_op + line->op_count - first, (uint32_t)flow->notes.count }));
	}
	note.line_count = (uint32_t)flow->typesetter.lines.count;
	flow->typesetter.pieces.count = 0;
	map_add(&flow->notes_set, node->id, (uint32_t)flow->notes.count);
	LIST_PUSH(&flow->notes, note);
}

void paragraph_add_notes(struct flow *flow, uint32_t index)
{
	struct slice slice = flow->slices.at[index];
	slice.first_note = (uint32_t)flow->notes.count;
	for (size_t i = 0; i < slice.op_count; i++) {
		const struct draw_op *op = &flow->typesetter.ops.at[slice.first_op + i];
		if (op->kind != DRAW_LINK)
			continue;
		struct text id = link_target_id(op->link.target), number = op->link.description;
		const uint32_t *found = map_find(&flow->footnotes, id);
		if (found && !map_find(&flow->notes_set, id))
			note_set(flow, flow->footnote_nodes.at[*found], number);
	}
	flow->slices.at[index].first_note = slice.first_note;
	flow->slices.at[index].note_count = (uint32_t)flow->notes.count - slice.first_note;
}

uint32_t paragraph_add(struct flow *flow, const struct flow_paragraph *how)
{
	bool has_note_marks = false;
	struct flow_paragraph own = *how;
	double body = flow_style(flow, STYLE_BODY)->size_pt;
	if (own.style->size_pt == body)
		own.first_indent_pt *= 1 + flow->track_pt / body;
	for (size_t i = 0; i < flow->typesetter.pieces.count; i++) {
		struct piece *piece = &flow->typesetter.pieces.at[i];
		has_note_marks = has_note_marks || piece->is_note_mark;
		piece->track_pt = piece->size_pt == body ? flow->track_pt : 0;
	}
	uint32_t first = flow_set(flow, flow->typesetter.pieces.at, flow->typesetter.pieces.count, &own);
	flow->typesetter.pieces.count = 0;
	for (uint32_t i = first; has_note_marks && i < flow->slices.count; i++)
		paragraph_add_notes(flow, i);
	return first;
}
