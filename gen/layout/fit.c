/* SPDX-License-Identifier: MIT */
#include "layout/fit.h"

#include <math.h>

#define LEAST_SPACE 0.25
#define ROOM 1.0 /* points to spare, against rounding */

#define SPACE 3.0 /* points: less is no space between blocks */

/* Spaces between blocks may grow; those inside a figure or table, or below what announces it, may not. */
static void loosen(struct flow *flow, uint32_t first)
{
	struct slice *slices = flow->slices.at;
	slices[first].flags |= SLICE_ALONE;
	for (uint32_t i = first + 1, end = first + slices[first].block_count; i < flow->slices.count; i++) {
		bool is_announced = (slices[i - 1].flags & SLICE_KEEP) && slices[i].block != BLOCK_NONE;
		if (i >= end && !is_announced && fmax(slices[i].before_pt, slices[i - 1].after_pt) > SPACE)
			slices[i].flags |= SLICE_LOOSE;
		end = i + slices[i].block_count > end ? i + slices[i].block_count : end;
	}
}

void fit_page(struct flow *flow, uint32_t first)
{
	double heights = 0, spaces = 0, page = flow_page_height(flow->page, flow->flags & SLICE_LANDSCAPE) - ROOM;
	struct slice *slices = flow->slices.at;
	for (uint32_t i = first; i < flow->slices.count; i++) {
		slices[i].flags &= ~(unsigned)(SLICE_SNAP | SLICE_SNAP_END | SLICE_FLOAT);
		heights += slices[i].height_pt;
		spaces += i > first ? fmax(slices[i].before_pt, slices[i - 1].after_pt) : 0;
	}
	if (heights + spaces <= page || spaces <= 0) {
		loosen(flow, first);
		return;
	}
	double factor = fmax((page - heights) / spaces, LEAST_SPACE);
	for (uint32_t i = first; i < flow->slices.count; i++) {
		slices[i].before_pt *= factor;
		slices[i].after_pt *= factor;
	}
}
