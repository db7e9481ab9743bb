/* SPDX-License-Identifier: MIT
 *
 * Which column of a table holds which field, and what a heading may have been meant to be.
 */
#ifndef XINGJI_READ_TABLE_COLUMNS_H
#define XINGJI_READ_TABLE_COLUMNS_H

#include <stdbool.h>

struct table;

/*
 * Fills column_of, name_column, platform_column and width from the headings in table->csv; reports a field that has
 * two columns.
 */
void table_match_columns(struct table *table);
/*
 * Reports headings that are none: with the field that each is nearly called, or the table in which
 * there is such a column.  What may be a required column that is missed is kept in guesses, for
 * table_check_columns to name: that is one mistake.
 */
void table_tell_unknown(struct table *table);
/* Reports results that lie crosswise, a column for each item, in place of all that such a table lacks. */
bool table_tell_crosswise(const struct table *table);
/* Whether all required columns are there. */
bool table_is_whole(const struct table *table);
/* The same, reporting those that are not. */
bool table_check_columns(const struct table *table);

#endif
