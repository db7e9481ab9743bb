/* SPDX-License-Identifier: MIT */
#include "publish/leak_index.h"

#include <assert.h>
#include <limits.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/list.h"
#include "publish/leak_bytes.h"

enum { STEP = 4, WORDS_LEAST = 10, WORDS_MOST = 20, BITS_PER_KEY = 8, CROWD_BITS = 20, CROWD_MOST = 32, PLACES = 5 };

/* A string by STEP keys in a row, of which one stands wherever every STEPth position of a text is looked at. */
struct entry {
	uint32_t number, offset;       /* offset: of the first key in the string */
	uint32_t check, check_offset;  /* what stands elsewhere in the string: most that share a key differ there */
	uint32_t tags[STEP];           /* of the keys: half their hashes */
	uint32_t next[STEP];           /* per key: 1 + STEP * index + number of another key in the same bucket */
};

/* The strings whose keys are looked for at every `step`th position. */
struct part {
	size_t step;             /* STEP, or 1: of strings too short for STEP keys, or whose keys too many share */
	bool begins[256];        /* with step 1: the first bytes of keys */
	struct leak_ranges ranges; /* in which those lie */
	LIST(struct entry) entries;
	uint64_t *words;         /* 2^word_count of them: the bits of the keys whose hash falls there */
	uint32_t *buckets;       /* 2^bucket_count heads, as entry.next */
	int word_count, bucket_count;
};

struct leak_index {
	uint64_t mask; /* of the bytes of a key in a word */
	size_t key_size;
	unsigned char *crowds; /* by hash: how many keys it is, up to 255 */
	struct part parts[2];  /* by STEP, one by one */
	bool is_built;
};

static void *zeroed(size_t size)
{
	void *block = memory_resize(NULL, size);
	memset(block, 0, size);
	return block;
}

struct leak_index *leak_index_new(size_t key_size)
{
	struct leak_index *index = memory_resize(NULL, sizeof *index);
	assert(key_size >= 1 && key_size <= 8);
	*index = (struct leak_index){ .key_size = key_size, .mask = key_size == 8 ? UINT64_MAX : (UINT64_C(1) << 8 * key_size) - 1 };
	index->parts[0].step = STEP;
	index->parts[1].step = 1;
	index->crowds = zeroed((size_t)1 << CROWD_BITS);
	return index;
}

void leak_index_free(struct leak_index *index)
{
	if (!index)
		return;
	for (size_t i = 0; i < sizeof index->parts / sizeof *index->parts; i++) {
		LIST_FREE(&index->parts[i].entries);
		free(index->parts[i].words);
		free(index->parts[i].buckets);
	}
	free(index->crowds);
	free(index);
}

/* Eight bytes, the first lowest; compilers make one load of it. */
static inline uint64_t word_at(const char *at)
{
	const unsigned char *byte = (const unsigned char *)at;
	return (uint64_t)byte[0] | (uint64_t)byte[1] << 8 | (uint64_t)byte[2] << 16 | (uint64_t)byte[3] << 24 | (uint64_t)byte[4] << 32 |
	       (uint64_t)byte[5] << 40 | (uint64_t)byte[6] << 48 | (uint64_t)byte[7] << 56;
}

static inline uint64_t key_at(const struct leak_index *index, struct text bytes, size_t offset)
{
	char padded[8] = { 0 };
	if (bytes.size - offset >= sizeof padded)
		return word_at(bytes.at + offset) & index->mask;
	memcpy(padded, bytes.at + offset, index->key_size);
	return word_at(padded);
}

static inline uint64_t hash_of_key(uint64_t key)
{
	uint64_t hash = key * UINT64_C(0x9E3779B97F4A7C15);
	return hash ^ hash >> 32; /* the low bits of a product know only the low bytes of the key */
}

/* A key sets three bits of one word: a position without any key passes once in some hundred. */
static inline uint64_t bits_of(uint64_t hash)
{
	return UINT64_C(1) << (hash & 63) | UINT64_C(1) << (hash >> 6 & 63) | UINT64_C(1) << (hash >> 12 & 63);
}

