/* SPDX-License-Identifier: MIT */
#include "check/remarking.h"

#include "base/arena.h"

/* Eight bytes a step: half of what reading a year hashes is these words. */
static uint64_t mix_text(uint64_t hash, struct text text)
{
	const uint64_t odd = 0x9E3779B97F4A7C15u;
	size_t at = 0;
	for (uint64_t word; at + sizeof word <= text.size; at += sizeof word) {
		memcpy(&word, text.at + at, sizeof word);
		hash = (hash ^ word) * odd;
		hash ^= hash >> 32;
	}
	uint64_t rest = text.size;
	for (; at < text.size; at++)
		rest = rest << 8 | (unsigned char)text.at[at];
	hash = (hash ^ rest) * odd;
	return hash ^ hash >> 32;
}

static uint32_t hash_of(struct remark remark)
{
	return (uint32_t)mix_text(mix_text((uint32_t)remark.agency, remark.note), remark.evidence);
}

static bool is_same(const struct remark *one, const struct remark *other)
{
	return one->agency == other->agency && text_equal(one->note, other->note) &&
	       text_equal(one->evidence, other->evidence);
}

/* Its slot, or the free one where it would stand; there is always a free one. */
static struct remark_slot *find_slot(const struct remarking *remarking, const struct remark *remark, uint32_t hash)
{
	size_t mask = remarking->capacity - 1;
	for (size_t at = hash & mask;; at = (at + 1) & mask) {
		struct remark_slot *slot = &remarking->slots[at];
		if (!slot->number || (slot->hash == hash && is_same(&remarking->list.at[slot->number - 1], remark)))
			return slot;
	}
}

/* Slots, list and words of all remarks are more than a processor's caches hold; of those found lately one look suffices. */
uint32_t remarking_find(struct remarking *remarking, struct remark written)
{
	const uint32_t hash = hash_of(written);
	if (!remarking->capacity)
		return 0;
	struct remark_lately *lately = &remarking->lately[hash % REMARKS_LATELY];
	if (lately->number && lately->hash == hash && is_same(&lately->words, &written))
		return lately->number;
	const struct remark_slot *slot = find_slot(remarking, &written, hash);
	if (!slot->is_as_written)
		return 0;
	*lately = (struct remark_lately){ hash, slot->number, remarking->list.at[slot->number - 1] };
	return slot->number;
}

/* At most half of the slots are taken. */
static void grow(struct remarking *remarking)
{
	enum { FIRST_CAPACITY = 1 << 10 };
	struct remarking old = *remarking;
	if (remarking->list.count * 2 < remarking->capacity)
		return;
	if (!remarking->lately) {
		remarking->lately = memory_resize(NULL, REMARKS_LATELY * sizeof *remarking->lately);
		memset(remarking->lately, 0, REMARKS_LATELY * sizeof *remarking->lately);
	}
	remarking->capacity = old.capacity ? old.capacity * 2 : FIRST_CAPACITY;
	remarking->slots = memory_resize(NULL, remarking->capacity * sizeof *remarking->slots);
	memset(remarking->slots, 0, remarking->capacity * sizeof *remarking->slots);
	for (size_t i = 0; i < old.capacity; i++) {
		size_t at = old.slots[i].hash & (remarking->capacity - 1);
		if (!old.slots[i].number)
			continue;
		while (remarking->slots[at].number)
			at = (at + 1) & (remarking->capacity - 1);
		remarking->slots[at] = old.slots[i];
	}
	free(old.slots);
}

static struct text copy_to(char *at, struct text text)
{
	if (text.size)
		memcpy(at, text.at, text.size);
	return (struct text){ at, text.size };
}

uint32_t remarking_add(struct remarking *remarking, struct arena *arena, struct remark remark, bool is_as_written)
{
	if (!remark.note.size && !remark.evidence.size && remark.agency < 0)
		return 0;
	grow(remarking);
	uint32_t hash = hash_of(remark);
	struct remark_slot *slot = find_slot(remarking, &remark, hash);
	if (!slot->number) {
		char *words = arena_room(arena, remark.note.size + remark.evidence.size);
		remark.note = copy_to(words, remark.note);
		remark.evidence = copy_to(words + remark.note.size, remark.evidence);
		LIST_PUSH(&remarking->list, remark);
		*slot = (struct remark_slot){ .hash = hash, .number = (uint32_t)remarking->list.count };
	}
	slot->is_as_written |= is_as_written;
	return slot->number;
}

void remarking_settle(struct remarking *remarking, struct arena *arena, struct model *model)
{
	model->remarks = LIST_SETTLE(arena, &remarking->list);
	model->remark_count = remarking->list.count;
	LIST_FREE(&remarking->list);
	free(remarking->slots);
	free(remarking->lately);
	*remarking = (struct remarking){ 0 };
}
