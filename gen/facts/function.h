/* SPDX-License-Identifier: MIT
 *
 * The SQL functions that format: percent() cn_date() cn_number() stars() … (TABLES.md).
 * Numbers are formatted nowhere else.  All are exact: half up, from integers where
 * numerator and denominator are given; a REAL is read as the decimal with twelve
 * fractional digits nearest to it, so that a quotient of two counts rounds as the
 * fraction itself would.
 */
#ifndef XINGJI_FACTS_FUNCTION_H
#define XINGJI_FACTS_FUNCTION_H

#include <sqlite3.h>

#include "facts/table.h"

/* False when SQLite refuses.  A call with unfit arguments sets view->failed_function. */
bool function_register(sqlite3 *db, struct view *view);
/* Is this name one of ours? */
bool function_is_ours(const char *name);

#endif
