/* SPDX-License-Identifier: MIT
 *
 * An item list: many short entries under their groups, several side by side, so that
 * two hundred results take two pages instead of seven.
 */
#ifndef XINGJI_LAYOUT_ITEM_LIST_H
#define XINGJI_LAYOUT_ITEM_LIST_H

#include "layout/flow.h"

/*
 * NODE_ITEM_LIST.  Entries of a group run down the first column, then down the next.
 * Rows that follow each other with the same `class` and `group` belong together.  An
 * entry that is wider than the page becomes an ordinary table.
 */
void item_list_set(struct flow *flow, const struct node *node);

#endif
