/* SPDX-License-Identifier: MIT */
#include "facts/table.h"

#include "facts/cell.h"
#include "facts/field_columns.h"

enum { LISTS = 16 };

_Static_assert((int)SCOPE_FIRM == VISIBLE_FIRM && (int)SCOPE_AGENCY == VISIBLE_AGENCY &&
		       (int)SCOPE_CITY == VISIBLE_CITY && (int)SCOPE_PROVINCE == VISIBLE_PROVINCE &&
		       (int)SCOPES == VISIBILITIES,
	       "a scope sees the fields up to its own word");

static const struct table *const lists[LISTS] = { tables_common, tables_year, tables_counts, tables_tracks,
	tables_firm, tables_work, tables_public,
						  tables_ledger, tables_years, tables_closure, tables_prior,
						  tables_scan, tables_dispatch, tables_duty, tables_among,
						  tables_measures };

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

bool table_is_called(const char *name, struct text text)
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
		if (table_is_called(table->name, name))
			return table;
	return NULL;
}

/* ---- columns ------------------------------------------------------------------- */

static bool is_visible(const struct column *column, enum facts_scope scope)
{
	const struct field *field = column_field(column);
	if (field)
		return (int)field->visibility <= (int)scope;
	return column->is_public || scope != SCOPE_PUBLIC;
}

/* Is the field of an entity listed by hand, under whatever name, or its name another column's? */
static bool is_listed(const struct table *table, const struct column *column)
{
	for (size_t i = 0; i < table->column_count; i++) {
		const struct column *listed = &table->columns[i];
		if (strcmp(listed->name, column->name) == 0)
			return true;
		if (listed->has_field && listed->entity == column->entity && listed->field == column->field)
			return true;
	}
	return false;
}

/* Behind the columns that are listed come those of the whole entities, counted on; NULL behind the last. */
static const struct column *column_at(const struct table *table, size_t n)
{
	if (n < table->column_count)
		return &table->columns[n];
	n -= table->column_count;
	for (int kind = 0; kind < ENTITIES; kind++) {
		size_t count;
		const struct column *columns = field_columns((enum entity_kind)kind, &count);
		if (!(table->whole & 1u << kind))
			continue;
		if (n < count)
			return &columns[n];
		n -= count;
	}
	return NULL;
}

const struct column *column_next(struct column_walk *walk)
{
	const struct column *column;
	while ((column = column_at(walk->table, walk->next++))) {
		bool is_own = walk->next > walk->table->column_count;
		if (is_visible(column, walk->scope) && !(is_own && is_listed(walk->table, column)))
			return column;
	}
	return NULL;
}

const struct column *table_column(const struct table *table, enum facts_scope scope, struct text name)
{
	struct column_walk walk = { .table = table, .scope = scope };
	const struct column *column;
	while ((column = column_next(&walk)) && !table_is_called(column->name, name))
		;
	return column;
}

const struct field *column_field(const struct column *column)
{
	return column->has_field ? &schema_entity((enum entity_kind)column->entity)->fields[column->field] : NULL;
}

size_t facts_fields(enum facts_scope scope, struct text name, struct facts_field *fields, size_t most)
{
	const struct table *table = table_find(scope, name);
	struct column_walk walk = { .table = table, .scope = scope };
	const struct column *column;
	size_t count = 0;
	while (table && count < most && (column = column_next(&walk))) {
		const struct field *field = column_field(column);
		if (walk.next > table->column_count && field)
			fields[count++] = (struct facts_field){ column->name, field->heading,
				column_type(column) == COLUMN_INTEGER };
	}
	return count;
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
		return column->type;
	if (field->type == FIELD_NUMBER || field->type == FIELD_LEVEL)
		return COLUMN_INTEGER;
	return field->type == FIELD_DECIMAL ? COLUMN_REAL : COLUMN_TEXT;
}

const char *scope_name(enum facts_scope scope)
{
	static const char *const names[] = { [SCOPE_PUBLIC] = "public", [SCOPE_FIRM] = "firm",
					     [SCOPE_AGENCY] = "agency", [SCOPE_CITY] = "city",
					     [SCOPE_PROVINCE] = "province" };
	return names[scope];
}
