/* SPDX-License-Identifier: MIT
 *
 * Block nodes to slices.
 */
#ifndef XINGJI_LAYOUT_BLOCK_H
#define XINGJI_LAYOUT_BLOCK_H

#include "layout/flow.h"

/* Sets the blocks among node's children. */
void block_set_children(struct flow *flow, const struct node *node);
/* The structure type of a heading of that level here: levels never skip. */
const char *block_heading_type(struct flow *flow, int level);

#endif
