/* SPDX-License-Identifier: MIT
 *
 * Finding the header of a table: people write titles above it, give it two rows with
 * merged cells, and save with other separators.  What the columns then mean is
 * read/table.h's affair.
 */
#ifndef XINGJI_READ_TABLE_HEADER_H
#define XINGJI_READ_TABLE_HEADER_H

#include "model/schema.h"
#include "read/csv.h"

/* The header stands among the first rows; looking further would take data for headings. */
enum { TABLE_HEADER_ROWS = 20 };

struct table_header {
	size_t score;      /* different fields that it names; 0: there is no header */
	size_t offset;     /* of its first row, bytes */
	size_t row;        /* the same as a row of the sheet, 1-based */
	char separator;
	bool has_two_rows; /* merged cells above, or beside: 联系方式 over 联系人, 联系电话 */
};

/* The best header of the entity in the source of csv, whose state is used up. Nothing is reported. */
struct table_header table_header_find(struct csv *csv, const struct entity *entity);
/*
 * Starts csv anew and reads the header, so that csv->cells are the headings, of two rows
 * joined, and csv->span is all of it.  Says once that titles above were passed over and that
 * there are two rows.
 */
void table_header_read(struct csv *csv, const struct entity *entity, const struct table_header *header);
/*
 * The entity whose table this is in truth: its header has all required headings and names more
 * than the `score` fields that were found of the expected one.  NULL when there is none.
 */
const struct entity *table_header_other(struct csv *csv, const struct entity *expected, size_t score);

/* What else separates headings of the entity in the first rows, where no header was found: "，".  NULL: nothing. */
const char *table_header_separator(struct text text, const struct entity *entity);

/* "C12": a column (from 0) and a row of the sheet (from 1) as spreadsheets name the cell. */
struct text table_cell_name(struct arena *arena, size_t column, size_t row);

#endif
