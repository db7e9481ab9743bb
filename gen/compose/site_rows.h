/* SPDX-License-Identifier: MIT
 *
 * Rows for pages: values of a page's row bound into SQL and into its path, and the
 * rows of one big query shared out among the pages they belong to.
 */
#ifndef XINGJI_COMPOSE_SITE_ROWS_H
#define XINGJI_COMPOSE_SITE_ROWS_H

#include "base/map.h"
#include "base/source.h"
#include "facts/facts.h"

struct arena;
struct buf;
struct diag;

/* One row of a result, and where its query stands.  rows NULL: a page without rows. */
struct site_row {
	const struct rows *rows;
	size_t row;
};

/* The column of that name, or -1 after reporting it at span. */
int site_rows_column(struct diag *diag, const struct rows *rows, struct text name, struct span span);

/*
 * Appends sql with each :column replaced by the row's value as a literal; inside quotes
 * and comments, and behind another colon, a colon is a colon.  False after reporting a
 * column that the row does not have.
 */
bool site_rows_bind(struct diag *diag, struct text sql, struct span span, struct site_row row, struct buf *out);

/*
 * Appends path with each {column} replaced by the row's value.  False after reporting a
 * column that is not there, has no value, or whose value is not one plain part of a path
 * (letters, digits, - and _, up to 100).
 */
bool site_rows_path(struct diag *diag, struct text path, struct span span, struct site_row row, struct buf *out);

/* Rows in groups of equal values of one column, each group in the rows' own order. */
struct site_shares {
	struct rows rows;
	struct map groups; /* value → number of its group */
	size_t *starts;    /* of each group, and the end of the last */
};

/* Borrows the values of rows.  Clear with site_rows_forget. */
struct site_shares site_rows_share(struct arena *arena, const struct rows *rows, size_t column);
/* The rows whose column has that value; possibly none. */
struct rows site_rows_of(const struct site_shares *shares, struct text value);
void site_rows_forget(struct site_shares *shares);

#endif
