/* SPDX-License-Identifier: MIT
 *
 * Complaints that say the same, found by a mark of what they have in common.
 */
#include "base/arena.h"
#include "base/diag_store.h"

/* Where the mark stands, or the unused place where it would. */
static uint32_t *find_slot(const struct diag *diag, const struct diag_mark *mark)
{
	size_t last = diag->group_slot_capacity - 1;
	size_t i = (size_t)text_hash((struct text){ mark->hex, sizeof mark->hex }) & last;
	while (diag->group_slots[i] && memcmp(&diag->groups[diag->group_slots[i] - 1].mark, mark, sizeof *mark) != 0)
		i = (i + 1) & last;
	return &diag->group_slots[i];
}

/* Twice as many places as groups at least, so that a search is short. */
static void grow(struct diag *diag)
{
	diag->group_capacity = diag->group_capacity ? diag->group_capacity * 2 : 64;
	diag->group_slot_capacity = diag->group_capacity * 2;
	struct diag_group *groups = ARENA_ARRAY(diag->arena, struct diag_group, diag->group_capacity);
	if (diag->group_count)
		memcpy(groups, diag->groups, diag->group_count * sizeof *groups);
	diag->groups = groups;
	diag->group_slots = ARENA_ARRAY(diag->arena, uint32_t, diag->group_slot_capacity);
	for (size_t i = 0; i < diag->group_count; i++)
		*find_slot(diag, &groups[i].mark) = (uint32_t)i + 1;
}

uint32_t diag_group_find(const struct diag *diag, const struct diag_mark *mark)
{
	return diag->group_count ? *find_slot(diag, mark) : 0;
}

uint32_t diag_group(struct diag *diag, const struct diag_mark *mark)
{
	if (diag->group_count == diag->group_capacity)
		grow(diag);
	uint32_t *slot = find_slot(diag, mark);
	if (*slot == 0) {
		diag->groups[diag->group_count++] = (struct diag_group){ .mark = *mark };
		*slot = (uint32_t)diag->group_count;
	}
	return *slot - 1;
}
