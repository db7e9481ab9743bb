/* SPDX-License-Identifier: MIT
 *
 * The whole way: blocks to a flow, the flow to pages, draw ops to their places.
 */
#include "layout/layout.h"

#include <math.h>

#include "base/diag.h"
#include "layout/block.h"
#include "layout/emit.h"
#include "layout/flow.h"
#include "layout/letterhead.h"
#include "layout/paginate.h"

static void footnotes_find(struct flow *flow)
{
	const struct node *root = flow->doc->root;
	for (const struct node *node = root; node; node = node_after(root, node)) {
		if (node->kind != NODE_FOOTNOTE || map_find(&flow->footnotes, node->id))
			continue;
		map_add(&flow->footnotes, node->id, (uint32_t)flow->footnote_nodes.count);
		LIST_PUSH(&flow->footnote_nodes, node);
	}
}

/*
 * Room for about as many tags and marks as come of it: of a cell one each, of a block a few.  They are large, and moving
 * them as they became more was a fiftieth of a diagnosis (tests/bench/README.md says how to look).
 */
static void marks_reserve(struct flow *flow)
{
	enum { OF_NODE = 2 };
	const struct node *root = flow->doc->root;
	size_t count = 0;
	for (const struct node *node = root; node; node = node_after(root, node))
		count += OF_NODE + (node->table ? node->table->column_count * node->table->row_count : 0);
	LIST_RESERVE(&flow->typesetter.ops, count);
	LIST_RESERVE(&flow->typesetter.tags, count);
}

static void flow_clear(struct flow *flow)
{
	typesetter_clear(&flow->typesetter);
	LIST_FREE(&flow->slices);
	LIST_FREE(&flow->tables);
	LIST_FREE(&flow->grounds);
	LIST_FREE(&flow->notes);
	LIST_FREE(&flow->note_lines);
	LIST_FREE(&flow->anchors);
	LIST_FREE(&flow->outline);
	LIST_FREE(&flow->lates);
	LIST_FREE(&flow->footnote_nodes);
	map_clear(&flow->footnotes);
	map_clear(&flow->notes_set);
}

/* The style by name; a theme without it has been complained about, any other will do. */
static const struct page_style *page_style(const struct theme *theme, const struct doc *doc)
{
	const struct page_style *found = theme_page_style(theme, doc->page_style);
	return found ? found : &theme->page_styles[0];
}

/* What each character gains so that a type area of almost a whole number of characters holds exactly that many. */
static double tracking(const struct flow *flow)
{
	double size = flow_style(flow, STYLE_BODY)->size_pt, count = round(flow->width_pt / size);
	double track = count > 0 ? flow->width_pt / count - size : 0;
	return fabs(track) < 0.025 * size ? track : 0;
}

const struct pages *layout_document(struct arena *arena, struct shaper *shaper, const struct theme *theme,
				    const struct doc *doc, struct diag *diag)
{
	struct flow flow = {
		.typesetter = { .arena = arena, .shaper = shaper, .accent = theme_colour(theme, "accent") },
		.arena = arena, .theme = theme, .page = page_style(theme, doc), .doc = doc, .diag = diag, .ground = -1,
	};
	flow.width_pt = flow_page_width(flow.page, false);
	flow.track_pt = tracking(&flow);
	flow.body = flow_style(&flow, STYLE_BODY);
	flow.tag = flow_tag(&flow, "Document", -1);
	footnotes_find(&flow);
	marks_reserve(&flow);
	bool has_letterhead = letterhead_is_wanted(&flow);
	bool has_cover = doc->root->first && doc->root->first->kind == NODE_COVER;
	if (has_letterhead && !has_cover && (doc->issuer.size || doc->issue_number.size))
		letterhead_set(&flow, doc->title);
	block_set_children(&flow, doc->root);
	if (has_letterhead)
		letterhead_set_imprint(&flow);
	flow_mentions(&flow);
	struct pagination pagination = { 0 };
	paginate(&pagination, &flow);
	const struct pages *pages = emit_pages(&flow, &pagination);
	pagination_clear(&pagination);
	flow_clear(&flow);
	return pages;
}
