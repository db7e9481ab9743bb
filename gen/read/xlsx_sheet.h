/* SPDX-License-Identifier: MIT
 *
 * One sheet of a workbook → the text of a CSV file with a line for every row of the
 * sheet, empty ones too, so that lines count as the rows do.
 *
 * A line break inside a cell becomes U+2028, which is white space to read/clean.h as any
 * other line break is.  Shared strings and number formats are read before: read/xlsx.c.
 */
#ifndef XINGJI_READ_XLSX_SHEET_H
#define XINGJI_READ_XLSX_SHEET_H

#include "base/buf.h"
#include "base/list.h"
#include "base/source.h"
#include "read/xlsx_value.h"

struct package;

enum {
	XLSX_ROWS_MOST = 1 << 20, /* of a sheet: what Excel has */
	XLSX_COLUMNS_MOST = 1 << 14,
	XLSX_CELLS_MOST = 8 << 20,
	XLSX_HEAD_ROWS = 20,      /* among which a header stands (read/table.h) */
};

/* In xlsx_shared.bytes. */
struct xlsx_string {
	uint32_t at, size;
};

/* What the sheets of a workbook share. */
struct xlsx_shared {
	struct buf bytes;
	LIST(struct xlsx_string) strings;
	LIST(struct xlsx_form) forms; /* by cell style */
	bool is_1904;
};

struct xlsx_cell {
	uint32_t row; /* from 0, as the column is */
	uint16_t column;
	uint32_t at, size; /* in xlsx_sheet.bytes */
};

enum xlsx_fault { XLSX_SOUND, XLSX_FORMULA_EMPTY, XLSX_CELL_LONG, XLSX_HIDDEN, XLSX_MERGED, XLSX_FAULTS };

struct xlsx_sheet {
	struct buf bytes;
	LIST(struct xlsx_cell) cells; /* those that hold anything, by row and column */
	/* Of each kind of fault how many cells (rows, ranges) have it, and in the text where the first is. */
	struct {
		int64_t count;
		uint32_t row, column;
		struct span span; /* set by xlsx_sheet_write; without a source */
	} faults[XLSX_FAULTS];
};

/* Reads the cells of a part, of the first `rows` rows; xlsx_sheet_clear must follow always.  False after reporting. */
bool xlsx_sheet_read(struct package *package, struct text part, const struct xlsx_shared *shared, uint32_t rows,
		     struct xlsx_sheet *sheet);
void xlsx_sheet_clear(struct xlsx_sheet *sheet);
struct text xlsx_sheet_text(const struct xlsx_sheet *sheet, const struct xlsx_cell *cell);
/* Appends it as CSV. */
void xlsx_sheet_write(struct xlsx_sheet *sheet, struct buf *csv);

/* "C12" → row 11, column 2; false when it is none that a sheet can have. */
bool xlsx_place(struct text ref, uint32_t *row, uint32_t *column);

#endif
