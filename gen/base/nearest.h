/* SPDX-License-Identifier: MIT
 *
 * "Did you mean …": the known name closest to a mistyped one.
 */
#ifndef XINGJI_BASE_NEAREST_H
#define XINGJI_BASE_NEAREST_H

#include "base/text.h"

/* A zeroed search with `wanted` set is ready. */
struct nearest {
	struct text wanted;
	struct text best;
	unsigned distance; /* of best, once there is one */
};

/* Offers one known name; borrowed.  The first of equally close ones wins. */
void nearest_offer(struct nearest *nearest, struct text name);
/* The closest, or missing when nothing is close enough to be meant. */
struct text nearest_best(const struct nearest *nearest);

#endif
