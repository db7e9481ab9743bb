/* SPDX-License-Identifier: MIT
 *
 * Our Markdown to CommonMark, line by line and keeping the number of lines:
 *
 *	[^1]: …           taken out (CommonMark would make a bogus link of it)
 *	::: group         a mark that survives as a block of its own
 *	---page---        likewise
 *	**重点。**后文    a private mark between the punctuation and the asterisks, which
 *	                  makes them close where CommonMark's rule would refuse
 */
#ifndef XINGJI_DOC_PREPARE_H
#define XINGJI_DOC_PREPARE_H

#include "base/buf.h"
#include "base/list.h"

struct prepared_note {
	struct text id;
	struct text text; /* lines as many as in the source */
	size_t line;      /* 0-based, of its first line */
};

struct prepared {
	struct buf text;             /* for cmark */
	LIST(size_t) lines;          /* where each line starts in the source text */
	LIST(struct prepared_note) notes;
	size_t open_fence;           /* 1 + line of a fence that never ends; 0 = none */
};

struct arena;

/* Notes live in arena; prepared_clear frees the rest. */
void prepared_init(struct prepared *prepared, struct arena *arena, struct text text);
void prepared_clear(struct prepared *prepared);
/* How a mark line begins in the prepared text; behind it what stood on the line, then "-->". */
extern const struct text prepared_mark;

#endif
