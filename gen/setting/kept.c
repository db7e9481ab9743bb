/* SPDX-License-Identifier: MIT */
#include "setting/kept.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

enum { ROOM_FIRST = 1 << 10 };

struct entry {
	struct kept_key key;
	struct kept_set set;
	bool is_old; /* lies in what is forgotten next, unless it is asked for before */
};

/* The hash beside the way to the entry: most that is not meant is told apart without going there. */
struct slot {
	uint64_t hash;
	struct entry *entry;  /* NULL: free */
};

struct kept {
	struct arena *arena, *old;
	struct slot *slots;   /* open addressing, at most half full */
	size_t room, count;   /* room: a power of two */
	bool is_unused;
};

struct kept *kept_new(void)
{
	struct kept *kept = memory_resize(NULL, sizeof *kept);
	*kept = (struct kept){ .arena = arena_new(), .old = arena_new(), .room = ROOM_FIRST };
	kept->slots = memory_resize(NULL, kept->room * sizeof *kept->slots);
	memset(kept->slots, 0, kept->room * sizeof *kept->slots);
	return kept;
}

void kept_free(struct kept *kept)
{
	if (!kept)
		return;
	arena_free(kept->arena);
	arena_free(kept->old);
	free(kept->slots);
	free(kept);
}

/* ---- keys ----------------------------------------------------------------- */

static uint64_t mixed(uint64_t hash, uint64_t word)
{
	hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
	return hash ^ hash >> 32;
}

static uint64_t mixed_length(uint64_t hash, double length)
{
	uint64_t word;
	memcpy(&word, &length, sizeof word);
	return mixed(hash, word);
}

static uint64_t hash_of(const struct kept_key *key)
{
	uint64_t manner = (uint64_t)key->kind << 8 | (uint64_t)key->font.role << 1 | key->font.is_bold;
	uint64_t hash = mixed(key->text.size, manner);
	size_t at = 0;
	for (uint64_t word; at + sizeof word <= key->text.size; at += sizeof word) {
		memcpy(&word, key->text.at + at, sizeof word);
		hash = mixed(hash, word);
	}
	uint64_t rest = 0;
	if (at < key->text.size)
		memcpy(&rest, key->text.at + at, key->text.size - at);
	return mixed_length(mixed_length(mixed(hash, rest), key->size_pt), key->width_pt);
}

static bool is_same_length(double a, double b)
{
	return !(a < b || a > b);
}

static bool is_same(const struct kept_key *a, const struct kept_key *b)
{
	return a->kind == b->kind && text_equal(a->text, b->text) && a->font.role == b->font.role &&
	       a->font.is_bold == b->font.is_bold && a->align == b->align && a->is_code == b->is_code &&
	       a->is_balanced == b->is_balanced && is_same_length(a->size_pt, b->size_pt) &&
	       is_same_length(a->rise_pt, b->rise_pt) && is_same_length(a->track_pt, b->track_pt) &&
	       is_same_length(a->width_pt, b->width_pt) && is_same_length(a->first_indent_pt, b->first_indent_pt) &&
	       is_same_length(a->em_pt, b->em_pt) && is_same_length(a->line_pt, b->line_pt);
}

/* ---- the table ------------------------------------------------------------ */

static struct slot *slot_of(const struct kept *kept, const struct kept_key *key, uint64_t hash)
{
	size_t i = hash & (kept->room - 1);
	while (kept->slots[i].entry && (kept->slots[i].hash != hash || !is_same(&kept->slots[i].entry->key, key)))
		i = (i + 1) & (kept->room - 1);
	return &kept->slots[i];
}

/* A table of that room with what is kept already, but for what is old where that goes. */
static void make_table(struct kept *kept, size_t room, bool has_old)
{
	struct slot *slots = kept->slots;
	size_t before = kept->room;
	kept->room = room;
	kept->slots = memory_resize(NULL, room * sizeof *kept->slots);
	memset(kept->slots, 0, room * sizeof *kept->slots);
	kept->count = 0;
	for (size_t i = 0; i < before; i++) {
		if (!slots[i].entry || (slots[i].entry->is_old && !has_old))
			continue;
		*slot_of(kept, &slots[i].entry->key, slots[i].hash) = slots[i];
		kept->count++;
	}
	free(slots);
}

/* The old go, the young are old from now on. */
static void age(struct kept *kept)
{
	struct arena *arena = kept->old;
	make_table(kept, kept->room, false);
	for (size_t i = 0; i < kept->room; i++)
		if (kept->slots[i].entry)
			kept->slots[i].entry->is_old = true;
	arena_clear(arena);
	kept->old = kept->arena;
	kept->arena = arena;
}

static void *copy(struct kept *kept, const void *from, size_t size)
{
	void *to = arena_room(kept->arena, size);
	if (size)
		memcpy(to, from, size);
	return to;
}

static struct entry *entry_new(struct kept *kept, const struct kept_key *key, const struct kept_set *set)
{
	struct entry *entry = ARENA_NEW(kept->arena, struct entry);
	*entry = (struct entry){ .key = *key, .set = *set };
	entry->key.text = text_copy(kept->arena, key->text);
	struct kept_run *runs = copy(kept, set->runs, set->run_count * sizeof *runs);
	for (size_t i = 0; i < set->run_count; i++)
		runs[i].glyphs = copy(kept, runs[i].glyphs, runs[i].count * sizeof *runs[i].glyphs);
	entry->set.runs = runs;
	entry->set.lines = copy(kept, set->lines, set->line_count * sizeof *set->lines);
	return entry;
}

const struct kept_set *kept_find(struct kept *kept, const struct kept_key *key)
{
	struct slot *slot = kept->is_unused ? NULL : slot_of(kept, key, hash_of(key));
	if (!slot || !slot->entry)
		return NULL;
	if (slot->entry->is_old)
		slot->entry = entry_new(kept, key, &slot->entry->set);
	return &slot->entry->set;
}

const struct kept_set *kept_add(struct kept *kept, const struct kept_key *key, const struct kept_set *set)
{
	if (arena_used(kept->arena) > KEPT_MOST / 2)
		age(kept);
	if (2 * kept->count >= kept->room)
		make_table(kept, 2 * kept->room, true);
	struct entry *entry = entry_new(kept, key, set);
	uint64_t hash = hash_of(key);
	struct slot *slot = slot_of(kept, key, hash);
	kept->count += !slot->entry;
	*slot = (struct slot){ hash, entry };
	return &entry->set;
}

void kept_use(struct kept *kept, bool is_used)
{
	kept->is_unused = !is_used;
}

size_t kept_count(const struct kept *kept)
{
	return kept->count;
}
