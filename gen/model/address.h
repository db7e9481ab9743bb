/* SPDX-License-Identifier: MIT
 *
 * Where the sites stand: the site over the years at a root, each year below it under <year>/.
 *
 * base-url names the root or, with the year behind it, the year's own site; both mean the
 * same, so that a year keeps its addresses whatever stands beside it.
 */
#ifndef XINGJI_MODEL_ADDRESS_H
#define XINGJI_MODEL_ADDRESS_H

#include "base/text.h"

struct arena;

/* "https://example.org/stars" or "https://example.org/stars/2021/" → the latter; missing stays missing. */
struct text address_of_year(struct arena *arena, struct text url, int64_t year);
/* "https://example.org/stars/2021/" → "https://example.org/stars/"; borrowed. */
struct text address_of_root(struct text address);
/* The year that the last part of an address is, but for `year`; 0: none. */
int64_t address_other_year(struct text url, int64_t year);

#endif
