/* SPDX-License-Identifier: MIT
 *
 * Where documents and pages get their rows: the facts, or whatever a test puts there.
 */
#ifndef XINGJI_COMPOSE_COMPOSE_SOURCE_H
#define XINGJI_COMPOSE_COMPOSE_SOURCE_H

#include "base/source.h"
#include "facts/facts.h"

struct arena;

struct compose_source {
	/* Rows in arena; false after reporting, with *rows empty. */
	bool (*query)(void *context, struct arena *arena, struct text sql, struct span place, struct rows *rows);
	void *context;
	int64_t drawn_least; /* so many numbers are worth a chart (drawn.h) */
};

#endif
