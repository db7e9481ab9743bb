/* SPDX-License-Identifier: MIT
 *
 * One page, never two: what a reader must see at a glance.
 */
#ifndef XINGJI_LAYOUT_FIT_H
#define XINGJI_LAYOUT_FIT_H

#include "layout/flow.h"

/*
 * Makes the slices since `first`, which begin a page, fit it by closing up the spaces
 * between them, to a quarter at most; nothing in them floats or stands on the grid.
 * Where there is room to spare the spaces may grow (spread.h).
 * What is still too tall is torn as anything else is.
 */
void fit_page(struct flow *flow, uint32_t first);

#endif
