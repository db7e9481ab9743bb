/* SPDX-License-Identifier: MIT
 *
 * Cells that a spreadsheet may run: a name that begins with '=' must stay a name when
 * the CSV file is opened.
 *
 * Counted as a beginning: = + - @, and their full-width forms ＝ ＋ － ＠, which East
 * Asian editions of Excel and WPS read as the same; also behind blanks of any width and
 * invisible characters, which spreadsheets trim or people do not see.  A tab, carriage
 * return or line feed in front is enough by itself: split there, the rest begins a cell.
 * The minus sign − (U+2212), the dashes – — and the small forms ﹢ ﹣ ﹦ ﹫ are not: no
 * spreadsheet takes them for an operator at the start of a cell, and dashes stand for
 * "nothing" in tables of ours.
 *
 * The cells of a workbook (.xlsx) carry their type: inline strings are never formulas,
 * so they need no guard and get none.
 */
#ifndef XINGJI_BASE_FORMULA_H
#define XINGJI_BASE_FORMULA_H

#include "base/text.h"

/* True when the cell, written as it is, might be taken for a formula. */
bool formula_begins(struct text cell);

#endif
