/* SPDX-License-Identifier: MIT */
#include "base/deflate_block.h"

#include <string.h>

#include "base/arena.h"
#include "base/deflate_code.h"

enum {
	SYMBOLS = DEFLATE_SYMBOLS_MOST, SYMBOLS_USED = 286, DISTANCES = 30, METAS = 19,
	END = 256, FIRST_LENGTH = 257, LAST_LENGTH = SYMBOLS_USED - 1, LENGTH_LEAST = 3,
	LONGEST_META = 7, META_ITEMS_MOST = SYMBOLS_USED + DISTANCES, STORED_MOST = 65535,
	FIXED_MOST = 512,  /* bytes, from which on codes of its own always pay */
	FEW = 4,           /* literals are taken so many at a time */
	META_REPEAT = 16, META_ZEROS = 17, META_MANY_ZEROS = 18,
};

/* ---- symbols -------------------------------------------------------------- */

/* How many bits stand behind the symbol of a length or of a distance. */
static inline unsigned extra_of_length(unsigned symbol)
{
	return symbol < FIRST_LENGTH + 8 || symbol == LAST_LENGTH ? 0 : (symbol - FIRST_LENGTH) / 4 - 1;
}

static inline unsigned extra_of_distance(unsigned symbol)
{
	return symbol < 4 ? 0 : symbol / 2 - 1;
}

static inline unsigned symbol_of_distance(unsigned distance)
{
	unsigned rest = distance - 1, extra = 30 - (unsigned)__builtin_clz(rest | 2);
	return 2 * extra + (rest >> extra);
}

struct counts {
	uint32_t symbols[SYMBOLS], distances[DISTANCES];
	size_t extra; /* bits */
};

/* From one for each length to one for each symbol; the longest has one of its own. */
static void add_lengths(struct counts *counts, uint32_t *lengths)
{
	uint32_t longest = lengths[DEFLATE_LENGTH_MOST];
	lengths[DEFLATE_LENGTH_MOST] = 0;
	for (unsigned symbol = FIRST_LENGTH, length = LENGTH_LEAST; symbol < LAST_LENGTH; symbol++)
		for (unsigned end = length + (1U << extra_of_length(symbol)); length < end; length++)
			counts->symbols[symbol] += lengths[length];
	counts->symbols[LAST_LENGTH] = longest;
}

static void count_symbols(const struct deflate_block *block, struct counts *counts)
{
	const unsigned char *at = block->bytes;
	uint32_t lengths[DEFLATE_LENGTH_MOST + 1] = { 0 };
	*counts = (struct counts){ .symbols[END] = 1 };
	for (size_t i = 0; i < block->step_count; i++) {
		const struct deflate_step *step = &block->steps[i];
		size_t count = step->literals;
		for (; count >= FEW; count -= FEW, at += FEW) {
			counts->symbols[at[0]]++;
			counts->symbols[at[1]]++;
			counts->symbols[at[2]]++;
			counts->symbols[at[3]]++;
		}
		if (!step->length) {
			for (; count > 0; count--, at++)
				counts->symbols[*at]++;
			continue;
		}
		counts->symbols[at[0]] += count > 0; /* a copy is behind them, so three can be looked at */
		counts->symbols[at[1]] += count > 1;
		counts->symbols[at[2]] += count > 2;
		lengths[step->length]++;
		counts->distances[symbol_of_distance(step->distance)]++;
		at += count + step->length;
	}
	add_lengths(counts, lengths);
	for (unsigned symbol = FIRST_LENGTH; symbol < SYMBOLS_USED; symbol++)
		counts->extra += (size_t)counts->symbols[symbol] * extra_of_length(symbol);
	for (unsigned symbol = 0; symbol < DISTANCES; symbol++)
		counts->extra += (size_t)counts->distances[symbol] * extra_of_distance(symbol);
}

/* ---- how codes are told ----------------------------------------------------- */

struct meta_item {
	uint8_t symbol, extra_count, extra;
};

