/* SPDX-License-Identifier: MIT
 *
 * The record that a table stands at: its cells by field, and of what stands beside them the platform.
 */
#include "base/arena.h"
#include "check/field.h"
#include "model/parts.h"
#include "model/track.h"
#include "read/clean.h"

/* A column 平台名称 beside the track, as participations.csv has it, says the same as the brackets of parse_track. */
static void add_platform(const struct table *table, struct record *record)
{
	struct value platform = table_platform(table);
	if (!platform.is_given || clean_is_blank(platform.text))
		return;
	struct arena *arena = table->csv.reader->arena;
	struct text name = clean_text(arena, platform.text), track, inner;
	for (size_t i = 0; i < record->entity->field_count && !clean_is_missing(name); i++) {
		struct value *value = &record->values[i];
		if (record->entity->fields[i].type == FIELD_TRACK && !clean_is_blank(value->text) &&
		    !track_split(value->text, &track, &inner))
			value->text = parts_word(arena, text_trim(value->text), name);
	}
}

void record_renew(struct record *record, const struct table *table)
{
	record->place = table_row(table);
	table_values(table, record->values);
	add_platform(table, record);
}

struct record record_from_table(const struct table *table)
{
	struct record record = { .entity = table->entity };
	record_renew(&record, table);
	return record;
}
