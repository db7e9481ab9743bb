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
	double pad_pt;            /* the padding between columns, that these and the result include */
	double ragged_pt;         /* what a line that is not the last loses at its end, on average */
	const float *texts_pt;    /* one a row, without padding: its text on one line, 0: it never takes a second */
	const float *calm_pt;     /* one a row: with so much room lines end at marks and blanks only, 0: never mind */
	double width_pt;          /* the result */
};

/*
 * Gives every column its width so that they fill width_pt: what is over goes to
 * the columns in proportion to their content; what is short is taken from those
 * that have the most, and then shifted between two columns at a time until the `rows`
 * take the fewest lines (those of the first COLUMN_ROWS_MOST, as reckoned from their texts), and of
 * the ways that take as few, the fewest texts are torn within a word (信息/化部门): the
 * same texts always get the same widths, and widths that are no better stay as they are.
 * Time: pairs of columns times rows.  Returns false when not even the narrowest widths fit (words
 * will be cut); the widths then still fill width_pt.  `needs` is the caller's; nothing is kept.
 */
enum { COLUMN_ROWS_MOST = 120 };
bool column_solve(struct column_need *needs, size_t count, double width_pt, size_t rows);

#endif