struct head {
	struct deflate_code symbols[SYMBOLS], distances[DISTANCES], metas[METAS];
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

static size_t used(const struct deflate_code *codes, size_t count, size_t least)
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
	deflate_code_make(counts->symbols, SYMBOLS_USED, DEFLATE_CODE_LONGEST, head->symbols);
	deflate_code_make(counts->distances, DISTANCES, DEFLATE_CODE_LONGEST, head->distances);
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
	deflate_code_make(items, METAS, LONGEST_META, head->metas);
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
	deflate_code_number(head->symbols, SYMBOLS);
	deflate_code_number(head->distances, DISTANCES);
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

static inline void hold_code(struct deflate_bits *out, struct deflate_code code)
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

/* ---- the body --------------------------------------------------------------- */

/* What stands for each length: its symbol's code and the bits behind it. */
struct length_code {
	uint32_t bits, size;
};

static void join_lengths(const struct deflate_code *symbols, struct length_code *lengths)
{
	for (unsigned symbol = FIRST_LENGTH, length = LENGTH_LEAST; symbol < LAST_LENGTH; symbol++) {
		unsigned size = symbols[symbol].size, extra = extra_of_length(symbol);
		for (unsigned i = 0; i < 1U << extra; i++)
			lengths[length++] = (struct length_code){ symbols[symbol].bits | i << size, size + extra };
	}
	lengths[DEFLATE_LENGTH_MOST] = (struct length_code){ symbols[LAST_LENGTH].bits, symbols[LAST_LENGTH].size };
}

static inline void hold_four(struct deflate_bits *out, const struct deflate_code *codes, const unsigned char *at)
{
	hold_code(out, codes[at[0]]);
	hold_code(out, codes[at[1]]);
	hold_code(out, codes[at[2]]);
	hold_code(out, codes[at[3]]);
}

/* As many of three as `count` says, without asking: it changes from copy to copy, and nobody can guess it. */
static inline void hold_few(struct deflate_bits *out, const struct deflate_code *codes, const unsigned char *at,
			    size_t count)
{
	struct deflate_code one = codes[at[0]], two = codes[at[1]], three = codes[at[2]];
	uint64_t bits = one.bits | (uint64_t)two.bits << one.size | (uint64_t)three.bits << (one.size + two.size);
	unsigned size = (count > 0 ? one.size : 0U) + (count > 1 ? two.size : 0U) + (count > 2 ? three.size : 0U);
	hold(out, bits & ((UINT64_C(1) << size) - 1), size);
}

/* At most 14 + 5 + 14 + 13 bits. */
static inline void hold_copy(struct deflate_bits *out, const struct length_code *length,
			     const struct deflate_code *distances, unsigned distance)
{
	unsigned symbol = symbol_of_distance(distance), extra = extra_of_distance(symbol);
	struct deflate_code code = distances[symbol];
	hold(out, length->bits, length->size);
	hold_code(out, code);
	hold(out, (distance - 1) & ((1U << extra) - 1), extra);
}

static void put_body(struct deflate_bits *to, const struct head *head, const struct deflate_block *block)
{
	struct deflate_bits out = *to; /* in registers */
	const struct deflate_code *codes = head->symbols;
	const unsigned char *at = block->bytes;
	struct length_code lengths[DEFLATE_LENGTH_MOST + 1];
	join_lengths(codes, lengths);
	for (size_t i = 0; i < block->step_count; i++) {
		const struct deflate_step *step = &block->steps[i];
		size_t count = step->literals;
		for (; count >= FEW; count -= FEW, at += FEW) {
			hold_four(&out, codes, at);
			flush(&out);
		}
		if (!step->length) {
			for (; count > 0; count--, at++)
				hold_code(&out, codes[*at]);
			flush(&out);
			continue;
		}
		hold_few(&out, codes, at, count);
		flush(&out);
		hold_copy(&out, &lengths[step->length], head->distances, step->distance);
		flush(&out);
		at += count + step->length;
	}
	put(&out, codes[END].bits, codes[END].size);
	*to = out;
}

/* ---- blocks ----------------------------------------------------------------- */

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
