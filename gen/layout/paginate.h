/* SPDX-License-Identifier: MIT
 *
 * The flow cut into pages.
 */
#ifndef XINGJI_LAYOUT_PAGINATE_H
#define XINGJI_LAYOUT_PAGINATE_H

#include "layout/flow.h"

enum placed_kind {
	PLACED_SLICE,
	PLACED_HEAD,      /* a table's head again; index = table */
	PLACED_NOTE,      /* a line of a footnote; index = in flow.note_lines */
	PLACED_NOTE_RULE,
};

struct placed {
	enum placed_kind kind;
	uint32_t index;
	uint32_t page;
	double y_pt; /* from the type area's top */
};

struct placed_page {
	bool is_landscape, is_bare;
	bool is_end;         /* of a part: its foot may stay empty */
	size_t first, count; /* in placed: a page's entries stand together */
	double used_pt;      /* down to the end of the last slice; footnotes stand at the foot */
	double notes_pt;     /* their height */
};

struct pagination {
	LIST(struct placed) placed;
	LIST(struct placed_page) pages;
	LIST(uint32_t) called;  /* footnotes in the order in which they are called */
};

/*
 * Fills `pagination` (zeroed before, cleared by pagination_clear) with the pages that cost least (search.h).
 * Where the last page would hold next to nothing, spaces are tightened if that saves the page.
 * Never fails: what fits no page is cut.  Lists grow over malloc.
 */
void paginate(struct pagination *pagination, const struct flow *flow);
void pagination_clear(struct pagination *pagination);

#endif
