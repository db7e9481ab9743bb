/* SPDX-License-Identifier: MIT */
#include "doc/origin.h"

void origin_clear(struct origin *origin)
{
	LIST_FREE(&origin->pieces);
}

void origin_add(struct origin *origin, size_t offset, struct span span, bool is_literal)
{
	LIST_PUSH(&origin->pieces, ((struct origin_piece){ offset, span, is_literal }));
}

/* The last piece that starts at or before offset. */
static const struct origin_piece *piece_at(const struct origin *origin, size_t offset)
{
	size_t low = 0, high = origin->pieces.count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (origin->pieces.at[middle].offset <= offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low ? &origin->pieces.at[low - 1] : NULL;
}

struct span origin_of(const struct origin *origin, size_t offset, size_t size)
{
	const struct origin_piece *piece = origin ? piece_at(origin, offset) : NULL;
	if (!piece)
		return NO_SPAN;
	struct span span = piece->span;
	if (!piece->is_literal)
		return span;
	size_t into = offset - piece->offset;
	if (into > span.end - span.start)
		into = span.end - span.start;
	span.start += (uint32_t)into;
	if (size < span.end - span.start)
		span.end = span.start + (uint32_t)size;
	return span;
}
