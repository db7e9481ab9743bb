/* SPDX-License-Identifier: MIT
 *
 * Huffman's codes as deflate has them (RFC 1951, 3.2.2).
 *
 * From how often each symbol comes to how many bits it gets, and from those to which.
 */
#ifndef XINGJI_BASE_DEFLATE_CODE_H
#define XINGJI_BASE_DEFLATE_CODE_H

#include <stddef.h>
#include <stdint.h>

enum {
	DEFLATE_SYMBOLS_MOST = 288,
	DEFLATE_CODE_LONGEST = 14, /* so that four literals and seven bits left over fit 64; the format allows 15 */
};

struct deflate_code {
	uint16_t bits; /* first bit lowest */
	uint8_t size;  /* 0: the symbol does not come up */
};

/*
 * Codes of `symbols` symbols, of `longest` bits at most, for which all take the fewest bits.  Two symbols have
 * one at least, whatever comes up: readers differ on codes of one.
 */
void deflate_code_make(const uint32_t *counts, size_t symbols, unsigned longest, struct deflate_code *codes);
/* The bits that sizes mean. */
void deflate_code_number(struct deflate_code *codes, size_t symbols);

#endif
