/* SPDX-License-Identifier: MIT
 *
 * Charts among text: the plot, its caption below, its remark.  A figure that does
 * not fit moves to the next page's top while text goes on.
 */
#ifndef XINGJI_LAYOUT_FIGURE_H
#define XINGJI_LAYOUT_FIGURE_H

#include "layout/flow.h"

/*
 * NODE_CHART, drawn at the flow's width: the plot is one slice, caption and remark stay with it.
 * Without data a box that says so stands in its place (chart/plot.h).
 */
void figure_set(struct flow *flow, const struct node *node);

#endif
