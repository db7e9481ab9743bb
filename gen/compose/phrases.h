/* SPDX-License-Identifier: MIT
 *
 * Sentences that the program needs and staff may reword: content/phrases.txt.
 *
 *	# a comment
 *	empty-table: 暂无数据
 *	chart-one: {{title}}：最高为{{max_category}}（{{max}}）。
 *
 * Each phrase is a Mustache template.  A phrase that is needed and not there is
 * reported once, when the file is read.
 */
#ifndef XINGJI_COMPOSE_PHRASES_H
#define XINGJI_COMPOSE_PHRASES_H

#include "compose/datum.h"

struct arena;
struct diag;
struct mustache;

enum phrase {
	PHRASE_EMPTY_TABLE,  /* the one row of a table without rows */
	PHRASE_EMPTY_CHART,  /* instead of a chart without values */
	PHRASE_CHART_FEW,    /* instead of a chart of three values or fewer */
	PHRASE_CHART_EQUAL,  /* instead of one whose values are all alike */
	PHRASE_CHART_ONE,    /* alternative text: one series */
	PHRASE_CHART_MANY,   /* several series */
	PHRASES
};

struct phrases {
	const struct mustache *templates[PHRASES]; /* NULL: missing */
};

/* Reads text (source number `source`, 0 for none); what is wrong is reported. */
void phrases_read(struct phrases *phrases, struct arena *arena, struct diag *diag, struct text text, uint32_t source);
/* The sentence for these values; missing when the phrase is. */
struct text phrases_say(const struct phrases *phrases, enum phrase phrase, struct arena *arena, struct diag *diag, const struct datum *datum);

#endif
