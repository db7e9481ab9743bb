/* SPDX-License-Identifier: MIT
 *
 * A number held between two others, or by one.
 */
#ifndef XINGJI_BASE_CLAMP_H
#define XINGJI_BASE_CLAMP_H

#include <stdint.h>

/* The value, or the bound that it lies beyond; least ≤ most. */
static inline int64_t clamp(int64_t value, int64_t least, int64_t most)
{
	if (value < least)
		return least;
	return value > most ? most : value;
}

/* fmax and fmin of what is a number, without a call: a document asks a hundred thousand times. */
static inline double larger(double a, double b)
{
	return a > b ? a : b;
}

static inline double smaller(double a, double b)
{
	return a < b ? a : b;
}

#endif
