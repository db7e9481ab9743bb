/* SPDX-License-Identifier: MIT */
#include "layout/flow.h"

#include <math.h>

double flow_page_width(const struct page_style *page, bool is_landscape)
{
	return (is_landscape ? page->height_pt : page->width_pt) - page->inner_pt - page->outer_pt;
}

double flow_page_height(const struct page_style *page, bool is_landscape)
{
	return (is_landscape ? page->width_pt : page->height_pt) - page->top_pt - page->bottom_pt;
}

int32_t flow_tag(struct flow *flow, const char *type, int32_t parent)
{
	return typesetter_tag(&flow->typesetter, type, parent);
}

struct slice *flow_slice(struct flow *flow, size_t first_op, double height_pt)
{
	struct slice *slice = LIST_ADD(&flow->slices);
	*slice = (struct slice){
		.first_op = first_op, .op_count = flow->typesetter.ops.count - first_op,
		.height_pt = height_pt,
		.before_pt = flow->next_before_pt, .flags = flow->flags | flow->next_flags, .table = -1,
		.mention = UINT32_MAX,
		.ground = flow->ground,
	};
	flow->next_flags = 0;
	flow->next_before_pt = 0;
	return slice;
}

void flow_reserve(struct flow *flow, size_t rows, size_t cells)
{
	LIST_RESERVE(&flow->slices, rows);
	LIST_RESERVE(&flow->typesetter.tags, rows + cells);
	LIST_RESERVE(&flow->typesetter.ops, cells);
}

void flow_anchor(struct flow *flow, struct text id)
{
	if (id.size)
		LIST_PUSH(&flow->anchors, ((struct flow_anchor){ id, (uint32_t)flow->slices.count }));
}

const struct style *flow_style(const struct flow *flow, enum style_kind kind)
{
	return &flow->page->styles[kind];
}

struct colour flow_colour(const struct flow *flow, const char *name)
{
	return theme_colour(flow->theme, name);
}

struct flow_paragraph flow_paragraph_from(const struct style *style)
{
	return (struct flow_paragraph){
		.style = style, .indent_pt = style->indent_em * style->size_pt,
		.right_pt = style->right_em * style->size_pt,
		.first_indent_pt = style->first_indent_em * style->size_pt, .keeps_with_next = style->keeps_with_next,
		.align = style->align,
	};
}

/* No single line of a paragraph at a page's top or foot. */
static bool keeps_line(size_t line, size_t count)
{
	return count > 1 && line + 1 < count && (line == 0 || line + 2 == count);
}

/* Text on the page's own pitch stands on its grid. */
static bool is_on_grid(const struct flow *flow, const struct style *style)
{
	bool is_text = style == flow_style(flow, STYLE_BODY) || style == flow_style(flow, STYLE_LIST) ||
	               style == flow_style(flow, STYLE_QUOTE) ||
	               (style >= flow_style(flow, STYLE_H1) && style <= flow_style(flow, STYLE_H4));
	return is_text && flow->page->line_pt > 0 && fabs(style->line_pt - flow->page->line_pt) < 0.01 &&
	       flow->ground < 0;
}

uint32_t flow_set(struct flow *flow, const struct piece *pieces, size_t piece_count, const struct flow_paragraph *how)
{
	const struct style *style = how->style;
	uint32_t first = (uint32_t)flow->slices.count;
	line_set_paragraph(&flow->typesetter, pieces, piece_count, &(struct line_options){
		.x_pt = flow->x_pt + how->indent_pt,
		.width_pt = fmax(flow->width_pt - how->indent_pt - how->right_pt, style->size_pt * 2),
		.first_indent_pt = how->first_indent_pt, .size_pt = style->size_pt, .line_pt = style->line_pt,
		.align = how->align,
		.is_balanced = how->is_balanced });
	size_t count = flow->typesetter.lines.count;
	for (size_t i = 0; i < count; i++) {
		const struct set_line *line = &flow->typesetter.lines.at[i];
		struct slice *slice = flow_slice(flow, line->first_op, style->line_pt);
		slice->op_count = line->op_count;
		if (i == 0)
			slice->before_pt = fmax(slice->before_pt, style->before_pt);
		if (i + 1 == count)
			slice->after_pt = style->after_pt;
		if (keeps_line(i, count) || (how->keeps_with_next))
			slice->flags |= SLICE_KEEP;
		if (is_on_grid(flow, style)) /* every line: a float may stand between any two */
			slice->flags |= SLICE_SNAP;
	}
	return first;
}

void flow_round(struct flow *flow, uint32_t first)
{
	double pitch = flow->page->line_pt, total = 0;
	size_t count = flow->slices.count;
	if (pitch <= 0 || first >= count || flow->ground >= 0)
		return;
	struct slice *slices = flow->slices.at;
	for (size_t i = first; i < count; i++)
		total += slices[i].height_pt + (i > first ? fmax(slices[i].before_pt, slices[i - 1].after_pt) : 0);
	double spaces = slices[first].before_pt + slices[count - 1].after_pt;
	double over = ceil((total + spaces) / pitch - 0.01) * pitch - total - spaces;
	if (over > pitch / 2 && spaces - (pitch - over) >= 0.6 * spaces)
		over -= pitch;
	slices[first].before_pt += over / 2;
	slices[count - 1].after_pt += over / 2;
}

