/* SPDX-License-Identifier: MIT */
#include "layout/spread.h"

#include <math.h>

/* A page's slices and heads in their order; footnotes stand after them and stay where they are. */
struct sheet {
	const struct flow *flow;
	struct placed *placed;
	size_t count;
	double over; /* points, at the foot */
	bool is_alone; /* a page to be seen at a glance */
};

static const struct slice *slice_of(const struct sheet *sheet, size_t i)
{
	return &sheet->flow->slices.at[sheet->placed[i].index];
}

static double end_of(const struct sheet *sheet, size_t i)
{
	const struct placed *placed = &sheet->placed[i];
	double height = placed->kind == PLACED_HEAD ? sheet->flow->tables.at[placed->index].head_pt
	                                            : slice_of(sheet, i)->height_pt;
	return placed->y_pt + height;
}

/* Slices of the figure or table that begins at i and ends on this page, or 0. */
static size_t block_at(const struct sheet *sheet, size_t i)
{
	size_t count = sheet->placed[i].kind == PLACED_SLICE ? slice_of(sheet, i)->block_count : 0;
	return i + count <= sheet->count ? count : 0;
}

static void move_down(struct sheet *sheet, size_t from, size_t to, double by)
{
	for (size_t i = from; i < to; i++)
		sheet->placed[i].y_pt += by;
}

/* ---- what is over at the foot ------------------------------------------------------------------ */

/*
 * A line of the grid for each table or figure, half of it above, while lines are over: all of it above where the
 * page ends with it, below where the page begins with it.
 */
static void lines_give(struct sheet *sheet, double pitch)
{
	for (size_t i = 0, next; i < sheet->count && sheet->over >= pitch - 0.1; i = next) {
		size_t block = block_at(sheet, i);
		next = i + (block ? block : 1);
		if (!block || block == sheet->count)
			continue;
		if (i > 0)
			move_down(sheet, i, next, next < sheet->count ? pitch / 2 : pitch);
		move_down(sheet, next, sheet->count, pitch);
		sheet->over -= pitch;
	}
}

/* Where findings end the page, or it is seen at a glance, each block moves down more than the one before. */
static void spaces_give(struct sheet *sheet)
{
	const double most = sheet->is_alone ? 12 : 9; /* points */
	size_t loose = 0;
	for (size_t i = 1; i < sheet->count; i++) {
		unsigned flags = sheet->placed[i].kind == PLACED_SLICE ? slice_of(sheet, i)->flags : 0;
		loose += (flags & SLICE_LOOSE) != 0;
		if (loose && (flags & (SLICE_SNAP | SLICE_SNAP_END)))
			return;
	}
	double each = loose ? fmin(sheet->over / (double)loose, most) : 0;
	for (size_t i = 1; each > 0 && i < sheet->count; i++)
		if (sheet->placed[i].kind == PLACED_SLICE && (slice_of(sheet, i)->flags & SLICE_LOOSE)) {
			move_down(sheet, i, sheet->count, each);
			sheet->over -= each;
		}
}

/* ---- spaces above and below ---------------------------------------------------------------------- */

/* White above or below the letters of a caption or remark within its line. */
static double caption_lead(const struct flow *flow)
{
	const struct style *style = flow_style(flow, STYLE_CAPTION);
	return (style->line_pt - style->size_pt) / 2;
}

/* The block moves to the middle between what stands above and below it. */
static void block_centre(struct sheet *sheet, size_t first, size_t count)
{
	double above = sheet->placed[first].y_pt - end_of(sheet, first - 1);
	double below = sheet->placed[first + count].y_pt - end_of(sheet, first + count - 1);
	above += slice_of(sheet, first)->block == BLOCK_TABLE ? caption_lead(sheet->flow) : 0;
	below += slice_of(sheet, first + count - 1)->table < 0 ? caption_lead(sheet->flow) : 0;
	move_down(sheet, first, first + count, (below - above) / 2);
}

/*
 * The line after a table or figure stands on the grid; what is over goes to both sides.  Nothing is done at a
 * page's top, nor before a heading, which has its own space.
 */
static void blocks_centre(struct sheet *sheet)
{
	for (size_t i = 1; i < sheet->count; i++) {
		size_t block = block_at(sheet, i);
		if (!block || i + block >= sheet->count || sheet->placed[i + block].kind != PLACED_SLICE)
			continue;
		unsigned flags = slice_of(sheet, i + block)->flags;
		if ((flags & SLICE_SNAP) && !(flags & SLICE_SNAP_END))
			block_centre(sheet, i, block);
	}
}

void spread_pages(struct pagination *pagination, const struct flow *flow, bool snaps)
{
	for (size_t p = 0; snaps && p < pagination->pages.count; p++) {
		struct placed_page *page = &pagination->pages.at[p];
		if (page->count == 0)
			continue;
		struct sheet sheet = { .flow = flow, .placed = pagination->placed.at + page->first };
		while (sheet.count < page->count && sheet.placed[sheet.count].kind <= PLACED_HEAD)
			sheet.count++;
		double used = page->used_pt + page->notes_pt;
		bool is_slice = sheet.count > 0 && sheet.placed[0].kind == PLACED_SLICE;
		sheet.is_alone = is_slice && (slice_of(&sheet, 0)->flags & SLICE_ALONE);
		bool is_full = (!page->is_end || sheet.is_alone) && !page->is_bare && sheet.count > 0;
		sheet.over = is_full ? flow_page_height(flow->page, page->is_landscape) - used : 0;
		if (flow->page->line_pt > 0 && !sheet.is_alone)
			lines_give(&sheet, flow->page->line_pt);
		spaces_give(&sheet);
		blocks_centre(&sheet);
		page->used_pt = sheet.count ? end_of(&sheet, sheet.count - 1) : page->used_pt;
	}
}
