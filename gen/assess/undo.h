/* SPDX-License-Identifier: MIT
 *
 * Which results made the difference between two decisions of one participation: those
 * that, put back, undo it.
 *
 * Put back means: the item of the later decision is given the result that it has in the
 * earlier one, 不适用 where the earlier catalogue does not know it; everything else stays
 * as it is now, and the level is found anew by the later rule.  The change is undone when
 * the level is not lower any more (after a fall), or not higher any more (after a rise).
 *
 * Named are, in this order:
 *   UNDO_EACH      every item that undoes the change alone;
 *   UNDO_TOGETHER  where none does, one set that does and from which nothing can be left
 *                  out.  Items that matter least are tried first for leaving out, so under
 *                  min-of-pa it is the only such set, and under threshold no smaller one
 *                  exists as long as one share decides and no item became 不适用;
 *   UNDO_MET       where no results undo it, the rule or the catalogue made it: then such a
 *                  set of open items which, once met, give the higher level by the rule of
 *                  the side that stands lower;
 *   UNDO_STATED    both levels are stated ones (method given), no result decides;
 *   UNDO_UNOBSERVED one side has no counted result at all; naming every item would say less;
 *   UNDO_NOTHING   the catalogue has no such level, or its level has no share.
 *
 * Pure; nothing here is asked of the ledger.  Cost: the items that differ, times the items
 * of the catalogue, for each participation whose level changed.
 */
#ifndef XINGJI_ASSESS_UNDO_H
#define XINGJI_ASSESS_UNDO_H

#include "assess/assess.h"

enum undo_kind { UNDO_NOTHING, UNDO_EACH, UNDO_TOGETHER, UNDO_MET, UNDO_STATED, UNDO_UNOBSERVED, UNDO_KINDS };

struct undo_item {
	struct text id;
	int8_t before, now; /* enum result */
};

struct undo {
	enum undo_kind kind;
	struct undo_item *items; /* in catalogue order */
	size_t count;
};

/* One of the two. */
struct undo_side {
	const struct compiled_rule *rule;
	const struct decision *decision;
};

/* The two must differ in level or outcome.  Lives in arena. */
struct undo undo_find(struct arena *arena, struct undo_side before, struct undo_side now);

#endif
