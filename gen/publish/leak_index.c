/* SPDX-License-Identifier: MIT */
#include "publish/leak_index.h"

#include <assert.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/list.h"

enum { STEP = 4, WORDS_LEAST = 10, WORDS_MOST = 20, BITS_PER_KEY = 16, CROWD_BITS = 20, PLACES = 5 };

/* A string by STEP keys in a row, of which one stands wherever every STEPth position of a text is looked at. */
struct entry {
	uint32_t number, offset;       /* offset: of the first key in the string */
	uint32_t check, check_offset;  /* what stands elsewhere in the string: most that share a key differ there */
	uint32_t tags[STEP];           /* of the keys: half their hashes */
	uint32_t next[STEP];           /* per key: 1 + STEP * index + number of another key in the same bucket */
};

/* The strings whose keys are looked for at every `step`th position. */
struct part {
	size_t step;             /* STEP, or 1: of strings too short for STEP keys */
	LIST(struct entry) entries;
	uint64_t *words;         /* 2^word_count of them: the bits of the keys whose hash falls there */
	uint32_t *buckets;       /* 2^bucket_count heads, as entry.next */
	int word_count, bucket_count;
};

struct leak_index {
	uint64_t mask; /* of the bytes of a key in a word */
	size_t key_size;
	unsigned char *crowds; /* by hash: how many strings have it at one of their places, up to 255 */
	struct part parts[2];  /* long, short */
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

static uint64_t key_at(const struct leak_index *index, struct text bytes, size_t offset)
{
	char padded[8] = { 0 };
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

static uint64_t hash_at(const struct leak_index *index, struct text string, size_t offset)
{
	return hash_of_key(key_at(index, string, offset));
}

/* How many strings before this one have the same bytes at one of their places. */
static unsigned char *crowd_of(struct leak_index *index, uint64_t hash)
{
	return &index->crowds[hash >> (64 - CROWD_BITS)];
}

/*
 * The middle, or another place that fewer strings share, and the place that comes next: many notes of one make
 * must not all be compared wherever their common words stand.
 */
static void choose_places(struct leak_index *index, struct text string, size_t last, size_t chosen[2])
{
	static const size_t eighths[PLACES] = { 4, 2, 6, 8, 0 };
	unsigned least[2] = { 256, 256 };
	chosen[0] = chosen[1] = last;
	for (size_t i = 0; i < PLACES; i++) {
		size_t offset = last * eighths[i] / 8;
		unsigned crowd = *crowd_of(index, hash_at(index, string, offset));
		if (crowd < least[0]) {
			least[1] = least[0];
			chosen[1] = chosen[0];
			least[0] = crowd;
			chosen[0] = offset;
		} else if (crowd < least[1]) {
			least[1] = crowd;
			chosen[1] = offset;
		}
	}
	for (size_t i = 0; i < PLACES; i++) {
		unsigned char *crowd = crowd_of(index, hash_at(index, string, last * eighths[i] / 8));
		*crowd = (unsigned char)(*crowd + (*crowd < 255));
	}
}

void leak_index_add(struct leak_index *index, struct text string, uint32_t number)
{
	assert(string.size >= index->key_size && !index->is_built);
	struct part *part = &index->parts[string.size < index->key_size + STEP - 1];
	size_t chosen[2];
	choose_places(index, string, string.size - index->key_size - (part->step - 1), chosen);
	struct entry entry = { .number = number, .offset = (uint32_t)chosen[0], .check_offset = (uint32_t)chosen[1] };
	for (size_t i = 0; i < part->step; i++) {
		uint64_t hash = hash_at(index, string, chosen[0] + i);
		entry.tags[i] = (uint32_t)hash;
		entry.next[i] = (uint32_t)(hash >> 32); /* kept here for build */
	}
	entry.check = (uint32_t)hash_at(index, string, chosen[1]);
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

/* A key that may be one of ours, at `position`. */
static void look_up(const struct search *search, uint64_t hash, size_t position)
{
	const struct part *part = search->part;
	uint32_t at = part->buckets[hash >> (64 - part->bucket_count)];
	while (at) {
		const struct entry *entry = &part->entries.at[(at - 1) / STEP];
		size_t k = (at - 1) % STEP, before = entry->offset + k;
		at = entry->next[k];
		if (entry->tags[k] != (uint32_t)hash || before > position)
			continue;
		size_t start = position - before, check = start + entry->check_offset;
		if (check + search->index->key_size <= search->bytes.size &&
		    entry->check == (uint32_t)hash_at(search->index, search->bytes, check))
			search->found(search->context, entry->number, start);
	}
}

static void search_part(const struct search *search)
{
	const struct part *part = search->part;
	const struct text bytes = search->bytes;
	const uint64_t *words = part->words, mask = search->index->mask;
	const int shift = 64 - part->word_count;
	const size_t step = part->step;
	size_t i = 0;
	for (; i + sizeof(uint64_t) <= bytes.size; i += step) {
		uint64_t hash = hash_of_key(word_at(bytes.at + i) & mask), bits = bits_of(hash);
		if ((words[hash >> shift] & bits) == bits)
			look_up(search, hash, i);
	}
	for (; i + search->index->key_size <= bytes.size; i += step)
		look_up(search, hash_at(search->index, bytes, i), i);
}

void leak_index_search(struct leak_index *index, struct text bytes, leak_index_found *found, void *context)
{
	for (size_t i = 0; i < sizeof index->parts / sizeof *index->parts; i++) {
		struct part *part = &index->parts[i];
		if (part->entries.count && !index->is_built)
			build(part);
		if (part->entries.count)
			search_part(&(struct search){ index, part, bytes, found, context });
	}
	index->is_built = true;
}
