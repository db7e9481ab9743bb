/* SPDX-License-Identifier: MIT
 *
 * A table as it is passed through: which rows equalities leave, whose of them the scope shows, and the two loops;
 * of a large table its columns instead (coded.h).
 */
#ifndef XINGJI_FACTS_CURSOR_H
#define XINGJI_FACTS_CURSOR_H

#include <sqlite3.h>

#include "facts/coded.h"

/* What an equality may narrow, by the name of its column. */
enum key { KEY_PARTICIPATION, KEY_ENTERPRISE, KEY_CODE, KEY_TRACK, KEY_ITEM, KEYS, KEY_NONE = KEYS };

enum { ITEM_ID_MOST = 64 }; /* a longer one narrows nothing */

struct cursor {
	sqlite3_vtab_cursor base;
	const struct table *table;
	struct view *view;
	const struct column *const *columns;
	struct coded *coded;         /* of the table, or NULL; … */
	bool is_pass;                /* … the rows are taken from its columns, … */
	const struct alike *alike;   /* … or else these of them */
	int32_t outer, outer_end;   /* the half-open range that is left */
	int32_t pick;                    /* else from this one those of its enterprise, where is_picked; -1: none */
	bool is_picked, is_over, has_item;
	char item_at[ITEM_ID_MOST]; /* SQLite's value lives only while filtering */
	size_t item_size;
	int32_t inner, inner_end;
	struct row row;
};

/* What an equality of that column narrows. */
enum key cursor_key(const struct table *table, const struct column *column);
double cursor_outer_size(const struct view *view, enum outer outer);

/* Before the first of all rows; then narrowed; then chosen how to pass; then advanced to the first. */
void cursor_start(struct cursor *cursor);
/* A value of another type narrows nothing: SQLite compares every row itself. */
void cursor_narrow(struct cursor *cursor, enum key key, sqlite3_value *value);
/* To one participation. */
void cursor_narrow_part(struct cursor *cursor, int64_t participation);
/* used: the columns that a query looks at, in hexadecimal digits; of a table that is coded or counted. */
void cursor_choose(struct cursor *cursor, const char *used);
/* To the next row from where the loops stand; is_over behind the last. */
void cursor_advance(struct cursor *cursor);
/* In a pass by columns: the value of the row; of a counted table of those that it stands for. */
const struct coded_value *cursor_coded(const struct cursor *cursor, int column);

#endif
