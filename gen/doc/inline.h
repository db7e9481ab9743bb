/* SPDX-License-Identifier: MIT
 *
 * Runs of text inside a paragraph: values put back, references and footnote marks
 * found, line ends between Chinese characters closed up.
 */
#ifndef XINGJI_DOC_INLINE_H
#define XINGJI_DOC_INLINE_H

#include "doc/doc.h"

struct diag;
struct values;

struct inline_options {
	struct arena *arena;
	struct diag *diag;
	const struct values *values; /* may be NULL */
	struct span span;            /* of the block */
	struct span (*place)(void *context, struct text what); /* a better place for what stands in the block; may be NULL */
	void *context;
	bool checks_digits;          /* report digits typed by hand … */
	uint32_t free_source;        /* … but those of this source; 0: none */
};

/*
 * Appends `literal` (still with its private characters) to parent as text, with
 * "@tbl-…", "@fig-…", "@sec-…" as NODE_REFERENCE, "[^…]" as NODE_FOOTNOTE_MARK and
 * "[…]{.emphasis-mark}" as NODE_DOTTED, which holds nothing but text.
 */
void inline_text(const struct inline_options *options, struct text literal, struct node *parent);
/* A soft line break, to be settled once the block is complete. */
void inline_soft_break(const struct inline_options *options, struct node *parent);
/*
 * Every soft break of the block becomes a space between Latin words and nothing beside Chinese: the text is then
 * the same, and in as many nodes, as if it had been written on one line.
 */
void inline_settle(struct arena *arena, struct node *block);
/* True when nothing visible stands in the block. */
bool inline_is_empty(const struct node *block);

#endif
