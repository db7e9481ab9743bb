/* SPDX-License-Identifier: MIT
 *
 * A QR code among text: black squares with their white around, in the column's left corner.
 */
#ifndef XINGJI_LAYOUT_QR_CODE_H
#define XINGJI_LAYOUT_QR_CODE_H

#include "layout/flow.h"

/*
 * NODE_QR, a figure in the structure.  A run of dark modules in a row is one filled rectangle, and a module a whole number
 * of hundredths of a point, so that runs meet exactly and can be read back from the page (send/qr.h).
 */
void qr_code_set(struct flow *flow, const struct node *node);

#endif
