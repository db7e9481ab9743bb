/* SPDX-License-Identifier: MIT
 *
 * The places of a list of complaints, found for all of them in one go through each file:
 * a list is sorted by weight, so asking for one after the other would go back and forth.
 */
#ifndef XINGJI_BASE_DIAG_PLACE_H
#define XINGJI_BASE_DIAG_PLACE_H

#include "base/diag_store.h"

/*
 * Of all the complaints kept, with the other places that they name, and maybe of some that are kept no more; lives as
 * long as diag.  O(n log n + bytes of the files of places that have come since): a run writes its complaints five times
 * over, the last time with what the report had to say of its own texts.
 */
struct diag_sites diag_sites_find(struct diag *diag);
/* A span of one of them: never NULL; place.line 0 where there is no place. */
const struct diag_site *diag_site(const struct diag_sites *sites, struct span span);

#endif
