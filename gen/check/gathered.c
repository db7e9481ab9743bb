/* SPDX-License-Identifier: MIT */
#include "check/gathered.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/list.h"
#include "base/memory.h"

_Static_assert(sizeof(struct gathered_block) <= GATHERED_BLOCK_SIZE, "a block is pages of its own");

void gathered_start(struct gathered *gathered, size_t participations)
{
	*gathered = (struct gathered){ 0 };
	gathered->shift = GATHERED_SHIFT;
	while (participations >> gathered->shift >= GATHERED_GROUPS)
		gathered->shift++;
}

static struct gathered_block *block_after(struct gathered_group *group)
{
	struct gathered_block *block = memory_pages(GATHERED_BLOCK_SIZE);
	if (group->last)
		group->last->next = block;
	else
		group->first = block;
	return group->last = block;
}

void gathered_add(struct gathered *gathered, const struct gathered_row *row)
{
	if (gathered->is_passing)
		return;
	struct gathered_group *group = &gathered->groups[(size_t)row->participation >> gathered->shift];
	struct gathered_block *block = group->last;
	if (!block || block->count == GATHERED_ROWS)
		block = block_after(group);
	block->rows[block->count++] = *row;
	group->count++;
	gathered->count++;
}

static void free_group(struct gathered_group *group)
{
	for (struct gathered_block *block = group->first, *next; block; block = next) {
		next = block->next;
		memory_pages_free(block, GATHERED_BLOCK_SIZE);
	}
	*group = (struct gathered_group){ 0 };
}

/* ---- order -------------------------------------------------------------------------------------- */

struct keyed {
	uint64_t key;
	const struct gathered_row *row;
};

enum { ITEM_BITS = 31, ROUND_BITS = 3, DIGIT_BITS = 11, DIGIT_VALUES = 1 << DIGIT_BITS };

/* Participation, round, item in one number that sorts as they do. */
static uint64_t key_of(const struct gathered_row *row)
{
	return (uint64_t)(uint32_t)row->participation << (ITEM_BITS + ROUND_BITS) |
	       (uint64_t)(uint8_t)row->seen.round << ITEM_BITS | (uint32_t)row->seen.item;
}

/*
 * Files are written enterprise by enterprise and round by round, each in the order of the
 * catalogue, so the rows lie in runs that rise already: some thousands for half a million rows.
 * Where no two runs overlap, putting the runs in order is all that sorting has to do.
 */
struct run {
	uint64_t first, last; /* keys */
	const struct gathered_row *rows;
	size_t count, start;  /* start: how many rows of the group were read before */
};
typedef LIST(struct run) run_list;

static void find_runs(const struct gathered_group *group, run_list *runs)
{
	size_t start = 0;
	for (const struct gathered_block *block = group->first; block; block = block->next)
		for (size_t i = 0; i < block->count; i++, start++) {
			uint64_t key = key_of(&block->rows[i]);
			struct run *run = i ? &runs->at[runs->count - 1] : NULL; /* none goes on in the next block */
			if (run && run->last < key && run->last >> ITEM_BITS == key >> ITEM_BITS) {
				run->last = key;
				run->count++;
			} else {
				LIST_PUSH(runs, ((struct run){ key, key, &block->rows[i], 1, start }));
			}
		}
}

static int compare_runs(const void *left, const void *right)
{
	const struct run *a = left, *b = right;
	if (a->first != b->first)
		return a->first < b->first ? -1 : 1;
	return (a->start > b->start) - (a->start < b->start);
}

/* False, and nothing is done, when runs overlap, or are so many that they are none. */
static bool put_runs(const struct gathered_group *group, struct observation *to, int32_t *whose)
{
	enum { ROWS_A_RUN = 4 };
	run_list runs = { 0 };
	find_runs(group, &runs);
	if (!runs.at)
		return true; /* no rows */
	bool is_apart = runs.count <= group->count / ROWS_A_RUN + 1;
	if (is_apart)
		qsort(runs.at, runs.count, sizeof *runs.at, compare_runs);
	for (size_t i = 1; i < runs.count && is_apart; i++)
		is_apart = runs.at[i - 1].last < runs.at[i].first;
	for (size_t i = 0; i < runs.count && is_apart; i++)
		for (size_t k = 0; k < runs.at[i].count; k++) {
			*to++ = runs.at[i].rows[k].seen;
			*whose++ = runs.at[i].rows[k].participation;
		}
	LIST_FREE(&runs);
	return is_apart;
}

/* One stable pass of a least-significant-digit radix sort; false when all have the same digit. */
static bool sort_by_digit(const struct keyed *from, struct keyed *to, size_t count, unsigned shift)
{
	size_t starts[DIGIT_VALUES] = { 0 }, sum = 0;
	for (size_t i = 0; i < count; i++)
		starts[from[i].key >> shift & (DIGIT_VALUES - 1)]++;
	if (starts[from[0].key >> shift & (DIGIT_VALUES - 1)] == count)
		return false;
	for (size_t i = 0; i < DIGIT_VALUES; i++) {
		size_t here = starts[i];
		starts[i] = sum;
		sum += here;
	}
	for (size_t i = 0; i < count; i++)
		to[starts[from[i].key >> shift & (DIGIT_VALUES - 1)]++] = from[i];
	return true;
}

static void put_sorted(const struct gathered_group *group, struct observation *to, int32_t *whose)
{
	struct keyed *keys = memory_resize(NULL, group->count * sizeof *keys);
	struct keyed *other = memory_resize(NULL, group->count * sizeof *other);
	size_t count = 0;
	for (const struct gathered_block *block = group->first; block; block = block->next)
		for (size_t i = 0; i < block->count; i++)
			keys[count++] = (struct keyed){ key_of(&block->rows[i]), &block->rows[i] };
	for (unsigned shift = 0; shift < 64; shift += DIGIT_BITS)
		if (sort_by_digit(keys, other, count, shift)) {
			struct keyed *sorted = other;
			other = keys;
			keys = sorted;
		}
	for (size_t i = 0; i < count; i++) {
		to[i] = keys[i].row->seen;
		whose[i] = keys[i].row->participation;
	}
	free(keys);
	free(other);
}

size_t gathered_take(struct gathered *gathered, size_t number, struct observation *to, int32_t *whose)
{
	struct gathered_group *group = &gathered->groups[number];
	size_t count = group->count;
	if (count && !put_runs(group, to, whose))
		put_sorted(group, to, whose);
	free_group(group);
	return count;
}
