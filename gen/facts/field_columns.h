/* SPDX-License-Identifier: MIT
 *
 * Every field of schema.def as a column, by its own name: what a table shows of an
 * entity without listing it.  A place, an industry and an agency have their
 * code beside their name, 是 and 否 are 1 and 0.
 */
#ifndef XINGJI_FACTS_FIELD_COLUMNS_H
#define XINGJI_FACTS_FIELD_COLUMNS_H

#include "facts/table.h"

/* In the order of schema.def.  References to enterprises and items are left out: `code` and `item_id` say them. */
const struct column *field_columns(enum entity_kind kind, size_t *count);

#endif
