/* SPDX-License-Identifier: MIT
 *
 * A number held between two others.
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

#endif
