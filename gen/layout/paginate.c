/* SPDX-License-Identifier: MIT
 *
 * Greedy over chunks.  A chunk is a row of slices between which no page may end; it
 * goes onto this page or begins the next.  Only a chunk taller than a page is cut.
 */
#include "layout/paginate.h"

#include <math.h>

enum { FLOATS_MOST = 32 };

struct paginator {
	struct pagination *out;
	const struct flow *flow;
	double spacing;   /* factor of spaces between blocks */
	bool snaps;
	double y, after;  /* where the last slice ended; the space it asks for */
	double height;    /* of this page's type area */
	double notes;     /* height of the footnotes so far, with their rule */
	LIST(uint32_t) page_notes, late_notes;
	uint32_t floats[FLOATS_MOST]; /* first slices of floats that wait for the next page */
	size_t float_count;
	bool is_open;     /* something stands on this page */
};

static const struct slice *slice_at(const struct paginator *paginator, uint32_t index)
{
	return &paginator->flow->slices.at[index];
}

static double note_rule_height(const struct paginator *paginator)
{
	return flow_style(paginator->flow, STYLE_FOOTNOTE)->line_pt;
}

static double grid_up(double y, double pitch)
{
	return ceil(y / pitch - 0.01) * pitch;
}

/* Where the slice's top would stand after what ended at y. */
static double slice_top(const struct paginator *paginator, const struct slice *slice, double y, double after)
{
	double pitch = paginator->snaps ? paginator->flow->page->line_pt : 0;
	if (y <= 0)
		/* A heading at a page's top stands so that its text is on the grid. */
		return pitch > 0 && (slice->flags & SLICE_SNAP_END) ? grid_up(slice->lead_pt, pitch) - slice->lead_pt : 0;
	double gap = fmax(after, slice->before_pt) * paginator->spacing;
	double top = y + gap;
	if (pitch <= 0)
		return top;
	if (!(slice->flags & (SLICE_SNAP | SLICE_SNAP_END)))
		return top;
	/* What follows a heading lies on the grid; the odd points go above it. */
	double lead = slice->flags & SLICE_SNAP_END ? slice->lead_pt : 0;
	double extra = grid_up(top + lead, pitch) - top - lead;
	if (extra > 0.5 * pitch && gap - (pitch - extra) >= 0.75 * gap)
		extra -= pitch;
	return top + extra;
}

static double notes_height(const struct paginator *paginator, uint32_t first, uint32_t end)
{
	double height = 0;
	for (uint32_t i = first; i < end; i++) {
		const struct slice *slice = slice_at(paginator, i);
		for (uint32_t n = 0; n < slice->note_count; n++)
			height += paginator->flow->notes.at[slice->first_note + n].height_pt;
	}
	if (height > 0 && paginator->notes <= 0)
		height += note_rule_height(paginator);
	return height;
}

/* Where the slices [first, end) would end when set from y. */
static double chunk_end(const struct paginator *paginator, uint32_t first, uint32_t end, double y)
{
	double after = paginator->after;
	for (uint32_t i = first; i < end; i++) {
		const struct slice *slice = slice_at(paginator, i);
		y = slice_top(paginator, slice, y, after) + slice->height_pt;
		after = slice->after_pt;
	}
	return y;
}

static bool fits(const struct paginator *paginator, uint32_t first, uint32_t end)
{
	double notes = paginator->notes + notes_height(paginator, first, end);
	return chunk_end(paginator, first, end, paginator->y) + notes <= paginator->height + 0.01;
}

static void place(struct paginator *paginator, enum placed_kind kind, uint32_t index, double y)
{
	LIST_PUSH(&paginator->out->placed, ((struct placed){ kind, index, (uint32_t)paginator->out->pages.count - 1, y }));
}

/* ---- pages ---------------------------------------------------------------------- */

static void page_close(struct paginator *paginator)
{
	struct pagination *out = paginator->out;
	if (out->pages.count == 0)
		return;
	struct placed_page *page = &out->pages.at[out->pages.count - 1];
	page->used_pt = paginator->y;
	if (paginator->page_notes.count) {
		double y = paginator->height - paginator->notes;
		place(paginator, PLACED_NOTE_RULE, 0, y);
		y += note_rule_height(paginator);
		for (size_t i = 0; i < paginator->page_notes.count; i++) {
			uint32_t note = paginator->page_notes.at[i];
			place(paginator, PLACED_NOTE, note, y);
			y += paginator->flow->notes.at[note].height_pt;
		}
		paginator->page_notes.count = 0;
	}
	page->count = out->placed.count - page->first;
}

