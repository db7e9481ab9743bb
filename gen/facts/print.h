/* SPDX-License-Identifier: MIT
 *
 * Rows of a query for people (an aligned table) and for programs (CSV, JSON).
 */
#ifndef XINGJI_FACTS_PRINT_H
#define XINGJI_FACTS_PRINT_H

#include "facts/facts.h"

struct buf;
struct json_write;

/* Columns aligned for a terminal, wide characters counted as two; numbers to the right. */
void print_table(const struct rows *rows, struct buf *buf);
/* UTF-8 with BOM, CRLF, cells made harmless: for Excel and WPS. */
void print_csv(const struct rows *rows, struct buf *buf);
/* A list of objects, each on its line; numbers as numbers, NULL as null. */
void print_json(const struct rows *rows, struct buf *buf);
/* The same as a value among others. */
void print_json_rows(const struct rows *rows, struct json_write *json);

#endif
