/* SPDX-License-Identifier: MIT
 *
 * The list of one version as the public sees it, for who writes it down (build/record.h):
 * order, standing and address are those of the tables `version_listed` and `listed`.
 */
#ifndef XINGJI_FACTS_SHOWN_H
#define XINGJI_FACTS_SHOWN_H

#include "assess/chronicle.h"
#include "facts/facts.h"

struct shown_entry {
	int32_t participation;
	struct standing standing;
	const char *link; /* "enterprises/0a1b2c3d4e5f/" */
};

/* All versions at once, so that the addresses are made once. */
struct shown_lists {
	struct shown_entry **entries; /* by version */
	size_t *counts;
};

/* Of an assessment with a chronicle (chronicle_assessment); in arena, O(versions × entries). */
struct shown_lists shown_lists(struct arena *arena, const struct assessment *assessment);

#endif
