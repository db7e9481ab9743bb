/* SPDX-License-Identifier: MIT
 *
 * Where any of many byte strings stands in a text: one pass, whatever their number.
 *
 * Every string is known by a few bytes in its middle (names of firms begin and end alike), taken at
 * four positions in a row: so every fourth position of the text is looked up in a table of bits by
 * the hash of the bytes there, and almost all end here, at one multiplication and one look.  Where
 * a key stands, a few bytes of another place of its string must stand, too.  Strings too short for
 * four keys, or with keys that too many others have, are known by one key and looked up at every position.
 */
#ifndef XINGJI_PUBLISH_LEAK_INDEX_H
#define XINGJI_PUBLISH_LEAK_INDEX_H

#include <stdbool.h>

#include "base/text.h"

struct leak_index;

/* key_size: bytes that identify a string, at most 8; shorter ones cannot be added. */
struct leak_index *leak_index_new(size_t key_size);
void leak_index_free(struct leak_index *index); /* NULL allowed */
/* `number` is handed back when the string may stand somewhere. */
void leak_index_add(struct leak_index *index, struct text string, uint32_t number);

/* A key of string `number` stands where the string would begin at `start`, once each: compare, it may be another. */
typedef void leak_index_found(void *context, uint32_t number, size_t start);
/* Strings may not be added once the first text was searched. */
void leak_index_search(struct leak_index *index, struct text bytes, leak_index_found *found, void *context);

/* Of the bytes those from `start` on, before `end`. */
struct leak_index_range {
	struct text bytes;
	size_t start, end;
};
/*
 * Only keys that end in the range; a text is looked through when all ranges of which it consists are.  False when no
 * key of any string ends there, so that none would whatever stood around the range and the few bytes before it.
 */
bool leak_index_search_part(struct leak_index *index, struct leak_index_range in, leak_index_found *found,
			    void *context);

#endif
