/* SPDX-License-Identifier: MIT
 *
 * Widths of a table's columns, from what stands in them.
 */
#ifndef XINGJI_LAYOUT_COLUMN_H
#define XINGJI_LAYOUT_COLUMN_H

#include <stdbool.h>
#include <stddef.h>

struct column_need {
	double least_pt, most_pt; /* narrowest without cutting words; widest that is of use */
	double share;             /* wanted share of the whole, 0 = from content */
	double width_pt;          /* the result; all include the padding between columns */
};

/*
 * Gives every column its width so that they fill width_pt: what is over goes to
 * the columns in proportion to their content; what is short is taken from those
 * that have the most.  Returns false when not even the narrowest widths fit (words
 * will be cut); the widths then still fill width_pt.  `needs` is the caller's; nothing is kept.
 */
bool column_solve(struct column_need *needs, size_t count, double width_pt);

#endif
