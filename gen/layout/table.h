/* SPDX-License-Identifier: MIT
 *
 * Three-line tables: caption above, head, rows; totals under a rule; a note below.
 */
#ifndef XINGJI_LAYOUT_TABLE_H
#define XINGJI_LAYOUT_TABLE_H

#include "layout/flow.h"

void table_set(struct flow *flow, const struct node *node);

#endif
