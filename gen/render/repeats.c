/* SPDX-License-Identifier: MIT */
#include "render/repeats.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/deflate.h"
#include "base/list.h"
#include "render/cff.h"

enum {
	/* Of the hashes of which is noted whether they came up: a bit each. */
	SEEN_BITS_LEAST = 12, SEEN_BITS_MOST = 22,
	SEEN_PER_PLACE = 5, /* so that no more than half of them is set by what comes up once */
	KIND_BITS = 24,  /* beside the bytes in one word, for each look costs as much as the way to memory */
	KINDS_MOST = (1 << KIND_BITS) - 1, /* a face of 64 thousand glyphs has 3 million; others are not marked */
};
_Static_assert(8 * DEFLATE_MARK_SIZE + KIND_BITS <= 64, "bytes and kind share a word");

struct finder {
	const struct cff *cff;
	const struct cff_choice *choice; /* NULL: all its glyphs */
	uint32_t glyphs;
	uint64_t *once, *twice;     /* by hash: bit sets of 1 << seen_bits … */
	unsigned seen_bits;         /* … which fit the outlines, so that those of one document stay in the cache */
	LIST(struct deflate_mark) marks;
	uint64_t *slots;     /* open addressing: bytes and kind + 1; 0: free */
	size_t room;         /* a power of two */
	uint32_t kinds;
};

_Static_assert(DEFLATE_MARK_SIZE == 5, "as many are read");
static uint64_t bytes_at(const char *at)
{
	uint32_t four;
	memcpy(&four, at, sizeof four);
	return (uint64_t)(unsigned char)at[4] << 32 | four;
}

static uint32_t hash(uint64_t bytes)
{
	return (uint32_t)(bytes * UINT64_C(0x9E3779B97F4A7C15) >> 32);
}

static uint32_t seen_at(const struct finder *finder, uint64_t bytes)
{
	return hash(bytes) >> (32 - finder->seen_bits);
}

static struct text outline_of(const struct finder *finder, uint32_t number)
{
	if (finder->choice)
		number = number ? finder->choice->glyphs[number - 1] : 0;
	return cff_glyph(finder->cff, number);
}

/* Which hashes come up once, which again. */
static void count(struct finder *finder)
{
	for (uint32_t g = 0; g < finder->glyphs; g++) {
		struct text outline = outline_of(finder, g);
		for (size_t i = 0; i + DEFLATE_MARK_SIZE <= outline.size; i++) {
			uint32_t h = seen_at(finder, bytes_at(outline.at + i));
			uint64_t bit = UINT64_C(1) << (h % 64);
			finder->twice[h / 64] |= finder->once[h / 64] & bit;
			finder->once[h / 64] |= bit;
		}
	}
}

static void grow(struct finder *finder)
{
	size_t room = finder->room ? 2 * finder->room : 1 << 17;
	uint64_t *slots = memory_resize(NULL, room * sizeof *slots);
	memset(slots, 0, room * sizeof *slots);
	for (size_t i = 0; i < finder->room; i++) {
		size_t slot = hash(finder->slots[i] >> KIND_BITS) & (room - 1);
		while (finder->slots[i] && slots[slot])
			slot = (slot + 1) & (room - 1);
		if (finder->slots[i])
			slots[slot] = finder->slots[i];
	}
	free(finder->slots);
	finder->slots = slots;
	finder->room = room;
}

/* The kind of these bytes, a new one where they come first; KINDS_MOST where there are too many. */
static uint32_t kind_of(struct finder *finder, uint64_t bytes)
{
	if (2 * (size_t)finder->kinds >= finder->room)
		grow(finder);
	size_t slot = hash(bytes) & (finder->room - 1);
	for (; finder->slots[slot]; slot = (slot + 1) & (finder->room - 1))
		if (finder->slots[slot] >> KIND_BITS == bytes)
			return (uint32_t)(finder->slots[slot] & KINDS_MOST) - 1;
	if (finder->kinds + 1 >= KINDS_MOST)
		return KINDS_MOST;
	finder->slots[slot] = bytes << KIND_BITS | ++finder->kinds;
	return finder->kinds - 1;
}

static void mark(struct finder *finder, struct text outline)
{
	for (size_t i = 0; i + DEFLATE_MARK_SIZE <= outline.size; i++) {
		uint64_t bytes = bytes_at(outline.at + i);
		uint32_t h = seen_at(finder, bytes);
		if (!(finder->twice[h / 64] >> (h % 64) & 1))
			continue;
		uint32_t kind = kind_of(finder, bytes);
		if (kind < KINDS_MOST)
			LIST_PUSH(&finder->marks, ((struct deflate_mark){ (uint32_t)i, kind }));
	}
}

/* Hashes that came up again without their bytes: those kinds go, the others move up. */
static void drop_singles(struct repeats *repeats, uint32_t glyphs, uint32_t kinds)
{
	uint32_t *members = memory_resize(NULL, (kinds + 1) * sizeof *members), kept = 0;
	memset(members, 0, (kinds + 1) * sizeof *members);
	for (uint32_t i = 0; i < repeats->firsts[glyphs]; i++)
		members[repeats->marks[i].kind]++;
	for (uint32_t kind = 0; kind < kinds; kind++)
		members[kind] = members[kind] > 1 ? ++repeats->kinds : 0; /* from here on: the new kind + 1 */
	for (uint32_t g = 0, i = 0; g < glyphs; g++) {
		uint32_t end = repeats->firsts[g + 1];
		repeats->firsts[g] = kept;
		for (; i < end; i++)
			if (members[repeats->marks[i].kind])
				repeats->marks[kept++] = (struct deflate_mark){ repeats->marks[i].offset,
					members[repeats->marks[i].kind] - 1 };
	}
	repeats->firsts[glyphs] = kept;
	free(members);
}

static unsigned find_seen_bits(const struct finder *finder)
{
	size_t places = 0;
	unsigned bits = SEEN_BITS_LEAST;
	for (uint32_t g = 0; g < finder->glyphs; g++)
		places += outline_of(finder, g).size;
	while (bits < SEEN_BITS_MOST && (size_t)1 << bits < SEEN_PER_PLACE * places)
		bits++;
	return bits;
}

static uint64_t *new_set(unsigned bits)
{
	size_t size = (size_t)1 << (bits - 3);
	return memset(memory_resize(NULL, size), 0, size);
}

void repeats_find(struct repeats *repeats, const struct cff *cff, const struct cff_choice *choice)
{
	struct finder finder = { .cff = cff, .choice = choice,
				 .glyphs = choice ? (uint32_t)choice->count + 1 : cff->glyphs.count };
	finder.seen_bits = find_seen_bits(&finder);
	finder.once = new_set(finder.seen_bits);
	finder.twice = new_set(finder.seen_bits);
	repeats_clear(repeats);
	count(&finder);
	repeats->firsts = memory_resize(NULL, (finder.glyphs + 1) * sizeof *repeats->firsts);
	for (uint32_t g = 0; g < finder.glyphs; g++) {
		repeats->firsts[g] = (uint32_t)finder.marks.count;
		mark(&finder, outline_of(&finder, g));
	}
	repeats->firsts[finder.glyphs] = (uint32_t)finder.marks.count;
	repeats->marks = finder.marks.at;
	drop_singles(repeats, finder.glyphs, finder.kinds);
	free(finder.once);
	free(finder.twice);
	free(finder.slots);
}

void repeats_clear(struct repeats *repeats)
{
	free(repeats->firsts);
	free(repeats->marks);
	*repeats = (struct repeats){ 0 };
}
