/* SPDX-License-Identifier: MIT
 *
 * Ways stand in buckets by the slice that they go on with; buckets are taken in order, so every way
 * into one has been found when it is opened.
 */
#include "layout/search.h"

#include <math.h>
#include <string.h>

enum {
	CHUNK_MOST = 400, /* slices: more than any page holds */
	WAYS_MOST = 4096,
	SAME_MOST = 6,    /* ways kept that go on with the same slice */
	AHEAD = 64,       /* slices: how far on a cheaper way is looked for */
};
#define NONE UINT32_MAX
#define FULL 0.72      /* of a page's height: less is no page's end unless there is no other */
#define DEARER 4.0     /* than a way that has got further: given up */
#define OPENS_FROM 0.85 /* of a page's height: what opens pages does so only below */

struct way {
	struct pager pager;       /* its page closed */
	struct search_step step;
	double cost;              /* of all pages so far */
	uint32_t parent, older;   /* older: the next way of the same bucket */
	uint32_t called_first, called_count; /* footnotes that are called and not set, in search.called */
	bool is_done;
};

struct search {
	const struct flow *flow;
	struct pagination scratch;    /* `called` alone is used */
	LIST(struct way) ways;
	LIST(uint32_t) called;
	LIST(uint32_t) buckets;       /* by slice: the newest way, or NONE */
	LIST(double) least;           /* by slice: of the bucket's ways */
	uint32_t parent;              /* the way that is being followed */
	uint32_t furthest;            /* last bucket with a way */
	struct search_steps *steps;
};

static const struct slice *slice_at(const struct flow *flow, uint32_t index)
{
	return &flow->slices.at[index];
}

/* ---- chunks ------------------------------------------------------------------------ */

static bool turns_page(const struct slice *before, const struct slice *after)
{
	return (after->flags & SLICE_NEW_PAGE) || ((before->flags ^ after->flags) & (SLICE_LANDSCAPE | SLICE_BARE));
}

/* The end of the slices from `first` on between which no page ends. */
static uint32_t chunk_ends(const struct pager *pager, uint32_t first)
{
	const struct flow *flow = pager->flow;
	uint32_t count = (uint32_t)flow->slices.count, end = first;
	for (;;) {
		const struct slice *slice = slice_at(flow, end);
		if (slice->whole_count)
			end += slice->whole_count - 1;
		bool keeps = slice_at(flow, end)->flags & SLICE_KEEP;
		if (!keeps || end + 1 >= count || end - first >= CHUNK_MOST ||
		    turns_page(slice_at(flow, end), slice_at(flow, end + 1)))
			return end + 1;
		end++;
	}
}

/* The end of the figure, table or group that begins in the chunk. */
static uint32_t extent_ends(const struct flow *flow, uint32_t first, uint32_t end)
{
	uint32_t most = end;
	for (uint32_t i = first; i < end; i++) {
		const struct slice *slice = slice_at(flow, i);
		uint32_t count = slice->block_count > slice->group_count ? slice->block_count : slice->group_count;
		most = i + count > most ? i + count : most;
	}
	return most;
}

/* A table or figure of the chunk would overtake one of its kind. */
static bool overtakes(const struct pager *pager, uint32_t first, uint32_t end)
{
	if (pager->float_count == 0 || (first > pager->block_first && first < pager->block_end))
		return false;
	for (uint32_t i = first; i < end; i++) {
		enum slice_block block = (enum slice_block)slice_at(pager->flow, i)->block;
		if (block != BLOCK_NONE && pager_waits(pager, block))
			return true;
	}
	return false;
}

enum turning { TURNS_NOT, TURNS, TURNS_FREELY };

/* Whether the page ends before the slice whatever stands on it. */
static enum turning turning_of(const struct pager *pager, uint32_t first)
{
	const struct slice *slice = slice_at(pager->flow, first);
	bool opens = (slice->flags & SLICE_OPENS) && pager->y >= OPENS_FROM * pager->height;
	bool is_new = pager->is_open && ((slice->flags & SLICE_NEW_PAGE) || opens);
	bool has_floats = pager->float_count > 0;
	if (is_new)
		return has_floats ? TURNS : TURNS_FREELY;
	if (pager_begins(pager, slice))
		return !has_floats && (slice->flags & SLICE_BARE) ? TURNS_FREELY : TURNS;
	return has_floats && (slice->flags & SLICE_BARRIER) ? TURNS : TURNS_NOT;
}

