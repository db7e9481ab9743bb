/* SPDX-License-Identifier: MIT
 *
 * The cover: mark, title, subtitle, and key–value lines at its foot.
 */
#ifndef XINGJI_LAYOUT_COVER_H
#define XINGJI_LAYOUT_COVER_H

#include "layout/flow.h"

void cover_set(struct flow *flow, const struct node *node);

#endif
