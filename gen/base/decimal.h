/* SPDX-License-Identifier: MIT
 *
 * Exact decimals: 0.8 means 0.8.  No binary floating point decides anything.
 *
 * A decimal holds up to 9 fractional digits (DECIMAL_SCALE) and magnitudes below
 * 10^9, so that products of two fit into the 128-bit sums exactly.
 */
#ifndef XINGJI_BASE_DECIMAL_H
#define XINGJI_BASE_DECIMAL_H

#include "base/text.h"

struct buf;

enum { DECIMAL_SCALE = 9 };

struct decimal {
	int64_t units; /* value × 10^9 */
};

/* Exact sum of products of two decimals: value × 10^18. */
__extension__ typedef __int128 decimal_sum;

struct decimal decimal_from(int64_t integer);
/* "12", "-0.5", "1.25"; false when malformed, over 9 fractional digits, or ≥ 10^9 in magnitude. */
bool decimal_parse(struct text text, struct decimal *value);
/* The same, and "80%" for 0.8. */
bool decimal_parse_percent(struct text text, struct decimal *value);
int decimal_compare(struct decimal a, struct decimal b);
decimal_sum decimal_product(struct decimal a, struct decimal b);
/*
 * Compare numerator/denominator with share, all exact; denominator > 0, both sums
 * as decimal_product gives them.  <0, 0, >0.
 */
int decimal_compare_share(decimal_sum numerator, decimal_sum denominator, struct decimal share);
/* numerator ÷ denominator rounded half up to `digits` (0–9) fractional digits; denominator > 0. */
struct decimal decimal_ratio(decimal_sum numerator, decimal_sum denominator, int digits);
/* Shortest exact form: "0.8", "12", "-1.25". */
void decimal_write(struct buf *buf, struct decimal value);

#endif
