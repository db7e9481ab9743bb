/* SPDX-License-Identifier: MIT */
#include "base/deflate_match.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/deflate.h"

enum {
	HASH_BITS = 14, FOUR = 4 /* bytes of a match at least */, WORD = 8 /* bytes are read at a time */, SIXTEEN = 16,
	GOOD = 32,      /* from this length on nothing better is looked for */
	NEAR = 4096,    /* four bytes from farther away cost what they save */
	START_MOST = 1 << 30,
};

struct match {
	uint32_t length, distance; /* 0: none */
};

struct search {
	struct deflate_matcher *matcher;
	const unsigned char *bytes;
	size_t size;
	size_t written;            /* bytes that steps stand for */
};

/* The first byte lowest, on every machine: what is found may not depend on it. */
static inline uint32_t four_at(const unsigned char *at)
{
	uint32_t four;
	memcpy(&four, at, sizeof four);
	return __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? __builtin_bswap32(four) : four;
}

static inline uint64_t eight_at(const unsigned char *at)
{
	uint64_t eight;
	memcpy(&eight, at, sizeof eight);
	return __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? __builtin_bswap64(eight) : eight;
}

static inline uint32_t *place_of(const struct deflate_matcher *matcher, uint32_t four)
{
	return &matcher->places[four * UINT32_C(0x1E35A7BD) >> (32 - HASH_BITS)];
}

/* Of sixteen bytes, which begin with `eight`. */
static inline uint32_t *long_place_of(const struct deflate_matcher *matcher, uint64_t eight, const unsigned char *at)
{
	uint64_t mixed = eight * UINT64_C(0x9E3779B97F4A7C15) ^ eight_at(at + WORD);
	return &matcher->long_places[mixed * UINT64_C(0x9E3779B97F4A7C15) >> (64 - HASH_BITS)];
}

/* How many bytes are the same from here and from there on; some are known to be. */
static inline uint32_t same(const struct search *search, size_t here, size_t there, uint32_t known)
{
	const unsigned char *bytes = search->bytes;
	size_t most = search->size - here;
	most = most < DEFLATE_LENGTH_MOST ? most : DEFLATE_LENGTH_MOST;
	size_t count = known;
	for (; count + WORD <= most; count += WORD) {
		uint64_t differ = eight_at(bytes + here + count) ^ eight_at(bytes + there + count);
		if (differ)
			return (uint32_t)(count + (size_t)__builtin_ctzll(differ) / 8);
	}
	while (count < most && bytes[here + count] == bytes[there + count])
		count++;
	return (uint32_t)count;
}

static inline bool is_within(const struct deflate_matcher *matcher, uint32_t now, uint32_t there)
{
	return there >= matcher->start && now - there <= DEFLATE_DISTANCE_MOST;
}

/* What stood where these sixteen bytes stood last, or else these four. */
static inline struct match match_at(const struct search *search, size_t here)
{
	struct deflate_matcher *matcher = search->matcher;
	uint64_t eight = eight_at(search->bytes + here);
	uint32_t four = (uint32_t)eight, now = matcher->start + (uint32_t)here;
	uint32_t *long_place = long_place_of(matcher, eight, search->bytes + here), *place = place_of(matcher, four);
	uint32_t behind = *long_place, there = *place;
	*long_place = *place = now;
	if (is_within(matcher, now, behind) && eight_at(search->bytes + (behind - matcher->start)) == eight)
		return (struct match){ same(search, here, behind - matcher->start, WORD), now - behind };
	if (!is_within(matcher, now, there) || four_at(search->bytes + (there - matcher->start)) != four)
		return (struct match){ 0, 0 };
	struct match match = { same(search, here, there - matcher->start, FOUR), now - there };
	return match.length > FOUR || match.distance <= NEAR ? match : (struct match){ 0, 0 };
}

static inline int bits_of(uint32_t distance)
{
	return 32 - __builtin_clz(distance);
}

/* Does waiting for the next byte save bits?  A byte more is worth about four, twice the distance costs one. */
static inline bool is_better(const struct match *later, const struct match *match)
{
	int bytes = (int)later->length - (int)match->length;
	return later->length && 4 * bytes + bits_of(match->distance) - bits_of(later->distance) > 0;
}

static inline void add_step(struct search *search, size_t here, const struct match *match)
{
	struct deflate_matcher *matcher = search->matcher;
	matcher->steps[matcher->step_count++] = (struct deflate_step){ (uint32_t)(here - search->written),
		(uint16_t)match->length, (uint16_t)match->distance };
	search->written = here + match->length;
}

/* What is left of the bytes before `end` stands for itself. */
static void end_steps(struct search *search, size_t end)
{
	if (end > search->written)
		add_step(search, end, &(struct match){ 0, 0 });
}

