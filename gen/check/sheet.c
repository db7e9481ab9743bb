/* SPDX-License-Identifier: MIT */
#include "check/sheet.h"

#include "base/arena.h"
#include "base/file.h"
#include "check/folder.h"
#include "check/mended.h"

bool sheet_open(struct sheet *sheet, struct check *check, enum entity_kind kind, bool is_required)
{
	const char *file = schema_entity(kind)->file;
	const char *path = file_join(check->reader.arena, check->folder, text_from(file));
	const char *also, *found = input_table(check->reader.arena, check->folder, file, &also);
	*sheet = (struct sheet){ .check = check, .is_there = found };
	if (also)
		DIAG(check->reader.diag, DIAG_TABLE_TWICE, .span = input_absent(&check->reader, also),
		     .a = text_from(also), .b = text_from(found));
	if (found)
		return table_open(&sheet->table, &check->reader, found, kind);
	if (is_required)
		DIAG(check->reader.diag, DIAG_FILE_MISSING, .span = input_absent(&check->reader, path), .a = text_from(file),
		     .b = folder_hint(check, file));
	return false;
}

bool sheet_open_list(struct sheet *sheet, struct check *check, enum entity_kind kind, bool is_required)
{
	const char *file = schema_entity(kind)->file;
	const struct reader own_reader = check->reader;
	const char *own_folder = check->folder;
	bool is_shared = check->shared && !input_has_table(own_reader.arena, check->data, file) &&
			 input_has_table(own_reader.arena, check->shared, file);
	check->folder = is_shared ? check->shared : check->data;
	if (is_shared) { /* it does not lie in the data, and --encoding is about those */
		check->reader.beneath = own_reader.beneath ? check->shared : NULL;
		check->reader.encoding = NULL;
	}
	bool is_open = sheet_open(sheet, check, kind, is_required);
	check->reader = own_reader;
	check->folder = own_folder;
	return is_open;
}

/* The code of a row that was dropped: what refers to it must not be reported once more. */
static void reject_code(struct sheet *sheet)
{
	struct check *check = sheet->check;
	const struct field *first = &sheet->table.entity->fields[0];
	if (first->type != FIELD_CREDIT && first->type != FIELD_ENTERPRISE)
		return;
	struct text code = field_code(check, table_value(&sheet->table, 0).text);
	const uint32_t *found = map_find(&check->model->enterprise_by_code, code);
	if (first->type == FIELD_CREDIT && !found) {
		map_add(&check->rejected, text_copy(check->reader.arena, code), 0);
		lost_add(check, code, table_row(&sheet->table));
	}
	else if (found && check->has_rejected_participation)
		check->has_rejected_participation[*found] = true;
}

bool sheet_next(struct sheet *sheet, struct record *record)
{
	struct check *check = sheet->check;
	while (table_next(&sheet->table)) {
		sheet->rows++;
		*record = record_from_table(&sheet->table);
		if (mended_apply(check, record) || sheet->table.fault == DIAG_KINDS)
			return true;
		size_t since = check->problems.count;
		if (!sheet->table.is_half_read)
			problem_add(check, sheet->table.fault, sheet->table.fault_args);
		problems_blame(check, since, BLAME_LEFT_OUT, 0);
		reject_code(sheet);
	}
	return false;
}

/* As a year begins (build/begin.h): nobody is named, so all are reached by the campaign's default channel. */
static bool has_only_examples(const struct sheet *sheet)
{
	return sheet->table.entity == schema_entity(ENTITY_DELIVERY) && sheet->table.asides > 0;
}

void sheet_close(struct sheet *sheet)
{
	const struct entity *entity = sheet->table.entity;
	struct diag_args args = { .span = sheet->table.header, .a = text_from(entity->file) };
	if (sheet->rows == 0 && entity == schema_entity(ENTITY_EARLIER))
		problem_add(sheet->check, DIAG_FILE_NO_ROWS, args);
	else if (sheet->rows == 0 && !has_only_examples(sheet))
		problem_wait(sheet->check, DIAG_FILE_NO_ROWS, args);
	map_clear(&sheet->by_key);
}

static size_t member_size(enum field_type type)
{
	static const size_t sizes[] = {
		[FIELD_TEXT] = sizeof(MODEL_TEXT), [FIELD_CREDIT] = sizeof(MODEL_CREDIT), [FIELD_DATE] = sizeof(MODEL_DATE),
		[FIELD_NUMBER] = sizeof(MODEL_NUMBER), [FIELD_DECIMAL] = sizeof(MODEL_DECIMAL),
		[FIELD_CHOICE] = sizeof(MODEL_CHOICE), [FIELD_TRACK] = sizeof(MODEL_TRACK),
		[FIELD_CITY] = sizeof(MODEL_CITY), [FIELD_INDUSTRY] = sizeof(MODEL_INDUSTRY), [FIELD_LEVEL] = sizeof(MODEL_LEVEL),
		[FIELD_ENTERPRISE] = sizeof(MODEL_ENTERPRISE), [FIELD_AGENCY] = sizeof(MODEL_AGENCY), [FIELD_ITEM] = sizeof(MODEL_ITEM),
	};
	return sizes[type];
}

static bool is_same_member(enum field_type type, const char *a, const char *b)
{
	if (type != FIELD_TEXT && type != FIELD_CREDIT)
		return memcmp(a, b, member_size(type)) == 0;
	struct text left, right;
	memcpy(&left, a, sizeof left);
	memcpy(&right, b, sizeof right);
	return text_equal(left, right);
}

bool sheet_equal(const struct entity *entity, const void *a, const void *b)
{
	for (size_t i = 0; i < entity->field_count; i++) {
		const struct field *field = &entity->fields[i];
		if (!is_same_member(field->type, (const char *)a + field->offset, (const char *)b + field->offset))
			return false;
	}
	return true;
}

void sheet_report_twice(struct check *check, bool is_equal, struct span place, struct span older)
{
	PROBLEM(check, is_equal ? DIAG_ROW_TWICE : DIAG_ROW_CONTRADICTS, .span = place, .other = older);
}
