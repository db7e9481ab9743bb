/* SPDX-License-Identifier: MIT
 *
 * The star list: which participations are listed, in the order of data/FORMATS.md §6,
 * and the permanent address of each enterprise.
 *
 * The slug is the start of a SHA-256 over province and name — over what the page
 * itself shows, so it can tell a reader nothing more.  Not over the credit code:
 * codes are few enough to be tried one by one against a hash whose salt stands in
 * an open program, so the code could be confirmed where credit-code="hidden".  The
 * name is the one under which the enterprise was first listed, as far as earlier years
 * tell: a name that was public, found by the credit code that is not.  So a renamed
 * enterprise keeps its address, and since later years change nothing in it, an older
 * year built again has the addresses it had.  The year is not part of it; width of
 * letters, brackets and spaces do not matter, so correcting those moves nothing.  Of
 * listed enterprises with one name the first by city and code has this slug; the others
 * count on from it.
 *
 * Where the assessment has a chronicle, withdrawn entries are known beside the listed.
 */
#ifndef XINGJI_FACTS_LISTING_H
#define XINGJI_FACTS_LISTING_H

#include "facts/table.h"

enum { SLUG_SIZE = 12 }; /* hex digits: 48 bits, one chance in 50,000 of a collision among 100,000 */

struct slug {
	char at[SLUG_SIZE + 1]; /* empty: no page */
};

struct listing {
	int32_t *participations; /* of outcome 达标, in order */
	int32_t *firms;          /* enterprises with at least one, by city, name, code */
	int32_t count, firm_count;
	int32_t *withdrawn;      /* participations whose entry is withdrawn, in the order of the list */
	int32_t *pages;          /* enterprises that have a page: the firms and those only withdrawn, in the order of firms */
	int32_t withdrawn_count, page_count;
	struct slug *slugs;      /* per enterprise of the model */
};

/* Made on first use. */
const struct listing *listing_of(struct view *view);
/*
 * The entries of one version of the chronicle in its order, withdrawn ones among them, at most
 * count + withdrawn_count; lives with the view.
 */
int32_t *listing_of_version(struct view *view, size_t version, int32_t *shown);
/* The entries that a row of the chronicle touched, in the order of its last version; lives with the view. */
int32_t *listing_of_touched(struct view *view);

#endif
