/* SPDX-License-Identifier: MIT */
#include "base/map.h"

#include <stdlib.h>

#include "base/arena.h"

/* Of nobody's business but this table's, so eight bytes at a time: the names of a province are hashed again and again. */
static uint64_t hash_key(struct text key)
{
	uint64_t hash = 0xcbf29ce484222325u ^ key.size, word;
	size_t at = 0;
	for (; key.size - at >= sizeof word; at += sizeof word) {
		memcpy(&word, key.at + at, sizeof word);
		hash = (hash ^ word) * 0x9e3779b97f4a7c15u;
		hash ^= hash >> 32;
	}
	word = 0;
	if (at < key.size)
		memcpy(&word, key.at + at, key.size - at);
	hash = (hash ^ word) * 0xd6e8feb86659fd93u;
	hash ^= hash >> 32;
	hash *= 0xd6e8feb86659fd93u;
	return hash ^ (hash >> 32);
}

struct map_slot {
	struct text key; /* at == NULL: free */
	uint64_t hash;
	uint32_t value;
};

void map_clear(struct map *map)
{
	if (!map->is_settled)
		free(map->slots);
	*map = (struct map){ 0 };
}

static size_t probe(const struct map *map, struct text key, uint64_t hash)
{
	size_t at = (size_t)hash & (map->capacity - 1);
	while (map->slots[at].key.at && !(map->slots[at].hash == hash && text_equal(map->slots[at].key, key)))
		at = (at + 1) & (map->capacity - 1);
	return at;
}

static void grow(struct map *map)
{
	struct map old = *map;
	map->capacity = old.capacity ? old.capacity * 2 : 64;
	map->slots = memory_resize(NULL, map->capacity * sizeof *map->slots);
	memset(map->slots, 0, map->capacity * sizeof *map->slots);
	for (size_t i = 0; i < old.capacity; i++)
		if (old.slots[i].key.at)
			map->slots[probe(map, old.slots[i].key, old.slots[i].hash)] = old.slots[i];
	map->is_settled = false;
	map_clear(&old);
}

void map_settle(struct map *map, struct arena *arena)
{
	if (!map->slots || map->is_settled)
		return;
	struct map_slot *slots = ARENA_ARRAY(arena, struct map_slot, map->capacity);
	memcpy(slots, map->slots, map->capacity * sizeof *slots);
	free(map->slots);
	map->slots = slots;
	map->is_settled = true;
}

const uint32_t *map_find(const struct map *map, struct text key)
{
	if (map->count == 0)
		return NULL;
	if (!key.at)
		key.at = "";
	const struct map_slot *slot = &map->slots[probe(map, key, hash_key(key))];
	return slot->key.at ? &slot->value : NULL;
}

uint32_t map_add(struct map *map, struct text key, uint32_t value)
{
	if (!key.at)
		key.at = "";
	if ((map->count + 1) * 4 > map->capacity * 3)
		grow(map);
	uint64_t hash = hash_key(key);
	struct map_slot *slot = &map->slots[probe(map, key, hash)];
	if (!slot->key.at) {
		*slot = (struct map_slot){ .key = key, .hash = hash, .value = value };
		map->count++;
	}
	return slot->value;
}
