/* SPDX-License-Identifier: MIT */
#include "layout/emit.h"

#include <math.h>

#include "layout/furniture.h"
#include "layout/paragraph.h"

struct position {
	uint32_t page;
	double y_pt; /* from the page's top */
};

struct emitter {
	struct flow *flow;
	const struct pagination *pagination;
	struct page *pages;
	struct position *slices; /* by slice */
	struct map anchors;      /* id → index in flow.anchors */
	LIST(struct draw_op) ops; /* of the page in hand */
	size_t late;             /* the next of flow.lates */
	double left;             /* of its type area */
	double top;
};

/* ---- draw ops to their place ------------------------------------------------------------ */

static void ops_take(struct emitter *emitter, size_t first, size_t count, double y)
{
	struct draw_op *ops = emitter->flow->typesetter.ops.at + first;
	flow_move(ops, count, (struct path_point){ emitter->left, emitter->top + y });
	for (size_t i = 0; i < count; i++)
		LIST_PUSH(&emitter->ops, ops[i]);
}

/* Draw ops that were just set for this page alone, already in its coordinates. */
static void ops_take_since(struct emitter *emitter, size_t first)
{
	for (size_t i = first; i < emitter->flow->typesetter.ops.count; i++)
		LIST_PUSH(&emitter->ops, emitter->flow->typesetter.ops.at[i]);
}

/* A table's head is shown on many pages: its glyphs are copied before they move. */
static void ops_take_copy(struct emitter *emitter, size_t first, size_t count, double y)
{
	struct arena *arena = emitter->flow->arena;
	for (size_t i = 0; i < count; i++) {
		struct draw_op op = emitter->flow->typesetter.ops.at[first + i];
		if (op.kind != DRAW_GLYPHS)
			continue;
		struct placed_glyph *glyphs = arena_room(arena, op.run.count * sizeof *glyphs);
		memcpy(glyphs, op.run.glyphs, op.run.count * sizeof *glyphs);
		op.run.glyphs = glyphs;
		flow_move(&op, 1, (struct path_point){ emitter->left, emitter->top + y });
		LIST_PUSH(&emitter->ops, op);
	}
}

static void rule_take(struct emitter *emitter, const struct flow_table *table, double y, enum slice_rule rule)
{
	static const struct {
		double width_pt;
		const char *colour;
	} looks[] = { [RULE_HAIR] = { 0.35, "hairline" }, [RULE_THIN] = { 0.5, "ink" }, [RULE_THICK] = { 1.1, "ink" } };
	struct flow *flow = emitter->flow;
	if (rule == RULE_NONE)
		return;
	size_t first = flow->typesetter.ops.count;
	flow_rule(flow, (struct path_point){ emitter->left + table->x_pt, emitter->top + y }, table->width_pt,
		  flow_colour(flow, looks[rule].colour), looks[rule].width_pt);
	ops_take_since(emitter, first);
}

/* ---- page numbers in contents --------------------------------------------------------- */

/*
 * Leaders are dots on a common grid, drawn rather than typed: nothing reads them
 * aloud.  They end in one column, before the widest number there can be.
 */
static void leaders_take(struct emitter *emitter, const struct flow_late *late, double y)
{
	struct flow *flow = emitter->flow;
	const double step = 4;
	double body = flow_style(flow, STYLE_TOC2)->size_pt;
	double widest = body * (emitter->pagination->pages.count > 99 ? 2.1 : 1.6);
	double from = ceil((late->from_pt + late->piece.size_pt * 0.6) / step) * step;
	double end = floor((late->right_pt - widest) / step) * step + 0.8;
	if (end - from < step)
		return;
	size_t first = flow->typesetter.ops.count;
	flow_rule(flow, (struct path_point){ emitter->left + from, emitter->top + y - 0.6 }, end - from,
	          flow_colour(flow, "hairline"), 0.8);
	struct path *path = &flow->typesetter.ops.at[first].path;
	path->dash_pt[0] = 0.8;
	path->dash_pt[1] = step - 0.8;
	ops_take_since(emitter, first);
}

