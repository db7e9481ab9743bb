/* SPDX-License-Identifier: MIT */
#include "layout/inline.h"

#include "base/buf.h"

struct manner {
	const struct style *style;
	int8_t role;
	bool is_bold;
	struct colour colour;
	int32_t tag, link;
	int depth;
};

enum { DEPTH_MOST = 64 };

int32_t inline_link(struct flow *flow, struct text target, struct text description)
{
	LIST_PUSH(&flow->setter.links, ((struct line_link){ target, description.size ? description : target }));
	return (int32_t)flow->setter.links.count - 1;
}

/* A link's target as text: "#id" gives the id. */
static struct text inline_target_id(struct text target)
{
	return text_starts(target, "#") ? text_slice(target, 1, target.size) : NO_TEXT;
}

static struct piece *piece_add(struct flow *flow, const struct manner *manner, struct text text, struct span span)
{
	struct piece *piece = LIST_ADD(&flow->pieces);
	*piece = flow_piece(manner->style, text, manner->tag, span);
	piece->font = (struct shape_font){ manner->role, manner->is_bold };
	piece->colour = manner->colour;
	piece->link = manner->link;
	return piece;
}

static void collect(struct flow *flow, const struct node *first, struct manner manner);

/* Links and references have a tag of their own, in the accent colour. */
static struct manner linked(struct flow *flow, struct manner manner, struct text target, struct text description)
{
	manner.tag = flow_tag(flow, "Link", manner.tag);
	manner.link = inline_link(flow, target, description);
	manner.colour = flow_colour(flow, "accent");
	return manner;
}

static struct text hash_target(struct flow *flow, struct text id)
{
	return text_starts(id, "#") ? id : text_format(flow->arena, "#%.*s", TEXT_ARGS(id));
}

static void link_collect(struct flow *flow, const struct node *node, struct manner manner)
{
	struct buf words;
	buf_init(&words, 1 << 16);
	node_plain_text(node, &words);
	struct text description = text_copy(flow->arena, buf_view(&words));
	buf_clear(&words);
	collect(flow, node->first, linked(flow, manner, node->target, description));
}

static void reference_collect(struct flow *flow, const struct node *node, struct manner manner)
{
	manner = linked(flow, manner, hash_target(flow, node->target), node->text);
	manner.colour = manner.style->colour; /* 如表 2-1 所示 reads as text */
	piece_add(flow, &manner, node->text.size ? node->text : node->number, node->span);
}

static void mark_collect(struct flow *flow, const struct node *node, struct manner manner)
{
	struct text number = node->number.size ? node->number : node->text;
	manner = linked(flow, manner, hash_target(flow, node->target), number);
	struct piece *piece = piece_add(flow, &manner, number.size ? number : TEXT("*"), node->span);
	piece->is_mark = true;
	piece->rise_pt = manner.style->size_pt * 0.36;
	piece->size_pt = manner.style->size_pt * 0.64;
}

void inline_mark(struct flow *flow, const struct node *mark, struct piece *piece)
{
	piece->text = mark->number;
	piece->tag = flow_tag(flow, "Link", piece->tag);
	piece->link = inline_link(flow, hash_target(flow, mark->target), mark->number);
	piece->colour = flow_colour(flow, "accent");
	piece->is_mark = true;
	piece->rise_pt = piece->size_pt * 0.36;
	piece->size_pt *= 0.64;
}

static void code_collect(struct flow *flow, const struct node *node, struct manner manner)
{
	manner.role = ROLE_HEI;
	struct piece *piece = piece_add(flow, &manner, node->text, node->span);
	piece->size_pt *= 0.94;
	piece->is_code = true;
}

static void node_collect(struct flow *flow, const struct node *node, struct manner manner)
{
	if (++manner.depth > DEPTH_MOST)
		return;
	if (node->kind == NODE_TEXT) {
		piece_add(flow, &manner, node->text, node->span);
	} else if (node->kind == NODE_STRONG) {
		if (manner.role == ROLE_HEI)
			manner.is_bold = true;
		manner.role = ROLE_HEI;
		collect(flow, node->first, manner);
	} else if (node->kind == NODE_EMPHASIS) {
		manner.role = manner.role == ROLE_KAI ? ROLE_SONG : ROLE_KAI;
		collect(flow, node->first, manner);
	} else if (node->kind == NODE_CODE_SPAN) {
		code_collect(flow, node, manner);
	} else if (node->kind == NODE_LINK && node->target.size) {
		link_collect(flow, node, manner);
	} else if (node->kind == NODE_REFERENCE) {
		reference_collect(flow, node, manner);
	} else if (node->kind == NODE_FOOTNOTE_MARK) {
		mark_collect(flow, node, manner);
	} else if (node->kind == NODE_BREAK) {
		piece_add(flow, &manner, TEXT("\n"), node->span);
	} else {
		collect(flow, node->first, manner);
	}
}

