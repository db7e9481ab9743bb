/* SPDX-License-Identifier: MIT
 *
 * A workbook (.xlsx) where a CSV file may stand: the sheet that has the headings of a
 * table becomes a source of its own, "enterprises.xlsx[企业]", whose text is CSV with a
 * line for every row of the sheet (read/xlsx_sheet.h).  Behind that nobody knows the difference.
 *
 * Read are hidden rows, not hidden sheets, both told; formulas count by the result
 * that was saved with them.  Memory and time are bounded: read/package.h, xlsx_sheet.h.
 */
#ifndef XINGJI_READ_XLSX_H
#define XINGJI_READ_XLSX_H

#include "base/text.h"
#include "model/schema.h"

struct reader;

/* The sheet that explains how to fill in a form of answers: it holds no table. */
#define XLSX_GUIDE "填写说明"

/* Is it named as a workbook is? */
bool xlsx_is_named(struct text path);

/*
 * Opens the file and its sheet for `kind`: the only visible one that holds anything, or of several the
 * only one with the required headings.  Returns the number of the sheet's source, or 0 after reporting: what
 * input_open reports of files; no workbook, one with a password, damaged, too large; no sheet or two.
 */
uint32_t xlsx_open(const struct reader *reader, const char *path, enum entity_kind kind);

/* The same for bytes that are in memory already; `source` is the file's. */
uint32_t xlsx_open_bytes(const struct reader *reader, uint32_t source, struct text bytes, enum entity_kind kind);

/* A visible sheet of a workbook; source 0: it is blank. */
struct xlsx_named {
	struct text name;
	uint32_t source;
};
/*
 * The first `most` visible sheets, each as a source, for who knows them by their names.  Returns how
 * many there are of them; 0 after reporting as xlsx_open_bytes.  Names live in the reader's arena.
 */
size_t xlsx_open_all(const struct reader *reader, uint32_t source, struct text bytes, struct xlsx_named *sheets,
		     size_t most);

#endif