/* A wide table that may float waits until the upright page before it is full. */
static bool must_wait(const struct pager *pager, uint32_t first)
{
	const struct slice *slice = slice_at(pager->flow, first);
	return (slice->flags & SLICE_LANDSCAPE) && !(slice->flags & SLICE_NEW_PAGE) && pager->is_open &&
	       !pager->is_landscape && pager_can_defer(pager, first);
}

/*
 * The chunk on the page in hand; returns the slice to go on with.  What fits no page is cut: as many
 * of its slices as there is room for, one at least.
 */
static uint32_t chunk_place(struct pager *pager, uint32_t first, uint32_t end)
{
	if (pager_fits(pager, first, end)) {
		pager_place(pager, first, end);
		return end;
	}
	uint32_t next = first;
	do {
		pager_place(pager, next, next + 1);
		next++;
	} while (next < end && pager_fits(pager, next, next + 1));
	return next;
}

enum room { ROOM_NONE, ROOM_WHOLE, ROOM_CUT };

/* What is taller than a page, or than what a table's head leaves of one, is cut. */
static enum room room_of(const struct pager *pager, uint32_t first, uint32_t end)
{
	if (overtakes(pager, first, end))
		return ROOM_NONE;
	if (pager_fits(pager, first, end))
		return ROOM_WHOLE;
	bool goes_on = first > pager->block_first && first < pager->block_end;
	if (!pager->has_text && (!pager->is_open || goes_on))
		return ROOM_CUT;
	return pager->y <= FULL * pager->height && !pager_fits_page(pager, first, end) ? ROOM_CUT : ROOM_NONE;
}

/* ---- ways --------------------------------------------------------------------------- */

static bool is_same(const struct search *search, const struct way *a, const struct way *b)
{
	if (a->pager.float_count != b->pager.float_count || a->called_count != b->called_count ||
	    a->pager.note_line != b->pager.note_line)
		return false;
	const uint32_t *called = search->called.at;
	return !memcmp(a->pager.floats, b->pager.floats, a->pager.float_count * sizeof *a->pager.floats) &&
	       (a->called_count == 0 ||
	        !memcmp(called + a->called_first, called + b->called_first, a->called_count * sizeof *called));
}

/* The place for a way in its bucket: that of a dearer one of its kind, a new one, or NONE. */
static uint32_t place_find(struct search *search, const struct way *way)
{
	uint32_t *bucket = &search->buckets.at[way->step.next], dearest = NONE, count = 0;
	for (uint32_t i = *bucket; i != NONE; i = search->ways.at[i].older, count++) {
		const struct way *other = &search->ways.at[i];
		if (!other->is_done && is_same(search, way, other))
			return way->cost < other->cost ? i : NONE;
		if (!other->is_done && (dearest == NONE || other->cost > search->ways.at[dearest].cost))
			dearest = i;
	}
	if (count >= SAME_MOST)
		return dearest != NONE && way->cost < search->ways.at[dearest].cost ? dearest : NONE;
	(void)LIST_ADD(&search->ways);
	uint32_t index = (uint32_t)search->ways.count - 1;
	search->ways.at[index].older = *bucket;
	*bucket = index;
	return index;
}

/* A page may end here. */
static void way_add(struct search *search, const struct pager *pager, const struct search_step *step)
{
	struct way way = { .pager = *pager, .step = *step, .parent = search->parent };
	pager_close(&way.pager, step->next, step->is_free);
	way.cost = search->ways.at[search->parent].cost + way.pager.cost;
	way.pager.cost = 0;
	way.called_first = (uint32_t)search->called.count;
	for (size_t i = pager->note; i < search->scratch.called.count; i++)
		LIST_PUSH(&search->called, search->scratch.called.at[i]);
	way.called_count = (uint32_t)search->called.count - way.called_first;
	way.pager.note = 0;
	uint32_t place = place_find(search, &way);
	if (place == NONE) {
		search->called.count = way.called_first;
		return;
	}
	way.older = search->ways.at[place].older;
	search->ways.at[place] = way;
	search->least.at[step->next] = fmin(search->least.at[step->next], way.cost);
	search->furthest = step->next > search->furthest ? step->next : search->furthest;
}

