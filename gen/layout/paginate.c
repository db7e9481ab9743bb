/* SPDX-License-Identifier: MIT
 *
 * Chunk by chunk.  A chunk is a row of slices between which no page may end; it goes
 * onto this page or begins the next; only a chunk taller than a page is cut.  Where
 * there is a choice (tear a table, let it float, or turn the page; tear a group or
 * leave a hole) each way is tried for a few pages and the cheapest taken.  The look
 * ahead is bounded, so the time stays linear in the document.
 */
#include "layout/paginate.h"

#include <math.h>

#include "layout/pager.h"

enum {
	CHUNK_MOST = 400, /* slices: more than any page holds */
	AHEAD_PAGES = 3,  /* how far a way is followed */
	AHEAD_CHUNKS = 400,
	DEPTH = 3,        /* choices on a way that are weighed in their turn */
};

enum choice { HERE, WAIT, TURN, CHOICES };

static const struct slice *slice_at(const struct pager *pager, uint32_t index)
{
	return &pager->flow->slices.at[index];
}

/* ---- chunks ------------------------------------------------------------------------ */

static bool turns_page(const struct slice *before, const struct slice *after)
{
	return (after->flags & SLICE_NEW_PAGE) || ((before->flags ^ after->flags) & (SLICE_LANDSCAPE | SLICE_BARE));
}

static uint32_t chunk_ends(const struct pager *pager, uint32_t first)
{
	uint32_t count = (uint32_t)pager->flow->slices.count, end = first;
	for (;;) {
		const struct slice *slice = slice_at(pager, end);
		if (slice->whole_count)
			end += slice->whole_count - 1;
		bool keeps = slice_at(pager, end)->flags & SLICE_KEEP;
		if (!keeps || end + 1 >= count || end - first >= CHUNK_MOST ||
		    turns_page(slice_at(pager, end), slice_at(pager, end + 1)))
			return end + 1;
		end++;
	}
}

/* The end of the figure, table or group that begins in the chunk. */
static uint32_t extent_ends(const struct pager *pager, uint32_t first, uint32_t end)
{
	uint32_t most = end;
	for (uint32_t i = first; i < end; i++) {
		const struct slice *slice = slice_at(pager, i);
		uint32_t count = slice->block_count > slice->group_count ? slice->block_count : slice->group_count;
		most = i + count > most ? i + count : most;
	}
	return most;
}

/* The chunk does not fit on an empty page: cut it wherever a slice ends. */
static void chunk_cut(struct pager *pager, uint32_t first, uint32_t end)
{
	for (uint32_t i = first; i < end; i++) {
		if (pager->is_open && !pager_fits(pager, i, i + 1))
			pager_turn(pager, i, false);
		pager_place(pager, i, i + 1);
	}
}

/* ---- choices ------------------------------------------------------------------------ */

/* A table or figure of the chunk would overtake one of its kind. */
static bool overtakes(const struct pager *pager, uint32_t first, uint32_t end)
{
	if (first > pager->block_first && first < pager->block_end)
		return false;
	for (uint32_t i = first; pager->float_count && i < end; i++)
		if (slice_at(pager, i)->block != BLOCK_NONE &&
		    pager_waits(pager, (enum slice_block)slice_at(pager, i)->block))
			return true;
	return false;
}

static void choices_find(const struct pager *pager, uint32_t first, uint32_t end, bool open[CHOICES])
{
	bool is_late = overtakes(pager, first, end);
	open[HERE] = !is_late && pager_fits(pager, first, end);
	open[WAIT] = pager_can_defer(pager, first);
	open[TURN] = true;
	if (!open[HERE] && !is_late && pager->y <= 0.7 * pager->height)
		open[HERE] = !pager_fits_page(pager, first, end);
}

static uint32_t chunk_place(struct pager *pager, uint32_t first);

static uint32_t chunk_do(struct pager *pager, uint32_t first, enum choice choice)
{
	uint32_t end = chunk_ends(pager, first);
	if (choice == WAIT) {
		pager_defer(pager, first);
		return first + slice_at(pager, first)->block_count;
	}
	if (choice == TURN) {
		pager_turn(pager, first, false);
		return first;
	}
	if (pager_fits(pager, first, end))
		pager_place(pager, first, end);
	else
		chunk_cut(pager, first, end);
	return end;
}

/* What it costs to go that way, a few pages on or to the end of the part. */
static double trial(struct pager *pager, uint32_t first, enum choice choice)
{
	struct pager_state state = pager_save(pager);
	size_t count = pager->flow->slices.count, most = state.page_count + AHEAD_PAGES;
	pager->cost = 0;
	pager->depth--;
	uint32_t next = chunk_do(pager, first, choice);
	int chunks = 0;
	bool is_end = false;
	while (pager->out->pages.count < most && chunks++ < AHEAD_CHUNKS && !is_end) {
		is_end = next >= count || (next != first && (slice_at(pager, next)->flags & SLICE_NEW_PAGE));
		if (!is_end)
			next = chunk_place(pager, next);
	}
	if (is_end)
		pager_flush(pager);
	/* A page more costs a little, besides the holes that made it necessary. */
	double cost = pager->cost + 0.3 * (double)(pager->out->pages.count - state.page_count);
	pager_restore(pager, &state);
	return cost;
}

