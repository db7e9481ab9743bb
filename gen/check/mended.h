/* SPDX-License-Identifier: MIT
 *
 * Rows that came back mended: workbooks in data/<year>/mended/ whose sheets, named as the tables
 * (企业, 参培, 评估结果 …), take the place of the rows that were handed out (data/FORMATS.md §11).
 *
 * A sheet's row says behind # in its column 出处 which row it replaces, by that row's mark
 * (check/row_at.h): so a wrong credit code can be mended too, and a row that was changed in the
 * original meanwhile is not overwritten unseen.  Without 出处 the row of the same key is meant.
 * A workbook may mend what an earlier one mended.  Originals are never written to.
 */
#ifndef XINGJI_CHECK_MENDED_H
#define XINGJI_CHECK_MENDED_H

#include "check/field.h"

#define MENDED_FOLDER "mended"
/* What lies beside a workbook that comes back with all that went out. */
#define MENDED_LETTER "函.pdf"
/* The columns beside the table's own; read/table_columns.c knows them too. */
#define MENDED_PROBLEM "问题"
#define MENDED_REMEDY "处理"
#define MENDED_ORIGIN "出处"
/* Sheets that are no tables. */
#define MENDED_SHEET_MISSING "缺少的材料"
#define MENDED_SHEET_OTHER "其他问题"
#define MENDED_SHEET_SINCE "上次以来"

struct mended;

/* The table that a sheet of that name holds; ENTITIES: none. */
enum entity_kind mended_table(struct text sheet);

/* Reads the folder into check->mended, before any table; reports what of it cannot be used.  Without the folder
 * nothing. */
void mended_read(struct check *check);
/*
 * Where the record came back mended: true, its values and its place are those of the sheet, and every
 * cell that changed is noted (DIAG_MENDED_CELL).  Else false and untouched.
 */
bool mended_apply(struct check *check, struct record *record);
/* When all tables are read: rows of the sheets that replaced nothing are errors.  Gives everything back. */
void mended_report(struct check *check);

#endif
