/* SPDX-License-Identifier: MIT
 *
 * CSV records from UTF-8 text, one at a time, every cell with its exact place.
 *
 * Follows RFC 4180 and is lenient as spreadsheets are: any of , ; tab separates;
 * lines end with LF, CRLF or CR; a quote inside an unquoted cell is itself.  What
 * a cell means, which columns there are and which rows are blank is not known
 * here: read/table.h.  tests/spec/csv.txt is the documentation by example.
 */
#ifndef XINGJI_READ_CSV_H
#define XINGJI_READ_CSV_H

#include "base/source.h"
#include "base/text.h"
#include "read/csv_scan.h"

struct reader;

enum {
	CSV_CELLS_MOST = 256,        /* kept per record; a header has 13 columns, hand-made ones perhaps 60 */
	CSV_TOLD_MOST = 1000,        /* complaints about one file: it is wrong as a whole by then, the rest is counted */
	CSV_COMPLAINTS = 4,          /* kinds of them */
	CSV_CELL_LARGEST = 64 << 10, /* bytes; a cell of Excel holds 32,767 characters, what staff type fits ten times */
};

struct csv_cell {
	struct text text; /* without quotes; borrows from the source, or from the arena where quotes were doubled */
	struct span span; /* as it stands in the file, quotes included */
};

struct csv {
	const struct reader *reader;
	struct text text;
	uint32_t source;
	size_t offset;        /* of the next record */
	char separator;
	bool is_silent;       /* while looking for the header nothing is reported */
	size_t width;         /* columns of a row, once they are known: a quote that holds a line of so many swallowed a row; 0: not known */
	size_t told;          /* complaints about this file */
	size_t losses;        /* of them: open quotes and cells too long, which change what cells say */
	int64_t untold[CSV_COMPLAINTS]; /* those beyond CSV_TOLD_MOST that look like none of those told, by kind */
	/* The record last read. */
	struct csv_cell cells[CSV_CELLS_MOST];
	size_t row;           /* 1-based, as spreadsheets count it: a cell of several lines is in one row */
	size_t count;         /* cells kept */
	size_t total;         /* cells there were, also those past CSV_CELLS_MOST */
	struct span beyond;   /* the first of those that holds anything; empty: none */
	struct span span;     /* from the first cell to the last */
	unsigned char stops[256]; /* bytes that end an unquoted cell */
	struct csv_stops near;    /* where they stand hereabouts */
};

/* At the start of a source; the struct may be large but owns nothing. */
void csv_init(struct csv *csv, const struct reader *reader, uint32_t source, char separator);
/* The same while the caller borrows the text (sources_borrow): it does not stay because of that. */
void csv_init_borrowed(struct csv *csv, const struct reader *reader, uint32_t source, char separator);

/*
 * Reads the record at csv->offset, false at the end.  Always moves on and always
 * gives something: an unclosed quote ends with its line, and so does one that holds what
 * looks like a row of the table, whatever closes it; text behind a closing quote joins the cell, a cell over CSV_CELL_LARGEST is empty; each is reported.
 */
bool csv_next(struct csv *csv);
/*
 * Moves over records that end before the offset `until`, as csv_next would, as long as they have no quote; for who
 * looks for a place and not for what stands before it.  Returns how many; csv->row counts them, too.
 */
size_t csv_skip(struct csv *csv, size_t until);

#endif
