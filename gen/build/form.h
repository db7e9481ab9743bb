/* SPDX-License-Identifier: MIT
 *
 * A field of schema.def as a column of a workbook that people fill in: what must stay a text, and
 * which words there are to choose from.
 */
#ifndef XINGJI_BUILD_FORM_H
#define XINGJI_BUILD_FORM_H

#include "compose/workbook.h"
#include "model/schema.h"

struct arena;

struct workbook_column form_column(const struct field *field, struct arena *arena);

#endif
