/* SPDX-License-Identifier: MIT
 *
 * What statements ask, as bits: one for each table of a scope, that its rows count, and one for each of its columns.
 * SQLite names them when it compiles a statement (lock.h), so they hold for whatever rows there are.
 */
#ifndef XINGJI_FACTS_ASKED_H
#define XINGJI_FACTS_ASKED_H

#include "facts/table.h"

/* The tables of a scope, as table_of has them, and the number of the bit of each, before those of its columns. */
struct asked_tables {
	enum facts_scope scope;
	const struct table **tables;
	uint32_t *first;
	size_t count;
};

/* In arena.  The scope must not have more columns than there are bits. */
void asked_open(struct asked_tables *tables, struct arena *arena, enum facts_scope scope);
/* Adds a column, or of no name the table alone; false where the scope has no such table or column. */
bool asked_add(const struct asked_tables *tables, struct text table, struct text column, struct facts_asked *asked);
void asked_join(struct facts_asked *asked, const struct facts_asked *more);
bool asked_has(const struct facts_asked *asked, size_t bit);

#endif
