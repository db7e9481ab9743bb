/* SPDX-License-Identifier: MIT */
#include "check/rectifications.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/file.h"
#include "check/folder.h"
#include "check/rows.h"
#include "check/sheet.h"
#include "check/tables.h"
#include "read/clean.h"

typedef LIST(struct rectification) rectification_list;

/* What goes through all files. */
struct reading {
	struct check *check;
	struct map by_key;  /* participation, item and date → index in list */
	struct arena *keys; /* which nobody needs behind the last row */
	rectification_list list;
};

/* ---- rows ------------------------------------------------------------------------------------ */

/* Of several dates they are the item's history; of one date, or of none, one must be wrong. */
static void keep(struct reading *reading, const struct rectification *row)
{
	struct check *check = reading->check;
	int32_t day = date_is_missing(row->finished) ? -1 : date_days(row->finished);
	const int32_t about[] = { row->participation, row->item, day };
	const struct text key = { memcpy(arena_room(reading->keys, sizeof about), about, sizeof about), sizeof about };
	uint32_t found = map_add(&reading->by_key, key, (uint32_t)reading->list.count);
	if (found == reading->list.count) {
		LIST_PUSH(&reading->list, *row);
		return;
	}
	const struct rectification *older = &reading->list.at[found];
	bool is_equal = sheet_equal(schema_entity(ENTITY_RECTIFICATION), row, older);
	sheet_report_twice(check, is_equal, row->place, older->place);
}

/* Returns the item, or MISSING where the row is of no use. */
static int32_t take(struct reading *reading, const struct record *record, struct value name, bool is_answer)
{
	struct check *check = reading->check;
	struct rectification row = { .place = record->place, .is_answer = is_answer };
	size_t since = check->problems.count;
	field_fill(check, record, &row);
	tables_compare_name(check, row.enterprise, name);
	rows_check_rectification(check, record, &row);
	struct span whose = record->values[FIELD_rectification_enterprise].span;
	row.participation = tables_participation(check, row.enterprise, row.track, whose);
	const struct value *status = &record->values[FIELD_rectification_status];
	row.status_place = status->is_given ? status->span : row.place;
	if (row.participation >= 0 && row.item >= 0)
		keep(reading, &row);
	problems_blame(check, since, row.participation < 0 ? BLAME_LEFT_OUT : BLAME_PARTICIPATION, row.participation);
	problems_report(check);
	return row.participation < 0 ? MISSING : row.item;
}

static void read_table(struct reading *reading)
{
	struct sheet sheet;
	struct record record;
	if (!sheet_open(&sheet, reading->check, ENTITY_RECTIFICATION, false))
		return;
	while (sheet_next(&sheet, &record))
		take(reading, &record, table_name(&sheet.table), false);
	sheet_close(&sheet);
}

/* ---- a form ---------------------------------------------------------------------------------- */

struct form {
	struct reading *reading;
	struct text code; /* of its head; empty: it names nobody */
	struct {
		int64_t count;
		struct span first;
		struct text what;
	} strange, changed, blank; /* rows of others; requirements changed; nothing filled in */
};

#define COUNT(counter, place, what_) \
	do { \
		if ((counter).count++ == 0) { \
			(counter).first = (place); \
			(counter).what = (what_); \
		} \
	} while (0)

static bool is_letter(char byte)
{
	return (byte >= '0' && byte <= '9') || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z');
}

enum { CODE_SIZE = 18, YEAR_SIZE = 4 };

/* The first word of that many letters and digits, with `behind` behind it ("": whatever); empty: there is none. */
static struct text find_word(struct text head, size_t size, const char *behind)
{
	for (size_t i = 0, start = 0; i <= head.size; i++) {
		if (i < head.size && is_letter(head.at[i]))
			continue;
		struct text word = text_slice(head, start, i - start);
		if (word.size == size && text_starts(text_slice(head, i, head.size - i), behind))
			return word;
		start = i + 1;
	}
	return NO_TEXT;
}

/* The row as one of the table: the columns of a rectification by their names. */
static struct record as_rectification(const struct record *record)
{
	struct record row = { .entity = schema_entity(ENTITY_RECTIFICATION), .place = record->place };
	for (size_t i = 0; i < row.entity->field_count; i++)
		for (size_t k = 0; k < record->entity->field_count; k++)
			if (strcmp(row.entity->fields[i].name, record->entity->fields[k].name) == 0)
				row.values[i] = record->values[k];
	return row;
}

static bool is_filled(struct check *check, const struct record *record)
{
	static const enum rectification_field fields[] = {
		FIELD_rectification_measure, FIELD_rectification_planned, FIELD_rectification_finished,
		FIELD_rectification_status, FIELD_rectification_proof,
	};
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		if (!clean_is_missing(clean_text(check->reader.arena, record->values[fields[i]].text)))
			return true;
	return false;
}

