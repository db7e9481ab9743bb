/* SPDX-License-Identifier: MIT
 *
 * The cover: mark, title, subtitle, and key–value lines at its foot.
 */
#ifndef XINGJI_LAYOUT_COVER_H
#define XINGJI_LAYOUT_COVER_H

#include "layout/flow.h"

/*
 * NODE_COVER, as slices of a page of its own (SLICE_BARE); in an official document its
 * letterhead takes that place (letterhead.h).  What has no value is not set.
 */
void cover_set(struct flow *flow, const struct node *node);

#endif
