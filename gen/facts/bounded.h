/* SPDX-License-Identifier: MIT
 *
 * SQLite's own functions over texts, as far as one call of them can take time in
 * proportion to the product of two lengths: instr, replace, the trims, like and glob.
 *
 * These mean the same, are linear where they can be, and pay for what they do before
 * they do it (lock_spend); SQLite itself counts a call as one step, however long.
 */
#ifndef XINGJI_FACTS_BOUNDED_H
#define XINGJI_FACTS_BOUNDED_H

#include <stdbool.h>

#include <sqlite3.h>

struct lock;

/* False when SQLite refuses. */
bool bounded_register(sqlite3 *db, struct lock *lock);

#endif