static void late_take(struct emitter *emitter, const struct flow_late *late, double y)
{
	struct flow *flow = emitter->flow;
	const uint32_t *found = map_find(&emitter->anchors, late->target);
	if (!found)
		return;
	uint32_t slice = flow->anchors.at[*found].slice;
	uint32_t page = slice < flow->slices.count ? emitter->slices[slice].page
	                                           : (uint32_t)emitter->pagination->pages.count - 1;
	struct piece piece = late->piece;
	piece.text = text_format(flow->arena, "%u", page + 1);
	double width = shape_text(flow->typesetter.shaper, piece.text, piece.font, piece.span)->width * piece.size_pt;
	double x = late->right_pt - width, base = y + late->baseline_pt;
	leaders_take(emitter, late, base);
	size_t first = flow->typesetter.ops.count;
	line_set_text(&flow->typesetter, &piece, (struct path_point){ emitter->left + x, emitter->top + base });
	const struct line_link *link = &flow->typesetter.links.at[piece.link];
	LIST_PUSH(&flow->typesetter.ops, ((struct draw_op){
		.kind = DRAW_LINK, .tag = piece.tag,
		.link = { emitter->left + x, emitter->top + y, width, late->baseline_pt * 1.3, link->target,
		          link->description } }));
	ops_take_since(emitter, first);
}

/* ---- one page --------------------------------------------------------------------------- */

/* Grounds under rows of neighbouring slices. */
static void grounds_take(struct emitter *emitter, const struct placed_page *page)
{
	struct flow *flow = emitter->flow;
	const struct placed *placed = page->count ? emitter->pagination->placed.at + page->first : NULL;
	for (size_t i = 0; i < page->count; i++) {
		int32_t ground = placed[i].kind == PLACED_SLICE ? flow->slices.at[placed[i].index].ground : -1;
		if (ground < 0)
			continue;
		size_t last = i;
		while (last + 1 < page->count && placed[last + 1].kind == PLACED_SLICE &&
		       flow->slices.at[placed[last + 1].index].ground == ground)
			last++;
		const struct flow_ground *look = &flow->grounds.at[ground];
		double y = placed[i].y_pt - look->pad_pt;
		double height = placed[last].y_pt + flow->slices.at[placed[last].index].height_pt + look->pad_pt - y;
		size_t first = flow->typesetter.ops.count;
		struct rectangle area = { emitter->left + look->x_pt, emitter->top + y, look->width_pt, height };
		if (look->has_fill)
			flow_fill(flow, area, look->fill);
		area.width = 2;
		if (look->has_bar)
			flow_fill(flow, area, look->bar);
		ops_take_since(emitter, first);
		i = last;
	}
}

/* The slice's table when the table ends on this page after it. */
static const struct flow_table *table_ending(const struct emitter *emitter, const struct placed_page *page,
					     size_t index)
{
	const struct flow *flow = emitter->flow;
	const struct placed *placed = page->count ? emitter->pagination->placed.at + page->first : NULL;
	int32_t table = flow->slices.at[placed[index].index].table;
	if (table < 0)
		return NULL;
	bool goes_on = index + 1 < page->count && placed[index + 1].kind == PLACED_SLICE &&
	               flow->slices.at[placed[index + 1].index].table == table;
	return goes_on ? NULL : &flow->tables.at[table];
}

/* The page numbers of the entries in a slice, right after its text: that is the order in which they are read. */
static void lates_take(struct emitter *emitter, uint32_t slice, double y)
{
	const struct flow *flow = emitter->flow;
	for (; emitter->late < flow->lates.count && flow->lates.at[emitter->late].slice == slice; emitter->late++)
		late_take(emitter, &flow->lates.at[emitter->late], y);
}

