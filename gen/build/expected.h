/* SPDX-License-Identifier: MIT
 *
 * The list on the day D once more, from decisions and ledger alone: what the cross-check
 * holds against the products.  On purpose it shares nothing with assess/chronicle.h and
 * facts/listing.h, by which they are made.
 */
#ifndef XINGJI_BUILD_EXPECTED_H
#define XINGJI_BUILD_EXPECTED_H

#include "assess/assess.h"

struct expected_entry {
	struct text name;
	int8_t level;    /* as shown; of a withdrawn entry its last */
	bool is_decided; /* the decision puts it on the list, or a 增补 that gives a level */
	bool is_absent;  /* left out until it is added */
	bool is_withdrawn;
};

/* One per participation. */
void expected_entries(const struct assessment *decided, struct date day, struct expected_entry *entries);
struct expected_entry expected_entry_of(const struct assessment *decided, struct date day, int32_t participation);

#endif
