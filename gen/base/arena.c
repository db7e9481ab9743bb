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
	alignas(max_align_t) unsigned char bytes[];
};

struct arena {
	struct block *newest;
	size_t used;
};

void *memory_resize(void *block, size_t size)
{
	void *grown = realloc(block, size ? size : 1);
	if (!grown)
		memory_end();
	return grown;
}

static struct block *block_new(struct block *older, size_t size)
{
	struct block *block = memory_resize(NULL, sizeof *block + size);
	*block = (struct block){ .older = older, .size = size };
	return block;
}

struct arena *arena_new(void)
{
	struct arena *arena = memory_resize(NULL, sizeof *arena);
	*arena = (struct arena){ .newest = block_new(NULL, BLOCK_SIZE) };
	return arena;
}

static void free_blocks(struct block *block)
{
	while (block) {
		struct block *older = block->older;
		free(block);
		block = older;
	}
}

void arena_free(struct arena *arena)
{
	if (!arena)
		return;
	free_blocks(arena->newest);
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

/* At least one byte, and the next allocation is aligned too. */
static size_t rounded(size_t size)
{
	if (size > SIZE_MAX / 2)
		memory_end();
	return (size + (size == 0) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

void *arena_room(struct arena *arena, size_t size)
{
	size = rounded(size);
	struct block *block = arena->newest;
	if (block->size - block->used < size) {
		size_t want = size > BLOCK_SIZE / 4 ? size + BLOCK_SIZE : BLOCK_SIZE;
		block = block_new(block, want);
		arena->newest = block;
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
