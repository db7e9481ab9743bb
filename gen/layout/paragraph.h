/* SPDX-License-Identifier: MIT
 *
 * Paragraphs into the flow, and the footnotes that are called in them.
 */
#ifndef XINGJI_LAYOUT_PARAGRAPH_H
#define XINGJI_LAYOUT_PARAGRAPH_H

#include "layout/flow.h"

/*
 * Adds flow.typesetter.pieces as a paragraph (flow_set), empties them, and sets the footnotes
 * that are called in it for the first time.  Returns the first slice's index.
 */
uint32_t paragraph_add(struct flow *flow, const struct flow_paragraph *how);
/* Sets the footnotes that are called in the slice for the first time. */
void paragraph_add_notes(struct flow *flow, uint32_t slice);

#endif