static void collect(struct flow *flow, const struct node *first, struct manner manner)
{
	for (const struct node *node = first; node; node = node->next)
		node_collect(flow, node, manner);
}

void inline_collect(struct flow *flow, const struct node *node, const struct style *style, int32_t tag)
{
	struct manner manner = { .style = style, .role = style->role, .is_bold = style->is_bold, .colour = style->colour,
	                         .tag = tag, .link = -1 };
	if (node->first)
		collect(flow, node->first, manner);
	else if (node->text.size)
		piece_add(flow, &manner, node->text, node->span);
}

/* ---- footnotes ----------------------------------------------------------------- */

static void note_blocks_collect(struct flow *flow, const struct node *note, const struct style *style, int32_t tag)
{
	bool is_first = true;
	for (const struct node *block = note->first; block; block = block->next) {
		if (!is_first)
			LIST_PUSH(&flow->pieces, flow_piece(style, TEXT("\n"), tag, block->span));
		inline_collect(flow, block, style, tag);
		is_first = false;
	}
	if (is_first)
		inline_collect(flow, note, style, tag);
}

/* Sets a footnote line by line, as wide as the page. */
static void note_set(struct flow *flow, const struct node *node, struct text number)
{
	const struct style *style = flow_style(flow, STYLE_FOOTNOTE);
	struct flow_note note = { .id = node->id, .first_line = (uint32_t)flow->note_lines.count };
	size_t label_mark = flow->setter.marks.count;
	int32_t tag = flow_tag(flow, "Note", 0);
	flow->tags.at[tag].id = node->id;
	double hang = style->size_pt * 1.6;
	struct piece label = flow_piece(style, number, flow_tag(flow, "Lbl", tag), node->span);
	line_set_text(&flow->setter, &label, (struct path_point){ 0, line_baseline(style->size_pt, style->line_pt) });
	flow->pieces.count = 0;
	note_blocks_collect(flow, node, style, flow_tag(flow, "P", tag));
	line_set_paragraph(&flow->setter, flow->pieces.at, flow->pieces.count, &(struct line_options){
		.x_pt = hang, .width_pt = flow_page_width(flow->page, flow->flags & SLICE_LANDSCAPE) - hang,
		.size_pt = style->size_pt, .line_pt = style->line_pt, .align = style->align });
	for (size_t i = 0; i < flow->setter.lines.count; i++) {
		const struct set_line *line = &flow->setter.lines.at[i];
		size_t first = i == 0 ? label_mark : line->first_mark;
		LIST_PUSH(&flow->note_lines, ((struct flow_note_line){
			first, line->first_mark + line->mark_count - first, (uint32_t)flow->notes.count }));
	}
	note.line_count = (uint32_t)flow->setter.lines.count;
	flow->pieces.count = 0;
	map_add(&flow->notes_set, node->id, (uint32_t)flow->notes.count);
	LIST_PUSH(&flow->notes, note);
}

void inline_set_notes(struct flow *flow, uint32_t index)
{
	struct slice slice = flow->slices.at[index];
	slice.first_note = (uint32_t)flow->notes.count;
	for (size_t i = 0; i < slice.mark_count; i++) {
		const struct mark *mark = &flow->setter.marks.at[slice.first_mark + i];
		if (mark->kind != MARK_LINK)
			continue;
		struct text id = inline_target_id(mark->link.target), number = mark->link.description;
		const uint32_t *found = map_find(&flow->footnotes, id);
		if (found && !map_find(&flow->notes_set, id))
			note_set(flow, flow->footnote_nodes.at[*found], number);
	}
	flow->slices.at[index].first_note = slice.first_note;
	flow->slices.at[index].note_count = (uint32_t)flow->notes.count - slice.first_note;
}

uint32_t inline_set(struct flow *flow, const struct flow_paragraph *how)
{
	bool has_marks = false;
	struct flow_paragraph own = *how;
	double body = flow_style(flow, STYLE_BODY)->size_pt;
	if (own.style->size_pt == body)
		own.first_indent_pt *= 1 + flow->track_pt / body;
	for (size_t i = 0; i < flow->pieces.count; i++) {
		struct piece *piece = &flow->pieces.at[i];
		has_marks = has_marks || piece->is_mark;
		piece->track_pt = piece->size_pt == body ? flow->track_pt : 0;
	}
	uint32_t first = flow_set(flow, flow->pieces.at, flow->pieces.count, &own);
	flow->pieces.count = 0;
	for (uint32_t i = first; has_marks && i < flow->slices.count; i++)
		inline_set_notes(flow, i);
	return first;
}
