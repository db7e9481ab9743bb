/* SPDX-License-Identifier: MIT
 *
 * Records: one finding after the other, each a head with its risk, a line of what
 * it belongs to, and a grid of labels and texts.
 */
#ifndef XINGJI_LAYOUT_RECORD_H
#define XINGJI_LAYOUT_RECORD_H

#include "layout/flow.h"

/*
 * NODE_RECORDS.  A record may be torn between its fields and never after its head; one
 * of nine lines or fewer stays whole.  Every record stands in the outline below the heading before it.
 */
void record_set(struct flow *flow, const struct node *node);

#endif
