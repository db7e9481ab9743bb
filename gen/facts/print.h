/* SPDX-License-Identifier: MIT
 *
 * Rows of a query for people (an aligned table) and for programs (CSV, JSON).
 */
#ifndef XINGJI_FACTS_PRINT_H
#define XINGJI_FACTS_PRINT_H

#include "facts/facts.h"

struct buf;

/* Columns aligned for a terminal, wide characters counted as two; numbers to the right. */
void print_table(const struct rows *rows, struct buf *buf);
/* UTF-8 with BOM, CRLF, cells made harmless: for Excel and WPS. */
void print_csv(const struct rows *rows, struct buf *buf);
/* An array of objects; numbers as numbers, NULL as null. */
void print_json(const struct rows *rows, struct buf *buf);

#endif
