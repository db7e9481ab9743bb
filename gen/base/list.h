/* SPDX-License-Identifier: MIT
 *
 * Growing arrays over malloc for whatever is collected before its count is known.
 *
 *	struct { LIST(struct row) rows; } x = {0};
 *	struct row *row = LIST_ADD(&x.rows);        zeroed, valid until the next add
 *	for (size_t i = 0; i < x.rows.count; i++) … x.rows.at[i] …
 *	LIST_FREE(&x.rows);
 *
 * Elements are plain memory: adding may move them, so keep indexes, not pointers.
 */
#ifndef XINGJI_BASE_LIST_H
#define XINGJI_BASE_LIST_H

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define LIST(type)                     \
	struct {                       \
		type *at;              \
		size_t count;          \
		size_t capacity;       \
	}

/* One more element of `size` bytes, zeroed.  Ends the program when memory is out. */
void list_add(void *at_pointer, size_t *count, size_t *capacity, size_t size);

/* Most find room: those need no call. */
#define LIST_GROW(list) \
	((list)->at && (list)->count < (list)->capacity ? (void)memset(&(list)->at[(list)->count++], 0, sizeof *(list)->at) \
	 : list_add(&(list)->at, &(list)->count, &(list)->capacity, sizeof *(list)->at))
#define LIST_ADD(list) (LIST_GROW(list), &(list)->at[(list)->count - 1])
#define LIST_PUSH(list, value) (LIST_GROW(list), (list)->at[(list)->count - 1] = (value))
/* Room for `more` elements taken at once: what is known to grow so far need not be moved on its way there. */
void list_reserve(void *at_pointer, size_t *capacity, size_t count, size_t size);
#define LIST_RESERVE(list, more) \
	list_reserve(&(list)->at, &(list)->capacity, (list)->count + (more), sizeof *(list)->at)
/* The elements in an arena, for a list that has stopped growing; the list keeps its own. */
struct arena;
void *list_settle(struct arena *arena, const void *at, size_t count, size_t size);
#define LIST_SETTLE(arena, list) list_settle((arena), (list)->at, (list)->count, sizeof *(list)->at)

#define LIST_FREE(list) (free((list)->at), (list)->at = NULL, (list)->count = (list)->capacity = 0)

#endif
