/* SPDX-License-Identifier: MIT
 *
 * Which value of which query stands where in the prose: noted while a document's
 * Markdown is made, so that every number in a sentence can be traced as a table can.
 */
#ifndef XINGJI_COMPOSE_PRINTED_H
#define XINGJI_COMPOSE_PRINTED_H

#include "base/list.h"
#include "base/source.h"
#include "compose/datum.h"

struct arena;
struct mustache_claim;

/* One {{value}} of the text, in reading order. */
struct printed_value {
	size_t offset;           /* in the made Markdown */
	struct span span;        /* the tag in its file */
	struct text text;        /* as printed */
	struct text query;       /* that gave it */
	const struct rows *rows; /* what the query answered */
};

/* One claim that was printed, in the order of closing. */
struct printed_claim {
	struct span span;        /* of its opening tag */
	struct text kind, subject;
	struct text words;       /* as they are read */
	struct text query;       /* that gave the rows */
	const struct rows *rows;
};

struct printed_query {
	const struct rows *rows;
	struct text query;
};

/* Zeroed: empty and ready.  clear frees; texts and rows are borrowed from the arena of the document. */
struct printed {
	LIST(struct printed_query) queries; /* of values, tables and figures */
	LIST(struct printed_value) values;
	LIST(struct printed_claim) claims;
};

void printed_clear(struct printed *printed);
void printed_add_query(struct printed *printed, const struct rows *rows, struct text query);
/* What that query answered, as long as the document lives; NULL when it was not asked. */
const struct rows *printed_rows(const struct printed *printed, struct text query);
/* A value that came from no query (a counter, a word of the program) is not noted. */
void printed_add_value(struct printed *printed, size_t offset, struct span span, const struct datum *value);
void printed_add_claim(struct printed *printed, const struct mustache_claim *claim, struct text words);
/*
 * Gives every value its query and takes out those in the body of a fence: they are part
 * of that fence's own query, or of a cover.
 */
void printed_finish(struct printed *printed, struct text made);

#endif
