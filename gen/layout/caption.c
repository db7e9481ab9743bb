/* SPDX-License-Identifier: MIT */
#include "layout/caption.h"

#include "layout/paragraph.h"

size_t caption_set(struct flow *flow, const struct node *node, bool keeps_with_next)
{
	if (!node->number.size && !node->title.size)
		return 0;
	const struct style *style = flow_style(flow, STYLE_CAPTION);
	int32_t tag = flow_tag(flow, "Caption", flow->tag);
	if (node->number.size) {
		struct piece number = piece_from(style, node->number, tag, node->span);
		number.font.is_bold = true;
		LIST_PUSH(&flow->typesetter.pieces, number);
		if (node->title.size)
			LIST_PUSH(&flow->typesetter.pieces, piece_from(style, TEXT("\u3000"), tag, node->span));
	}
	LIST_PUSH(&flow->typesetter.pieces, piece_from(style, node->title, tag, node->span));
	struct flow_paragraph how = flow_paragraph_from(style);
	how.keeps_with_next = keeps_with_next;
	how.is_balanced = true;
	size_t before = flow->slices.count;
	paragraph_add(flow, &how);
	return flow->slices.count - before;
}

size_t caption_set_note(struct flow *flow, const struct node *node)
{
	if (!node->note.size)
		return 0;
	const struct style *style = flow_style(flow, STYLE_NOTE);
	size_t before = flow->slices.count;
	LIST_PUSH(&flow->typesetter.pieces, piece_from(style, node->note, flow_tag(flow, "P", flow->tag), node->span));
	struct flow_paragraph how = flow_paragraph_from(style);
	how.first_indent_pt = 0;
	paragraph_add(flow, &how);
	return flow->slices.count - before;
}
