/* SPDX-License-Identifier: MIT */
#include "layout/pager.h"

#include <math.h>

#include "base/clamp.h"

static const struct slice *slice_at(const struct pager *pager, uint32_t index)
{
	return &pager->flow->slices.at[index];
}

static double note_line_height(const struct pager *pager)
{
	return flow_style(pager->flow, STYLE_FOOTNOTE)->line_pt;
}

static double grid_up(double y, double pitch)
{
	return ceil(y / pitch - 0.01) * pitch;
}

/* Where the slice's top would stand after what ended at y. */
static double slice_top(const struct pager *pager, const struct slice *slice, double y, double after)
{
	double pitch = pager->snaps ? pager->flow->page->line_pt : 0;
	if (y <= 0)
		/* A heading at a page's top stands so that its text is on the grid. */
		return pitch > 0 && (slice->flags & SLICE_SNAP_END) ? grid_up(slice->lead_pt, pitch) - slice->lead_pt : 0;
	double gap = larger(after, slice->before_pt) * pager->spacing;
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

/* ---- room --------------------------------------------------------------------- */

enum { NOTE_LINES_LEAST = 2, NOTE_LINES_MOST = 6 };

/*
 * The least that the footnotes called in [first, end) need here: the last one may go
 * on overleaf, and where that asks for many lines, all but the first.
 */
static double notes_least(const struct pager *pager, uint32_t first, uint32_t end)
{
	double lines = 0, last = 0, opening = 0;
	if (pager->note < pager->out->called.count)
		return 0; /* they queue behind one that goes on overleaf already */
	for (uint32_t i = first; i < end; i++) {
		const struct slice *slice = slice_at(pager, i);
		for (uint32_t n = 0; n < slice->note_count; n++) {
			lines += last;
			last = pager->flow->notes.at[slice->first_note + n].line_count;
			opening = opening > 0 ? opening : last;
		}
	}
	if (last <= 0)
		return 0;
	lines += last >= 2 * NOTE_LINES_LEAST ? NOTE_LINES_LEAST : last;
	if (lines > NOTE_LINES_MOST)
		lines = opening >= 2 * NOTE_LINES_LEAST ? NOTE_LINES_LEAST : opening;
	return (lines + (pager->notes <= 0)) * note_line_height(pager);
}

/* Whether [first, end) set from y on ends above `limit`. */
static bool ends_above(const struct pager *pager, uint32_t first, uint32_t end, double y, double limit)
{
	double after = y > 0 ? pager->after : 0;
	for (uint32_t i = first; i < end; i++) {
		const struct slice *slice = slice_at(pager, i);
		y = slice_top(pager, slice, y, after) + slice->height_pt;
		after = slice->after_pt;
		if (y > limit + 0.01)
			return false;
	}
	return true;
}

bool pager_fits(const struct pager *pager, uint32_t first, uint32_t end)
{
	/* Most that is asked for is far too long: notes are counted only for what fits without. */
	return ends_above(pager, first, end, pager->y, pager->height - pager->notes) &&
	       ends_above(pager, first, end, pager->y, pager->height - pager->notes - notes_least(pager, first, end));
}

bool pager_fits_page(const struct pager *pager, uint32_t first, uint32_t end)
{
	double height = flow_page_height(pager->flow->page, slice_at(pager, first)->flags & SLICE_LANDSCAPE);
	if (!ends_above(pager, first, end, 0, height))
		return false;
	struct pager empty = *pager;
	empty.notes = 0;
	empty.note = pager->out->called.count;
	return ends_above(pager, first, end, 0, height - notes_least(&empty, first, end));
}

bool pager_begins(const struct pager *pager, const struct slice *slice)
{
	return pager->is_landscape != !!(slice->flags & SLICE_LANDSCAPE) ||
	       pager->is_bare != !!(slice->flags & SLICE_BARE);
}

static void place(const struct pager *pager, enum placed_kind kind, uint32_t index, double y)
{
	if (pager->is_trial)
		return;
	LIST_PUSH(&pager->out->placed, ((struct placed){ kind, index, (uint32_t)pager->out->pages.count - 1, y }));
}

/* ---- footnotes ------------------------------------------------------------------ */

static void note_lines_add(struct pager *pager, uint32_t count)
{
	double line = note_line_height(pager);
	uint32_t lines = pager->flow->notes.at[pager->out->called.at[pager->note]].line_count;
	pager->notes += line * (count + (pager->notes <= 0));
	pager->note_line += count;
	if (pager->note_line >= lines) {
		pager->note++;
		pager->note_line = 0;
	}
}

/* As many lines of waiting footnotes as there is room for. */
static void notes_fill(struct pager *pager, double limit)
{
	double line = note_line_height(pager);
	while (pager->note < pager->out->called.count) {
		uint32_t lines = pager->flow->notes.at[pager->out->called.at[pager->note]].line_count;
		uint32_t rest = lines - pager->note_line;
		double room = (limit - pager->y - pager->notes + 0.02) / line - (pager->notes <= 0);
		if (room >= rest) {
			note_lines_add(pager, rest);
			continue;
		}
		uint32_t take = room > 0 ? (uint32_t)room : 0;
		if (rest - take < NOTE_LINES_LEAST)
			take = rest > NOTE_LINES_LEAST ? rest - NOTE_LINES_LEAST : 0;
		if (take >= NOTE_LINES_LEAST)
			note_lines_add(pager, take);
		return;
	}
}

static void notes_place(struct pager *pager)
{
	double y = pager->height - pager->notes, line = note_line_height(pager);
	if (pager->notes <= 0)
		return;
	place(pager, PLACED_NOTE_RULE, 0, y);
	y += line;
	size_t note = pager->page_note;
	uint32_t at = pager->page_note_line;
	while (note < pager->note || (note == pager->note && at < pager->note_line)) {
		const struct flow_note *set = &pager->flow->notes.at[pager->out->called.at[note]];
		place(pager, PLACED_NOTE, set->first_line + at, y);
		y += line;
		if (++at >= set->line_count) {
			note++;
			at = 0;
		}
	}
}

/* ---- what pages cost: 1 = a third of a page left empty ------------------------------------ */

#define PAGE_COST 0.3     /* of every page */
#define LATE_COST 1.0     /* of a float that waits for one more page */
#define WAIT_COST 0.05    /* of a float that leaves the flow */
#define HEADING_COST 0.15 /* of each float that waits beyond a heading of a lower level */
#define FAR_COST 3.0       /* of a float two pages or more after what speaks of it: a page is worth it */
#define GROUP_COST 0.22   /* of tearing a group */
#define KEEP_COST 1.0     /* of a page's end where none is wanted: in what is taller than a page */

/* A hole of 2 % of the page costs nothing, of 15 % less than a third; larger ones are for want of any other way. */
static double hole_cost(double hole)
{
	const double most = 0.15;
	if (hole < 0.02)
		return 0;
	return hole * (1 + 6 * hole) + 6 * larger(hole - most, 0);
}

/* The last page of a part: three lines at least, an eighth of the page if it can be had. */
static double last_cost(double used)
{
	const double enough = 0.125;
	return used < enough ? 1.2 * (enough - used) / enough : 0;
}

/* Tearing a table that would fit a page, or leaving a few of its rows alone, is not nice. */
static double tear_cost(const struct pager *pager, uint32_t next)
{
	enum { ROWS_FEW = 5 };
	const struct slice *slice = slice_at(pager, next);
	if (next <= pager->block_first || next >= pager->block_end || slice->table < 0)
		return 0;
	const struct flow_table *table = &pager->flow->tables.at[slice->table];
	if (next <= table->first_body || next >= table->end)
		return 0;
	uint32_t before = next - table->first_body, after = table->end - next;
	double few = before < ROWS_FEW || after < ROWS_FEW ? 0.1 : 0;
	return few + (pager_fits_page(pager, pager->block_first, pager->block_end) ? 0.3 : 0);
}

static double end_cost(const struct pager *pager, uint32_t next, bool is_free)
{
	double used = (pager->y + pager->notes) / pager->height;
	bool is_document = next >= pager->flow->slices.count;
	if (pager->is_bare)
		return 0;
	if (is_free || is_document)
		return last_cost(used);
	double cost = hole_cost(1 - used) + tear_cost(pager, next);
	if (next < pager->group_end && !slice_at(pager, next)->group_count)
		cost += GROUP_COST;
	if (next > 0 && (slice_at(pager, next - 1)->flags & SLICE_KEEP))
		cost += KEEP_COST;
	return cost;
}

/* ---- pages ---------------------------------------------------------------------- */

void pager_close(struct pager *pager, uint32_t next, bool is_free)
{
	if (pager->is_closed)
		return;
	pager->is_closed = true;
	pager->cost += PAGE_COST + end_cost(pager, next, is_free);
	if (pager->is_trial)
		return;
	struct pagination *out = pager->out;
	struct placed_page *page = &out->pages.at[out->pages.count - 1];
	page->used_pt = pager->y;
	page->notes_pt = pager->notes;
	page->is_end = is_free || next >= pager->flow->slices.count;
	notes_place(pager);
	page->count = out->placed.count - page->first;
}

static void page_open(struct pager *pager, unsigned flags)
{
	pager->is_landscape = flags & SLICE_LANDSCAPE;
	pager->is_bare = flags & SLICE_BARE;
	pager->height = flow_page_height(pager->flow->page, pager->is_landscape);
	pager->y = pager->after = pager->notes = 0;
	pager->is_open = pager->has_text = pager->floats_wait = pager->is_closed = false;
	pager->page_note = pager->note;
	pager->page_note_line = pager->note_line;
	if (!pager->is_trial) {
		struct placed_page *page = LIST_ADD(&pager->out->pages);
		page->is_landscape = pager->is_landscape;
		page->is_bare = pager->is_bare;
		page->first = pager->out->placed.count;
	}
	notes_fill(pager, pager->height * 0.75); /* the text goes on, too */
}

static void slice_place(struct pager *pager, uint32_t index)
{
	const struct slice *slice = slice_at(pager, index);
	double top = slice_top(pager, slice, pager->y, pager->after);
	if (slice->flags & SLICE_FILL)
		top = larger(top, pager->height - slice->lead_pt);
	place(pager, PLACED_SLICE, index, top);
	pager->y = top + slice->height_pt;
	pager->after = slice->after_pt;
	pager->is_open = pager->has_text = true;
	if (slice->block != BLOCK_NONE) {
		pager->cost += slice->mention < pager->before_first ? FAR_COST : 0;
		pager->block_first = index;
		pager->block_end = index + slice->block_count;
	}
	if (slice->group_count)
		pager->group_end = index + slice->group_count;
	/* A float that waits beyond a heading stands in the wrong section. */
	if (slice->flags & SLICE_SNAP_END)
		pager->cost += HEADING_COST * (double)pager->float_count;
	for (uint32_t i = 0; i < slice->note_count; i++)
		LIST_PUSH(&pager->out->called, slice->first_note + i);
	if (slice->note_count)
		notes_fill(pager, pager->height);
}

void pager_place(struct pager *pager, uint32_t first, uint32_t end)
{
	for (uint32_t i = first; i < end; i++)
		slice_place(pager, i);
}

/* ---- floats ----------------------------------------------------------------------- */

static void floats_place(struct pager *pager)
{
	size_t placed = 0;
	bool has_text = pager->has_text;
	for (; placed < pager->float_count; placed++) {
		uint32_t first = pager->floats[placed], end = first + slice_at(pager, first)->block_count;
		bool is_turned = pager->is_landscape != !!(slice_at(pager, first)->flags & SLICE_LANDSCAPE);
		if (is_turned || (pager->is_open && !pager_fits(pager, first, end)))
			break;
		pager_place(pager, first, end);
	}
	pager->has_text = has_text;
	pager->float_count -= (uint32_t)placed;
	memmove(pager->floats, pager->floats + placed, pager->float_count * sizeof *pager->floats);
	pager->cost += LATE_COST * (double)pager->float_count;
}

/* The head of the table again; nothing when the slice begins no page in the midst of one. */
static void head_place(struct pager *pager, uint32_t next)
{
	const struct slice *slice = slice_at(pager, next);
	if (slice->table < 0)
		return;
	const struct flow_table *table = &pager->flow->tables.at[slice->table];
	if (next <= table->first_body || next >= table->end || table->head_pt > 0.6 * pager->height)
		return;
	place(pager, PLACED_HEAD, (uint32_t)slice->table, pager->y);
	pager->y += table->head_pt;
	pager->is_open = true;
}

void pager_turn(struct pager *pager, uint32_t next)
{
	bool is_inside = next > pager->block_first && next < pager->block_end;
	bool has_floats = !is_inside && pager->float_count > 0;
	page_open(pager, slice_at(pager, has_floats ? pager->floats[0] : next)->flags);
	pager->before_first = pager->page_first;
	pager->page_first = next;
	if (is_inside) {
		pager->floats_wait = pager->float_count > 0;
		pager->cost += LATE_COST / 2 * (double)pager->float_count; /* there may be room after the table */
		head_place(pager, next);
	} else {
		floats_place(pager);
	}
}

void pager_floats_resume(struct pager *pager, uint32_t next)
{
	if (!pager->floats_wait || next < pager->block_end)
		return;
	pager->floats_wait = false;
	floats_place(pager);
}

bool pager_waits(const struct pager *pager, enum slice_block block)
{
	for (size_t i = 0; i < pager->float_count; i++)
		if (slice_at(pager, pager->floats[i])->block == block)
			return true;
	return false;
}

bool pager_can_defer(const struct pager *pager, uint32_t first)
{
	const struct slice *slice = slice_at(pager, first);
	uint32_t next = first + slice->block_count;
	if (!(slice->flags & SLICE_FLOAT) || pager->float_count == PAGER_FLOATS_MOST ||
	    next >= pager->flow->slices.count)
		return false;
	double room = pager->height - pager->y - pager->notes;
	const struct slice *follower = slice_at(pager, next);
	if (room < 2 * flow_style(pager->flow, STYLE_BODY)->line_pt ||
	    (follower->flags & (SLICE_NEW_PAGE | SLICE_BARRIER)))
		return false;
	return !pager_begins(pager, follower) && pager_fits_page(pager, first, next);
}

void pager_defer(struct pager *pager, uint32_t first)
{
	pager->floats[pager->float_count++] = first;
	pager->cost += WAIT_COST;
}

void pager_finish(struct pager *pager)
{
	uint32_t end = (uint32_t)pager->flow->slices.count;
	while (pager->out->pages.count == 0 || pager->note < pager->out->called.count) {
		pager_close(pager, end, true);
		page_open(pager, 0);
		notes_fill(pager, pager->height);
	}
	pager_close(pager, end, true);
}