static enum choice cheapest(struct pager *pager, uint32_t first, const bool open[CHOICES])
{
	static const enum choice order[] = { HERE, WAIT, TURN };
	static const enum choice usual[] = { WAIT, HERE, TURN }; /* without looking ahead */
	enum choice best = TURN;
	double least = INFINITY;
	for (size_t i = 0; pager->depth <= 0 && i < CHOICES; i++)
		if (open[usual[i]])
			return usual[i];
	for (size_t i = 0; i < CHOICES; i++) {
		double cost = open[order[i]] ? trial(pager, first, order[i]) : INFINITY;
		if (cost < least - 1e-9) {
			least = cost;
			best = order[i];
		}
	}
	return best;
}

static enum choice choose(struct pager *pager, uint32_t first)
{
	uint32_t end = chunk_ends(pager, first), whole = extent_ends(pager, first, end);
	if (!overtakes(pager, first, end) && pager_fits(pager, first, whole))
		return HERE;
	if (!pager->is_open)
		return HERE;
	bool open[CHOICES];
	choices_find(pager, first, end, open);
	if (!open[HERE] && !open[WAIT])
		return TURN;
	if (whole == end && open[HERE] && !open[WAIT])
		return HERE;
	enum choice choice = cheapest(pager, first, open);
	if (pager->depth < DEPTH)
		pager->depth--;
	return choice;
}

/* ---- the run ----------------------------------------------------------------------- */

/* Puts the chunk at `first` somewhere; returns the slice to go on with. */
static uint32_t chunk_place(struct pager *pager, uint32_t first)
{
	const struct slice *slice = slice_at(pager, first);
	if (pager->out->pages.count)
		pager_floats_resume(pager, first);
	bool opens = (slice->flags & SLICE_OPENS) && pager->is_open && pager->y >= 0.5 * pager->height;
	bool is_new = (slice->flags & SLICE_NEW_PAGE) || opens, begins = is_new || pager_begins(pager, slice);
	/* A wide table that may float waits until the upright page before it is full. */
	if (begins && !is_new && (slice->flags & SLICE_LANDSCAPE) && pager->is_open && pager_can_defer(pager, first))
		return chunk_do(pager, first, WAIT);
	if (pager->float_count && ((slice->flags & SLICE_BARRIER) || is_new)) {
		pager_flush(pager);
		begins = is_new || pager_begins(pager, slice);
	}
	if (begins)
		pager_turn(pager, first, is_new || (slice->flags & SLICE_BARE) || !pager->is_open);
	/* Each further turn must have placed a float, or something here is taller than a page. */
	for (size_t waiting = SIZE_MAX;;) {
		enum choice choice = choose(pager, first);
		if (choice == TURN && pager->float_count >= waiting)
			choice = HERE;
		waiting = waiting == SIZE_MAX ? pager->float_count + 1 : pager->float_count;
		uint32_t next = chunk_do(pager, first, choice);
		if (choice != TURN)
			return next;
	}
}

static void run(struct pagination *pagination, const struct flow *flow, double spacing)
{
	struct pager pager = { .out = pagination, .flow = flow, .spacing = spacing, .snaps = spacing >= 1,
	                       .depth = DEPTH };
	pagination->placed.count = pagination->pages.count = pagination->called.count = 0;
	for (uint32_t first = 0; first < flow->slices.count;)
		first = chunk_place(&pager, first);
	pager_flush(&pager);
	pager_finish(&pager);
}

static bool ends_nearly_empty(const struct pagination *pagination, const struct flow *flow)
{
	const struct placed_page *last = &pagination->pages.at[pagination->pages.count - 1];
	return pagination->pages.count > 1 && last->used_pt < 0.14 * flow_page_height(flow->page, last->is_landscape);
}

/* Returns the factor of spaces.  Tight spaces leave the grid: not where lines are counted (GB/T 9704). */
static double tighten(struct pagination *pagination, const struct flow *flow)
{
	const double tight_spacing = 0.72;
	double spacing = 1;
	if (flow->page->numbers_outside || !ends_nearly_empty(pagination, flow))
		return spacing;
	struct pagination tight = { 0 };
	run(&tight, flow, tight_spacing);
	if (tight.pages.count < pagination->pages.count) {
		struct pagination swap = *pagination;
		*pagination = tight;
		tight = swap;
		spacing = tight_spacing;
	}
	pagination_clear(&tight);
	return spacing;
}

/* Pages before those that hold next to nothing give up some lines.  False when there are none. */
static bool shorten(struct pagination *pagination, const struct flow *flow)
{
	const double little = 0.07, enough = 0.12; /* of a page's height */
	bool any = false;
	double line = flow_style(flow, STYLE_BODY)->line_pt;
	pagination->shorter.count = 0;
	for (size_t i = 0; i < pagination->pages.count; i++)
		LIST_PUSH(&pagination->shorter, 0.0);
	for (size_t i = 1; i < pagination->pages.count; i++) {
		const struct placed_page *page = &pagination->pages.at[i], *before = page - 1;
		double height = flow_page_height(flow->page, page->is_landscape);
		if (!page->is_end || before->is_end || page->is_bare || before->is_landscape != page->is_landscape ||
		    page->used_pt > fmax(2.2 * line, little * height))
			continue;
		pagination->shorter.at[i - 1] = fmax(2 * line, enough * height - page->used_pt);
		any = true;
	}
	return any;
}

void paginate(struct pagination *pagination, const struct flow *flow)
{
	run(pagination, flow, 1);
	double spacing = tighten(pagination, flow);
	if (shorten(pagination, flow))
		run(pagination, flow, spacing);
}

void pagination_clear(struct pagination *pagination)
{
	LIST_FREE(&pagination->placed);
	LIST_FREE(&pagination->pages);
	LIST_FREE(&pagination->called);
	LIST_FREE(&pagination->shorter);
}
