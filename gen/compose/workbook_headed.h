/* SPDX-License-Identifier: MIT
 *
 * A sheet that is filled in by hand below a head of its own: lines of text above the headings, cells
 * framed and wrapped, grey where nothing is to be changed, printed a page wide.  For compose/workbook.c alone.
 */
#ifndef XINGJI_COMPOSE_WORKBOOK_HEADED_H
#define XINGJI_COMPOSE_WORKBOOK_HEADED_H

#include "compose/workbook.h"

struct xml_write;

/* The part of the styles; style 1 is that of headings, 2 that of free text, as in every workbook. */
extern const char workbook_headed_styles[];

/* Of a column, in digits: what is still blank has the width of what will be written there. */
size_t workbook_headed_width(const struct rows *rows, const struct workbook_form *form, size_t column);
/* What <sheetData> holds. */
void workbook_headed_rows(struct xml_write *xml, const struct rows *rows, const struct workbook_form *form);
/* <sheetPr>, before everything, and <pageSetup>, behind it: across, all columns on one page. */
void workbook_headed_fit(struct xml_write *xml);
void workbook_headed_page(struct xml_write *xml);

/* What workbook.c lends: the beginning of a cell, the rest of one with a text, widths in digits. */
void workbook_cell_open(struct xml_write *xml, size_t column, size_t row);
void workbook_string_close(struct xml_write *xml, struct text text);
size_t workbook_text_width(struct text text);
size_t workbook_column_width(const struct rows *rows, size_t column);

#endif
