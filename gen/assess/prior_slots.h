/* SPDX-License-Identifier: MIT
 *
 * The years on record side by side, and where the ruler changed: what prior.c sets first.
 */
#ifndef XINGJI_ASSESS_PRIOR_SLOTS_H
#define XINGJI_ASSESS_PRIOR_SLOTS_H

#include "assess/prior.h"

struct prior_years {
	const struct prior_year *const *at; /* full earlier ones, ascending */
	size_t count;
};

/* A decided year without the records of its items; as prior_keep otherwise. */
struct prior_year *prior_year_count(struct arena *arena, const struct assessment *assessment);

/* Sets slots and slot_count: every full year, every year of model.earlier, and this one. */
void prior_slots_make(struct arena *arena, const struct assessment *assessment, const struct prior_years *years,
		      struct prior *prior);

#endif
