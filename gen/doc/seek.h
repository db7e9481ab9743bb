/* SPDX-License-Identifier: MIT
 *
 * Where words stand that are met in their order: each is looked for behind the one before.
 *
 * All of a text is gone through once, not once for each word; what is not found (because
 * it was written in another way) is looked for from the start, and given up on after a
 * hundred words.
 */
#ifndef XINGJI_DOC_SEEK_H
#define XINGJI_DOC_SEEK_H

#include "base/text.h"

struct seek {
	struct text text;
	size_t from;   /* behind the last find */
	size_t misses;
};

/* The offset of `what` in the text, or its size. */
size_t seek_next(struct seek *seek, struct text what);

#endif
