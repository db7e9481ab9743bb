/* SPDX-License-Identifier: MIT
 *
 * Key figures side by side, stars, lines to sign on.
 */
#ifndef XINGJI_LAYOUT_PANEL_H
#define XINGJI_LAYOUT_PANEL_H

#include "layout/flow.h"

/* NODE_PANEL: label above, big value, remark below; up to five in a row. */
void panel_set(struct flow *flow, const struct node *node);
/* NODE_STARS: drawn stars, then the words without star characters. */
void panel_set_stars(struct flow *flow, const struct node *node);
/* NODE_SIGNATURE: labels with lines, two in a row. */
void panel_set_signature(struct flow *flow, const struct node *node);

#endif
