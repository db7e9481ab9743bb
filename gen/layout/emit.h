/* SPDX-License-Identifier: MIT
 *
 * Slices with their pages become pages with their draw ops.
 */
#ifndef XINGJI_LAYOUT_EMIT_H
#define XINGJI_LAYOUT_EMIT_H

#include "layout/flow.h"
#include "layout/paginate.h"

/*
 * Moves every draw op of the flow to its page, adds what only pages have (furniture, grounds,
 * rules, repeated heads, page numbers of contents), and returns them; never NULL.  Lives in
 * flow.arena.  The flow's draw ops are changed in place: it can be emitted once.  Linear in them.
 */
const struct pages *emit_pages(struct flow *flow, const struct pagination *pagination);

#endif
