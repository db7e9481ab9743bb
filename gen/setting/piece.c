/* SPDX-License-Identifier: MIT */
#include "setting/piece.h"

#include "base/buf.h"
#include "doc/doc.h"
#include "setting/line.h"

struct piece piece_from(const struct style *style, struct text text, int32_t tag, struct span span)
{
	return (struct piece){ .text = text, .font = { style->role, style->is_bold }, .size_pt = style->size_pt,
	                       .colour = style->colour, .tag = tag, .link = -1, .span = span };
}

struct manner {
	const struct style *style;
	int8_t role;
	bool is_bold, is_dotted;
	struct colour colour;
	int32_t tag, link;
	int depth;
};

enum { DEPTH_MOST = 64 };

int32_t piece_link(struct typesetter *typesetter, struct text target, struct text description)
{
	LIST_PUSH(&typesetter->links, ((struct line_link){ target, description.size ? description : target }));
	return (int32_t)typesetter->links.count - 1;
}

static struct piece *piece_add(struct typesetter *typesetter, const struct manner *manner, struct text text,
			       struct span span)
{
	struct piece *piece = LIST_ADD(&typesetter->pieces);
	*piece = piece_from(manner->style, text, manner->tag, span);
	piece->font = (struct shape_font){ manner->role, manner->is_bold };
	piece->colour = manner->colour;
	piece->link = manner->link;
	piece->is_dotted = manner->is_dotted;
	return piece;
}

static void collect(struct typesetter *typesetter, const struct node *first, struct manner manner);

/* Links and references have a tag of their own, in the accent colour. */
static struct manner linked(struct typesetter *typesetter, struct manner manner, struct text target,
			    struct text description)
{
	manner.tag = typesetter_tag(typesetter, "Link", manner.tag);
	manner.link = piece_link(typesetter, target, description);
	manner.colour = typesetter->accent;
	return manner;
}

static struct text hash_target(struct typesetter *typesetter, struct text id)
{
	return text_starts(id, "#") ? id : text_format(typesetter->arena, "#%.*s", TEXT_ARGS(id));
}

static void link_collect(struct typesetter *typesetter, const struct node *node, struct manner manner)
{
	struct buf words;
	buf_init(&words, 1 << 16);
	node_plain_text(node, &words);
	struct text description = text_copy(typesetter->arena, buf_view(&words));
	buf_clear(&words);
	collect(typesetter, node->first, linked(typesetter, manner, node->target, description));
}

static void reference_collect(struct typesetter *typesetter, const struct node *node, struct manner manner)
{
	manner = linked(typesetter, manner, hash_target(typesetter, node->target), node->text);
	manner.colour = manner.style->colour; /* 如表 2-1 所示 reads as text */
	piece_add(typesetter, &manner, node->text.size ? node->text : node->number, node->span);
}

static void note_mark_collect(struct typesetter *typesetter, const struct node *node, struct manner manner)
{
	struct text number = node->number.size ? node->number : node->text;
	manner = linked(typesetter, manner, hash_target(typesetter, node->target), number);
	struct piece *piece = piece_add(typesetter, &manner, number.size ? number : TEXT("*"), node->span);
	piece->is_note_mark = true;
	piece->rise_pt = manner.style->size_pt * 0.36;
	piece->size_pt = manner.style->size_pt * 0.64;
}

void piece_note_mark(struct typesetter *typesetter, const struct node *mark, struct piece *piece)
{
	piece->text = mark->number;
	piece->tag = typesetter_tag(typesetter, "Link", piece->tag);
	piece->link = piece_link(typesetter, hash_target(typesetter, mark->target), mark->number);
	piece->colour = typesetter->accent;
	piece->is_note_mark = true;
	piece->rise_pt = piece->size_pt * 0.36;
	piece->size_pt *= 0.64;
}

static void code_collect(struct typesetter *typesetter, const struct node *node, struct manner manner)
{
	manner.role = ROLE_HEI;
	struct piece *piece = piece_add(typesetter, &manner, node->text, node->span);
	piece->size_pt *= 0.94;
	piece->is_code = true;
}

static void node_collect(struct typesetter *typesetter, const struct node *node, struct manner manner)
{
	if (++manner.depth > DEPTH_MOST)
		return;
	if (node->kind == NODE_TEXT) {
		piece_add(typesetter, &manner, node->text, node->span);
	} else if (node->kind == NODE_STRONG) {
		if (manner.role == ROLE_HEI)
			manner.is_bold = true;
		manner.role = ROLE_HEI;
		collect(typesetter, node->first, manner);
	} else if (node->kind == NODE_EMPHASIS) {
		manner.role = manner.role == ROLE_KAI ? ROLE_SONG : ROLE_KAI;
		collect(typesetter, node->first, manner);
	} else if (node->kind == NODE_DOTTED) {
		manner.is_dotted = true;
		collect(typesetter, node->first, manner);
	} else if (node->kind == NODE_CODE_SPAN) {
		code_collect(typesetter, node, manner);
	} else if (node->kind == NODE_LINK && node->target.size) {
		link_collect(typesetter, node, manner);
	} else if (node->kind == NODE_REFERENCE) {
		reference_collect(typesetter, node, manner);
	} else if (node->kind == NODE_FOOTNOTE_MARK) {
		note_mark_collect(typesetter, node, manner);
	} else if (node->kind == NODE_BREAK) {
		piece_add(typesetter, &manner, TEXT("\n"), node->span);
	} else {
		collect(typesetter, node->first, manner);
	}
}

static void collect(struct typesetter *typesetter, const struct node *first, struct manner manner)
{
	for (const struct node *node = first; node; node = node->next)
		node_collect(typesetter, node, manner);
}

void piece_collect(struct typesetter *typesetter, const struct node *node, const struct style *style, int32_t tag)
{
	struct manner manner = { .style = style, .role = style->role, .is_bold = style->is_bold,
	                         .colour = style->colour,
	                         .tag = tag, .link = -1 };
	if (node->first)
		collect(typesetter, node->first, manner);
	else if (node->text.size)
		piece_add(typesetter, &manner, node->text, node->span);
}
