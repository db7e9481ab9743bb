/* SPDX-License-Identifier: MIT */
#include "base/list.h"

#include <string.h>

#include "base/arena.h"

void list_add(void *at_pointer, size_t *count, size_t *capacity, size_t size)
{
	char *at;
	memcpy(&at, at_pointer, sizeof at);
	if (*count == *capacity) {
		*capacity = *capacity ? *capacity * 2 : 16;
		at = memory_resize(at, *capacity * size);
		memcpy(at_pointer, &at, sizeof at);
	}
	memset(at + (*count)++ * size, 0, size);
}

void list_reserve(void *at_pointer, size_t *capacity, size_t count, size_t size)
{
	char *at;
	if (count <= *capacity)
		return;
	memcpy(&at, at_pointer, sizeof at);
	*capacity = count;
	at = memory_resize(at, count * size);
	memcpy(at_pointer, &at, sizeof at);
}

void *list_settle(struct arena *arena, const void *at, size_t count, size_t size)
{
	void *copy = arena_array(arena, count, size);
	if (count)
		memcpy(copy, at, count * size);
	return copy;
}
