/* SPDX-License-Identifier: MIT
 *
 * The row below a row, where both begin with the same bytes: results stand below each other by enterprise, track
 * and round, and of hundreds of rows only the item and what was found differ.
 *
 * What table_next would say of such a row follows from the row above and from its other cells, as long as these are
 * plain.  Where anything is out of the ordinary (a quote, a cell too many or too few, a column that no row filled
 * before, a last line that does not end) nothing is found here, and table_next reads the row.
 * tests/unit/check_results.c holds one against the other.
 */
#ifndef XINGJI_READ_TABLE_ALIKE_H
#define XINGJI_READ_TABLE_ALIKE_H

#include "read/table.h"

enum { TABLE_ALIKE_CELLS = 8 /* behind the columns that are the same */ };

struct table_alike {
	size_t columns;   /* of the table, the first, that are to be the same */
	struct text head; /* their bytes, and the separator behind them; missing: there is no row to begin like */
	/* Of the row that was found: its other cells, by column - columns, and where it lies. */
	struct text cells[TABLE_ALIKE_CELLS];
	struct span place;
	size_t next;      /* offset of the row below it */
};

/* False where the table has too many or too few columns behind the first `columns`, which are at least one. */
bool table_alike_open(struct table_alike *alike, const struct table *table, size_t columns);
/* Of the row that table_next gave: those below may begin like it. */
void table_alike_begin(struct table_alike *alike, const struct table *table);
/* Looks at the row below, and moves nothing. */
bool table_alike_find(struct table_alike *alike, struct table *table);
/* Moves over the row that was found, as table_next would have. */
void table_alike_take(const struct table_alike *alike, struct table *table);

#endif
