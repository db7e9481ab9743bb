/* SPDX-License-Identifier: MIT
 *
 * What a statement may do: read the tables of its scope, call the functions on a
 * list, and no more than a bounded amount of work.
 */
#ifndef XINGJI_FACTS_LOCK_H
#define XINGJI_FACTS_LOCK_H

#include <sqlite3.h>

#include "facts/table.h"

enum {
	LOCK_SQL_MOST = 100 * 1000,    /* bytes of one statement */
	LOCK_ROWS_MOST = 200 * 1000,   /* rows of one answer */
	LOCK_ANSWER_MOST = 256 << 20,  /* bytes of one answer */
};

struct lock {
	enum facts_scope scope;
	int64_t work, work_most; /* thousands of virtual machine steps of this statement */
	bool is_worn_out;
	/* What the authorizer refused last: a table, or a function, or neither. */
	char table[64], function[64];
};

/* Call once, after everything is registered.  False when SQLite refuses. */
bool lock_close(struct lock *lock, sqlite3 *db, const struct view *view);
/* Before each statement. */
void lock_begin(struct lock *lock);

#endif
