/* SPDX-License-Identifier: MIT
 *
 * The rows of a download read back: CSV, JSON and XLSX as we write them, by readers that
 * share nothing with the writers.
 */
#ifndef XINGJI_PUBLISH_CROSSCHECK_TABLE_H
#define XINGJI_PUBLISH_CROSSCHECK_TABLE_H

#include "base/text.h"

struct arena;

enum { CROSSCHECK_COLUMNS = 32 };

struct crosscheck_row {
	struct text names[CROSSCHECK_COLUMNS], cells[CROSSCHECK_COLUMNS];
	size_t count;
};

typedef void crosscheck_take(void *context, const struct crosscheck_row *row);

struct crosscheck_reader {
	struct arena *arena;
	crosscheck_take *take; /* called for each row */
	void *context;
};

/* By the end of the path.  False when it is no such file or cannot be read. */
bool crosscheck_table_read(const struct crosscheck_reader *reader, struct text path, struct text bytes);
/* The cell under a name; missing when there is none. */
struct text crosscheck_cell_of(const struct crosscheck_row *row, const char *name);

#endif
