/* SPDX-License-Identifier: MIT */
#include "facts/table.h"

#include "facts/cell.h"

enum { LISTS = 9 };

static const struct table *const lists[LISTS] = { tables_common, tables_year, tables_counts, tables_tracks,
	tables_firm, tables_work, tables_public,
						  tables_ledger, tables_years };

const struct table *table_of(enum facts_scope scope, size_t n)
{
	for (size_t i = 0; i < LISTS; i++)
		for (const struct table *table = lists[i]; table->name; table++)
			if (table->scopes & (1u << scope) && n-- == 0)
				return table;
	return NULL;
}

static char lower(char byte)
{
	return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

static bool is_called(const char *name, struct text text)
{
	if (strlen(name) != text.size)
		return false;
	for (size_t i = 0; i < text.size; i++)
		if (lower(name[i]) != lower(text.at[i]))
			return false;
	return true;
}

const struct table *table_find(enum facts_scope scope, struct text name)
{
	const struct table *table;
	for (size_t n = 0; (table = table_of(scope, n)); n++)
		if (is_called(table->name, name))
			return table;
	return NULL;
}

const struct column *table_column(const struct table *table, struct text name)
{
	for (size_t i = 0; i < table->column_count; i++)
		if (is_called(table->columns[i].name, name))
			return &table->columns[i];
	return NULL;
}

const struct field *column_field(const struct column *column)
{
	return column->has_field ? &schema_entity((enum entity_kind)column->entity)->fields[column->field] : NULL;
}

/* A field of words, codes and labels is text; counts and levels are numbers. */
enum column_type column_type(const struct column *column)
{
	const struct field *field = column_field(column);
	if (!field)
		return column->type;
	if (column->get == cell_flag)
		return COLUMN_INTEGER;
	if (column->get != cell_field)
		return COLUMN_TEXT;
	if (field->type == FIELD_NUMBER || field->type == FIELD_LEVEL)
		return COLUMN_INTEGER;
	return field->type == FIELD_DECIMAL ? COLUMN_REAL : COLUMN_TEXT;
}

const char *scope_name(enum facts_scope scope)
{
	static const char *const names[] = { [SCOPE_PUBLIC] = "public", [SCOPE_FIRM] = "firm", [SCOPE_PROVINCE] = "province" };
	return names[scope];
}
