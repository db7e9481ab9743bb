/* SPDX-License-Identifier: MIT */
#include "base/deflate_code.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

enum {
	EXACT = 16,    /* counts below have a bucket of their own, eight share what doubles a count above */
	BUCKETS = 256,
};

static inline unsigned bucket_of(uint32_t count)
{
	unsigned highest = 31 - (unsigned)__builtin_clz(count | 1);
	return count < EXACT ? count : 8 * highest + (count >> (highest - 3) & 7);
}

/* Symbols in the order of their counts, those of the same in their own; how many come up at all. */
struct order {
	uint64_t keys[DEFLATE_SYMBOLS_MOST]; /* count and symbol, 48 and 16 bits */
	size_t count;
};

/* Buckets first; within one, few are out of order. */
static void put_in_order(const uint32_t *counts, size_t symbols, struct order *order)
{
	uint16_t next[BUCKETS + 1] = { 0 };
	for (size_t i = 0; i < symbols; i++)
		next[bucket_of(counts[i]) + 1]++;
	uint16_t unused = next[1];
	for (size_t b = 1; b < BUCKETS; b++)
		next[b + 1] = (uint16_t)(next[b + 1] + next[b]);
	order->count = symbols - unused;
	for (size_t i = 0; i < symbols; i++)
		if (counts[i])
			order->keys[next[bucket_of(counts[i])]++ - unused] = (uint64_t)counts[i] << 16 | i;
	for (size_t i = 1; i < order->count; i++) {
		uint64_t key = order->keys[i];
		size_t k = i;
		for (; k > 0 && order->keys[k - 1] > key; k--)
			order->keys[k] = order->keys[k - 1];
		order->keys[k] = key;
	}
}

/*
 * Huffman's tree over weights in rising order: how many leaves lie how deep.  Leaves come
 * first, then a guard heavier than all, then inner nodes in the order in which they are
 * made, which rises, too.  Which of the two lightest is lighter cannot be guessed, so it is
 * counted with, not asked.
 */
static void count_depths(const struct order *order, unsigned longest, uint32_t *depths)
{
	uint64_t weights[2 * DEFLATE_SYMBOLS_MOST + 1];
	uint16_t parents[2 * DEFLATE_SYMBOLS_MOST + 1] = { 0 }, below[2 * DEFLATE_SYMBOLS_MOST + 1];
	size_t count = order->count, leaf = 0, inner = count + 1, root = 2 * count - 1;
	assert(count > 1);
	for (size_t i = 0; i < count; i++)
		weights[i] = order->keys[i] >> 16;
	weights[count] = UINT64_MAX;
	for (size_t node = inner; node <= root; node++) {
		uint64_t weight = 0;
		weights[node] = UINT64_MAX - 1; /* not made yet */
		for (int side = 0; side < 2; side++) {
			bool is_leaf = weights[leaf] <= weights[inner];
			size_t least = is_leaf ? leaf : inner;
			weight += weights[least];
			parents[least] = (uint16_t)node;
			leaf += is_leaf;
			inner += !is_leaf;
		}
		weights[node] = weight;
	}
	below[root] = 0;
	for (size_t node = root; node-- > count + 1;)
		below[node] = (uint16_t)(below[parents[node]] + 1);
	for (size_t i = 0; i < count; i++) {
		unsigned depth = below[parents[i]] + 1U;
		depths[depth < longest ? depth : longest]++;
	}
}

/* Codes too long were taken for the longest: others grow until all fit again. */
static void make_fit(uint32_t *depths, unsigned longest)
{
	uint32_t taken = 0;
	for (unsigned d = 1; d <= longest; d++)
		taken += depths[d] << (longest - d);
	for (; taken > 1U << longest; taken--) {
		unsigned d = longest - 1;
		while (!depths[d])
			d--;
		depths[longest]--;
		depths[d]--;
		depths[d + 1] += 2;
	}
}

void deflate_code_make(const uint32_t *counts, size_t symbols, unsigned longest, struct deflate_code *codes)
{
	struct order order;
	put_in_order(counts, symbols, &order);
	memset(codes, 0, symbols * sizeof *codes);
	if (order.count < 2) {
		size_t only = order.count ? order.keys[0] & 0xFFFF : 0;
		codes[only].size = codes[only ? 0 : 1].size = 1;
		deflate_code_number(codes, symbols);
		return;
	}
	uint32_t depths[DEFLATE_CODE_LONGEST + 1] = { 0 };
	count_depths(&order, longest, depths);
	make_fit(depths, longest);
	size_t next = 0;
	for (unsigned d = longest; d > 0; d--)
		for (uint32_t i = 0; i < depths[d]; i++)
			codes[order.keys[next++] & 0xFFFF].size = (uint8_t)d;
	deflate_code_number(codes, symbols);
}

static unsigned reversed(unsigned bits, unsigned count)
{
	bits = (bits & 0x5555) << 1 | (bits >> 1 & 0x5555);
	bits = (bits & 0x3333) << 2 | (bits >> 2 & 0x3333);
	bits = (bits & 0x0F0F) << 4 | (bits >> 4 & 0x0F0F);
	bits = (bits & 0x00FF) << 8 | bits >> 8;
	return bits >> (16 - count);
}

void deflate_code_number(struct deflate_code *codes, size_t symbols)
{
	unsigned next[DEFLATE_CODE_LONGEST + 2] = { 0 }, counts[DEFLATE_CODE_LONGEST + 1] = { 0 };
	for (size_t i = 0; i < symbols; i++)
		counts[codes[i].size]++;
	counts[0] = 0;
	for (unsigned size = 1; size <= DEFLATE_CODE_LONGEST; size++)
		next[size + 1] = (next[size] + counts[size]) << 1;
	for (size_t i = 0; i < symbols; i++)
		if (codes[i].size)
			codes[i].bits = (uint16_t)reversed(next[codes[i].size]++, codes[i].size);
}
