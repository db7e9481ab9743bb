/* SPDX-License-Identifier: MIT */
#include "base/deflate_block.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"

enum {
	SYMBOLS = 288, SYMBOLS_USED = 286, DISTANCES = 30, METAS = 19, END = 256, FIRST_LENGTH = 257,
	LONGEST = 14,      /* so that four literals and seven bits left over fit 64; the format allows 15 */
	LONGEST_META = 7, META_ITEMS_MOST = SYMBOLS_USED + DISTANCES, STORED_MOST = 65535,
	FIXED_MOST = 512,  /* bytes, from which on codes of its own always pay */
	META_REPEAT = 16, META_ZEROS = 17, META_MANY_ZEROS = 18,
};

struct code {
	uint16_t bits; /* first bit lowest */
	uint8_t size;
};

/* ---- symbols -------------------------------------------------------------- */

/* What stands for a length or a distance: a symbol, and the bits behind it. */
struct spelling {
	unsigned symbol, extra_count, extra;
};

static inline unsigned highest_bit(unsigned value)
{
	return 31 - (unsigned)__builtin_clz(value);
}

static inline struct spelling spell_length(unsigned length)
{
	unsigned rest = length - 3;
	if (length == DEFLATE_LENGTH_MOST)
		return (struct spelling){ FIRST_LENGTH + 28, 0, 0 };
	if (rest < 8)
		return (struct spelling){ FIRST_LENGTH + rest, 0, 0 };
	unsigned count = highest_bit(rest) - 2;
	unsigned symbol = FIRST_LENGTH + 4 * (count + 1) + (rest >> count & 3);
	return (struct spelling){ symbol, count, rest & ((1U << count) - 1) };
}

static inline struct spelling spell_distance(unsigned distance)
{
	unsigned rest = distance - 1;
	if (rest < 4)
		return (struct spelling){ rest, 0, 0 };
	unsigned count = highest_bit(rest) - 1;
	return (struct spelling){ 2 * (count + 1) + (rest >> count & 1), count, rest & ((1U << count) - 1) };
}

struct counts {
	uint32_t symbols[SYMBOLS], distances[DISTANCES];
	size_t extra; /* bits */
};

static void count_symbols(const struct deflate_block *block, struct counts *counts)
{
	const unsigned char *at = block->bytes;
	*counts = (struct counts){ .symbols[END] = 1 };
	for (size_t i = 0; i < block->step_count; i++) {
		const struct deflate_step *step = &block->steps[i];
		const unsigned char *end = at + step->literals;
		for (; end - at >= 4; at += 4) {
			counts->symbols[at[0]]++;
			counts->symbols[at[1]]++;
			counts->symbols[at[2]]++;
			counts->symbols[at[3]]++;
		}
		for (; at < end; at++)
			counts->symbols[*at]++;
		if (!step->length)
			continue;
		struct spelling length = spell_length(step->length), distance = spell_distance(step->distance);
		counts->symbols[length.symbol]++;
		counts->distances[distance.symbol]++;
		counts->extra += length.extra_count + distance.extra_count;
		at += step->length;
	}
}

/* ---- codes ---------------------------------------------------------------- */

/* Shell's sort, gaps by Ciura: for three hundred numbers half the time of qsort. */
static void sort(uint64_t *keys, size_t count)
{
	static const size_t gaps[] = { 132, 57, 23, 10, 4, 1 };
	for (size_t g = 0; g < sizeof gaps / sizeof *gaps; g++)
		for (size_t i = gaps[g]; i < count; i++) {
			uint64_t key = keys[i];
			size_t k = i;
			for (; k >= gaps[g] && keys[k - gaps[g]] > key; k -= gaps[g])
				keys[k] = keys[k - gaps[g]];
			keys[k] = key;
		}
}

/*
 * Huffman's tree over weights in rising order: how many leaves lie how deep.  Leaves come
 * first, inner nodes behind them in the order in which they are made, which rises, too.
 */