static inline uint64_t hash_at(const struct leak_index *index, struct text string, size_t offset)
{
	return hash_of_key(key_at(index, string, offset));
}

/* How many strings before this one have the same bytes at one of their places. */
static unsigned char *crowd_of(struct leak_index *index, uint64_t hash)
{
	return &index->crowds[hash >> (64 - CROWD_BITS)];
}

static void join_crowd(struct leak_index *index, uint64_t hash)
{
	unsigned char *crowd = crowd_of(index, hash);
	*crowd = (unsigned char)(*crowd + (*crowd < 255));
}

/* How many share the most common of `step` keys from `offset` on. */
static unsigned crowd_at(struct leak_index *index, struct text string, size_t offset, size_t step)
{
	unsigned most = 0;
	for (size_t i = 0; i < step; i++) {
		unsigned crowd = *crowd_of(index, hash_at(index, string, offset + i));
		most = crowd > most ? crowd : most;
	}
	return most;
}

/*
 * The middle, or another place that fewer strings share: many notes of one make must not all be compared wherever
 * their common words stand.  Not `but` where there is another.
 */
static size_t choose_place(struct leak_index *index, struct text string, size_t step, size_t but)
{
	static const size_t eighths[PLACES] = { 4, 2, 6, 8, 0 };
	const size_t last = string.size - index->key_size - (step - 1);
	size_t best = but;
	unsigned least = UINT_MAX;
	for (size_t i = 0; i < PLACES && least; i++) {
		size_t offset = last * eighths[i] / 8;
		unsigned crowd = offset == but ? UINT_MAX : crowd_at(index, string, offset, step);
		if (crowd < least) {
			least = crowd;
			best = offset;
		}
	}
	return best;
}

void leak_index_add(struct leak_index *index, struct text string, uint32_t number)
{
	assert(string.size >= index->key_size && !index->is_built);
	size_t step = string.size < index->key_size + STEP - 1 ? 1 : STEP;
	size_t place = choose_place(index, string, step, SIZE_MAX);
	if (step > 1 && crowd_at(index, string, place, step) > CROWD_MOST) {
		step = 1;
		place = choose_place(index, string, step, SIZE_MAX);
	}
	struct entry entry = { .number = number, .offset = (uint32_t)place };
	for (size_t i = 0; i < step; i++) {
		uint64_t hash = hash_at(index, string, place + i);
		entry.tags[i] = (uint32_t)hash;
		entry.next[i] = (uint32_t)(hash >> 32); /* kept here for build */
		join_crowd(index, hash);
	}
	entry.check_offset = (uint32_t)choose_place(index, string, 1, place);
	uint64_t hash = hash_at(index, string, entry.check_offset);
	entry.check = (uint32_t)hash;
	join_crowd(index, hash);
	struct part *part = &index->parts[step == 1];
	part->begins[(unsigned char)string.at[place]] = true;
	LIST_PUSH(&part->entries, entry);
}

static size_t words_for(size_t keys)
{
	size_t count = WORDS_LEAST;
	while (count < WORDS_MOST && ((size_t)64 << count) < keys * BITS_PER_KEY)
		count++;
	return count;
}

static void build(struct part *part)
{
	part->ranges = leak_ranges_of(part->begins);
	part->word_count = (int)words_for(part->entries.count * part->step);
	part->bucket_count = part->word_count + 2;
	part->words = zeroed(((size_t)1 << part->word_count) * sizeof *part->words);
	part->buckets = zeroed(((size_t)1 << part->bucket_count) * sizeof *part->buckets);
	for (size_t i = 0; i < part->entries.count; i++)
		for (size_t k = 0; k < part->step; k++) {
			struct entry *entry = &part->entries.at[i];
			uint64_t hash = (uint64_t)entry->next[k] << 32 | entry->tags[k];
			uint32_t *bucket = &part->buckets[hash >> (64 - part->bucket_count)];
			part->words[hash >> (64 - part->word_count)] |= bits_of(hash);
			entry->next[k] = *bucket;
			*bucket = (uint32_t)(STEP * i + k + 1);
		}
}

