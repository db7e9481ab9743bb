/* SPDX-License-Identifier: MIT */
#include "compose/datum.h"

#include "base/arena.h"

struct datum datum_text(struct text text)
{
	return (struct datum){ .kind = DATUM_TEXT, .text = text };
}

struct datum datum_boolean(bool is_true)
{
	return (struct datum){ .kind = DATUM_BOOLEAN, .is_true = is_true, .text = is_true ? TEXT("true") : TEXT("false") };
}

struct datum datum_number(struct arena *arena, int64_t number)
{
	return (struct datum){ .kind = DATUM_NUMBER, .is_true = number != 0, .text = text_format(arena, "%lld", (long long)number) };
}

struct datum datum_list(const struct datum *items, size_t count)
{
	return (struct datum){ .kind = DATUM_LIST, .items = items, .count = count };
}

struct datum datum_object(const struct text *names, const struct datum *items, size_t count)
{
	return (struct datum){ .kind = DATUM_OBJECT, .names = names, .items = items, .count = count };
}

struct datum datum_rows(const struct rows *rows)
{
	return (struct datum){ .kind = DATUM_ROWS, .rows = rows };
}

bool datum_is_true(const struct datum *datum)
{
	switch (datum->kind) {
	case DATUM_NULL:
		return false;
	case DATUM_BOOLEAN:
	case DATUM_NUMBER:
		return datum->is_true;
	case DATUM_TEXT:
		return datum->text.size > 0;
	case DATUM_LIST:
		return datum->count > 0;
	case DATUM_ROWS:
		return datum->rows->row_count > 0;
	case DATUM_OBJECT:
	case DATUM_ROW:
		return true;
	}
	return false;
}

size_t datum_count(const struct datum *datum)
{
	if (datum->kind == DATUM_LIST)
		return datum->count;
	return datum->kind == DATUM_ROWS ? datum->rows->row_count : 1;
}

struct datum datum_item(const struct datum *datum, size_t index)
{
	if (datum->kind == DATUM_LIST)
		return datum->items[index];
	if (datum->kind == DATUM_ROWS)
		return (struct datum){ .kind = DATUM_ROW, .rows = datum->rows, .row = index };
	return *datum;
}

static struct datum from_value(const struct value *value)
{
	switch (value->kind) {
	case VALUE_NULL:
		return (struct datum){ .kind = DATUM_NULL };
	case VALUE_INTEGER:
		return (struct datum){ .kind = DATUM_NUMBER, .is_true = value->integer != 0, .text = value->text };
	case VALUE_REAL:
		return (struct datum){ .kind = DATUM_NUMBER, .is_true = value->real < 0 || value->real > 0, .text = value->text };
	case VALUE_TEXT:
		return datum_text(value->text);
	}
	return (struct datum){ .kind = DATUM_NULL };
}

static enum datum_found of_rows(const struct rows *rows)
{
	if (rows->row_count == 1)
		return DATUM_FOUND;
	return rows->row_count ? DATUM_MANY_ROWS : DATUM_NO_ROW;
}

static enum datum_found find_column(const struct datum *datum, struct text name, struct datum *found)
{
	const struct rows *rows = datum->rows;
	for (size_t i = 0; i < rows->column_count; i++) {
		if (!text_equal(rows->names[i], name))
			continue;
		if (datum->kind == DATUM_ROWS && of_rows(rows) != DATUM_FOUND)
			return of_rows(rows);
		*found = from_value(&rows->values[datum->row * rows->column_count + i]);
		found->rows = rows;
		return DATUM_FOUND;
	}
	return DATUM_NO_NAME;
}

enum datum_found datum_find(const struct datum *datum, struct text name, struct datum *found)
{
	*found = (struct datum){ .kind = DATUM_NULL };
	if (datum->kind == DATUM_ROWS || datum->kind == DATUM_ROW)
		return find_column(datum, name, found);
	if (datum->kind != DATUM_OBJECT)
		return DATUM_NO_NAME;
	for (size_t i = 0; i < datum->count; i++)
		if (text_equal(datum->names[i], name)) {
			*found = datum->items[i];
			return DATUM_FOUND;
		}
	return DATUM_NO_NAME;
}

bool datum_name(const struct datum *datum, size_t index, struct text *name)
{
	if (datum->kind == DATUM_OBJECT && index < datum->count)
		*name = datum->names[index];
	else if ((datum->kind == DATUM_ROWS || datum->kind == DATUM_ROW) && index < datum->rows->column_count)
		*name = datum->rows->names[index];
	else
		return false;
	return true;
}
