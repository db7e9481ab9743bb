/* SPDX-License-Identifier: MIT */
#include "layout/cover.h"

#include <math.h>

#include "layout/block.h"
#include "layout/letterhead.h"
#include "layout/paragraph.h"

struct cover_line {
	struct text key, value;
};

struct cover {
	struct flow *flow;
	const struct node *node;
	struct text title, subtitle, name, mark, copy;
	struct cover_line *lines;
	size_t line_count;
	bool is_centred;
};

/* Where a line of that name goes; NULL: among the others. */
static struct text *line_of(struct cover *cover, struct text key)
{
	const struct {
		const char *key;
		struct text *place;
	} places[] = {
		{ "title", &cover->title }, { "subtitle", &cover->subtitle }, { "name", &cover->name },
		{ "mark", &cover->mark }, { "copy", &cover->copy },
	};
	for (size_t i = 0; i < sizeof places / sizeof *places; i++)
		if (text_is(key, places[i].key))
			return places[i].place;
	return NULL;
}

static void cover_read(struct cover *cover)
{
	const struct table *table = cover->node->table;
	cover->lines = ARENA_ARRAY(cover->flow->arena, struct cover_line, table->row_count);
	for (size_t i = 0; i < table->row_count; i++) {
		struct text key = table->cells[i * table->column_count].text;
		struct text value = table->column_count > 1 ? table->cells[i * table->column_count + 1].text : NO_TEXT;
		struct text *place = line_of(cover, key);
		if (place)
			*place = value;
		else if (value.size)
			cover->lines[cover->line_count++] = (struct cover_line){ key, value };
	}
}

/* The title is a heading to who hears the document. */
static uint32_t text_add(struct cover *cover, struct text words, enum style_kind kind)
{
	struct flow *flow = cover->flow;
	const struct style *style = flow_style(flow, kind);
	const char *type = kind == STYLE_COVER_TITLE ? block_heading_type(flow, 1) : "P";
	LIST_PUSH(&flow->typesetter.pieces,
	          piece_from(style, words, flow_tag(flow, type, flow->tag), cover->node->span));
	struct flow_paragraph how = flow_paragraph_from(style);
	how.keeps_with_next = how.is_balanced = true;
	return paragraph_add(flow, &how);
}

/* What is marked on the copy: the label at the left, the copy's number at the right of the same line. */
static double marks_add(struct cover *cover, struct text mark)
{
	struct flow *flow = cover->flow;
	const struct style *style = flow_style(flow, STYLE_COVER_LINE);
	struct text words[] = { mark, cover->copy };
	size_t first = flow->typesetter.ops.count;
	double height = 0;
	for (int i = 0; i < 2; i++) {
		if (!words[i].size)
			continue;
		struct piece piece = piece_from(style, words[i], flow_tag(flow, "P", flow->tag), cover->node->span);
		piece.font.role = ROLE_HEI;
		piece.font.is_bold = i == 0;
		line_set_paragraph(&flow->typesetter, &piece, 1, &(struct line_options){
			.x_pt = flow->x_pt + i * flow->width_pt / 2,
			.width_pt = flow->width_pt / 2 - style->size_pt * (1 - i), .size_pt = style->size_pt,
			.line_pt = style->line_pt, .align = i ? ALIGN_RIGHT : ALIGN_LEFT });
		for (size_t l = 0; l < flow->typesetter.lines.count; l++)
			flow_move(flow->typesetter.ops.at + flow->typesetter.lines.at[l].first_op,
			          flow->typesetter.lines.at[l].op_count,
				  (struct path_point){ 0, (double)l * style->line_pt });
		height = fmax(height, (double)flow->typesetter.lines.count * style->line_pt);
	}
	flow_slice(flow, first, height)->flags |= SLICE_KEEP;
	return height;
}

/* The one whom the document is about, larger than all but the title. */
static void name_add(struct cover *cover)
{
	struct flow *flow = cover->flow;
	struct style style = *flow_style(flow, STYLE_H1);
	style.colour = flow_colour(flow, "ink");
	style.align = flow_style(flow, STYLE_COVER_TITLE)->align;
	style.before_pt = style.line_pt * 0.6;
	style.first_indent_em = 0;
	LIST_PUSH(&flow->typesetter.pieces,
	          piece_from(&style, cover->name, flow_tag(flow, "P", flow->tag), cover->node->span));
	struct flow_paragraph how = flow_paragraph_from(&style);
	how.keeps_with_next = how.is_balanced = true;
	paragraph_add(flow, &how);
}

/* A short bar in the accent colour between title and what follows. */
static void bar_add(struct cover *cover)
{
	struct flow *flow = cover->flow;
	if (cover->is_centred)
		return;
	size_t first = flow->typesetter.ops.count;
	flow_fill(flow, (struct rectangle){ flow->x_pt, 0, 42, 2.5 }, flow_colour(flow, "accent"));
	struct slice *slice = flow_slice(flow, first, 2.5);
	slice->before_pt = slice->after_pt = 14;
	slice->flags |= SLICE_KEEP;
}

/* Empty space as a slice: nothing at a page's top swallows it. */
static void space_add(struct flow *flow, double height)
{
	flow_slice(flow, flow->typesetter.ops.count, height)->flags |= SLICE_KEEP;
}