struct search {
	const struct leak_index *index;
	const struct part *part;
	struct text bytes;
	leak_index_found *found;
	void *context;
};

/* A key that may be one of ours, at `position`: is it? */
static bool look_up(const struct search *search, uint64_t hash, size_t position)
{
	bool is_key = false;
	const struct part *part = search->part;
	uint32_t at = part->buckets[hash >> (64 - part->bucket_count)];
	while (at) {
		const struct entry *entry = &part->entries.at[(at - 1) / STEP];
		size_t k = (at - 1) % STEP, before = entry->offset + k;
		at = entry->next[k];
		is_key |= entry->tags[k] == (uint32_t)hash;
		if (entry->tags[k] != (uint32_t)hash || before > position)
			continue;
		size_t start = position - before, check = start + entry->check_offset;
		if (check + search->index->key_size <= search->bytes.size &&
		    entry->check == (uint32_t)hash_at(search->index, search->bytes, check))
			search->found(search->context, entry->number, start);
	}
	return is_key;
}

static bool look_at(const struct search *search, size_t position)
{
	const struct part *part = search->part;
	if (!part->begins[(unsigned char)search->bytes.at[position]])
		return false;
	uint64_t hash = hash_at(search->index, search->bytes, position), bits = bits_of(hash);
	return (part->words[hash >> (64 - part->word_count)] & bits) == bits && look_up(search, hash, position);
}

/* Few keys, or keys of few kinds: most bytes begin none. */
static bool search_each(const struct search *search, size_t first, size_t end)
{
	bool has_keys = false;
	size_t i = first;
	for (; i + 64 <= end; i += 64) {
		uint64_t left = leak_bytes_within(search->bytes.at + i, &search->part->ranges);
		for (; left; left &= left - 1)
			has_keys |= look_at(search, i + (size_t)__builtin_ctzll(left));
	}
	for (; i < end; i++)
		has_keys |= look_at(search, i);
	return has_keys;
}

/* Keys that begin from `first` on, before `end`. */
static bool search_part(const struct search *search, size_t first, size_t end)
{
	const struct part *part = search->part;
	const struct text bytes = search->bytes;
	const uint64_t *words = part->words, mask = search->index->mask;
	const int shift = 64 - part->word_count;
	bool has_keys = false;
	size_t i = first;
	if (part->step == 1)
		return search_each(search, first, end);
	for (; i < end && i + sizeof(uint64_t) <= bytes.size; i += STEP) {
		uint64_t hash = hash_of_key(word_at(bytes.at + i) & mask), bits = bits_of(hash);
		if ((words[hash >> shift] & bits) == bits)
			has_keys |= look_up(search, hash, i);
	}
	for (; i < end; i += STEP)
		has_keys |= look_up(search, hash_at(search->index, bytes, i), i);
	return has_keys;
}

bool leak_index_search_part(struct leak_index *index, struct leak_index_range in, leak_index_found *found,
			    void *context)
{
	const size_t size = index->key_size, first = in.start >= size ? in.start - (size - 1) : 0;
	bool has_keys = false;
	for (size_t i = 0; i < sizeof index->parts / sizeof *index->parts; i++) {
		struct part *part = &index->parts[i];
		if (part->entries.count && !index->is_built)
			build(part);
		if (part->entries.count && in.end >= size)
			has_keys |= search_part(&(struct search){ index, part, in.bytes, found, context }, first,
						in.end - size + 1);
	}
	index->is_built = true;
	return has_keys;
}

void leak_index_search(struct leak_index *index, struct text bytes, leak_index_found *found, void *context)
{
	leak_index_search_part(index, (struct leak_index_range){ bytes, 0, bytes.size }, found, context);
}
