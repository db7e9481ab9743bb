/* SPDX-License-Identifier: MIT
 *
 * Three-line tables: caption above, head, rows; totals under a rule; a note below.
 */
#ifndef XINGJI_LAYOUT_TABLE_H
#define XINGJI_LAYOUT_TABLE_H

#include "layout/flow.h"

/*
 * NODE_TABLE, as one slice a row behind caption and head; a row taller than a page is cut
 * into slices of a line each.  Widths come from the cells (column.h): every cell is measured
 * once and set once.  A table too wide for its words is reported and its words are cut; more
 * than 64 columns are reported, and the table is left out.
 */
void table_set(struct flow *flow, const struct node *node);

#endif
