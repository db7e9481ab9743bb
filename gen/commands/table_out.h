/* SPDX-License-Identifier: MIT
 *
 * Rows that a command makes itself, printed as a table, as CSV or as a workbook.
 */
#ifndef XINGJI_COMMANDS_TABLE_OUT_H
#define XINGJI_COMMANDS_TABLE_OUT_H

#include "base/list.h"
#include "build/options.h"
#include "facts/facts.h"

struct buf;
struct run;

/* Rows that grow, value by value; whoever writes them says how many columns there are. */
struct table_out {
	struct arena *arena;
	LIST(struct value) values; /* given back by table_out_write */
	const char *const *headings;
	size_t column_count;
};

/* Borrowed; an empty text is a missing value. */
void table_out_text(struct table_out *table, struct text text);
void table_out_number(struct table_out *table, int64_t number);

/* What --format asks for: table (0; also where nothing is asked for), csv, xlsx; -1 after saying that it is none. */
int table_out_format(const struct options *options);
bool table_out_is_workbook(int format);

/* Replaces the contents of buf and empties the table. */
void table_out_write(struct table_out *table, int format, struct buf *buf);

/* Bytes to --output, readable by its owner only, or to standard output; an exit code. */
int table_out_deliver(struct run *run, struct text bytes);

#endif
