/* SPDX-License-Identifier: MIT
 *
 * Blocks in a box of the theme (<place>): an envelope's window, a corner of a certificate, the labels of a sheet.
 *
 * A box stands where the theme says on the page that the flow has reached, whatever stands before it there, so a
 * document has its places first on a page: at its beginning or behind a page break, or on a page whose margins are
 * alike.
 * Where the theme gives columns and rows, each further place of that name is the next box, row by row, and a new
 * page begins when the sheet is full.
 */
#ifndef XINGJI_LAYOUT_PLACE_H
#define XINGJI_LAYOUT_PLACE_H

#include "layout/flow.h"

/*
 * `node`: NODE_GROUP whose title is the place.  What is higher than the box is set smaller, down to PLACE_LEAST_SCALE,
 * so that it breaks into other lines; what is too high even then is reported (PLACE_FULL) and goes over the box,
 * never cut.
 * Tables keep no rules here and nothing floats.  False after reporting that the theme has no such place: nothing
 * was set.
 */
bool place_set(struct flow *flow, const struct node *node);

#define PLACE_LEAST_SCALE 0.5

#endif
