/* SPDX-License-Identifier: MIT
 *
 * Rows as an XLSX workbook of one sheet: a bold head that stays in view, columns as
 * wide as their contents, a filter.  Texts are texts, so nothing in them is a formula.
 */
#ifndef XINGJI_COMPOSE_WORKBOOK_H
#define XINGJI_COMPOSE_WORKBOOK_H

#include "base/buf.h"
#include "facts/facts.h"

/* Replaces the contents of buf.  Values of kind VALUE_INTEGER become numbers, missing ones empty cells. */
void workbook_write(const struct rows *rows, struct buf *buf);

#endif
