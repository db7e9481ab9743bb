/* SPDX-License-Identifier: MIT
 *
 * What a query compares with, lifted out of its text: `where participation_id = 17` is `… = ?1` with 17 for
 * every enterprise, so that a statement is compiled once a run and not once a document.
 *
 * Only whole numbers and quoted texts right behind an = are lifted, that of ==, !=, >= and <= too, and quoted texts
 * right behind a || (of which addresses are made): there a value is a value, not the number of a column (ORDER BY 1).
 */
#ifndef XINGJI_FACTS_LIFT_H
#define XINGJI_FACTS_LIFT_H

#include <sqlite3.h>

#include "base/text.h"

struct buf;

enum { LIFT_MOST = 32 /* values of one query; what comes behind them stays in its text */ };

struct lifted {
	struct {
		bool is_text;
		int64_t number;
		struct text text; /* with its quotes doubled, as it stood between its quotes; borrowed from the query */
	} values[LIFT_MOST];
	int count;
};

/*
 * The query without its values is appended to `out`.  Nothing is lifted where the text has parameters of its own, or
 * nothing that can be.
 */
void lift(struct text sql, struct buf *out, struct lifted *lifted);
/* False when SQLite refuses. */
bool lift_bind(const struct lifted *lifted, sqlite3_stmt *statement);

#endif
