/* SPDX-License-Identifier: MIT
 *
 * What stands in braces behind headings, captions and fences:
 *
 *	{#tbl-cities .small .landscape total=1 note="数据截至年末"}
 */
#ifndef XINGJI_DOC_ATTRIBUTES_H
#define XINGJI_DOC_ATTRIBUTES_H

#include "doc/doc.h"

struct diag;
struct values;

struct attributes {
	struct text id;
	unsigned flags; /* enum node_flags, from the classes */
	struct attribute *pairs;
	size_t count;
};

struct attributes_options {
	struct diag *diag;
	const struct values *values; /* put back into what was written; may be NULL */
	struct span span;            /* blamed for mistakes */
};

/*
 * Splits a closing {…} off *text, which keeps what stands before it, trimmed.  No
 * braces: nothing.  A class that means nothing and anything unreadable are reported
 * and left out.
 */
struct attributes attributes_split(struct arena *arena, struct text *text, const struct attributes_options *options);
/* Takes the first word (up to a space or "{") off *rest, which keeps the others, trimmed. */
struct text attributes_first_word(struct text *rest);
/* The value of a key; missing when it was not given. */
struct text attributes_find(const struct node *node, const char *name);

#endif
