/* SPDX-License-Identifier: MIT
 *
 * The lists of several years as one: every enterprise that any of them shows, and its entries.
 *
 * An enterprise is the same by its credit code, which is not shown.  Its page over the years stands
 * under the slug that it had in the first year that shows it: what is added later, a new name
 * or a list without it moves nothing.  Where an enterprise of an earlier year has that slug
 * (one name, two enterprises), "-2" and so on stand behind it.
 */
#ifndef XINGJI_FACTS_OVER_YEARS_H
#define XINGJI_FACTS_OVER_YEARS_H

#include "facts/table.h"

struct over_entry {
	const struct facts_year *year;
	const struct facts_entry *entry;
	int32_t firm;
};

struct over_firm {
	struct text slug;
	const struct facts_entry *last; /* of the newest year that shows it */
	int32_t city, rank;             /* in the prefectures, behind the last: not known there; place in the order */
	int64_t first_year, last_year;
	bool is_listed;                 /* has an entry in force in the newest list */
};

struct over_years {
	struct over_firm *firms;      /* by city, name, code */
	struct over_entry *entries;   /* by firm, then newest year first, then in the order of its list */
	int32_t firm_count, entry_count;
};

/* Of options->years; made on first use. */
const struct over_years *over_years_of(struct view *view);

#endif