static void note_add(struct paginator *paginator, uint32_t note)
{
	double height = paginator->flow->notes.at[note].height_pt + (paginator->page_notes.count ? 0 : note_rule_height(paginator));
	/* A note that does not fit under its own line goes to the next page's foot. */
	if (paginator->page_notes.count && paginator->y + paginator->notes + height > paginator->height + 0.01) {
		LIST_PUSH(&paginator->late_notes, note);
		return;
	}
	paginator->notes += height;
	LIST_PUSH(&paginator->page_notes, note);
}

static void page_open(struct paginator *paginator, unsigned flags)
{
	page_close(paginator);
	struct placed_page *page = LIST_ADD(&paginator->out->pages);
	page->is_landscape = flags & SLICE_LANDSCAPE;
	page->is_bare = flags & SLICE_BARE;
	page->first = paginator->out->placed.count;
	paginator->height = flow_page_height(paginator->flow->page, page->is_landscape);
	paginator->y = paginator->after = paginator->notes = 0;
	paginator->is_open = false;
	size_t late = paginator->late_notes.count;
	paginator->late_notes.count = 0;
	for (size_t i = 0; i < late; i++)
		note_add(paginator, paginator->late_notes.at[i]);
}

static void slice_place(struct paginator *paginator, uint32_t index)
{
	const struct slice *slice = slice_at(paginator, index);
	double top = slice_top(paginator, slice, paginator->y, paginator->after);
	if (slice->flags & SLICE_FILL)
		top = fmax(top, paginator->height - slice->lead_pt);
	place(paginator, PLACED_SLICE, index, top);
	paginator->y = top + slice->height_pt;
	paginator->after = slice->after_pt;
	paginator->is_open = true;
	for (uint32_t i = 0; i < slice->note_count; i++)
		note_add(paginator, slice->first_note + i);
}

static void range_place(struct paginator *paginator, uint32_t first, uint32_t end)
{
	for (uint32_t i = first; i < end; i++)
		slice_place(paginator, i);
}

static void floats_place(struct paginator *paginator)
{
	size_t placed = 0;
	const struct placed_page *page = &paginator->out->pages.at[paginator->out->pages.count - 1];
	for (; placed < paginator->float_count; placed++) {
		uint32_t first = paginator->floats[placed], end = first + slice_at(paginator, first)->whole_count;
		bool is_turned = page->is_landscape != !!(slice_at(paginator, first)->flags & SLICE_LANDSCAPE);
		if (is_turned || (paginator->is_open && !fits(paginator, first, end)))
			break;
		range_place(paginator, first, end);
	}
	paginator->float_count -= placed;
	memmove(paginator->floats, paginator->floats + placed, paginator->float_count * sizeof *paginator->floats);
}

/* A new page for the slice: waiting floats first, then the head of the table that it continues. */
static void page_turn(struct paginator *paginator, uint32_t next)
{
	const struct slice *slice = slice_at(paginator, next);
	while (paginator->float_count && ((slice_at(paginator, paginator->floats[0])->flags ^ slice->flags) & SLICE_LANDSCAPE)) {
		page_open(paginator, slice_at(paginator, paginator->floats[0])->flags);
		floats_place(paginator);
	}
	page_open(paginator, slice->flags);
	floats_place(paginator);
	if (slice->table < 0)
		return;
	const struct flow_table *table = &paginator->flow->tables.at[slice->table];
	if (next <= table->first_body || next >= table->end)
		return;
	double y = paginator->y > 0 ? paginator->y + paginator->after : 0;
	place(paginator, PLACED_HEAD, (uint32_t)slice->table, y);
	paginator->y = y + table->head_pt;
	paginator->after = 0;
	paginator->is_open = true;
}

/* ---- chunks --------------------------------------------------------------------- */

/* The chunk does not fit on an empty page: cut it wherever a slice ends. */
static void chunk_cut(struct paginator *paginator, uint32_t first, uint32_t end)
{
	for (uint32_t i = first; i < end; i++) {
		if (paginator->is_open && !fits(paginator, i, i + 1))
			page_turn(paginator, i);
		slice_place(paginator, i);
	}
}

static bool begins_page(const struct paginator *paginator, const struct slice *slice)
{
	const struct pagination *out = paginator->out;
	if (out->pages.count == 0 || (slice->flags & SLICE_NEW_PAGE))
		return true;
	const struct placed_page *page = &out->pages.at[out->pages.count - 1];
	return page->is_landscape != !!(slice->flags & SLICE_LANDSCAPE) || page->is_bare != !!(slice->flags & SLICE_BARE);
}

/* Floats that still wait get pages of their own before what must follow them. */
static void floats_flush(struct paginator *paginator)
{
	while (paginator->float_count) {
		page_open(paginator, slice_at(paginator, paginator->floats[0])->flags);
		floats_place(paginator);
	}
}