static double widest_key(struct cover *cover, const struct style *style)
{
	double widest = 0;
	for (size_t i = 0; i < cover->line_count; i++) {
		struct piece piece = piece_from(style, cover->lines[i].key, -1, cover->node->span);
		double width = shape_text(cover->flow->typesetter.shaper, piece.text, piece.font,
		                          piece.span)->width * piece.size_pt;
		widest = fmax(widest, width);
	}
	return widest;
}

/* Keys in one column, values in another, hairlines between; returns the height. */
static double lines_add(struct cover *cover)
{
	struct flow *flow = cover->flow;
	const struct style *style = flow_style(flow, STYLE_COVER_LINE);
	double keys = widest_key(cover, style) + style->size_pt * 1.6, width = flow->width_pt, x = flow->x_pt;
	double total = 0;
	if (cover->is_centred) {
		width *= 0.74;
		x += (flow->width_pt - width) / 2;
	}
	double pad = 4;
	int32_t list = cover->line_count ? flow_tag(flow, "L", flow->tag) : -1;
	for (size_t i = 0; i < cover->line_count; i++) {
		size_t first = flow->typesetter.ops.count;
		int32_t item = flow_tag(flow, "LI", list), label = flow_tag(flow, "Lbl", item);
		struct piece key = piece_from(style, cover->lines[i].key, label, cover->node->span);
		key.font.role = ROLE_HEI;
		key.colour = flow_colour(flow, "soft");
		struct piece value = piece_from(style, cover->lines[i].value, flow_tag(flow, "LBody", item),
		                                cover->node->span);
		flow_rule(flow, (struct path_point){ x, 0 }, width, flow_colour(flow, "hairline"), 0.4);
		line_set_text(&flow->typesetter, &key,
		              (struct path_point){ x, pad + line_baseline(style->size_pt, style->line_pt) });
		line_set_paragraph(&flow->typesetter, &value, 1, &(struct line_options){
			.x_pt = x + keys, .width_pt = width - keys, .size_pt = style->size_pt,
			.line_pt = style->line_pt, .align = ALIGN_LEFT });
		for (size_t l = 0; l < flow->typesetter.lines.count; l++) {
			const struct set_line *line = &flow->typesetter.lines.at[l];
			flow_move(flow->typesetter.ops.at + line->first_op, line->op_count,
				  (struct path_point){ 0, pad + (double)l * style->line_pt });
		}
		double height = (double)flow->typesetter.lines.count * style->line_pt + 2 * pad;
		if (i + 1 == cover->line_count)
			flow_rule(flow, (struct path_point){ x, height }, width, flow_colour(flow, "hairline"), 0.4);
		struct slice *slice = flow_slice(flow, first, height);
		slice->flags |= i + 1 < cover->line_count ? SLICE_KEEP : 0;
		total += height;
	}
	return total;
}

/* 版头, title and subtitle; the other lines follow as text. */
static void letterhead_cover_set(struct cover *cover)
{
	struct flow *flow = cover->flow;
	letterhead_set(flow, cover->title);
	if (cover->subtitle.size)
		text_add(cover, cover->subtitle, STYLE_COVER_SUBTITLE);
	for (size_t i = 0; i < cover->line_count; i++) {
		struct text words = text_format(flow->arena, "%.*s：%.*s", TEXT_ARGS(cover->lines[i].key),
		                                TEXT_ARGS(cover->lines[i].value));
		LIST_PUSH(&flow->typesetter.pieces,
		          piece_from(flow->body, words, flow_tag(flow, "P", flow->tag), cover->node->span));
		struct flow_paragraph how = flow_paragraph_from(flow->body);
		paragraph_add(flow, &how);
	}
	flow->slices.at[flow->slices.count - 1].flags &= ~(unsigned)SLICE_KEEP;
	flow->next_flags |= SLICE_NEW_PAGE;
}

void cover_set(struct flow *flow, const struct node *node)
{
	if (!node->table || node->table->column_count == 0)
		return;
	struct cover cover = { .flow = flow, .node = node };
	cover.is_centred = flow_style(flow, STYLE_COVER_TITLE)->align == ALIGN_CENTRE;
	cover_read(&cover);
	if (node == flow->doc->root->first && flow->page->numbers_outside &&
	    (flow->doc->issuer.size || flow->doc->issue_number.size)) {
		letterhead_cover_set(&cover);
		return;
	}
	unsigned outer = flow->flags;
	flow->flags |= SLICE_BARE;
	double height = flow_page_height(flow->page, outer & SLICE_LANDSCAPE);
	struct text mark = cover.mark.size ? cover.mark : flow->doc->mark;
	double above = height * 0.24;
	if (mark.size || cover.copy.size)
		above -= marks_add(&cover, mark);
	space_add(flow, fmax(above, 0));
	if (cover.title.size)
		text_add(&cover, cover.title, STYLE_COVER_TITLE);
	bar_add(&cover);
	if (cover.subtitle.size)
		text_add(&cover, cover.subtitle, STYLE_COVER_SUBTITLE);
	if (cover.name.size)
		name_add(&cover);
	uint32_t first = (uint32_t)flow->slices.count;
	double lines = lines_add(&cover);
	if (cover.line_count) {
		struct slice *slice = &flow->slices.at[first];
		slice->flags |= SLICE_FILL;
		slice->lead_pt = lines + 2 * flow_style(flow, STYLE_BODY)->line_pt;
	} else {
		flow->slices.at[flow->slices.count - 1].flags &= ~(unsigned)SLICE_KEEP;
	}
	flow->flags = outer;
	flow->next_flags |= SLICE_NEW_PAGE;
}
