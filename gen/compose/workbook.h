/* SPDX-License-Identifier: MIT
 *
 * Rows as an XLSX workbook of one sheet or several: a bold head that stays in view, columns as
 * wide as their contents, a filter.  Texts are texts, so nothing in them is a formula.
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
		bool is_fixed, is_date; /* of a form with a head: grey, not to be changed; a date, checked when typed */
		struct text choices;  /* a list to choose from, separated by commas; missing: free */
	} *columns;           /* one for every column of the rows */
	/* Lines above the headings, the first a title.  With them cells are framed, wrapped and printed a page wide. */
	const struct text *head;
	size_t head_count;
};
/* The same, ready to be filled in below its rows; choices of more than 255 characters are no list. */
void workbook_write_form(const struct rows *rows, const struct workbook_form *form, struct buf *buf);

enum { WORKBOOK_SHEETS_MOST = 4 };
struct workbook_sheet {
	struct rows rows;
	struct workbook_form form;
};
/* The same with several sheets; the first is the one that is seen first. */
void workbook_write_sheets(const struct workbook_sheet *sheets, size_t count, struct buf *buf);

#endif
