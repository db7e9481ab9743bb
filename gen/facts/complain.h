/* SPDX-License-Identifier: MIT
 *
 * SQLite's errors as diagnostics: which name, which place, what to write instead.
 *
 * Messages name tables, columns and functions only, never a value of the data.
 */
#ifndef XINGJI_FACTS_COMPLAIN_H
#define XINGJI_FACTS_COMPLAIN_H

#include <sqlite3.h>

#include "base/diag.h"
#include "facts/lock.h"

struct complaint {
	sqlite3 *db;
	const struct view *view;
	const struct lock *lock;
	struct text sql;   /* the statement */
	struct span place; /* of the whole of it */
};

/* After a failed prepare or step. */
void complain_of(const struct complaint *complaint, int rc);
/* About the part of the statement from `offset` on (offset < 0: the whole). */
void complain_at(const struct complaint *complaint, enum diag_kind kind, int64_t offset, size_t size, int64_t number);

#endif
