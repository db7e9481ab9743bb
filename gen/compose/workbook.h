/* SPDX-License-Identifier: MIT
 *
 * Rows as an XLSX workbook: a bold head that stays in view, columns as wide as their contents, a
 * filter; of one sheet, or of several whose cells carry notes.  Texts are texts, so nothing in
 * them is a formula.
 */
#ifndef XINGJI_COMPOSE_WORKBOOK_H
#define XINGJI_COMPOSE_WORKBOOK_H

#include "base/buf.h"
#include "facts/facts.h"

/* Replaces the contents of buf.  Values of kind VALUE_INTEGER become numbers, missing ones empty cells. */
void workbook_write(const struct rows *rows, struct buf *buf);

/* A sheet that is to be filled in. */
struct workbook_form {
	struct text name; /* of the sheet: at most 31 characters, none of []:*?/\ */
	const struct workbook_column {
		bool is_text;         /* a code, which no spreadsheet may take for a number */
		bool is_wrapped;      /* a sentence: in several lines rather than cut */
		bool is_fixed, is_date; /* of a form with a head: grey, not to be changed; a date, checked when typed */
		struct text choices;  /* a list to choose from, separated by commas; missing: free */
	} *columns;           /* one for every column of the rows */
	/* Lines above the headings, the first a title.  With them cells are framed, wrapped and printed a page wide. */
	const struct text *head;
	size_t head_count;
};
/* The same, ready to be filled in below its rows; choices of more than 255 characters are no list. */
void workbook_write_form(const struct rows *rows, const struct workbook_form *form, struct buf *buf);

/* What a reader of the sheet is told at a cell: it is coloured, and shows the text when pointed at. */
struct workbook_note {
	size_t row, column; /* of the rows, from 0 */
	struct text text;
};

enum {
	WORKBOOK_SHEETS_MOST = 12,
	WORKBOOK_NOTES_MOST = 1000, /* of a sheet that show their text; the rest are coloured alone */
};

struct workbook_sheet {
	struct rows rows;
	struct workbook_form form;
	const struct workbook_note *notes; /* by row, then column; no two for one cell */
	size_t note_count;
};
/* Several such sheets, at least one and at most WORKBOOK_SHEETS_MOST. */
void workbook_write_sheets(const struct workbook_sheet *sheets, size_t count, struct buf *buf);

#endif
