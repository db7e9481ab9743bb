/* SPDX-License-Identifier: MIT
 *
 * Results that were probably copied from one enterprise to another: those of one agency, track and
 * round that agree in every item, result and note.
 *
 * That happens by chance, too, where nearly everything is 符合.  How likely it is, the province tells:
 * an item agrees between two enterprises with the chance a = Σ f², f being the shares of the five
 * results of that item among all that were looked at in this track and round.  Items go together
 * (who lacks one thing lacks the next), so they are taken for half as many: the chance of the whole
 * is √Π a.  It is a finding when, among all pairs of that agency, track and round, less than
 *
 *	COPIED_CHANCE   a thousandth of a pair would be expected to agree so, and
 *	COPIED_LEAST    at least so many items were looked at, of which
 *	COPIED_UNMET    at least so many are 部分符合 or 不符合.
 *
 * The self-assessment is the enterprise's own and is left out.  Sorted and grouped, not compared pairwise.
 */
#ifndef XINGJI_CHECK_COPIED_H
#define XINGJI_CHECK_COPIED_H

struct check;

enum { COPIED_LEAST = 20, COPIED_UNMET = 5 };
#define COPIED_CHANCE 0.001

/* Warns once per group that agrees, at the second of it, naming the first (results-copied). */
void copied_results(struct check *check);

#endif
