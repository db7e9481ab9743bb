/* SPDX-License-Identifier: MIT
 *
 * A year of which nothing but the published list is on record: as a model of its own,
 * whose decisions are what the list says.
 *
 * Its rows come from a later year, which read them as data/<year>/listed.csv.  Nobody
 * was assessed in it: rules, rounds and rates mean nothing, only level, outcome and
 * movement do.  A row 未达标 lists nobody.
 */
#ifndef XINGJI_ASSESS_PAST_H
#define XINGJI_ASSESS_PAST_H

#include "assess/chronicle.h"

struct past_options {
	const struct model *later; /* has the rows of the year among its earlier ones; borrowed */
	const struct assessment *decided; /* of it; NULL: it lists nobody */
	const struct chronicle *chronicle;
	const struct model *own;   /* of the year's own campaign.xml: title, date, catalogues; NULL: as in `later` */
	int64_t year;
};

/*
 * Both its model, for load_release, and the assessment live in arena.  Name and city of a
 * row that has none are those of the later year, if that one lists the enterprise: else a page
 * of the one year would tell that it took part in the other.  Reports rows that cannot be shown: name,
 * city or level unknown.
 */
struct assessment *past_assess(struct arena *arena, const struct past_options *options, struct diag *diag, struct model **model);

#endif
