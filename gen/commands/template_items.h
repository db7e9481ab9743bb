/* SPDX-License-Identifier: MIT
 *
 * The forms of a catalogue (check/item_table.h): empty, or filled with one that is there, so that next year's is
 * made from this year's in a spreadsheet.
 */
#ifndef XINGJI_COMMANDS_TEMPLATE_ITEMS_H
#define XINGJI_COMMANDS_TEMPLATE_ITEMS_H

#include "model/model.h"
#include "model/schema.h"

/* Whether the entity is one of the two tables. */
bool template_is_items(const struct entity *entity);
/* Replaces buf: the table of the entity as CSV, or both as the sheets of a workbook.  catalogue NULL: empty ones. */
void template_items_csv(const struct catalogue *catalogue, const struct entity *entity, struct buf *buf);
void template_items_workbook(const struct catalogue *catalogue, struct buf *buf);

#endif
