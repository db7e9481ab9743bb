/* SPDX-License-Identifier: MIT
 *
 * The notes of a sheet as Excel and WPS keep them: the texts in one part, and in another where and
 * how large each is drawn (VML, which both still ask for).  For compose/workbook.c alone.
 */
#ifndef XINGJI_COMPOSE_WORKBOOK_NOTES_H
#define XINGJI_COMPOSE_WORKBOOK_NOTES_H

#include "compose/workbook.h"

/* xl/comments<n>.xml */
void workbook_notes_write(const struct workbook_sheet *sheet, struct buf *buf);
/* xl/drawings/vmlDrawing<n>.vml; `number` of the sheet, from 1: no two drawings may share ids. */
void workbook_notes_draw(const struct workbook_sheet *sheet, size_t number, struct buf *buf);

struct xml_write;
/* "C12" of a column from 0 and a row of the sheet from 1. */
void workbook_place_write(struct xml_write *xml, size_t column, size_t row);

#endif
