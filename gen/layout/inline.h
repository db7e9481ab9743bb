/* SPDX-License-Identifier: MIT
 *
 * Inline nodes to pieces: strong in 黑, emphasis in 楷, code, links, references,
 * footnote marks.
 */
#ifndef XINGJI_LAYOUT_INLINE_H
#define XINGJI_LAYOUT_INLINE_H

#include "layout/flow.h"

/* Appends the pieces of node's inline children (or of its text when it has none) to flow.pieces. */
void inline_collect(struct flow *flow, const struct node *node, const struct style *style, int32_t tag);
/* Makes `piece` the footnote mark behind what it was: number, link, tag, raised. */
void inline_mark(struct flow *flow, const struct node *mark, struct piece *piece);
/* Sets the footnotes that are called in the slice for the first time. */
void inline_set_notes(struct flow *flow, uint32_t slice);
/* Registers a link and returns what piece.link wants. */
int32_t inline_link(struct flow *flow, struct text target, struct text description);
/*
 * Sets flow.pieces as a paragraph (flow_set), empties them, and sets the footnotes
 * that are called in it for the first time.  Returns the first slice's index.
 */
uint32_t inline_set(struct flow *flow, const struct flow_paragraph *how);

#endif