static void follow(struct search *search, struct pager *pager, uint32_t next, struct search_step *step);

/* The float at `first` leaves the flow. */
static void follow_without(struct search *search, const struct pager *pager, uint32_t first,
			   const struct search_step *step)
{
	struct pager own = *pager;
	struct search_step longer = *step;
	size_t called = search->scratch.called.count;
	if (longer.wait_count == SEARCH_WAITS_MOST)
		return;
	longer.waits[longer.wait_count++] = first;
	pager_defer(&own, first);
	follow(search, &own, first + slice_at(search->flow, first)->block_count, &longer);
	search->scratch.called.count = called;
}

static void end_here(struct search *search, const struct pager *pager, uint32_t next, struct search_step *step)
{
	step->next = next;
	way_add(search, pager, step);
}

/* Fills the page in hand from `next` on, and adds a way for each of its ends. */
static void follow(struct search *search, struct pager *pager, uint32_t next, struct search_step *step)
{
	uint32_t count = (uint32_t)search->flow->slices.count, whole_end = next;
	for (;;) {
		pager_floats_resume(pager, next);
		if (next < count && must_wait(pager, next)) {
			follow_without(search, pager, next, step);
			return;
		}
		enum turning turning = next < count ? turning_of(pager, next) : TURNS_FREELY;
		if (turning != TURNS_NOT) {
			step->is_free = turning == TURNS_FREELY && pager->float_count == 0;
			end_here(search, pager, next, step);
			return;
		}
		uint32_t end = chunk_ends(pager, next), extent = extent_ends(search->flow, next, end);
		enum room room = room_of(pager, next, end);
		bool is_whole = room == ROOM_WHOLE && (extent == end || pager_fits(pager, next, extent));
		bool is_full = pager->has_text && next >= whole_end && pager->y + pager->notes > FULL * pager->height;
		if (room == ROOM_NONE || is_full)
			end_here(search, pager, next, step);
		if (!is_whole && pager_can_defer(pager, next))
			follow_without(search, pager, next, step);
		if (room == ROOM_NONE)
			return;
		if (is_whole && extent > whole_end)
			whole_end = extent;
		next = chunk_place(pager, next, end);
	}
}

/* ---- all of them -------------------------------------------------------------------- */

/* A way that has got further for so much less leaves no hope for this one. */
static bool is_hopeless(const struct search *search, const struct way *way)
{
	uint32_t last = way->step.next + AHEAD < search->furthest ? way->step.next + AHEAD : search->furthest;
	for (uint32_t i = way->step.next + 1; i <= last; i++)
		if (search->least.at[i] + DEARER < way->cost)
			return true;
	return false;
}

static void way_follow(struct search *search, uint32_t index)
{
	struct way *way = &search->ways.at[index];
	way->is_done = true;
	if (is_hopeless(search, way))
		return;
	struct pager pager = way->pager;
	struct search_step step = { 0 };
	uint32_t first = way->step.next;
	search->parent = index;
	search->scratch.called.count = 0;
	for (uint32_t i = 0; i < way->called_count; i++)
		LIST_PUSH(&search->scratch.called, search->called.at[way->called_first + i]);
	pager_turn(&pager, first);
	follow(search, &pager, first, &step);
}

static void bucket_follow(struct search *search, uint32_t next)
{
	bool is_end = next == search->flow->slices.count;
	for (bool any = true; any;) {
		any = false;
		for (uint32_t i = search->buckets.at[next]; i != NONE && !any; i = search->ways.at[i].older) {
			const struct way *way = &search->ways.at[i];
			any = !way->is_done && !(is_end && way->pager.float_count == 0);
			if (any)
				way_follow(search, i);
		}
	}
}

