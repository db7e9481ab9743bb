/* SPDX-License-Identifier: MIT */
#include "publish/leak_index.h"

#include <assert.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/list.h"

enum { WORDS_LEAST = 10, WORDS_MOST = 20, BITS_PER_KEY = 16, CROWD_BITS = 18, PLACES = 5 };

struct entry {
	uint64_t key;
	uint32_t number, offset; /* of the key in the string */
	uint32_t next;           /* 1 + index of another in the same bucket */
};

struct leak_index {
	uint64_t mask; /* of the bytes of a key in a word */
	size_t key_size;
	LIST(struct entry) entries;
	unsigned char *crowds; /* by hash: how many keys are there already, up to 255 */
	uint64_t *words;   /* 2^word_count of them: the bits of the keys whose hash falls there */
	uint32_t *buckets; /* 2^bucket_count heads: 1 + index of an entry */
	int word_count, bucket_count;
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
	index->crowds = zeroed((size_t)1 << CROWD_BITS);
	return index;
}

void leak_index_free(struct leak_index *index)
{
	if (!index)
		return;
	LIST_FREE(&index->entries);
	free(index->crowds);
	free(index->words);
	free(index->buckets);
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

/*
 * The middle, or another place that fewer strings share: many notes of one make must not
 * all be compared wherever their common words stand.
 */
void leak_index_add(struct leak_index *index, struct text string, uint32_t number)
{
	assert(string.size >= index->key_size && !index->words);
	static const size_t eighths[PLACES] = { 4, 2, 6, 8, 0 };
	struct entry best = { .number = number };
	unsigned char *best_crowd = NULL;
	for (size_t i = 0; i < PLACES && (!best_crowd || *best_crowd > 4); i++) {
		size_t offset = (string.size - index->key_size) * eighths[i] / 8;
		uint64_t key = key_at(index, string, offset);
		unsigned char *crowd = &index->crowds[hash_of_key(key) >> (64 - CROWD_BITS)];
		if (best_crowd && *crowd >= *best_crowd)
			continue;
		best_crowd = crowd;
		best.key = key;
		best.offset = (uint32_t)offset;
	}
	if (*best_crowd < 255)
		++*best_crowd;
	LIST_PUSH(&index->entries, best);
}

static void build(struct leak_index *index)
{
	index->word_count = WORDS_LEAST;
	while (index->word_count < WORDS_MOST &&
	       (UINT64_C(1) << index->word_count) * 64 < index->entries.count * BITS_PER_KEY)
		index->word_count++;
	index->bucket_count = index->word_count + 2;
	index->words = zeroed(((size_t)1 << index->word_count) * sizeof *index->words);
	index->buckets = zeroed(((size_t)1 << index->bucket_count) * sizeof *index->buckets);
	for (size_t i = 0; i < index->entries.count; i++) {
		uint64_t hash = hash_of_key(index->entries.at[i].key);
		uint32_t *bucket = &index->buckets[hash >> (64 - index->bucket_count)];
		index->words[hash >> (64 - index->word_count)] |= bits_of(hash);
		index->entries.at[i].next = *bucket;
		*bucket = (uint32_t)i + 1;
	}
}

static void look_up(const struct leak_index *index, uint64_t key, size_t position, leak_index_found *found,
		    void *context)
{
	uint32_t at = index->buckets[hash_of_key(key) >> (64 - index->bucket_count)];
	for (; at; at = index->entries.at[at - 1].next) {
		const struct entry *entry = &index->entries.at[at - 1];
		if (entry->key == key && entry->offset <= position)
			found(context, entry->number, position - entry->offset);
	}
}

void leak_index_search(struct leak_index *index, struct text bytes, leak_index_found *found, void *context)
{
	if (!index->entries.count)
		return;
	if (!index->words)
		build(index);
	const uint64_t *words = index->words, mask = index->mask;
	const int shift = 64 - index->word_count;
	size_t i = 0;
	for (; i + sizeof(uint64_t) <= bytes.size; i++) {
		uint64_t key = word_at(bytes.at + i) & mask, hash = hash_of_key(key), bits = bits_of(hash);
		if ((words[hash >> shift] & bits) == bits)
			look_up(index, key, i, found, context);
	}
	for (; i + index->key_size <= bytes.size; i++)
		look_up(index, key_at(index, bytes, i), i, found, context);
}
