/* SPDX-License-Identifier: MIT
 *
 * Captions of tables and figures, and the remark below them.
 */
#ifndef XINGJI_LAYOUT_CAPTION_H
#define XINGJI_LAYOUT_CAPTION_H

#include "layout/flow.h"

/*
 * Both append slices to the flow and return how many.
 *
 * caption_set: "表 2-1　各设区市参培情况"; none without number and title.
 * `keeps_with_next`: no page ends after it.
 * caption_set_note: node.note in the style of notes; none without one.
 */
size_t caption_set(struct flow *flow, const struct node *node, bool keeps_with_next);
size_t caption_set_note(struct flow *flow, const struct node *node);

#endif