static uint32_t cheapest(const struct search *search, uint32_t first)
{
	uint32_t best = NONE;
	for (uint32_t next = first; next <= search->furthest; next++)
		for (uint32_t i = search->buckets.at[next]; i != NONE; i = search->ways.at[i].older) {
			const struct way *way = &search->ways.at[i];
			if (!way->is_done && (best == NONE || way->cost < search->ways.at[best].cost))
				best = i;
		}
	return best;
}

/* The pages up to the end of that way are what they are; it alone is followed further. */
static void settle(struct search *search, uint32_t index)
{
	struct search_steps *steps = search->steps;
	size_t first = steps->steps.count;
	for (uint32_t i = index; search->ways.at[i].parent != NONE; i = search->ways.at[i].parent)
		LIST_PUSH(&steps->steps, search->ways.at[i].step);
	for (size_t a = first, b = steps->steps.count; a + 1 < b; a++, b--) {
		struct search_step swap = steps->steps.at[a];
		steps->steps.at[a] = steps->steps.at[b - 1];
		steps->steps.at[b - 1] = swap;
	}
	struct way way = search->ways.at[index];
	for (uint32_t i = way.step.next; i <= search->furthest; i++) {
		search->buckets.at[i] = NONE;
		search->least.at[i] = INFINITY;
	}
	if (way.called_count)
		memmove(search->called.at, search->called.at + way.called_first,
		        way.called_count * sizeof *search->called.at);
	search->called.count = way.called_count;
	way.called_first = 0;
	way.parent = way.older = NONE;
	way.cost = 0;
	search->ways.at[0] = way;
	search->ways.count = 1;
	search->buckets.at[way.step.next] = 0;
	search->furthest = way.step.next;
}

static void search_init(struct search *search, const struct flow *flow, double spacing)
{
	for (size_t i = 0; i <= flow->slices.count; i++) {
		LIST_PUSH(&search->buckets, (uint32_t)NONE);
		LIST_PUSH(&search->least, (double)INFINITY);
	}
	struct way root = { .pager = search_pager(&search->scratch, flow, spacing), .parent = NONE, .older = NONE };
	root.pager.is_trial = true;
	LIST_PUSH(&search->ways, root);
	search->buckets.at[0] = 0;
}

void search_pages(struct search_steps *steps, const struct flow *flow, double spacing)
{
	struct search search = { .flow = flow, .steps = steps };
	uint32_t count = (uint32_t)flow->slices.count;
	search_init(&search, flow, spacing);
	for (uint32_t next = 0; next <= count; next++) {
		uint32_t way = search.buckets.at[next];
		bool is_alone = way != NONE && next == search.furthest && search.ways.at[way].older == NONE;
		if (is_alone || search.ways.count > WAYS_MOST) {
			settle(&search, is_alone ? way : cheapest(&search, next));
			next = search.furthest;
		}
		bucket_follow(&search, next);
	}
	uint32_t best = cheapest(&search, count);
	if (best != NONE)
		settle(&search, best);
	LIST_FREE(&search.ways);
	LIST_FREE(&search.called);
	LIST_FREE(&search.buckets);
	LIST_FREE(&search.least);
	LIST_FREE(&search.scratch.called);
}

struct pager search_pager(struct pagination *out, const struct flow *flow, double spacing)
{
	return (struct pager){ .out = out, .flow = flow, .spacing = spacing, .snaps = spacing >= 1, .is_closed = true };
}

static bool waits(const struct search_step *step, uint32_t slice)
{
	for (uint32_t i = 0; i < step->wait_count; i++)
		if (step->waits[i] == slice)
			return true;
	return false;
}

void search_go(struct pager *pager, uint32_t first, const struct search_step *step)
{
	pager_turn(pager, first);
	for (uint32_t next = first;;) {
		pager_floats_resume(pager, next);
		if (next == step->next)
			break;
		if (waits(step, next)) {
			pager_defer(pager, next);
			next += slice_at(pager->flow, next)->block_count;
		} else {
			next = chunk_place(pager, next, chunk_ends(pager, next));
		}
	}
	pager_close(pager, step->next, step->is_free);
}
