/* SPDX-License-Identifier: MIT
 *
 * Rows among the data of a table that are no data: totals, remarks, instructions for
 * filling it in.
 */
#ifndef XINGJI_READ_TABLE_ASIDE_H
#define XINGJI_READ_TABLE_ASIDE_H

#include <stdbool.h>

struct table;

/*
 * Whether the row last read is one.  A row that holds a credit code is data, whatever else it says,
 * and so is one that has all required cells and begins with a free text: 简介 may be “示例”.
 */
bool table_is_aside(const struct table *table);

#endif