static struct text without_blanks(struct check *check, struct text text)
{
	return clean_spaces(check->reader.arena, clean_code(check->reader.arena, text));
}

/* The enterprise may not change what is asked: then its row may be about something else. */
static void compare_requirement(struct form *form, const struct rectification *row, struct value written)
{
	struct check *check = form->reading->check;
	if (!written.is_given || clean_is_blank(written.text))
		return;
	const struct item *item = &check->catalogues[row->track]->items[row->item];
	if (!text_equal(without_blanks(check, written.text), without_blanks(check, item->requirement)))
		COUNT(form->changed, written.span, item->id);
}

static void take_answer(struct form *form, const struct table *table)
{
	struct check *check = form->reading->check;
	const struct record record = record_from_table(table), row = as_rectification(&record);
	struct value code = row.values[FIELD_rectification_enterprise];
	size_t before = form->reading->list.count;
	if (form->code.size && !text_equal(field_code(check, code.text), field_code(check, form->code)))
		COUNT(form->strange, code.span, clean_text(check->reader.arena, code.text));
	else if (!is_filled(check, &row))
		COUNT(form->blank, record.place, NO_TEXT);
	else if (take(form->reading, &row, table_name(table), true) >= 0 && form->reading->list.count > before)
		compare_requirement(form, &form->reading->list.at[before], record.values[FIELD_answer_requirement]);
}

static void tell(const struct form *form)
{
	struct check *check = form->reading->check;
	if (form->strange.count)
		problem_add_counted(check, DIAG_ANSWER_OTHER_FIRM, (struct diag_args){
			.span = form->strange.first, .a = form->code, .b = form->strange.what,
			.n = form->strange.count });
	if (form->changed.count)
		problem_add_counted(check, DIAG_ANSWER_CHANGED, (struct diag_args){
			.span = form->changed.first, .a = form->changed.what, .n = form->changed.count });
	if (form->blank.count)
		problem_add_counted(check, DIAG_ANSWER_BLANK, (struct diag_args){
			.span = form->blank.first, .n = form->blank.count });
}

static void take_rows(struct form *form, struct table *table)
{
	struct check *check = form->reading->check;
	while (table_next(table)) {
		if (table->fault == DIAG_KINDS) {
			take_answer(form, table);
			continue;
		}
		size_t since = check->problems.count;
		problem_add(check, table->fault, table->fault_args);
		problems_blame(check, since, BLAME_LEFT_OUT, 0);
	}
	tell(form);
}

static void read_form(struct reading *reading, const char *path)
{
	struct check *check = reading->check;
	struct table *table = memory_resize(NULL, sizeof *table);
	struct form form = { .reading = reading };
	if (table_open(table, &check->reader, path, ENTITY_ANSWER)) {
		struct text head = text_slice(table->csv.text, 0, table->header.start);
		struct text year = find_word(head, YEAR_SIZE, "年度");
		int64_t said = check->model->campaign.year;
		form.code = find_word(head, CODE_SIZE, "");
		if (year.size && text_to_integer(year, &said) && said != check->model->campaign.year)
			DIAG(check->reader.diag, DIAG_ANSWER_OTHER_YEAR, .span = table->header, .a = year);
		else
			take_rows(&form, table);
	}
	free(table);
}

static void read_one(void *context, const char *path, struct text name)
{
	struct reading *reading = context;
	const struct reader *reader = &reading->check->reader;
	if (folder_is_table(name))
		read_form(reading, path);
	else
		DIAG(reader->diag, DIAG_ANSWER_IGNORED, .span = input_absent(reader, path), .a = name);
}

/* ---- both ------------------------------------------------------------------------------------ */

static int compare(const void *left, const void *right)
{
	const struct rectification *a = left, *b = right;
	if (a->participation != b->participation)
		return a->participation < b->participation ? -1 : 1;
	return a->item != b->item ? (a->item > b->item) - (a->item < b->item) : date_compare(a->finished, b->finished);
}

void rectifications_read(struct check *check)
{
	struct reading reading = { .check = check, .keys = arena_new() };
	struct input_names names;
	const char *folder = file_join(check->reader.arena, check->folder, TEXT("rectifications"));
	read_table(&reading);
	problems_report_merged(check);
	if (input_list(&check->reader, folder, NULL, &names))
		folder_visit(check, folder, &names, &(struct folder_visit){ read_one, &reading });
	rectification_list *list = &reading.list;
	if (list->count)
		qsort(list->at, list->count, sizeof *list->at, compare);
	check->model->rectifications = LIST_SETTLE(check->reader.arena, list);
	check->model->rectification_count = list->count;
	LIST_FREE(list);
	map_clear(&reading.by_key);
	arena_free(reading.keys);
}
