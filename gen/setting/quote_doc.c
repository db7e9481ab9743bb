/* SPDX-License-Identifier: MIT */
#include "setting/quote_doc.h"

#include "base/list.h"
#include "doc/doc.h"
#include "setting/quote.h"

/* The inline nodes of the block that is being read, and what they show. */
struct curling {
	LIST(struct node *) nodes;
	LIST(struct piece) pieces;
};

static void add(struct curling *curling, struct node *node)
{
	struct piece piece = { .text = node->text, .is_code = node->kind == NODE_CODE_SPAN,
	                       .is_note_mark = node->kind == NODE_FOOTNOTE_MARK };
	if (node->kind == NODE_BREAK)
		piece.text = TEXT("\n");
	LIST_PUSH(&curling->nodes, node);
	LIST_PUSH(&curling->pieces, piece);
}

/* The block has ended: its quotes can be paired. */
static void end_block(struct arena *arena, struct curling *curling)
{
	const struct piece *shown = quotes_curl(arena, curling->pieces.at, curling->pieces.count);
	for (size_t i = 0; i < curling->nodes.count; i++)
		if (curling->nodes.at[i]->kind == NODE_TEXT)
			curling->nodes.at[i]->text = shown[i].text;
	curling->nodes.count = curling->pieces.count = 0;
}

void quotes_curl_doc(struct arena *arena, const struct doc *doc)
{
	struct curling curling = { 0 };
	for (struct node *node = doc->root; node; node = node_after(doc->root, node)) {
		if (node->kind >= NODE_TEXT) {
			add(&curling, node);
			continue;
		}
		end_block(arena, &curling);
		node->title = quotes_curl_text(arena, node->title);
		node->note = quotes_curl_text(arena, node->note);
	}
	end_block(arena, &curling);
	LIST_FREE(&curling.nodes);
	LIST_FREE(&curling.pieces);
}
