/* SPDX-License-Identifier: MIT */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define BLOCK_SIZE ((size_t)64 << 10) /* big enough that block overhead vanishes, small enough for a page's scratch */
#define ALIGNMENT alignof(max_align_t)

struct block {
	struct block *older;
	size_t size, used;
	bool is_lent; /* of the room that the arena was given */
	alignas(max_align_t) unsigned char bytes[];
};

struct arena {
	struct block *newest;
	size_t used;
	unsigned char *room; /* NULL: none, or it was left */
	size_t room_size, room_used;
	bool has_left, is_lent; /* a block lies elsewhere; the arena itself lies in its room */
};

void *memory_resize(void *block, size_t size)
{
	void *grown = realloc(block, size ? size : 1);
	if (!grown)
		memory_end();
	return grown;
}

/* At least one byte, and the next allocation is aligned too. */
static size_t rounded(size_t size)
{
	if (size > SIZE_MAX / 2)
		memory_end();
	return (size + (size == 0) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

/* The next bytes of the room; NULL where it has none left. */
static void *take_room(struct arena *arena, size_t size)
{
	if (!arena->room || arena->has_left || arena->room_size - arena->room_used < size)
		return NULL; /* once left, never again: so what is lent comes before all else */
	void *at = arena->room + arena->room_used;
	arena->room_used += size;
	return at;
}

static void add_block(struct arena *arena, size_t size)
{
	struct block *block = take_room(arena, sizeof *block + size);
	bool is_lent = block != NULL;
	if (!block)
		block = memory_resize(NULL, sizeof *block + size);
	arena->has_left |= !is_lent;
	*block = (struct block){ .older = arena->newest, .size = size, .is_lent = is_lent };
	arena->newest = block;
}

struct arena *arena_new(void)
{
	struct arena *arena = memory_resize(NULL, sizeof *arena);
	*arena = (struct arena){ 0 };
	add_block(arena, BLOCK_SIZE);
	return arena;
}

struct arena *arena_new_within(void *room, size_t size)
{
	struct arena *arena = room;
	*arena = (struct arena){ .room = room, .room_size = size, .is_lent = true };
	arena->room_used = rounded(sizeof *arena);
	add_block(arena, BLOCK_SIZE);
	return arena;
}

bool arena_is_whole(const struct arena *arena)
{
	return arena->room && !arena->has_left;
}

size_t arena_room_taken(const struct arena *arena)
{
	return arena->room_used;
}

void arena_leave_room(struct arena *arena)
{
	arena->room = NULL;
	arena->newest->size = arena->newest->used; /* nor the rest of the last block */
}

/* Those of a room are its owner's, all of them the oldest; nobody looks at them, as they may not be read yet. */
static void free_blocks(struct block *block)
{
	while (block && !block->is_lent) {
		struct block *older = block->older;
		free(block);
		block = older;
	}
}

void arena_free(struct arena *arena)
{
	if (!arena)
		return;
	bool is_lent = arena->is_lent;
	free_blocks(arena->newest);
	if (!is_lent)
		free(arena);
}

void arena_clear(struct arena *arena)
{
	struct block *kept = arena->newest;
	free_blocks(kept->older);
	kept->older = NULL;
	kept->used = 0;
	arena->used = 0;
}

void *arena_room(struct arena *arena, size_t size)
{
	size = rounded(size);
	struct block *block = arena->newest;
	if (block->size - block->used < size) {
		size_t want = size > BLOCK_SIZE / 4 ? size + BLOCK_SIZE : BLOCK_SIZE;
		add_block(arena, want);
		block = arena->newest;
	}
	void *at = block->bytes + block->used;
	block->used += size;
	arena->used += size;
	return at;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	return memset(arena_room(arena, size), 0, rounded(size));
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
	size_t bytes;
	if (__builtin_mul_overflow(count, size, &bytes))
		memory_end();
	return arena_alloc(arena, bytes);
}

size_t arena_used(const struct arena *arena)
{
	return arena->used;
}
