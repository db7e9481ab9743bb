/* SPDX-License-Identifier: MIT
 *
 * Pipe tables, from the lines of what CommonMark takes for a paragraph.
 */
#ifndef XINGJI_DOC_PIPE_TABLE_H
#define XINGJI_DOC_PIPE_TABLE_H

#include "doc/doc.h"

/* Reads the marks inside a cell into *cell (text, target, is_strong). */
typedef void pipe_table_cell(void *context, struct text raw, struct cell *cell);

/* True when the lines begin with a header row and a delimiter row. */
bool pipe_table_is(struct text lines);
/*
 * The table; rows are as long as the header row.  Right-aligned columns are numbers.
 * *caption is set to what follows ":" in a line behind the rows, else missing.
 */
struct table *pipe_table_read(struct arena *arena, struct text lines, pipe_table_cell *read, void *context, struct text *caption);

#endif
