/* SPDX-License-Identifier: MIT
 *
 * Lists without SQLite: a SELECT that goes through one table of one participation in its order, and says of each row
 * columns, words, and words chosen by columns.
 *
 *	select area_id || ' ' || area as "group", coalesce(label, '—'), case result when '符合' then '●' else '·' end as 核定
 *	from items i where i.participation_id = 17 order by i.ordinal
 *
 * The list of all items of a diagnosis is one of hundreds of rows and a dozen columns; SQLite's machine takes twenty
 * steps for each row of it, this a function call a cell (tests/bench/README.md: where a diagnosis goes).  The rows
 * come from the same cursor as SQLite's (cursor.h), so whose they are is decided where it always is, and the columns
 * are those of the scope.  What is not of that form, or shows anything but text, is SQLite's to answer; so is what is
 * wrong.
 */
#ifndef XINGJI_FACTS_PLAIN_H
#define XINGJI_FACTS_PLAIN_H

#include "facts/table.h"

struct arena;
struct plain;

/* Lives in arena, borrows sql; NULL: not of that form. */
const struct plain *plain_read(struct arena *arena, const struct view *view, struct text sql);
/*
 * Its values row by row, whose texts live with the view, in sql or in arena; the names of columns are the caller's to
 * set.  False, and nothing said, where it is not to be answered so: then SQLite must.
 */
bool plain_answer(const struct plain *plain, struct view *view, struct arena *arena, struct rows *rows);

#endif
