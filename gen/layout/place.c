/* SPDX-License-Identifier: MIT */
#include "layout/place.h"

#include <math.h>

#include "base/diag.h"
#include "layout/block.h"

#define STEP 0.95
enum { STEPS = 14 }; /* to PLACE_LEAST_SCALE */
#define ROOM 0.01 /* points, against rounding */

/* What the flow held before a trial, to be taken back. */
struct held {
	size_t ops, tags, links, slices, tables, grounds, notes, note_lines, anchors, outline, lates;
	int tag_level;
};

static struct held hold(const struct flow *flow)
{
	return (struct held){
		.ops = flow->typesetter.ops.count, .tags = flow->typesetter.tags.count,
			.links = flow->typesetter.links.count,
		.slices = flow->slices.count, .tables = flow->tables.count, .grounds = flow->grounds.count,
		.notes = flow->notes.count, .note_lines = flow->note_lines.count, .anchors = flow->anchors.count,
		.outline = flow->outline.count, .lates = flow->lates.count, .tag_level = flow->tag_level,
	};
}

static void take_back(struct flow *flow, const struct held *held)
{
	flow->typesetter.ops.count = held->ops;
	flow->typesetter.tags.count = held->tags;
	flow->typesetter.links.count = held->links;
	flow->slices.count = held->slices;
	flow->tables.count = held->tables;
	flow->grounds.count = held->grounds;
	flow->notes.count = held->notes;
	flow->note_lines.count = held->note_lines;
	flow->anchors.count = held->anchors;
	flow->outline.count = held->outline;
	flow->lates.count = held->lates;
	flow->tag_level = held->tag_level;
}

/* The page's styles in another size, without its grid. */
static const struct page_style *scaled(struct flow *flow, const struct page_style *page, double scale)
{
	struct page_style *made = ARENA_NEW(flow->arena, struct page_style);
	*made = *page;
	made->line_pt = 0;
	for (int kind = 0; kind < STYLES; kind++) {
		struct style *style = &made->styles[kind];
		style->size_pt *= scale;
		style->line_pt *= scale;
		style->before_pt *= scale;
		style->after_pt *= scale;
	}
	return made;
}

/* Moves the slices since `first` below each other; returns the height of all. */
static double stack(struct flow *flow, size_t first)
{
	double y = 0;
	for (size_t i = first; i < flow->slices.count; i++) {
		const struct slice *slice = &flow->slices.at[i];
		if (i > first)
			y += fmax(slice->before_pt, slice[-1].after_pt);
		flow_move(flow->typesetter.ops.at + slice->first_op, slice->op_count, (struct path_point){ 0, y });
		y += slice->height_pt;
	}
	return y;
}

/* Sets the children below each other in the largest size that fits; returns their height. */
static double fill(struct flow *flow, const struct node *node, const struct theme_place *place)
{
	const struct held held = hold(flow);
	const struct page_style *page = flow->page;
	double height = 0;
	for (int step = 0; step <= STEPS; step++) {
		take_back(flow, &held);
		flow->page = scaled(flow, page, fmax(pow(STEP, step), PLACE_LEAST_SCALE));
		flow->body = flow_style(flow, STYLE_BODY);
		block_set_children(flow, node);
		height = stack(flow, held.slices);
		if (height <= place->height_pt + ROOM)
			return height;
	}
	DIAG(flow->diag, DIAG_PLACE_FULL, .span = node->span, .a = place->name);
	return height;
}

/* The corner of the next box of that name. */
static struct path_point next_box(struct flow *flow, const struct theme_place *place)
{
	uint32_t columns = (uint32_t)fmax(place->columns, 1), rows = (uint32_t)fmax(place->rows, 1);
	double across = place->across_pt > 0 ? place->across_pt : place->width_pt;
	double down = place->down_pt > 0 ? place->down_pt : place->height_pt;
	if (!text_equal(flow->sheet, place->name) || columns * rows == 1)
		flow->sheet_count = 0;
	flow->sheet = place->name;
	uint32_t box = flow->sheet_count++ % (columns * rows);
	if (columns * rows > 1 && box == 0 && flow->slices.count > 0)
		flow->next_flags |= SLICE_NEW_PAGE;
	uint32_t column = box % columns, row = box / columns;
	return (struct path_point){ place->x_pt + across * column, place->y_pt + down * row };
}

/* One slice without height, so that all boxes of a page have its top. */
static void merge(struct flow *flow, const struct held *held, const struct theme_place *place)
{
	double reserved = place->reserve_pt - flow->page->top_pt;
	flow->slices.count = held->slices;
	struct slice *slice = flow_slice(flow, held->ops, fmax(reserved, 0));
	slice->before_pt = 0;
	slice->flags |= SLICE_KEEP;
}

bool place_set(struct flow *flow, const struct node *node)
{
	const struct theme_place *place = theme_place(flow->theme, node->title);
	if (!place) {
		DIAG(flow->diag, DIAG_THEME_INCOMPLETE, .span = node->span, .a = TEXT("<place>"), .b = node->title);
		return false;
	}
	const struct flow outer = *flow;
	const struct path_point corner = next_box(flow, place);
	unsigned next_flags = flow->next_flags;
	flow->next_flags = 0;
	flow->tag = flow_tag(flow, "Sect", outer.tag);
	flow->x_pt = 0;
	flow->width_pt = place->width_pt;
	flow->track_pt = 0;
	const struct held held = hold(flow);
	double spare = fmax(place->height_pt - fill(flow, node, place), 0);
	flow->page = outer.page;
	flow->body = outer.body;
	flow->tag = outer.tag;
	flow->x_pt = outer.x_pt;
	flow->width_pt = outer.width_pt;
	flow->track_pt = outer.track_pt;
	flow->next_flags = next_flags;
	const double shares[] = { [STAND_TOP] = 0, [STAND_MIDDLE] = 0.5, [STAND_BOTTOM] = 1 };
	const struct path_point by = { corner.x - flow->page->inner_pt,
				       corner.y - flow->page->top_pt + spare * shares[place->stand] };
	flow_move(flow->typesetter.ops.at + held.ops, flow->typesetter.ops.count - held.ops, by);
	merge(flow, &held, place);
	return true;
}
