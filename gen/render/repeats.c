/* SPDX-License-Identifier: MIT */
#include "render/repeats.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/deflate.h"
#include "base/list.h"
#include "render/cff.h"

enum {
	FOUR = 4,
	/* Of the hashes of which is noted whether they came up: a bit each. */
	SEEN_BITS_LEAST = 12, SEEN_BITS_MOST = 22,
	SEEN_PER_PLACE = 5, /* so that no more than half of them is set by what comes up once */
};

struct finder {
	const struct cff *cff;
	uint64_t *once, *twice;     /* by hash: bit sets of 1 << seen_bits … */
	unsigned seen_bits;         /* … which fit the outlines, so that those of one document stay in the cache */
	LIST(struct deflate_mark) marks;
	uint32_t *kind_of, *fours;  /* open addressing: kind + 1, 0 free; by kind */
	size_t room;                /* a power of two */
	uint32_t kinds, kinds_room;
};

static uint32_t four_at(const char *at)
{
	uint32_t four;
	memcpy(&four, at, sizeof four);
	return four;
}

static uint32_t hash(uint32_t four)
{
	return four * UINT32_C(0x9E3779B1);
}

static uint32_t seen_at(const struct finder *finder, uint32_t four)
{
	return hash(four) >> (32 - finder->seen_bits);
}

/* Which hashes come up once, which again. */
static void count(struct finder *finder)
{
	for (uint32_t g = 0; g < finder->cff->glyphs.count; g++) {
		struct text outline = cff_glyph(finder->cff, g);
		for (size_t i = 0; i + FOUR <= outline.size; i++) {
			uint32_t h = seen_at(finder, four_at(outline.at + i));
			uint64_t bit = UINT64_C(1) << (h % 64);
			finder->twice[h / 64] |= finder->once[h / 64] & bit;
			finder->once[h / 64] |= bit;
		}
	}
}

static void grow(struct finder *finder)
{
	finder->room = finder->room ? 2 * finder->room : 1 << 16;
	free(finder->kind_of);
	finder->kind_of = memory_resize(NULL, finder->room * sizeof *finder->kind_of);
	memset(finder->kind_of, 0, finder->room * sizeof *finder->kind_of);
	finder->fours = memory_resize(finder->fours, finder->room * sizeof *finder->fours);
	for (uint32_t kind = 0; kind < finder->kinds; kind++) {
		size_t slot = hash(finder->fours[kind]) & (finder->room - 1);
		while (finder->kind_of[slot])
			slot = (slot + 1) & (finder->room - 1);
		finder->kind_of[slot] = kind + 1;
	}
}

static uint32_t kind_of(struct finder *finder, uint32_t four)
{
	if (2 * (size_t)finder->kinds >= finder->room)
		grow(finder);
	size_t slot = hash(four) & (finder->room - 1);
	for (; finder->kind_of[slot]; slot = (slot + 1) & (finder->room - 1))
		if (finder->fours[finder->kind_of[slot] - 1] == four)
			return finder->kind_of[slot] - 1;
	finder->fours[finder->kinds] = four;
	finder->kind_of[slot] = ++finder->kinds;
	return finder->kinds - 1;
}

static void mark(struct finder *finder, struct text outline)
{
	for (size_t i = 0; i + FOUR <= outline.size; i++) {
		uint32_t four = four_at(outline.at + i), h = seen_at(finder, four);
		if (finder->twice[h / 64] >> (h % 64) & 1)
			LIST_PUSH(&finder->marks, ((struct deflate_mark){ (uint32_t)i, kind_of(finder, four) }));
	}
}

/* Hashes that came up again without their four bytes: those kinds go, the others move up. */
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

static unsigned find_seen_bits(const struct cff *cff)
{
	size_t places = 0;
	unsigned bits = SEEN_BITS_LEAST;
	for (uint32_t g = 0; g < cff->glyphs.count; g++)
		places += cff_glyph(cff, g).size;
	while (bits < SEEN_BITS_MOST && (size_t)1 << bits < SEEN_PER_PLACE * places)
		bits++;
	return bits;
}

static uint64_t *new_set(unsigned bits)
{
	size_t size = (size_t)1 << (bits - 3);
	return memset(memory_resize(NULL, size), 0, size);
}

void repeats_find(struct repeats *repeats, const struct cff *cff)
{
	const unsigned bits = find_seen_bits(cff);
	struct finder finder = { .cff = cff, .once = new_set(bits), .twice = new_set(bits), .seen_bits = bits };
	repeats_clear(repeats);
	count(&finder);
	repeats->firsts = memory_resize(NULL, (cff->glyphs.count + 1) * sizeof *repeats->firsts);
	for (uint32_t g = 0; g < cff->glyphs.count; g++) {
		repeats->firsts[g] = (uint32_t)finder.marks.count;
		mark(&finder, cff_glyph(cff, g));
	}
	repeats->firsts[cff->glyphs.count] = (uint32_t)finder.marks.count;
	repeats->marks = finder.marks.at;
	drop_singles(repeats, cff->glyphs.count, finder.kinds);
	free(finder.once);
	free(finder.twice);
	free(finder.kind_of);
	free(finder.fours);
}

void repeats_clear(struct repeats *repeats)
{
	free(repeats->firsts);
	free(repeats->marks);
	*repeats = (struct repeats){ 0 };
}
