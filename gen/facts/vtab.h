/* SPDX-License-Identifier: MIT
 *
 * struct table as SQLite virtual tables: eponymous, read-only, nothing copied.
 */
#ifndef XINGJI_FACTS_VTAB_H
#define XINGJI_FACTS_VTAB_H

#include <sqlite3.h>

#include "facts/table.h"

/* Registers every table of the view's scope; the view must outlive the connection.  False when SQLite refuses. */
bool vtab_register(sqlite3 *db, struct view *view);

/* Every row that the view shows of a table, and of it the columns whose bits, from `first` on, are asked. */
struct facts_asked;
struct hash;
void vtab_digest(struct view *view, const struct table *table, const struct facts_asked *asked, size_t first,
		 struct hash *hash);

#endif
