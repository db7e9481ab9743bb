/* SPDX-License-Identifier: MIT
 *
 * What every page carries besides its text, all artifacts: running head with a
 * hairline, page number, watermark.
 */
#ifndef XINGJI_LAYOUT_FURNITURE_H
#define XINGJI_LAYOUT_FURNITURE_H

#include "layout/flow.h"

struct furniture_page {
	double width_pt, height_pt;
	double left_pt, right_pt; /* edges of the type area */
	uint32_t number, count;   /* 1-based; pages of the document */
	bool is_bare;             /* neither head nor number */
};

/* Both append draw ops in page coordinates to flow.typesetter.ops: behind goes before the page's own, around after. */
void furniture_set_behind(struct flow *flow, const struct furniture_page *page);
void furniture_set_around(struct flow *flow, const struct furniture_page *page);

#endif
