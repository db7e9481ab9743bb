/* SPDX-License-Identifier: MIT */
/*
 * One output file, CSV or XML, written line by line: a line is gathered, re-coded where the file is not
 * UTF-8, and handed to stdio.  Trouble with the disk is remembered and told by sheet_close.
 */
#ifndef SAMPLE_SHEET_H
#define SAMPLE_SHEET_H

#include <stdbool.h>

struct sheet;

/* As what the file is saved: as programs do, or as Excel and WPS do (with CRLF). */
enum sheet_kind { SHEET_UTF8, SHEET_UTF8_BOM, SHEET_GB18030 };

/* Create DIR/NAME; NULL after a line on stderr when that is impossible.  sheet_close it. */
struct sheet *sheet_open(const char *dir, const char *name, enum sheet_kind kind);

/* Add a cell to the CSV line, quoted where it must be. */
void sheet_cell(struct sheet *sheet, const char *text);

/* Add text as it is, or escaped for XML, to the line. */
void sheet_text(struct sheet *sheet, const char *text);
void sheet_escaped(struct sheet *sheet, const char *text);

/* End the line and write it. */
void sheet_line(struct sheet *sheet);

/* Write a whole line of text, and a whole line of cells that ends with NULL. */
void sheet_text_line(struct sheet *sheet, const char *text);
void sheet_row(struct sheet *sheet, const char *const cells[]);

/* Close the file; NULL is allowed.  False when something could not be written. */
bool sheet_close(struct sheet *sheet);

#endif
