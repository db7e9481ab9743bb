/* SPDX-License-Identifier: MIT
 *
 * What stands in a table's cell: the parts of a number, and note marks.
 */
#ifndef XINGJI_LAYOUT_CELL_H
#define XINGJI_LAYOUT_CELL_H

#include "layout/flow.h"

/* Borrowed: what stands before the decimal point, or the whole number without its unit. */
struct text cell_whole_part(struct text number);
/* Whether it holds a digit. */
bool cell_is_numeric(struct text text);
/* The heading of a column, with its unit; made in the arena where it has one. */
struct text cell_heading(struct arena *arena, const struct column *column);
/* The note mark behind the words of `piece`, in its size, with tag and link; no text when the cell has none. */
struct piece cell_note_mark(struct flow *flow, const struct cell *cell, struct piece piece);

#endif
