/* SPDX-License-Identifier: MIT */
#include "base/diag_heap.h"

#include "base/arena.h"
#include "base/list.h"
#include "base/map.h"

static const enum diag_kind kinds[] = {
	DIAG_FIELD_NOT_CHOICE, DIAG_FIELD_NOT_DATE, DIAG_FIELD_DATE_TWO_DIGIT, DIAG_FIELD_NOT_NUMBER,
	DIAG_FIELD_NOT_DECIMAL, DIAG_LEVEL_UNKNOWN, DIAG_CITY_UNKNOWN, DIAG_INDUSTRY_UNKNOWN, DIAG_ITEM_UNKNOWN,
};

static bool is_of_cell(enum diag_kind kind)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (kinds[i] == kind)
			return true;
	return false;
}

/* What a heap has in common: of items their catalogue, whichever files name them; else the file and the heading. */
static struct text key_of(const struct diag_item *item, struct arena *arena)
{
	const struct diag_args *args = &item->args;
	bool is_item = item->kind == DIAG_ITEM_UNKNOWN;
	struct text common = is_item ? args->b : args->a;
	return text_format(arena, "%d %u %.*s", item->kind, is_item ? 0 : args->span.source, TEXT_ARGS(common));
}

const uint32_t *diag_heaps(const struct diag *diag, struct arena *arena, size_t *count)
{
	uint32_t *heap_of = ARENA_ARRAY(arena, uint32_t, diag->group_count);
	LIST(size_t) values = { 0 }; /* groups, by heap */
	struct map by_key = { 0 };
	for (size_t i = 0; i < diag->count; i++) {
		const struct diag_item *item = &diag->items[i];
		if (heap_of[item->group] || !is_of_cell(item->kind))
			continue;
		uint32_t heap = map_add(&by_key, key_of(item, arena), (uint32_t)values.count);
		if (heap == values.count)
			LIST_PUSH(&values, 0);
		values.at[heap]++;
		heap_of[item->group] = heap + 1;
	}
	for (size_t group = 0; group < diag->group_count; group++)
		if (heap_of[group] && values.at && values.at[heap_of[group] - 1] <= DIAG_HEAP_LEAST)
			heap_of[group] = 0;
	*count = values.count;
	LIST_FREE(&values);
	map_clear(&by_key);
	return heap_of;
}
