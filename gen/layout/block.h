/* SPDX-License-Identifier: MIT
 *
 * Block nodes to slices.
 */
#ifndef XINGJI_LAYOUT_BLOCK_H
#define XINGJI_LAYOUT_BLOCK_H

#include "layout/flow.h"

/*
 * Appends the blocks among node's children to the flow as slices, where flow.x_pt and
 * width_pt say, and leaves those as they were.  Linear in the text.  Nested deeper than 24
 * blocks, children are left out; after an interrupt so is the rest of the document.
 */
void block_set_children(struct flow *flow, const struct node *node);
/* "H1" … "H4", static: the structure type of a heading of that level here; levels never skip. */
const char *block_heading_type(struct flow *flow, int level);

#endif