static void slice_take(struct emitter *emitter, const struct placed_page *page, size_t index)
{
	struct flow *flow = emitter->flow;
	const struct placed *placed = &emitter->pagination->placed.at[page->first + index];
	const struct slice *slice = &flow->slices.at[placed->index];
	if (slice->table >= 0) {
		bool follows_head = index > 0 && placed[-1].kind == PLACED_HEAD;
		rule_take(emitter, &flow->tables.at[slice->table], placed->y_pt,
		          follows_head ? RULE_THIN : (enum slice_rule)slice->rule);
	}
	ops_take(emitter, slice->first_op, slice->op_count, placed->y_pt);
	lates_take(emitter, placed->index, placed->y_pt);
	const struct flow_table *ending = table_ending(emitter, page, index);
	if (ending)
		rule_take(emitter, ending, placed->y_pt + slice->height_pt, RULE_THICK);
}

static void note_rule_take(struct emitter *emitter, double y)
{
	struct flow *flow = emitter->flow;
	size_t first = flow->typesetter.ops.count;
	double height = flow_style(flow, STYLE_FOOTNOTE)->line_pt;
	flow_rule(flow, (struct path_point){ emitter->left, emitter->top + y + height * 0.6 }, 90,
	          flow_colour(flow, "soft"), 0.4);
	ops_take_since(emitter, first);
}

static void placed_take(struct emitter *emitter, const struct placed_page *page, size_t index)
{
	struct flow *flow = emitter->flow;
	const struct placed *placed = &emitter->pagination->placed.at[page->first + index];
	switch (placed->kind) {
	case PLACED_SLICE:
		slice_take(emitter, page, index);
		break;
	case PLACED_HEAD: {
		const struct flow_table *table = &flow->tables.at[placed->index];
		rule_take(emitter, table, placed->y_pt + table->caption_pt, RULE_THICK);
		ops_take_copy(emitter, table->first_op, table->op_count, placed->y_pt);
		break;
	}
	case PLACED_NOTE:
		ops_take(emitter, flow->note_lines.at[placed->index].first_op,
		         flow->note_lines.at[placed->index].op_count, placed->y_pt);
		break;
	case PLACED_NOTE_RULE:
		note_rule_take(emitter, placed->y_pt);
		break;
	}
}

/* Binding: the inner margin is on the left of odd pages. */
static double page_left(const struct flow *flow, uint32_t number)
{
	return number % 2 ? flow->page->inner_pt : flow->page->outer_pt;
}

static void page_take(struct emitter *emitter, uint32_t index)
{
	struct flow *flow = emitter->flow;
	const struct placed_page *placed = &emitter->pagination->pages.at[index];
	struct page *page = &emitter->pages[index];
	page->width_pt = placed->is_landscape ? flow->page->height_pt : flow->page->width_pt;
	page->height_pt = placed->is_landscape ? flow->page->width_pt : flow->page->height_pt;
	page->label = text_format(flow->arena, "%u", index + 1);
	emitter->ops.count = 0;
	emitter->left = page_left(flow, index + 1);
	struct furniture_page furniture = {
		.width_pt = page->width_pt, .height_pt = page->height_pt, .left_pt = emitter->left,
		.right_pt = emitter->left + flow_page_width(flow->page, placed->is_landscape), .number = index + 1,
		.count = (uint32_t)emitter->pagination->pages.count, .is_bare = placed->is_bare,
	};
	size_t first = flow->typesetter.ops.count;
	furniture_set_behind(flow, &furniture);
	ops_take_since(emitter, first);
	grounds_take(emitter, placed);
	for (size_t i = 0; i < placed->count; i++)
		placed_take(emitter, placed, i);
	first = flow->typesetter.ops.count;
	furniture_set_around(flow, &furniture);
	ops_take_since(emitter, first);
	struct draw_op *ops = arena_room(flow->arena, emitter->ops.count * sizeof *ops);
	if (emitter->ops.count)
		memcpy(ops, emitter->ops.at, emitter->ops.count * sizeof *ops);
	page->ops = ops;
	page->op_count = emitter->ops.count;
}

