/* SPDX-License-Identifier: MIT
 *
 * Captions of tables and figures, and the remark below them.
 */
#ifndef XINGJI_LAYOUT_CAPTION_H
#define XINGJI_LAYOUT_CAPTION_H

#include "layout/flow.h"

/* Sets "表 2-1　各设区市参培情况" as slices; returns how many (0 without number and title). */
size_t caption_set(struct flow *flow, const struct node *node, bool keeps_with_next);
/* Sets node.note in the style of notes; returns how many slices. */
size_t caption_set_note(struct flow *flow, const struct node *node);

#endif
