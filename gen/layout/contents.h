/* SPDX-License-Identifier: MIT
 *
 * Contents and lists of tables and figures.  Page numbers are set when pages are
 * known (struct flow_late).
 */
#ifndef XINGJI_LAYOUT_CONTENTS_H
#define XINGJI_LAYOUT_CONTENTS_H

#include "layout/flow.h"

/*
 * NODE_CONTENTS and NODE_LIST_OF: entries that are links, with room for their page numbers,
 * from the node's children, which numbering made (doc/number.h).
 */
void contents_set(struct flow *flow, const struct node *node);

#endif
