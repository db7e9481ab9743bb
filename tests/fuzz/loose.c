/* SPDX-License-Identifier: MIT */
#include "loose.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

struct loose {
	const struct arena *arena;
	void *bytes;
};

static bool is_loose;
static struct loose *blocks;
static size_t block_count, block_capacity;

void *__real_arena_alloc(struct arena *arena, size_t size);
void *__wrap_arena_alloc(struct arena *arena, size_t size);
void *__real_arena_array(struct arena *arena, size_t count, size_t size);
void *__wrap_arena_array(struct arena *arena, size_t count, size_t size);
void __real_arena_clear(struct arena *arena);
void __wrap_arena_clear(struct arena *arena);
void __real_arena_free(struct arena *arena);
void __wrap_arena_free(struct arena *arena);

void loose_begin(void)
{
	is_loose = true;
}

void *__wrap_arena_alloc(struct arena *arena, size_t size)
{
	if (!is_loose)
		return __real_arena_alloc(arena, size);
	if (block_count == block_capacity) {
		block_capacity = block_capacity ? block_capacity * 2 : 4096;
		blocks = memory_resize(blocks, block_capacity * sizeof *blocks);
	}
	void *bytes = memset(memory_resize(NULL, size), 0, size);
	blocks[block_count++] = (struct loose){ arena, bytes };
	return bytes;
}

void *__wrap_arena_array(struct arena *arena, size_t count, size_t size)
{
	size_t bytes;
	return is_loose && !__builtin_mul_overflow(count, size, &bytes) ? __wrap_arena_alloc(arena, bytes) : __real_arena_array(arena, count, size);
}

static void free_blocks(const struct arena *arena)
{
	size_t kept = 0;
	for (size_t i = 0; i < block_count; i++) {
		if (blocks[i].arena == arena)
			free(blocks[i].bytes);
		else
			blocks[kept++] = blocks[i];
	}
	block_count = kept;
}

void __wrap_arena_clear(struct arena *arena)
{
	free_blocks(arena);
	__real_arena_clear(arena);
}

void __wrap_arena_free(struct arena *arena)
{
	free_blocks(arena);
	__real_arena_free(arena);
}
