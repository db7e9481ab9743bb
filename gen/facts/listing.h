/* SPDX-License-Identifier: MIT
 *
 * The star list: which participations are listed, in the order of FORMATS.md §6,
 * and the permanent address of each enterprise.
 *
 * The slug is the start of a SHA-256 over province and name — over what the page
 * itself shows, so it can tell a reader nothing more.  Not over the credit code:
 * codes are few enough to be tried one by one against a hash whose salt stands in
 * an open program, so the code could be confirmed where credit-code="hidden".  The
 * price: a renamed enterprise has a new address.  The year is not part of it, so
 * an address holds from one year to the next; width of letters, brackets and spaces
 * do not matter, so correcting those moves nothing.  Of listed enterprises with one
 * name the first by city and code has this slug; the others count on from it.
 */
#ifndef XINGJI_FACTS_LISTING_H
#define XINGJI_FACTS_LISTING_H

#include "facts/table.h"

enum { SLUG_SIZE = 12 }; /* hex digits: 48 bits, one chance in 50,000 of a collision among 100,000 */

struct slug {
	char at[SLUG_SIZE + 1]; /* empty: not listed */
};

struct listing {
	int32_t *participations; /* of outcome 达标, in order */
	int32_t *firms;          /* enterprises with at least one, by city, name, code */
	int32_t count, firm_count;
	struct slug *slugs;      /* per enterprise of the model */
};

/* Made on first use. */
const struct listing *listing_of(struct view *view);
/* `namesake`: how many listed enterprises of that name come before. */
struct slug slug_of(struct text province, struct text name, int32_t namesake);

#endif