/* Of what a match covers only its first place not looked at: each second one finds 1 % more in a quarter more time. */
static inline void remember(const struct search *search, size_t here)
{
	if (here + SIXTEEN > search->size)
		return;
	uint64_t eight = eight_at(search->bytes + here);
	*place_of(search->matcher, (uint32_t)eight) = search->matcher->start + (uint32_t)here;
	*long_place_of(search->matcher, eight, search->bytes + here) = search->matcher->start + (uint32_t)here;
}

/* Bytes before it may be the same, too: half of all places are not remembered. */
static inline size_t begin_earlier(const struct search *search, size_t here, struct match *match)
{
	const unsigned char *bytes = search->bytes;
	while (here > search->written && here > match->distance && match->length < DEFLATE_LENGTH_MOST &&
	       bytes[here - 1] == bytes[here - 1 - match->distance]) {
		here--;
		match->length++;
	}
	return here;
}

static void search_from(struct search *search, size_t from)
{
	size_t last = search->size > SIXTEEN ? search->size - SIXTEEN : 0;
	for (size_t here = from; here < last;) {
		struct match match = match_at(search, here);
		if (!match.length) {
			here++;
			continue;
		}
		size_t known = here + 1;
		while (match.length < GOOD && here + 1 < last) {
			struct match later = match_at(search, here + 1);
			known = here + 2;
			if (!is_better(&later, &match))
				break;
			match = later;
			here++;
		}
		here = begin_earlier(search, here, &match);
		add_step(search, here, &match);
		remember(search, known);
		here = search->written;
	}
	end_steps(search, search->size);
}

static void begin(struct deflate_matcher *matcher, size_t size)
{
	size_t most = size / 3 + 3; /* matches are that long, and two ends */
	matcher->step_count = 0;
	if (most > matcher->capacity) {
		matcher->steps = memory_resize(matcher->steps, most * sizeof *matcher->steps);
		matcher->capacity = most;
	}
	if (matcher->places && matcher->start < START_MOST)
		return;
	size_t table = sizeof *matcher->places << HASH_BITS;
	if (!matcher->places)
		matcher->places = memory_resize(NULL, 2 * table);
	matcher->long_places = matcher->places + ((size_t)1 << HASH_BITS);
	memset(matcher->places, 0, 2 * table);
	if (matcher->kind_count)
		memset(matcher->kinds, 0, matcher->kind_count * sizeof *matcher->kinds);
	matcher->start = 1; /* 0 is older than everything */
}

static struct search search_in(struct deflate_matcher *matcher, struct text bytes)
{
	return (struct search){ .matcher = matcher, .bytes = (const unsigned char *)bytes.at, .size = bytes.size };
}

size_t deflate_match(struct deflate_matcher *matcher, struct text bytes, size_t turn)
{
	struct search search = search_in(matcher, bytes);
	begin(matcher, bytes.size);
	end_steps(&search, turn);
	size_t index = matcher->step_count;
	search_from(&search, turn);
	matcher->start += (uint32_t)bytes.size;
	return index;
}

/* ---- marked places -------------------------------------------------------- */

static void make_kinds(struct deflate_matcher *matcher, uint32_t count)
{
	if (count <= matcher->kind_count)
		return;
	matcher->kinds = memory_resize(matcher->kinds, count * sizeof *matcher->kinds);
	memset(matcher->kinds + matcher->kind_count, 0, (count - matcher->kind_count) * sizeof *matcher->kinds);
	matcher->kind_count = count;
}

/* What stands here and stood at the last of its kind; that is this one from now on. */
static inline struct match match_of(const struct search *search, size_t here, uint32_t kind)
{
	struct deflate_matcher *matcher = search->matcher;
	uint32_t now = matcher->start + (uint32_t)here, there = matcher->kinds[kind];
	matcher->kinds[kind] = now;
	if (here < search->written || !is_within(matcher, now, there))
		return (struct match){ 0, 0 };
	return (struct match){ same(search, here, there - matcher->start, DEFLATE_MARK_SIZE), now - there };
}

void deflate_match_marked(struct deflate_matcher *matcher, struct text bytes, const struct deflate_marks *marks)
{
	struct search search = search_in(matcher, bytes);
	begin(matcher, bytes.size);
	make_kinds(matcher, marks->kinds);
	for (size_t p = 0; p < marks->count; p++) {
		const struct deflate_piece *piece = &marks->at[p];
		for (uint32_t i = 0; i < piece->mark_count; i++) {
			size_t here = (size_t)piece->offset + piece->marks[i].offset;
			struct match match = match_of(&search, here, piece->marks[i].kind);
			if (match.length)
				add_step(&search, here, &match);
		}
	}
	end_steps(&search, bytes.size);
	matcher->start += (uint32_t)bytes.size;
}

void deflate_matcher_clear(struct deflate_matcher *matcher)
{
	free(matcher->places);
	free(matcher->kinds);
	free(matcher->steps);
	*matcher = (struct deflate_matcher){ 0 };
}
