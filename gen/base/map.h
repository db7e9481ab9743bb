/* SPDX-License-Identifier: MIT
 *
 * A table from text to a number (usually an index into an array).
 *
 * Keys are borrowed and must outlive the map.  There is no removal and no
 * iteration: whoever needs an order keeps an array, so output never depends on
 * a hash.
 */
#ifndef XINGJI_BASE_MAP_H
#define XINGJI_BASE_MAP_H

#include "base/text.h"

struct arena;
struct map_slot;

struct map {
	struct map_slot *slots;
	size_t count, capacity;
	bool is_settled; /* the slots are an arena's */
};

/* A zeroed map is empty and ready. */
void map_clear(struct map *map);
/* The value of key, or NULL.  Valid until the next add. */
const uint32_t *map_find(const struct map *map, struct text key);
/*
 * Adds key → value unless key is present.  Returns the value that now stands
 * under key, so `map_add(m, k, v) != v` means "was there before".
 */
uint32_t map_add(struct map *map, struct text key, uint32_t value);

/* Its slots move into the arena, which must outlive it; adding to it moves them out again. */
void map_settle(struct map *map, struct arena *arena);

#endif
