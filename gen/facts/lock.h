/* SPDX-License-Identifier: MIT
 *
 * What a statement may do: read the tables of its scope, call the functions on a
 * list, and no more than a bounded amount of work.
 *
 * Work is steps of SQLite's machine, and bytes: a step that moves a text costs as much
 * as the text is long.  SQLite tells the largest piece of memory it asked for, which is
 * that text (sorting asks row by row); what functions go through they say themselves.
 * All of it is counted, nothing is timed: a query works on every machine or on none.
 */
#ifndef XINGJI_FACTS_LOCK_H
#define XINGJI_FACTS_LOCK_H

#include <sqlite3.h>

#include "facts/asked.h"

enum {
	LOCK_SQL_MOST = 100 * 1000,    /* bytes of one statement */
	LOCK_ROWS_MOST = 200 * 1000,   /* rows of one answer */
	LOCK_ANSWER_MOST = 256 << 20,  /* bytes of one answer */
};

struct lock {
	int64_t work, work_most; /* of this statement, in units of a thousand steps */
	uint64_t bytes;          /* gone through, not yet a whole unit */
	int largest;             /* bytes of the largest text of this statement */
	bool is_worn_out;
	struct asked_tables tables;
	struct facts_asked asked; /* by the statements compiled since lock_begin */
	/* What the authorizer refused last: a table, or a function, or neither. */
	char table[64], function[64];
};

/* Call once, after everything is registered; in the arena, with which it lives.  False when SQLite refuses. */
bool lock_close(struct lock *lock, sqlite3 *db, const struct view *view, struct arena *arena);
/* Before each statement; and again before its first step, when it has been compiled. */
void lock_begin(struct lock *lock);
/* For a function that is about to go through so many bytes; false when that is too much. */
bool lock_spend(struct lock *lock, uint64_t bytes);

#endif
