/* SPDX-License-Identifier: MIT
 *
 * What scanners found of an item (data/FORMATS.md §8), beside what was decided of it.  Nothing here
 * changes a result.
 *
 * A host speaks once of an item, by all rules that belong to it in all scans of it that are not
 * older ones: it fails where any rule failed, supports 符合 where none did and any passed or
 * was fixed, and else says nothing.
 */
#ifndef XINGJI_ASSESS_SCANNED_H
#define XINGJI_ASSESS_SCANNED_H

#include "assess/assess.h"

struct scanned {
	int32_t participation, item;
	size_t first, count;                /* in model.scan_results */
	int32_t hosts;                      /* that were asked; failed + passed + silent */
	int32_t failed, passed, silent;
	int32_t failed_rules;               /* different ones, over all hosts */
};

/*
 * Sets assessment->scanned, by participation and item, in one pass; needs the decisions.  Warns, once an item
 * (scan-contradicts), where hosts fail and the effective result is 符合: at the first failure, with the place of the
 * observation.
 */
void scanned_settle(struct arena *arena, struct assessment *assessment, struct diag *diag);

/* Those of a participation: index of the first; sets *count. */
size_t scanned_range(const struct assessment *assessment, int32_t participation, size_t *count);

enum { SCANNED_RULES_NAMED = 3 };
/* The failed rules by name, at most so many of them in the order of the scans; returns how many. */
size_t scanned_rules(const struct model *model, const struct scanned *scanned, struct text rules[SCANNED_RULES_NAMED]);

#endif
