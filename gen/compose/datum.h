/* SPDX-License-Identifier: MIT
 *
 * What a template sees: a tree of texts, numbers, lists, objects and query results.
 *
 * Plain values, cheap to copy; whatever they point to is borrowed.  A query result is
 * a list of its rows, and when it has exactly one row it is also an object with the
 * columns as fields, so both {{#cities}}…{{/cities}} and {{overview.listed}} work.
 */
#ifndef XINGJI_COMPOSE_DATUM_H
#define XINGJI_COMPOSE_DATUM_H

#include "base/text.h"
#include "facts/facts.h"

enum datum_kind {
	DATUM_NULL,    /* known but missing */
	DATUM_BOOLEAN,
	DATUM_NUMBER,  /* is_true: not zero */
	DATUM_TEXT,
	DATUM_LIST,
	DATUM_OBJECT,
	DATUM_ROWS,    /* a query result */
	DATUM_ROW,     /* one row of it */
};

struct datum {
	enum datum_kind kind;
	bool is_true;              /* BOOLEAN and NUMBER */
	struct text text;          /* TEXT and NUMBER, as printed */
	const struct text *names;  /* OBJECT: count of them, beside items */
	const struct datum *items; /* LIST, OBJECT */
	size_t count;
	const struct rows *rows;   /* ROWS, ROW; of a value: the answer it stood in, NULL for none */
	size_t row;
};

enum datum_found {
	DATUM_FOUND,
	DATUM_NO_NAME,   /* it has no such field */
	DATUM_NO_ROW,    /* the column exists but the query gave no row */
	DATUM_MANY_ROWS, /* the column exists but the query gave several rows */
};

struct datum datum_text(struct text text);
struct datum datum_boolean(bool is_true);
/* The digits live in arena. */
struct datum datum_number(struct arena *arena, int64_t number);
struct datum datum_list(const struct datum *items, size_t count);
struct datum datum_object(const struct text *names, const struct datum *items, size_t count);
struct datum datum_rows(const struct rows *rows);

/* False for NULL, false, 0, empty texts, empty lists and results without rows. */
bool datum_is_true(const struct datum *datum);
/* How often a section over a list or a result runs; 1 for anything else. */
size_t datum_count(const struct datum *datum);
/* The index-th item of a list or row of a result; for anything else itself. */
struct datum datum_item(const struct datum *datum, size_t index);
/* The field of that name.  *found is DATUM_NULL unless DATUM_FOUND is returned. */
enum datum_found datum_find(const struct datum *datum, struct text name, struct datum *found);
/* The index-th name that datum_find would find; false past the last. */
bool datum_name(const struct datum *datum, size_t index, struct text *name);

#endif
