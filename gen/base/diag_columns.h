/* SPDX-License-Identifier: MIT
 *
 * Complaints as rows of a table: CSV, HTML and JSON lines.
 */
#ifndef XINGJI_BASE_DIAG_COLUMNS_H
#define XINGJI_BASE_DIAG_COLUMNS_H

#include "base/buf.h"
#include "base/diag.h"

enum diag_column {
	COLUMN_CODE, COLUMN_SEVERITY, COLUMN_FILE, COLUMN_LINE, COLUMN_COLUMN,
	COLUMN_TEXT, COLUMN_MESSAGE, COLUMN_REMEDY,
	COLUMN_CELL, COLUMN_HEADING, COLUMN_ENTERPRISE,
	COLUMN_COUNT,  /* of equal ones */
	COLUMN_PLACES, /* the first of them */
	COLUMNS
};

/* What stands before and behind all rows. */
void diag_columns_head(enum diag_format format, struct buf *buf);
void diag_columns_foot(enum diag_format format, struct buf *buf);
/* One row; not for DIAG_FORMAT_TEXT.  JSON lines have neither number nor places: each stands for itself. */
void diag_columns_row(enum diag_format format, const struct buf columns[COLUMNS], struct buf *buf);

#endif