/* ---- the whole ---------------------------------------------------------------------------- */

static struct position *positions_find(const struct flow *flow, const struct pagination *pagination)
{
	struct position *positions = ARENA_ARRAY(flow->arena, struct position, flow->slices.count);
	for (size_t i = 0; i < pagination->placed.count; i++) {
		const struct placed *placed = &pagination->placed.at[i];
		if (placed->kind == PLACED_SLICE)
			positions[placed->index] = (struct position){ placed->page, flow->page->top_pt + placed->y_pt };
	}
	return positions;
}

static struct position position_of(const struct emitter *emitter, uint32_t slice)
{
	if (slice < emitter->flow->slices.count)
		return emitter->slices[slice];
	return (struct position){ (uint32_t)emitter->pagination->pages.count - 1, emitter->flow->page->top_pt };
}

static void anchors_emit(const struct emitter *emitter, struct pages *pages)
{
	const struct flow *flow = emitter->flow;
	struct anchor *anchors = ARENA_ARRAY(flow->arena, struct anchor, flow->anchors.count + flow->notes.count);
	for (size_t i = 0; i < flow->anchors.count; i++) {
		struct position at = position_of(emitter, flow->anchors.at[i].slice);
		anchors[i] = (struct anchor){ flow->anchors.at[i].id, at.page, at.y_pt };
	}
	size_t count = flow->anchors.count;
	for (size_t i = 0; i < emitter->pagination->placed.count; i++) {
		const struct placed *placed = &emitter->pagination->placed.at[i];
		if (placed->kind != PLACED_NOTE)
			continue;
		const struct flow_note *note = &flow->notes.at[flow->note_lines.at[placed->index].note];
		if (note->first_line == placed->index)
			anchors[count++] = (struct anchor){ note->id, placed->page, flow->page->top_pt + placed->y_pt };
	}
	pages->anchors = anchors;
	pages->anchor_count = count;
	struct outline_entry *outline = ARENA_ARRAY(flow->arena, struct outline_entry, flow->outline.count);
	for (size_t i = 0; i < flow->outline.count; i++) {
		struct position at = position_of(emitter, flow->outline.at[i].slice);
		outline[i] = (struct outline_entry){ flow->outline.at[i].title, flow->outline.at[i].level, at.page,
		                                     at.y_pt };
	}
	pages->outline = outline;
	pages->outline_count = flow->outline.count;
}

const struct pages *emit_pages(struct flow *flow, const struct pagination *pagination)
{
	struct arena *arena = flow->arena;
	struct pages *pages = ARENA_NEW(arena, struct pages);
	struct emitter emitter = { .flow = flow, .pagination = pagination, .top = flow->page->top_pt };
	emitter.pages = ARENA_ARRAY(arena, struct page, pagination->pages.count);
	emitter.slices = positions_find(flow, pagination);
	for (size_t i = 0; i < flow->anchors.count; i++)
		map_add(&emitter.anchors, flow->anchors.at[i].id, (uint32_t)i);
	for (uint32_t i = 0; i < pagination->pages.count; i++)
		page_take(&emitter, i);
	pages->pages = emitter.pages;
	pages->count = pagination->pages.count;
	anchors_emit(&emitter, pages);
	struct tag *tags = arena_room(arena, flow->typesetter.tags.count * sizeof *tags);
	memcpy(tags, flow->typesetter.tags.at, flow->typesetter.tags.count * sizeof *tags);
	pages->tags = tags;
	pages->tag_count = flow->typesetter.tags.count;
	const struct doc *doc = flow->doc;
	pages->title = doc->title;
	pages->author = doc->author;
	pages->subject = doc->subject;
	pages->language = doc->language.size ? doc->language : TEXT("zh-CN");
	pages->date = doc->date;
	pages->attachments = doc->attachments;
	pages->attachment_count = doc->attachment_count;
	map_clear(&emitter.anchors);
	LIST_FREE(&emitter.ops);
	return pages;
}
