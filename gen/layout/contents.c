/* SPDX-License-Identifier: MIT */
#include "layout/contents.h"

#include <math.h>

#include "base/buf.h"
#include "layout/paragraph.h"
#include "layout/words.h"

struct entry {
	struct text number, title, target;
	int level;
	struct span span;
};

enum { LEVEL_LISTED = 0 }; /* a table or figure: set in the smallest size, not indented */

static const struct style *entry_style(const struct flow *flow, int level)
{
	if (level == 2)
		return flow_style(flow, STYLE_TOC2);
	return flow_style(flow, level != LEVEL_LISTED && level <= 1 ? STYLE_TOC1 : STYLE_TOC3);
}

/* Page numbers have one face and size whatever the level: their digits stand below each other. */
static struct piece page_piece(const struct flow *flow, struct piece entry, int level)
{
	const struct style *style = flow_style(flow, level == LEVEL_LISTED ? STYLE_TOC3 : STYLE_TOC2);
	entry.font = (struct shape_font){ style->role, style->is_bold };
	entry.size_pt = fmin(entry.size_pt, style->size_pt);
	entry.text = NO_TEXT;
	return entry;
}

static void number_collect(struct flow *flow, const struct entry *entry, struct piece like)
{
	if (!entry->number.size)
		return;
	like.text = entry->number;
	LIST_PUSH(&flow->typesetter.pieces, like);
	like.text = TEXT("\u3000");
	if (!text_ends(entry->number, "、") && !text_ends(entry->number, "）") && entry->title.size)
		LIST_PUSH(&flow->typesetter.pieces, like);
}

/* A chapter does not end a page when sections follow. */
static void entry_keep(struct flow *flow, const struct entry *before, const struct entry *entry)
{
	if (before->level == 1 && entry->level > 1 && flow->slices.count > 0)
		flow->slices.at[flow->slices.count - 1].flags |= SLICE_KEEP;
}

static void entry_set(struct flow *flow, const struct entry *entry)
{
	const struct style *style = entry_style(flow, entry->level);
	int32_t link_tag = flow_tag(flow, "Link", flow_tag(flow, "TOCI", flow->tag));
	struct text description = text_format(flow->arena, "%.*s %.*s", TEXT_ARGS(entry->number),
	                                      TEXT_ARGS(entry->title));
	struct piece piece = piece_from(style, entry->title, link_tag, entry->span);
	piece.link = piece_link(&flow->typesetter, text_format(flow->arena, "#%.*s", TEXT_ARGS(entry->target)),
	                        text_trim(description));
	number_collect(flow, entry, piece);
	LIST_PUSH(&flow->typesetter.pieces, piece);
	struct flow_paragraph how = flow_paragraph_from(style);
	double room = style->size_pt * 3; /* for the page number, on every line */
	how.right_pt += room;
	how.first_indent_pt = 0;
	how.align = ALIGN_LEFT;
	if (entry->level == LEVEL_LISTED)
		how.indent_pt = 0;
	paragraph_add(flow, &how);
	const struct set_line *last = &flow->typesetter.lines.at[flow->typesetter.lines.count - 1];
	LIST_PUSH(&flow->lates, ((struct flow_late){
		.target = entry->target, .slice = (uint32_t)flow->slices.count - 1, .from_pt = last->right_pt,
		.piece = page_piece(flow, piece, entry->level),
		.right_pt = flow->x_pt + flow->width_pt,
		.baseline_pt = line_baseline(style->size_pt, style->line_pt) }));
}

static struct text child_target(const struct node *child)
{
	const struct node *inner = child->target.size ? child : child->first;
	struct text target = inner ? inner->target : NO_TEXT;
	return text_starts(target, "#") ? text_slice(target, 1, target.size) : target;
}

static void children_set(struct flow *flow, const struct node *node)
{
	struct entry before = { .level = LEVEL_LISTED };
	for (const struct node *child = node->first; child; child = child->next) {
		int level = node->kind == NODE_CONTENTS ? child->level : LEVEL_LISTED;
		struct entry entry = { child->number, child->title, child_target(child), level, child->span };
		entry_keep(flow, &before, &entry);
		entry_set(flow, &entry);
		before = entry;
	}
}

static void title_set(struct flow *flow, const struct node *node)
{
	const char *words = text_is(node->name, "figures") ? WORDS_FIGURES : WORDS_TABLES;
	if (node->kind == NODE_CONTENTS)
		words = WORDS_CONTENTS;
	bool is_official = flow->page->numbers_outside;
	const struct style *style = flow_style(flow, node->kind == NODE_CONTENTS || is_official ? STYLE_H1 : STYLE_H3);
	struct text title = node->title.size ? node->title : text_from(words);
	LIST_PUSH(&flow->typesetter.pieces, piece_from(style, title, flow_tag(flow, "Caption", flow->tag), node->span));
	struct flow_paragraph how = flow_paragraph_from(style);
	how.keeps_with_next = true;
	if (is_official) {
		how.align = ALIGN_CENTRE;
		how.first_indent_pt = 0;
	}
	paragraph_add(flow, &how);
	flow->slices.at[flow->slices.count - 1].after_pt = fmax(style->after_pt, style->size_pt / 2);
}

/* Three entries at least follow the title, and as many stand on the last page. */
static void ends_keep(struct flow *flow, uint32_t first)
{
	enum { ENTRIES_LEAST = 3 };
	size_t count = flow->slices.count;
	for (size_t i = first; i < first + ENTRIES_LEAST && i + 1 < count; i++)
		flow->slices.at[i].flags |= SLICE_KEEP;
	for (size_t i = count; i-- > first + 1 && i + ENTRIES_LEAST > count;)
		flow->slices.at[i - 1].flags |= SLICE_KEEP;
}

void contents_set(struct flow *flow, const struct node *node)
{
	int32_t outer = flow->tag;
	uint32_t first = (uint32_t)flow->slices.count;
	flow->tag = flow_tag(flow, "TOC", outer);
	title_set(flow, node);
	children_set(flow, node);
	ends_keep(flow, first);
	flow->tag = outer;
}
