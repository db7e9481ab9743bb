/* SPDX-License-Identifier: MIT
 *
 * Slices with their pages become pages with their draw ops.
 */
#ifndef XINGJI_LAYOUT_EMIT_H
#define XINGJI_LAYOUT_EMIT_H

#include "layout/flow.h"
#include "layout/paginate.h"

/* Moves every draw op of the flow to its page; the flow is used up.  The result lives in flow.arena. */
const struct pages *emit_pages(struct flow *flow, const struct pagination *pagination);

#endif
