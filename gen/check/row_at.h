/* SPDX-License-Identifier: MIT
 *
 * The row in which a place lies, read once more: its table, its cells as they stand, and a mark
 * by which it is known again.  For what hands rows back to whoever has to mend them; what is in
 * the model has lost its cells.
 */
#ifndef XINGJI_CHECK_ROW_AT_H
#define XINGJI_CHECK_ROW_AT_H

#include "base/source.h"
#include "model/schema.h"

struct arena;
struct record;

enum { ROW_MARK = 12 }; /* hex digits: of the rows of a year no two different ones share them by chance */

/* A cell as it stands. */
struct row_cell {
	struct text text;
	struct span span;
	bool is_given; /* the column or attribute exists */
};

struct row_at {
	bool is_row;
	bool is_ahead; /* it lies in the start tag of an <assessment>: the cells are those of its first result */
	enum entity_kind kind; /* of the table, also where the place is in no row of it; ENTITIES: no table */
	struct row_cell cells[FIELDS_MOST]; /* by field; the texts live in the arena */
	struct text mark;
	struct span place;
	uint32_t row; /* as a spreadsheet counts; 0 in XML */
};

/*
 * The rows of `count` places, rows[i] that of spans[i]: of tables in the folder of a year, of
 * results as XML, of sheets that were sent back (check/mended.h).  Each file is read once.  Rows that
 * the tables' reader passes over (blank, totals, without a code) are none.
 */
void rows_at(struct arena *arena, struct sources *sources, const struct span *spans, size_t count,
	     struct row_at *rows);

/* The field in whose cell the place lies; FIELDS_MOST: it is the row's. */
size_t row_at_field(const struct row_at *row, struct span place);

/* How many of its first fields tell the rows of a table apart. */
size_t row_key_fields(enum entity_kind kind);
/* What a row says, as a mark: the same wherever it stands and whatever else its table has. */
struct text row_mark(struct arena *arena, const struct record *record);

#endif
