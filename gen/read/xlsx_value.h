/* SPDX-License-Identifier: MIT
 *
 * What the cells of a workbook hold → the text that a CSV of the same table would
 * hold, so that nobody behind read/ has to know where it came from.
 */
#ifndef XINGJI_READ_XLSX_VALUE_H
#define XINGJI_READ_XLSX_VALUE_H

#include "base/text.h"

struct buf;

/* How a number is shown, as far as it changes what it says. */
struct xlsx_form {
	enum xlsx_form_kind {
		XLSX_PLAIN,
		XLSX_DATE,  /* days since 1900 or 1904 */
		XLSX_ZEROS, /* "000000": a code of so many digits */
		XLSX_PERCENT, /* the sheet shows 80% where the file has 0.8 */
	} kind;
	size_t digits; /* of XLSX_ZEROS */
};

/* Of a number format: its built-in id, or what it says where it is the workbook's own (missing: it is not). */
struct xlsx_form xlsx_form_of(int64_t id, struct text code);

/*
 * Appends a number as the file has it ("44444.5", "9.13E+17"): with 15 digits, as a spreadsheet computes
 * and shows; from 10^15 on in scientific notation, since then digits are lost and a code is none any more;
 * dates as 2021-09-05, with " 08:30:00" behind where there is a time of day; percentages as they are shown,
 * "80%", but with all their digits: a column of decimals takes them for 0.8 (check/field.h), others say what they see.
 * What is no number stays as it is.
 */
void xlsx_write_number(struct text number, struct xlsx_form form, bool is_1904, struct buf *buf);

/* Appends a string with _x000D_ and its like turned into the characters that they stand for. */
void xlsx_write_string(struct text string, struct buf *buf);

#endif
