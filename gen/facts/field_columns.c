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
#define OF_TEXT PLAIN
#define OF_CREDIT PLAIN
#define OF_DATE PLAIN
#define OF_NUMBER PLAIN
#define OF_DECIMAL PLAIN
#define OF_LEVEL PLAIN
#define OF_TRACK PLAIN
#define OF_CITY CODED
#define OF_INDUSTRY CODED
#define OF_AGENCY CODED
#define OF_ENTERPRISE NONE
#define OF_ITEM NONE
#define OF_CHOICE WORD

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
