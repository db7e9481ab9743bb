/* SPDX-License-Identifier: MIT
 *
 * The places of a list of complaints, found for all of them in one go through each file:
 * a list is sorted by weight, so asking for one after the other would go back and forth.
 */
#ifndef XINGJI_BASE_DIAG_PLACE_H
#define XINGJI_BASE_DIAG_PLACE_H

#include "base/diag_store.h"

struct diag_site {
	struct span span;
	struct place place;
	struct sheet_cell cell;
	bool is_table; /* the file is one, so that line and column mean nothing to who sees a sheet */
};

struct diag_sites {
	const struct diag_site *at; /* by source, start, end */
	size_t count;
};

/* Of all the complaints kept, with the other places that they name; lives in arena.  O(n log n + bytes of their files). */
struct diag_sites diag_sites_find(const struct diag *diag, struct arena *arena);
/* A span of one of them: never NULL; place.line 0 where there is no place. */
const struct diag_site *diag_site(const struct diag_sites *sites, struct span span);

#endif
