/* SPDX-License-Identifier: MIT */
#include "facts/field_columns.h"

#include "facts/cell.h"

/* The entity's number from its name as it stands in the rows of schema.def. */
#define KIND(entity_, UPPER, heading, file) KIND_##entity_ = ENTITY_##UPPER,
enum { SCHEMA_ENTITIES(KIND) };

#define COLUMN(entity_, name_, suffix, getter) \
	{ .name = #name_ suffix, .get = (getter), .has_field = true, .entity = KIND_##entity_, \
	  .field = FIELD_##entity_##_##name_ },
#define PLAIN(entity, name, set) COLUMN(entity, name, "", cell_field)
#define CODED(entity, name, set) COLUMN(entity, name, "_code", cell_code) PLAIN(entity, name, set)
#define WORD(entity, name, set) COLUMN(entity, name, "", SET_##set == SET_YESNO ? cell_flag : cell_field)
#define NONE(entity, name, set)

/* By type. */
#define OF_TEXT(entity, name, set) PLAIN(entity, name, set)
#define OF_CREDIT(entity, name, set) PLAIN(entity, name, set)
#define OF_DATE(entity, name, set) PLAIN(entity, name, set)
#define OF_NUMBER(entity, name, set) PLAIN(entity, name, set)
#define OF_DECIMAL(entity, name, set) PLAIN(entity, name, set)
#define OF_LEVEL(entity, name, set) PLAIN(entity, name, set)
#define OF_TRACK(entity, name, set) PLAIN(entity, name, set)
#define OF_CITY(entity, name, set) CODED(entity, name, set)
#define OF_INDUSTRY(entity, name, set) CODED(entity, name, set)
#define OF_AGENCY(entity, name, set) CODED(entity, name, set)
#define OF_ENTERPRISE(entity, name, set) NONE(entity, name, set)
#define OF_ITEM(entity, name, set) NONE(entity, name, set)
#define OF_CHOICE(entity, name, set) WORD(entity, name, set)

#define FIELD_COLUMN(entity, name, type, set, ...) OF_##type(entity, name, set)
#define ARRAY(entity, UPPER, heading, file) \
	static const struct column entity##_columns[] = { SCHEMA_##UPPER(FIELD_COLUMN) };
SCHEMA_ENTITIES(ARRAY)

const struct column *field_columns(enum entity_kind kind, size_t *count)
{
#define ROW(entity, UPPER, heading, file) \
	[ENTITY_##UPPER] = { entity##_columns, sizeof entity##_columns / sizeof *entity##_columns },
	static const struct {
		const struct column *columns;
		size_t count;
	} arrays[ENTITIES] = { SCHEMA_ENTITIES(ROW) };
	*count = arrays[kind].count;
	return arrays[kind].columns;
}
