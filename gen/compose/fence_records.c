/* SPDX-License-Identifier: MIT
 *
 * ```records and ```item-list: queries whose columns have parts to play, set as blocks
 * rather than as tables.  What each name means stands in doc/doc.h; layout/ looks
 * the columns up by their names.
 */
#include "compose/fence.h"
#include "doc/attributes.h"

/* The rows as a table of plain cells; `missing` stands for NULL. */
static const struct table *cells_of(const struct fence_context *context, const struct node *node,
				    const struct rows *rows, struct text missing)
{
	struct table *table = ARENA_NEW(context->arena, struct table);
	table->column_count = rows->column_count;
	table->row_count = rows->row_count;
	table->columns = ARENA_ARRAY(context->arena, struct column, table->column_count);
	table->cells = ARENA_ARRAY(context->arena, struct cell, table->column_count * table->row_count);
	for (size_t i = 0; i < rows->column_count; i++)
		table->columns[i].heading = rows->names[i];
	for (size_t i = 0; i < rows->column_count * rows->row_count; i++) {
		const struct value *value = &rows->values[i];
		struct text words = value->kind == VALUE_NULL ? missing : fence_cell(context, value);
		table->cells[i] = (struct cell){ .text = words, .span = node->span };
	}
	return table;
}

static void fill(const struct fence_context *context, struct node *node, enum node_kind kind, struct text missing)
{
	struct rows rows;
	if (!fence_query(context, node, &rows) || rows.row_count == 0) {
		fence_say(context, node, attributes_find(node, "empty"));
		return;
	}
	node->table = cells_of(context, node, &rows, missing);
	node->kind = kind;
	node->text = node->name = NO_TEXT;
}

void fence_records(const struct fence_context *context, struct node *node)
{
	fill(context, node, NODE_RECORDS, NO_TEXT);
}

void fence_item_list(const struct fence_context *context, struct node *node)
{
	fill(context, node, NODE_ITEM_LIST, TEXT("—"));
	node->name = attributes_find(node, "head");
}
