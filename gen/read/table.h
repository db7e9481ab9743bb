/* SPDX-License-Identifier: MIT
 *
 * A CSV file of one entity of schema.def: finds separator and header, matches the
 * headings, and gives row by row the cells by field.
 */
#ifndef XINGJI_READ_TABLE_H
#define XINGJI_READ_TABLE_H

#include "base/diag.h"
#include "model/schema.h"
#include "read/csv.h"

enum {
	TABLE_FIELDS_MOST = FIELDS_MOST,
	TABLE_RANGES_NAMED = 8, /* cells or ranges of cells named in one message */
};

/* A cell or an attribute before it is cleaned. */
struct value {
	struct text text;
	struct span span;
	bool is_given; /* the column or attribute exists */
};

struct table {
	struct csv csv;
	const struct entity *entity;
	int16_t column_of[TABLE_FIELDS_MOST]; /* by field, -1 when there is no such column */
	int16_t name_column;   /* an enterprise name beside the code, for tables that have no such field; or -1 */
	int16_t platform_column; /* a platform's name beside the track, likewise */
	size_t width;          /* columns up to the last one with a heading */
	struct span header;
	/* Columns of which it is still to be found out whether any row fills them, and what lies in which. */
	int16_t unfilled[CSV_CELLS_MOST];
	size_t unfilled_count;
	bool is_filled[CSV_CELLS_MOST], is_headed[CSV_CELLS_MOST];
	int64_t short_rows[CSV_CELLS_MOST + 1]; /* by how many cells they have */
	struct span short_ends[CSV_CELLS_MOST + 1]; /* where the first of each ends */
	/* Rows with more cells than the header, those behind it blank: a comma inside a cell moved the others. */
	int64_t rows, long_rows;
	size_t header_cells;
	struct span long_row;  /* the first of them */
	struct span cut;       /* where a short row ends with which the file ends in the middle of a line; empty: it does not */
	bool has_rows;         /* a row of data was read */
	int64_t lost_rows;     /* that were passed over because they name nobody */
	struct span lost;      /* the first of them */
	struct csv_cell guesses[TABLE_FIELDS_MOST]; /* by required field: an unknown heading that may be it */
	/* Rows that are no data: the first of them, and at which cells they begin. */
	struct span aside;
	int64_t asides;
	struct text aside_names[TABLE_RANGES_NAMED];
	/* Ranges of rows without a code; the one being read begins at row keyless_first, 0: none is. */
	struct text keyless_names[TABLE_RANGES_NAMED];
	int64_t keyless_ranges;
	size_t keyless_first, keyless_last; /* rows of the sheet */
	struct text first_heading; /* to know the header when it comes again */
	const struct field *heads[CSV_CELLS_MOST]; /* what each column of the header is called, NULL: no field */
	int16_t first_column;
	bool is_half_read;     /* the row last read has an open quote; it was told, cells too many follow from it */
	/*
	 * Of the row last read: it is too long or lacks required cells, so it must not be
	 * used.  Not reported here, since only the caller can say whom it concerns.
	 */
	enum diag_kind fault;  /* DIAG_KINDS when the row is sound */
	struct diag_args fault_args;
};

/*
 * Opens a CSV file, or what xlsx_open finds in a workbook (.xlsx).  Title lines above the header are passed
 * over, a header of two rows is joined (read/table_header.h), unknown columns noted.  Returns false after
 * reporting: not readable, empty, no header, the table of another entity, required headings missing.
 */
bool table_open(struct table *table, const struct reader *reader, const char *path, enum entity_kind kind);
/* The same of a file that can be let go (input_open_passing). */
bool table_open_passing(struct table *table, const struct reader *reader, const char *path, enum entity_kind kind);
/* The same for a source that is open already. */
bool table_open_source(struct table *table, const struct reader *reader, uint32_t source, enum entity_kind kind);

/*
 * The next row that is data and not blank; false at the end.  Reported on the way: a repeated
 * header, a column without a heading that holds anything, rows without the code that says whom they
 * concern, which are passed over; at the end: totals, remarks and instructions (read/table_aside.h),
 * rows that lack columns which others fill.
 */
bool table_next(struct table *table);

/* The cell of a field in the row last read: where there is no cell, the place of the row's end. */
struct value table_value(const struct table *table, size_t field);
/* The same of all fields, by field. */
void table_values(const struct table *table, struct value *values);
/* The cell of name_column; not given when there is none. */
struct value table_name(const struct table *table);
/* That of platform_column, likewise. */
struct value table_platform(const struct table *table);
bool table_has(const struct table *table, const char *field_name);
/* Whether the row last read begins as most do: with something that is no heading and no remark. */
bool table_begins_with_code(const struct table *table);
/* The whole row. */
struct span table_row(const struct table *table);

#endif
