/* SPDX-License-Identifier: MIT
 *
 * Small cells of a published table of counts, suppressed so that totals do not
 * give them away.
 *
 * Primary: counts from 1 to least − 1.  Secondary: for each of these, three more
 * cells that form a rectangle with it (totals count as cells: rows and columns are
 * one longer than the table), chosen so that amounts can be moved around the
 * rectangle and every sum that is still shown stays true.  Then whoever solves the
 * equations, and knows that counts are not negative, finds for each small count
 * anything from 0 (for a total: from itself) to `least`.  Cheapest rectangle first,
 * so that as little as possible disappears; the one of the three totals always
 * works.
 */
#ifndef XINGJI_FACTS_SUPPRESS_H
#define XINGJI_FACTS_SUPPRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * counts has (rows + 1) × (columns + 1) cells, row by row, the last row and column
 * being the totals, and must add up.  hidden has as many; all are set.  A list of
 * counts with a total is a table of one column.
 */
void suppress_table(const int64_t *counts, size_t rows, size_t columns, int64_t least, bool *hidden);

#endif
