/* SPDX-License-Identifier: MIT */
#include "commands/template_items.h"

#include "base/arena.h"
#include "base/decimal.h"
#include "build/form.h"
#include "facts/print.h"

enum { LEVELS_USUAL = 5 }; /* that an empty form has rows for */

bool template_is_items(const struct entity *entity)
{
	return entity == schema_entity(ENTITY_ITEM_ROW) || entity == schema_entity(ENTITY_HEAD);
}

/* ---- cells ------------------------------------------------------------------------------------- */

static struct value text_value(struct text text)
{
	return (struct value){ .kind = text.size ? VALUE_TEXT : VALUE_NULL, .text = text };
}

static struct value number_value(struct arena *arena, int64_t number)
{
	if (number == MISSING)
		return text_value(NO_TEXT);
	struct text digits = text_format(arena, "%lld", (long long)number);
	return (struct value){ .kind = VALUE_INTEGER, .text = digits, .integer = number, .real = (double)number };
}

/* A cell of a workbook is a number by what it is, not by how: 1.5 as 3. */
static struct value decimal_value(struct arena *arena, struct decimal decimal)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	decimal_write(&buf, decimal);
	struct value value = { .kind = VALUE_INTEGER, .text = text_copy(arena, buf_view(&buf)) };
	buf_clear(&buf);
	return value;
}

static struct value word_value(enum choice_set set, int value)
{
	return text_value(text_from(choice_word(set, value)));
}

static struct rows rows_of(struct arena *arena, enum entity_kind kind, size_t count)
{
	const struct entity *entity = schema_entity(kind);
	struct rows rows = { .column_count = entity->field_count, .row_count = count };
	rows.names = ARENA_ARRAY(arena, struct text, entity->field_count);
	rows.values = ARENA_ARRAY(arena, struct value, count * entity->field_count);
	for (size_t i = 0; i < entity->field_count; i++)
		rows.names[i] = text_from(entity->fields[i].heading);
	return rows;
}

/* ---- the two tables ---------------------------------------------------------------------------- */

static void fill_item(const struct catalogue *catalogue, const struct item *item, struct arena *arena,
		      struct value *row)
{
	const struct area *area = &catalogue->areas[item->area];
	const struct class *class = &catalogue->classes[area->class];
	row[FIELD_item_row_class_group] = text_value(class->group);
	row[FIELD_item_row_class_id] = text_value(class->id);
	row[FIELD_item_row_class_name] = text_value(class->name);
	row[FIELD_item_row_area_id] = text_value(area->id);
	row[FIELD_item_row_area_name] = text_value(area->name);
	row[FIELD_item_row_id] = text_value(item->id);
	row[FIELD_item_row_level] = number_value(arena, item->level);
	row[FIELD_item_row_element] = word_value(SET_ELEMENT, item->element);
	row[FIELD_item_row_weight] = decimal_value(arena, item->weight);
	row[FIELD_item_row_risk] = word_value(SET_RISK, item->risk);
	row[FIELD_item_row_veto] = word_value(SET_YESNO, item->veto);
	row[FIELD_item_row_requirement] = text_value(item->requirement);
	row[FIELD_item_row_check_method] = text_value(item->check_method);
	row[FIELD_item_row_check] = text_value(item->check);
	row[FIELD_item_row_advice_days] = number_value(arena, item->advice_days);
	row[FIELD_item_row_advice_department] = text_value(item->advice_department);
	row[FIELD_item_row_advice] = text_value(item->advice);
}

static struct rows item_rows(const struct catalogue *catalogue, struct arena *arena)
{
	size_t count = catalogue ? (size_t)catalogue->item_count : 0;
	struct rows rows = rows_of(arena, ENTITY_ITEM_ROW, count);
	for (size_t i = 0; i < count; i++)
		fill_item(catalogue, &catalogue->items[i], arena, rows.values + i * rows.column_count);
	return rows;
}

static struct rows head_rows(const struct catalogue *catalogue, struct arena *arena)
{
	int levels = catalogue ? catalogue->level_count : LEVELS_USUAL;
	struct rows rows = rows_of(arena, ENTITY_HEAD, (size_t)HEAD_LEVEL_1 + (size_t)levels);
	for (int i = 0; i < HEAD_LEVEL_1 + levels; i++)
		rows.values[(size_t)i * rows.column_count + FIELD_head_what] = word_value(SET_HEAD, i);
	if (!catalogue)
		return rows;
	const struct text said[HEAD_LEVEL_1] = {
		[HEAD_TRACK] = catalogue->tracks, [HEAD_EDITION] = catalogue->edition,
		[HEAD_BASIS] = catalogue->basis, [HEAD_NOTE] = catalogue->note,
	};
	for (int i = 0; i < HEAD_LEVEL_1 + levels; i++) {
		const struct level *level = i < HEAD_LEVEL_1 ? NULL : &catalogue->levels[i - HEAD_LEVEL_1 + 1];
		struct value *row = rows.values + (size_t)i * rows.column_count;
		row[FIELD_head_value] = text_value(level ? level->name : said[i]);
		row[FIELD_head_label] = text_value(level ? level->label : NO_TEXT);
	}
	return rows;
}

void template_items_csv(const struct catalogue *catalogue, const struct entity *entity, struct buf *buf)
{
	struct arena *arena = arena_new();
	bool is_head = entity == schema_entity(ENTITY_HEAD);
	const struct rows rows = is_head ? head_rows(catalogue, arena) : item_rows(catalogue, arena);
	print_csv(&rows, buf);
	arena_free(arena);
}

static struct workbook_sheet sheet_of(struct arena *arena, enum entity_kind kind, struct rows rows)
{
	const struct entity *entity = schema_entity(kind);
	struct workbook_column *columns = ARENA_ARRAY(arena, struct workbook_column, entity->field_count);
	for (size_t i = 0; i < entity->field_count; i++)
		columns[i] = form_column(&entity->fields[i], arena);
	const struct workbook_form form = { .name = text_from(entity->heading), .columns = columns };
	return (struct workbook_sheet){ .rows = rows, .form = form };
}

void template_items_workbook(const struct catalogue *catalogue, struct buf *buf)
{
	struct arena *arena = arena_new();
	const struct workbook_sheet sheets[] = {
		sheet_of(arena, ENTITY_ITEM_ROW, item_rows(catalogue, arena)),
		sheet_of(arena, ENTITY_HEAD, head_rows(catalogue, arena)),
	};
	workbook_write_sheets(sheets, sizeof sheets / sizeof *sheets, buf);
	arena_free(arena);
}