/* A float leaves the flow when there is enough room left to be filled with text. */
static bool float_defer(struct paginator *paginator, uint32_t first)
{
	const struct slice *slice = slice_at(paginator, first);
	double room = paginator->height - paginator->y - paginator->notes;
	uint32_t next = first + slice->whole_count;
	if (!(slice->flags & SLICE_FLOAT) || paginator->float_count == FLOATS_MOST || room < paginator->height * 0.08 ||
	    next >= paginator->flow->slices.count)
		return false;
	const struct slice *follower = slice_at(paginator, next);
	if ((follower->flags & (SLICE_NEW_PAGE | SLICE_BARRIER)) || begins_page(paginator, follower))
		return false;
	paginator->floats[paginator->float_count++] = first;
	return true;
}

/* A group starts a new page when it would be torn here, would be whole there, and little is wasted. */
static bool group_turns(const struct paginator *paginator, uint32_t first)
{
	const struct slice *slice = slice_at(paginator, first);
	if (!slice->group_count || !paginator->is_open || fits(paginator, first, first + slice->group_count))
		return false;
	double height = chunk_end(paginator, first, first + slice->group_count, 0);
	return height <= paginator->height && (height <= 0.5 * paginator->height || paginator->y > 0.6 * paginator->height);
}

static void chunk_place(struct paginator *paginator, uint32_t first, uint32_t end)
{
	const struct slice *slice = slice_at(paginator, first);
	bool begins = begins_page(paginator, slice);
	/* A figure on a page of its own turn waits until the page before it is full. */
	if (begins && (slice->flags & SLICE_LANDSCAPE) && paginator->is_open && float_defer(paginator, first))
		return;
	if (paginator->float_count && ((slice->flags & SLICE_BARRIER) || begins)) {
		floats_flush(paginator);
		begins = begins_page(paginator, slice);
	}
	if (begins)
		page_turn(paginator, first);
	if ((slice->flags & SLICE_FLOAT) && !fits(paginator, first, end) && float_defer(paginator, first))
		return;
	if (group_turns(paginator, first))
		page_turn(paginator, first);
	if (!fits(paginator, first, end) && paginator->is_open) {
		double alone = chunk_end(paginator, first, end, 0);
		if (alone <= paginator->height || paginator->y > 0.7 * paginator->height)
			page_turn(paginator, first);
	}
	if (fits(paginator, first, end))
		range_place(paginator, first, end);
	else
		chunk_cut(paginator, first, end);
}

static bool turns_page(const struct slice *before, const struct slice *after)
{
	return (after->flags & SLICE_NEW_PAGE) || ((before->flags ^ after->flags) & (SLICE_LANDSCAPE | SLICE_BARE));
}

static uint32_t chunk_ends(const struct paginator *paginator, uint32_t first)
{
	uint32_t count = (uint32_t)paginator->flow->slices.count, end = first;
	for (;;) {
		const struct slice *slice = slice_at(paginator, end);
		if (slice->whole_count)
			end += slice->whole_count - 1;
		bool keeps = slice_at(paginator, end)->flags & SLICE_KEEP;
		if (!keeps || end + 1 >= count || turns_page(slice_at(paginator, end), slice_at(paginator, end + 1)))
			return end + 1;
		end++;
	}
}

static void run(struct pagination *pagination, const struct flow *flow, double spacing)
{
	struct paginator paginator = { .out = pagination, .flow = flow, .spacing = spacing, .snaps = spacing >= 1 };
	uint32_t count = (uint32_t)flow->slices.count;
	for (uint32_t first = 0; first < count;) {
		uint32_t end = chunk_ends(&paginator, first);
		chunk_place(&paginator, first, end);
		first = end;
	}
	floats_flush(&paginator);
	while (paginator.late_notes.count)
		page_open(&paginator, 0);
	if (pagination->pages.count == 0)
		page_open(&paginator, 0);
	page_close(&paginator);
	LIST_FREE(&paginator.page_notes);
	LIST_FREE(&paginator.late_notes);
}

static bool ends_nearly_empty(const struct pagination *pagination, const struct flow *flow)
{
	const struct placed_page *last = &pagination->pages.at[pagination->pages.count - 1];
	return pagination->pages.count > 1 && last->used_pt < 0.14 * flow_page_height(flow->page, last->is_landscape);
}

void paginate(struct pagination *pagination, const struct flow *flow)
{
	run(pagination, flow, 1);
	if (!ends_nearly_empty(pagination, flow))
		return;
	struct pagination tight = { 0 };
	run(&tight, flow, 0.72);
	if (tight.pages.count < pagination->pages.count) {
		struct pagination swap = *pagination;
		*pagination = tight;
		tight = swap;
	}
	pagination_clear(&tight);
}

void pagination_clear(struct pagination *pagination)
{
	LIST_FREE(&pagination->placed);
	LIST_FREE(&pagination->pages);
}
