/* SPDX-License-Identifier: MIT
 *
 * Where the bytes of a made text came from.
 *
 * A template's output is new text, but a mistake in it was written in a file.  The
 * map remembers, piece by piece, which bytes of which source stand behind the output,
 * so that whoever reads the output later (Markdown, SQL) can still name file, line
 * and column.
 */
#ifndef XINGJI_DOC_ORIGIN_H
#define XINGJI_DOC_ORIGIN_H

#include "base/list.h"
#include "base/source.h"

struct origin_piece {
	size_t offset;    /* where the piece starts in the made text */
	struct span span; /* what it came from */
	bool is_literal;  /* copied byte for byte: offsets inside it correspond */
};

struct origin {
	LIST(struct origin_piece) pieces; /* ascending offsets */
};

/* A zeroed map is empty and ready; clear frees. */
void origin_clear(struct origin *origin);
void origin_add(struct origin *origin, size_t offset, struct span span, bool is_literal);
/* The place of size bytes at offset; NO_SPAN when nothing is known (or origin is NULL). */
struct span origin_of(const struct origin *origin, size_t offset, size_t size);

#endif
