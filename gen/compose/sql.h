/* SPDX-License-Identifier: MIT
 *
 * Values inside SQL text: always a literal, whatever a firm typed.
 */
#ifndef XINGJI_COMPOSE_SQL_H
#define XINGJI_COMPOSE_SQL_H

#include "compose/datum.h"

struct buf;

/*
 * Appends value to the SQL in `sql` (the query from its beginning).  Where the query
 * has just opened a quote, the value goes inside it with that quote doubled; inside a
 * comment it is dropped; elsewhere a number stays bare, NULL is null and a text
 * becomes a quoted literal.
 */
void sql_value(struct buf *sql, const struct datum *value);

#endif