static void count_depths(const uint64_t *keys, size_t count, unsigned longest, uint32_t *depths)
{
	uint64_t weights[2 * SYMBOLS];
	uint16_t parents[2 * SYMBOLS];
	size_t leaf = 0, inner = count;
	assert(count > 1);
	for (size_t i = 0; i < count; i++)
		weights[i] = keys[i] >> 16;
	for (size_t node = count; node < 2 * count - 1; node++) {
		weights[node] = 0;
		for (int side = 0; side < 2; side++) {
			bool is_leaf = leaf < count && (inner >= node || weights[leaf] <= weights[inner]);
			size_t least = is_leaf ? leaf++ : inner++;
			weights[node] += weights[least];
			parents[least] = (uint16_t)node;
		}
	}
	uint16_t below[2 * SYMBOLS];
	below[2 * count - 2] = 0;
	for (size_t node = 2 * count - 2; node-- > 0;) {
		below[node] = (uint16_t)(below[parents[node]] + 1);
		if (node < count)
			depths[below[node] < longest ? below[node] : longest]++;
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

static void choose_sizes(const uint32_t *counts, size_t symbols, unsigned longest, struct code *codes)
{
	uint64_t keys[SYMBOLS];
	size_t count = 0;
	memset(codes, 0, symbols * sizeof *codes);
	for (size_t i = 0; i < symbols; i++)
		if (counts[i])
			keys[count++] = (uint64_t)counts[i] << 16 | i;
	if (count < 2) { /* a tree needs two: readers differ on codes of one */
		size_t only = count ? keys[0] & 0xFFFF : 0;
		codes[only].size = codes[only ? 0 : 1].size = 1;
		return;
	}
	sort(keys, count);
	uint32_t depths[LONGEST + 1] = { 0 };
	count_depths(keys, count, longest, depths);
	make_fit(depths, longest);
	size_t next = 0;
	for (unsigned d = longest; d > 0; d--)
		for (uint32_t i = 0; i < depths[d]; i++)
			codes[keys[next++] & 0xFFFF].size = (uint8_t)d;
}

static unsigned reversed(unsigned bits, unsigned count)
{
	bits = (bits & 0x5555) << 1 | (bits >> 1 & 0x5555);
	bits = (bits & 0x3333) << 2 | (bits >> 2 & 0x3333);
	bits = (bits & 0x0F0F) << 4 | (bits >> 4 & 0x0F0F);
	bits = (bits & 0x00FF) << 8 | bits >> 8;
	return bits >> (16 - count);
}

/* The code that sizes mean (RFC 1951, 3.2.2). */
static void number_codes(struct code *codes, size_t symbols)
{
	unsigned next[LONGEST + 2] = { 0 }, counts[LONGEST + 1] = { 0 };
	for (size_t i = 0; i < symbols; i++)
		counts[codes[i].size]++;
	counts[0] = 0;
	for (unsigned size = 1; size <= LONGEST; size++)
		next[size + 1] = (next[size] + counts[size]) << 1;
	for (size_t i = 0; i < symbols; i++)
		if (codes[i].size)
			codes[i].bits = (uint16_t)reversed(next[codes[i].size]++, codes[i].size);
}

/* ---- how codes are told ----------------------------------------------------- */

struct meta_item {
	uint8_t symbol, extra_count, extra;
};

struct head {
	struct code symbols[SYMBOLS], distances[DISTANCES], metas[METAS];
	size_t symbol_count, distance_count, meta_count;
	struct meta_item items[META_ITEMS_MOST];
	size_t item_count;
};

static const uint8_t meta_order[METAS] = { 16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15 };

static void add_item(struct head *head, unsigned symbol, unsigned extra_count, unsigned extra)
{
	head->items[head->item_count++] = (struct meta_item){ (uint8_t)symbol, (uint8_t)extra_count, (uint8_t)extra };
}

/* `run` times the same size. */
static void add_run(struct head *head, unsigned size, size_t run)
{
	while (size == 0 && run >= 11) {
		unsigned part = run < 138 ? (unsigned)run : 138;
		add_item(head, META_MANY_ZEROS, 7, part - 11);
		run -= part;
	}
	if (size == 0 && run >= 3) {
		add_item(head, META_ZEROS, 3, (unsigned)run - 3);
		return;
	}
	if (size != 0 && run >= 4) {
		add_item(head, size, 0, 0);
		for (run--; run >= 3;) {
			unsigned part = run < 6 ? (unsigned)run : 6;
			add_item(head, META_REPEAT, 2, part - 3);
			run -= part;
		}
	}
	for (; run > 0; run--)
		add_item(head, size, 0, 0);
}

static size_t used(const struct code *codes, size_t count, size_t least)
{
	while (count > least && !codes[count - 1].size)
		count--;
	return count;
}

/* The codes of a block and how they are told; returns the bits of the telling. */
static size_t make_head(const struct counts *counts, struct head *head)
{
	uint8_t sizes[SYMBOLS + DISTANCES];
	uint32_t items[METAS] = { 0 };
	choose_sizes(counts->symbols, SYMBOLS_USED, LONGEST, head->symbols);
	choose_sizes(counts->distances, DISTANCES, LONGEST, head->distances);
	number_codes(head->symbols, SYMBOLS_USED);
	number_codes(head->distances, DISTANCES);
	head->symbol_count = used(head->symbols, SYMBOLS_USED, FIRST_LENGTH);
	head->distance_count = used(head->distances, DISTANCES, 1);
	head->item_count = 0;
	size_t total = head->symbol_count + head->distance_count;
	for (size_t i = 0; i < total; i++)
		sizes[i] = (i < head->symbol_count ? head->symbols[i] : head->distances[i - head->symbol_count]).size;
	for (size_t from = 0, to; from < total; from = to) {
		for (to = from + 1; to < total && sizes[to] == sizes[from];)
			to++;
		add_run(head, sizes[from], to - from);
	}
	for (size_t i = 0; i < head->item_count; i++)
		items[head->items[i].symbol]++;
	choose_sizes(items, METAS, LONGEST_META, head->metas);
	number_codes(head->metas, METAS);
	head->meta_count = METAS;
	while (head->meta_count > 4 && !head->metas[meta_order[head->meta_count - 1]].size)
		head->meta_count--;
	size_t bits = 5 + 5 + 4 + 3 * head->meta_count;
	for (size_t i = 0; i < head->item_count; i++)
		bits += head->metas[head->items[i].symbol].size + head->items[i].extra_count;
	return bits;
}

static void make_fixed(struct head *head)
{
	for (size_t i = 0; i < SYMBOLS; i++) {
		bool is_long = i >= 144 && i < END, is_short = i >= END && i < 280;
		head->symbols[i].size = (uint8_t)(8 + is_long - is_short);
	}
	for (size_t i = 0; i < DISTANCES; i++)
		head->distances[i].size = 5;
	number_codes(head->symbols, SYMBOLS);
	number_codes(head->distances, DISTANCES);
}

static size_t body_bits(const struct counts *counts, const struct head *head)
{
	size_t bits = counts->extra;
	for (size_t i = 0; i < SYMBOLS_USED; i++)
		bits += (size_t)counts->symbols[i] * head->symbols[i].size;
	for (size_t i = 0; i < DISTANCES; i++)
		bits += (size_t)counts->distances[i] * head->distances[i].size;
	return bits;
}

/* ---- bits ----------------------------------------------------------------- */

static void make_room(struct deflate_bits *out, size_t more)
{
	size_t need = out->size + more + 16; /* eight bytes are written at a time */
	if (need <= out->capacity)
		return;
	out->capacity = need > 2 * out->capacity ? need : 2 * out->capacity;
	out->at = memory_resize(out->at, out->capacity);
}

static inline void flush(struct deflate_bits *out)
{
	uint64_t low_first = out->held;
	if (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__)
		low_first = __builtin_bswap64(low_first);
	memcpy(out->at + out->size, &low_first, sizeof low_first);
	out->size += out->held_count / 8;
	out->held >>= out->held_count & ~7U;
	out->held_count &= 7;
}

/* Up to 56 bits between two flushes. */
static inline void hold(struct deflate_bits *out, uint64_t bits, unsigned count)
{
	out->held |= bits << out->held_count;
	out->held_count += count;
}

static inline void hold_code(struct deflate_bits *out, struct code code)
{
	hold(out, code.bits, code.size);
}

static inline void put(struct deflate_bits *out, uint64_t bits, unsigned count)
{
	hold(out, bits, count);
	flush(out);
}

static void put_head(struct deflate_bits *out, const struct head *head)
{
	put(out, head->symbol_count - FIRST_LENGTH, 5);
	put(out, head->distance_count - 1, 5);
	put(out, head->meta_count - 4, 4);
	for (size_t i = 0; i < head->meta_count; i++)
		put(out, head->metas[meta_order[i]].size, 3);
	for (size_t i = 0; i < head->item_count; i++) {
		const struct meta_item *item = &head->items[i];
		hold(out, head->metas[item->symbol].bits, head->metas[item->symbol].size);
		put(out, item->extra, item->extra_count);
	}
}

static inline void put_literals(struct deflate_bits *to, const struct code *codes, const unsigned char *at,
				size_t count)
{
	struct deflate_bits out = *to; /* in registers */
	for (; count >= 4; count -= 4, at += 4) {
		hold_code(&out, codes[at[0]]);
		hold_code(&out, codes[at[1]]);
		hold_code(&out, codes[at[2]]);
		hold_code(&out, codes[at[3]]);
		flush(&out);
	}
	for (; count > 0; count--, at++)
		hold_code(&out, codes[*at]);
	flush(&out);
	*to = out;
}

/* At most 14 + 5 + 14 + 13 bits. */
static inline void put_copy(struct deflate_bits *out, const struct head *head, const struct deflate_step *step)
{
	struct spelling length = spell_length(step->length), distance = spell_distance(step->distance);
	hold(out, head->symbols[length.symbol].bits, head->symbols[length.symbol].size);
	hold(out, length.extra, length.extra_count);
	hold(out, head->distances[distance.symbol].bits, head->distances[distance.symbol].size);
	put(out, distance.extra, distance.extra_count);
}

static void put_body(struct deflate_bits *out, const struct head *head, const struct deflate_block *block)
{
	const unsigned char *at = block->bytes;
	for (size_t i = 0; i < block->step_count; i++) {
		put_literals(out, head->symbols, at, block->steps[i].literals);
		if (block->steps[i].length)
			put_copy(out, head, &block->steps[i]);
		at += block->steps[i].literals + block->steps[i].length;
	}
	put(out, head->symbols[END].bits, head->symbols[END].size);
}

static void put_stored(struct deflate_bits *out, const struct deflate_block *block)
{
	size_t from = 0;
	do {
		size_t part = block->size - from < STORED_MOST ? block->size - from : STORED_MOST;
		put(out, block->is_last && from + part == block->size, 1);
		put(out, 0, 2);
		deflate_bits_end(out);
		put(out, part, 16);
		put(out, ~part & STORED_MOST, 16);
		memcpy(out->at + out->size, block->bytes + from, part);
		out->size += part;
		from += part;
	} while (from < block->size);
}

void deflate_bits_end(struct deflate_bits *out)
{
	make_room(out, 1);
	put(out, 0, (8 - out->held_count) & 7);
}

void deflate_block_write(struct deflate_bits *out, const struct deflate_block *block)
{
	struct counts counts;
	struct head own, fixed;
	count_symbols(block, &counts);
	size_t bits = make_head(&counts, &own) + body_bits(&counts, &own);
	bool is_fixed = false;
	if (block->size <= FIXED_MOST) {
		make_fixed(&fixed);
		size_t fixed_bits = body_bits(&counts, &fixed);
		is_fixed = fixed_bits < bits;
		bits = is_fixed ? fixed_bits : bits;
	}
	size_t stored = block->size + 5 * (block->size / STORED_MOST + 1);
	if (bits / 8 >= stored) {
		make_room(out, stored);
		put_stored(out, block);
		return;
	}
	make_room(out, bits / 8 + 1);
	put(out, block->is_last, 1);
	put(out, is_fixed ? 1 : 2, 2);
	if (!is_fixed)
		put_head(out, &own);
	put_body(out, is_fixed ? &fixed : &own, block);
}