static void mention_note(struct flow *flow, const struct map *anchors, struct text target, uint32_t slice)
{
	const uint32_t *found = text_starts(target, "#") ? map_find(anchors, text_slice(target, 1, target.size)) : NULL;
	uint32_t block = found ? flow->anchors.at[*found].slice : UINT32_MAX;
	if (block < flow->slices.count && flow->slices.at[block].mention > slice)
		flow->slices.at[block].mention = slice;
}

void flow_mentions(struct flow *flow)
{
	struct map anchors = { 0 };
	for (size_t i = 0; i < flow->anchors.count; i++) {
		uint32_t slice = flow->anchors.at[i].slice;
		if (slice < flow->slices.count && flow->slices.at[slice].block != BLOCK_NONE)
			map_add(&anchors, flow->anchors.at[i].id, (uint32_t)i);
	}
	size_t late = 0;
	for (uint32_t i = 0; i < flow->slices.count; i++) {
		struct slice *slice = &flow->slices.at[i];
		slice->mention = slice->mention < i ? slice->mention : i;
		while (late < flow->lates.count && flow->lates.at[late].slice < i)
			late++;
		bool is_contents = late < flow->lates.count && flow->lates.at[late].slice == i;
		for (size_t op = 0; op < slice->op_count && !is_contents; op++) {
			const struct draw_op *draw = &flow->typesetter.ops.at[slice->first_op + op];
			if (draw->kind == DRAW_LINK)
				mention_note(flow, &anchors, draw->link.target, i);
		}
	}
	map_clear(&anchors);
}

/* ---- shapes ------------------------------------------------------------------------ */

static void add_rectangle(struct flow *flow, struct rectangle area, struct draw_op op)
{
	static const uint8_t verbs[] = { PATH_MOVE, PATH_LINE, PATH_LINE, PATH_LINE, PATH_CLOSE };
	struct path_point *points = ARENA_ARRAY(flow->arena, struct path_point, 4);
	points[0] = (struct path_point){ area.x, area.y };
	points[1] = (struct path_point){ area.x + area.width, area.y };
	points[2] = (struct path_point){ area.x + area.width, area.y + area.height };
	points[3] = (struct path_point){ area.x, area.y + area.height };
	op.path.verbs = verbs;
	op.path.verb_count = 5;
	op.path.points = points;
	op.path.point_count = 4;
	LIST_PUSH(&flow->typesetter.ops, op);
}

void flow_fill(struct flow *flow, struct rectangle area, struct colour colour)
{
	add_rectangle(flow, area,
	              (struct draw_op){ .kind = DRAW_PATH, .tag = -1, .colour = colour, .opacity = 255,
	                                .path = { .is_filled = true } });
}

void flow_rule(struct flow *flow, struct path_point from, double length_pt, struct colour colour, double width_pt)
{
	static const uint8_t verbs[] = { PATH_MOVE, PATH_LINE };
	struct path_point *points = ARENA_ARRAY(flow->arena, struct path_point, 2);
	points[0] = from;
	points[1] = (struct path_point){ from.x + length_pt, from.y };
	LIST_PUSH(&flow->typesetter.ops, ((struct draw_op){
		.kind = DRAW_PATH, .tag = -1, .colour = colour, .opacity = 255,
		.path = { .verbs = verbs, .verb_count = 2, .points = points, .point_count = 2, .width_pt = width_pt },
	}));
}

static void points_move(const struct path_point *points, size_t count, struct path_point by)
{
	struct path_point *own = (struct path_point *)(uintptr_t)points; /* made for this op; const for readers */
	for (size_t i = 0; i < count; i++) {
		own[i].x += by.x;
		own[i].y += by.y;
	}
}

static void glyphs_move(const struct placed_glyph *glyphs, size_t count, struct path_point by)
{
	struct placed_glyph *own = (struct placed_glyph *)(uintptr_t)glyphs; /* the same */
	for (size_t i = 0; i < count; i++) {
		own[i].x += by.x;
		own[i].y += by.y;
	}
}

void flow_move(struct draw_op *ops, size_t count, struct path_point by)
{
	for (size_t i = 0; i < count; i++) {
		struct draw_op *op = &ops[i];
		switch (op->kind) {
		case DRAW_GLYPHS:
			glyphs_move(op->run.glyphs, op->run.count, by);
			break;
		case DRAW_PATH:
			points_move(op->path.points, op->path.point_count, by);
			break;
		case DRAW_LINK:
			op->link.x += by.x;
			op->link.y += by.y;
			break;
		}
	}
}
