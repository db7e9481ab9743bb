/* SPDX-License-Identifier: MIT
 *
 * The rows of a large table column by column, every value that differs once and each row its number.
 *
 * What passes over all rows asks the same records again and again: a column is made when it is first
 * looked at, by the table's own getters, and then costs an index.  And rows that look alike in all that a
 * query looks at need not be told apart: they are one row that says how many it stands for (`is_counted`
 * in table.h).  Only for tables all of whose rows are shown: scope province.
 */
#ifndef XINGJI_FACTS_CODED_H
#define XINGJI_FACTS_CODED_H

#include "facts/table.h"

/* Of one table and connection; lives in the view's arena. */
struct coded;

/*
 * columns: those of the scope, ended by NULL; borrowed.  A column that another such table of the view has made of the
 * same rows (the same `load`) is not made again.
 */
struct coded *coded_new(struct view *view, const struct table *table, const struct column *const *columns);
/* That of the table in the view; NULL: it has none. */
struct coded *coded_find(const struct view *view, const struct table *table);
int32_t coded_rows(const struct coded *coded);
/* The columns that a query looks at, in one pass over the rows; `used` as in coded_alike. */
void coded_make(struct coded *coded, uint64_t used);

/* A value of a cell; texts live with the view. */
struct coded_value {
	enum value_kind kind;
	union {
		struct text text;
		int64_t integer;
		double real;
	};
};
/* Of the column of that index in the row of that number. */
const struct coded_value *coded_value(struct coded *coded, size_t column, int32_t row);

/* Rows that are alike: the first of them, and how many there are; in the order of the first. */
struct alike {
	int32_t count;
	const int32_t *first, *rows;
};
/* used: bit n for the column of index n, the last one for all behind it, as SQLite has it. */
const struct alike *coded_alike(struct coded *coded, uint64_t used);

/* Every row as these columns have it; of a counted table the rows that are counted. */
struct hash;
void coded_digest(struct coded *coded, const size_t *columns, size_t count, struct hash *hash);

/* The row of those indexes as every table's load expects it: of the view, all else unset. */
void row_begin(struct row *row, struct view *view, int32_t outer, int32_t inner);
/* Of a table that is counted: how many rows this one stands for. */
cell_getter cell_alike;

#endif
