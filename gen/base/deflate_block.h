/* SPDX-License-Identifier: MIT
 *
 * The last half of deflate (RFC 1951): what is copied from where has been found, now it
 * becomes bits.  A block is written with codes of its own, with the fixed ones or as it
 * is, whichever is the shortest.
 */
#ifndef XINGJI_BASE_DEFLATE_BLOCK_H
#define XINGJI_BASE_DEFLATE_BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { DEFLATE_LENGTH_MOST = 258, DEFLATE_DISTANCE_MOST = 32768 };

/* So many bytes as they stand, then `length` bytes (3 to 258) that stand `distance` before; 0: none. */
struct deflate_step {
	uint32_t literals;
	uint16_t length, distance;
};

/* Bits on their way; starts as { 0 }, `at` is the owner's to free. */
struct deflate_bits {
	unsigned char *at;
	size_t size, capacity; /* whole bytes */
	uint64_t held;         /* bits behind them … */
	unsigned held_count;   /* … fewer than 8 between two calls */
};

/* What a block stands for: `bytes`, as the steps tell it. */
struct deflate_block {
	const unsigned char *bytes;
	size_t size;
	const struct deflate_step *steps;
	size_t step_count;
	bool is_last;
};

void deflate_block_write(struct deflate_bits *out, const struct deflate_block *block);
/* Fills the last byte. */
void deflate_bits_end(struct deflate_bits *out);

#endif
