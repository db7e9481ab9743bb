/* SPDX-License-Identifier: MIT
 *
 * The queries of a document, in .sql files beside its texts, so that the texts hold words alone.
 *
 *	-- How many took part, city by city.      a comment
 *	-- name: cities
 *	-- for: tracks                            asked for each row of the list `tracks`
 *	select city, count(*) as n from participations where track_code = {{track_code}} group by city
 *
 *
 * Words that compare or generalise in its quotes are reported (claim_words.h), since no claim can be written there,
 * but below "-- claims: free WHY".
 *
 * A query begins at its "-- name:" and ends before the comment above the next one.  Texts name it,
 * {{cities.n}}, {{#cities}}, and in a fence "query: cities"; so do other queries, in any order.
 * It is asked once it is named, not where it is written: without "for" it sees the names of the whole
 * document, with it those of the row it is asked for too, and may be named inside that list only.
 *
 * A file of queries belongs to one text ("group") or to all of them; a text sees its own and the shared ones.
 */
#ifndef XINGJI_COMPOSE_QUERIES_H
#define XINGJI_COMPOSE_QUERIES_H

#include "base/source.h"

struct arena;
struct diag;
struct mustache;
struct mustache_text;
struct nearest;

/* One named query. */
struct mustache_query {
	struct text name;
	struct text list;            /* of the rows that it is asked for; missing: it is asked once */
	const struct mustache *sql;
	struct span place, span;     /* of its name, of its SQL */
	uint32_t group;              /* QUERIES_SHARED: of all texts */
	bool is_named;               /* by a text, or by a query that is */
};

enum { QUERIES_SHARED = 0 };

struct queries;

/* Never NULL; lives in arena.  Complaints of the functions below go to diag. */
struct queries *queries_new(struct arena *arena, struct diag *diag);
/* All queries of a file, whose text must outlive them. */
void queries_read(struct queries *queries, const struct mustache_text *file);
/* One that is written elsewhere: in the header of a text. */
void queries_add(struct queries *queries, const struct mustache_query *query);
/* Notes which are named by a text; check, after all texts, complains of those that none names. */
void queries_note(struct queries *queries, const struct mustache *text);
void queries_check(struct queries *queries);

/* What a text of that group means by the name; NULL: no query. */
const struct mustache_query *queries_find(const struct queries *queries, uint32_t group, struct text name);
void queries_offer(const struct queries *queries, uint32_t group, struct nearest *nearest);
/* SQL for one line: its line ends and indentations become one space, lines that are comments go. */
struct text queries_fold(struct arena *arena, struct text sql);

#endif
