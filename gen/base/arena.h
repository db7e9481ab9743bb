/* SPDX-License-Identifier: MIT
 *
 * Arenas own everything that flows: allocate many, free once.
 *
 * Memory is aligned to max_align_t and, but for arena_room, zeroed.  Running out of memory prints
 * one line and ends the program with exit code 3; no caller has a failure path
 * (a batch tool has nothing better to do).  Not for use by two threads at once.
 */
#ifndef XINGJI_BASE_ARENA_H
#define XINGJI_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

struct arena *arena_new(void);
/*
 * An arena that lies in `room`, zeroed pages of the caller's, itself included and every block of it; what does not
 * fit lies elsewhere, as that of any arena (arena_is_whole).  The room outlives it.
 */
struct arena *arena_new_within(void *room, size_t size);
/* Does all of it lie in its room? */
bool arena_is_whole(const struct arena *arena);
/* Bytes of its room that are taken, from its start; 0 for one that has none. */
size_t arena_room_taken(const struct arena *arena);
/* What is asked for from now on lies elsewhere: the room is as it will stay. */
void arena_leave_room(struct arena *arena);
/* Gives everything back; NULL is allowed. */
void arena_free(struct arena *arena);
/* Forgets everything allocated but keeps one block for the next use. */
void arena_clear(struct arena *arena);

/* Zeroed memory of `size` bytes, at least one; never NULL. */
void *arena_alloc(struct arena *arena, size_t size) __attribute__((malloc, returns_nonnull));
/* The same, not zeroed: for bytes that are all written at once. */
void *arena_room(struct arena *arena, size_t size) __attribute__((malloc, returns_nonnull));
/* count × size with overflow checked. */
void *arena_array(struct arena *arena, size_t count, size_t size) __attribute__((malloc, returns_nonnull));
/* Bytes handed out since new or clear. */
size_t arena_used(const struct arena *arena);

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, count) ((type *)arena_array((arena), (count), sizeof(type)))

/* malloc, realloc and free under the same rule about memory; for base/ and foreign call-backs. */
void *memory_resize(void *block, size_t size) __attribute__((returns_nonnull, warn_unused_result));

#endif
