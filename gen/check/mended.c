/* SPDX-License-Identifier: MIT */
#include "check/mended.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/hash.h"
#include "check/folder.h"
#include "check/row_at.h"
#include "read/clean.h"
#include "read/xlsx.h"

enum {
	SHEETS_MOST = 32,
	FOLDERS_DEEP_MOST = 2,
	CHAIN_MOST = 64, /* times one row is mended: each pack mends what the one before left */
};

/* One row of a sheet. */
struct mended_row {
	struct record record;
	struct text mark, result; /* of the row that it replaces (missing: by its key), and what it is itself */
	bool is_used, is_idle;    /* idle: as it was handed out */
};

struct mended {
	LIST(struct mended_row) rows;
	struct map by_mark, by_key, by_result;
};

static const enum entity_kind tables[] = {
	ENTITY_CITY,        ENTITY_ENTERPRISE,    ENTITY_PARTICIPATION, ENTITY_AGENCY,
	ENTITY_OBSERVATION, ENTITY_RECTIFICATION, ENTITY_NOMINATION,
};

enum entity_kind mended_table(struct text sheet)
{
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
		if (text_is(sheet, schema_entity(tables[i])->heading))
			return tables[i];
	return ENTITIES;
}

/* ---- which row is meant -------------------------------------------------------------------------- */

static struct text key_of(struct arena *arena, const struct record *record)
{
	struct text key = text_from(record->entity->name);
	enum entity_kind kind = (enum entity_kind)(record->entity - schema_entity((enum entity_kind)0));
	size_t count = row_key_fields(kind);
	/* Two platforms in one track are two rows: one of them must not be mended by what is said of the other. */
	if (kind == ENTITY_PARTICIPATION)
		count = FIELD_participation_platform + 1;
	for (size_t i = 0; i < count; i++) {
		struct text part = clean_upper(arena, clean_spaces(arena, clean_code(arena, record->values[i].text)));
		key = text_format(arena, "%.*s\x1F%.*s", TEXT_ARGS(key), TEXT_ARGS(part));
	}
	return key;
}

static bool is_hex(char byte)
{
	return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'f');
}

/* "enterprises.csv A12:M12 #0123456789ab" → the mark; missing where there is none. */
static struct text mark_in(struct text origin)
{
	origin = text_trim(origin);
	if (origin.size <= ROW_MARK || origin.at[origin.size - ROW_MARK - 1] != '#')
		return NO_TEXT;
	struct text mark = text_slice(origin, origin.size - ROW_MARK, ROW_MARK);
	for (size_t i = 0; i < mark.size; i++)
		if (!is_hex(mark.at[i]))
			return NO_TEXT;
	return mark;
}

/* ---- reading --------------------------------------------------------------------------------------- */

static bool is_same(const struct record *a, const struct record *b)
{
	for (size_t i = 0; i < a->entity->field_count; i++)
		if (!text_equal(text_trim(a->values[i].text), text_trim(b->values[i].text)))
			return false;
	return true;
}

/* Two sheets that say different things of one row: nobody can say which is right. */
static void add_row(struct check *check, struct mended_row row)
{
	struct arena *arena = check->reader.arena;
	struct mended *mended = check->mended;
	row.result = row_mark(arena, &row.record);
	row.is_idle = text_equal(row.mark, row.result);
	struct text key = row.mark.size ? row.mark : key_of(arena, &row.record);
	uint32_t number = (uint32_t)mended->rows.count;
	struct map *map = row.mark.size ? &mended->by_mark : &mended->by_key;
	uint32_t found = row.is_idle ? number : map_add(map, key, number);
	const struct mended_row *older = found == number ? NULL : &mended->rows.at[found];
	if (older && !is_same(&older->record, &row.record))
		DIAG(check->reader.diag, DIAG_MENDED_CONFLICT, .span = row.record.place,
		     .other = older->record.place);
	if (older || row.is_idle)
		return;
	LIST_PUSH(&mended->rows, row);
	map_add(&mended->by_result, row.result, number);
}

static size_t origin_column(const struct table *table, struct arena *arena)
{
	for (size_t i = 0; i < table->csv.count; i++)
		if (text_is(clean_text(arena, table->csv.cells[i].text), MENDED_ORIGIN))
			return i;
	return SIZE_MAX;
}

static void read_sheet(struct check *check, uint32_t source, enum entity_kind kind)
{
	struct table *table = memory_resize(NULL, sizeof *table);
	if (table_open_source(table, &check->reader, source, kind)) {
		size_t column = origin_column(table, check->reader.arena);
		while (table_next(table)) {
			struct mended_row row = { .record = record_from_table(table) };
			if (column < table->csv.count)
				row.mark = text_copy(check->reader.arena, mark_in(table->csv.cells[column].text));
			if (table->fault != DIAG_KINDS)
				diag_report(check->reader.diag, table->fault, table->fault_args);
			else
				add_row(check, row);
		}
	}
	free(table);
}

static bool is_companion(struct text sheet)
{
	return text_is(sheet, MENDED_SHEET_MISSING) || text_is(sheet, MENDED_SHEET_OTHER) ||
	       text_is(sheet, MENDED_SHEET_SINCE);
}

static void read_workbook(struct check *check, const char *path)
{
	struct file_bytes bytes;
	struct xlsx_named sheets[SHEETS_MOST];
	char hash[65];
	if (!input_read(&check->reader, path, &bytes))
		return;
	hash_of(bytes.text, hash);
	uint32_t source = input_add(&check->reader, path, NO_TEXT);
	sources_set_hash(check->reader.sources, source, hash);
	size_t count = xlsx_open_all(&check->reader, source, bytes.text, sheets, SHEETS_MOST);
	for (size_t i = 0; i < count; i++) {
		enum entity_kind kind = mended_table(sheets[i].name);
		if (kind != ENTITIES && sheets[i].source)
			read_sheet(check, sheets[i].source, kind);
		else if (sheets[i].source && !is_companion(sheets[i].name))
			DIAG(check->reader.diag, DIAG_MENDED_SHEET, .span = { .source = source },
			     .a = sheets[i].name);
	}
	file_release(&bytes);
}

/* All packs are called the same, so they come in folders: 苏州市/问题.xlsx, and its letter beside it. */
static void read_folder(struct check *check, const char *folder, int depth)
{
	struct arena *arena = check->reader.arena;
	struct input_names names;
	if (!input_list(&check->reader, folder, NULL, &names))
		return;
	for (size_t i = 0; i < names.count; i++) {
		struct text name = names.at[i];
		const char *path = file_join(arena, folder, name);
		bool is_folder = file_is_folder(path);
		if (folder_is_passed_over(name) || text_is(name, MENDED_LETTER))
			continue;
		if (is_folder && depth < FOLDERS_DEEP_MOST)
			read_folder(check, path, depth + 1);
		else if (!is_folder && xlsx_is_named(name))
			read_workbook(check, path);
		else
			DIAG(check->reader.diag, DIAG_MENDED_FILE, .span = input_absent(&check->reader, path),
			     .a = name);
	}
}

void mended_read(struct check *check)
{
	struct arena *arena = check->reader.arena;
	const char *folder = file_join(arena, check->folder, TEXT(MENDED_FOLDER));
	if (!file_exists(folder))
		return;
	check->mended = ARENA_NEW(arena, struct mended);
	if (file_is_folder(folder))
		read_folder(check, folder, 0);
	else
		DIAG(check->reader.diag, DIAG_MENDED_FILE, .span = input_absent(&check->reader, folder),
		     .a = TEXT(MENDED_FOLDER));
}

/* ---- replacing ------------------------------------------------------------------------------------- */

/* What a cell that is not there and one that is empty have in common is that nothing was said. */
static void replace(struct check *check, struct record *record, const struct record *by)
{
	for (size_t i = 0; i < record->entity->field_count; i++) {
		const struct value *old = &record->values[i], *new = &by->values[i];
		struct text before = text_trim(old->text), after = text_trim(new->text);
		if (!new->is_given || (!old->is_given && !after.size))
			continue;
		if (!text_equal(before, after))
			DIAG(check->reader.diag, DIAG_MENDED_CELL, .span = new->span, .other = old->span,
			     .a = text_from(record->entity->fields[i].heading),
			     .b = before.size ? before : TEXT("（空）"), .c = after.size ? after : TEXT("（空）"));
		record->values[i] = *new;
	}
	record->place = by->place;
}

static struct mended_row *find_row(struct mended *mended, const struct map *map, struct text key)
{
	const uint32_t *found = map_find(map, key);
	return found ? &mended->rows.at[*found] : NULL;
}

bool mended_apply(struct check *check, struct record *record)
{
	struct mended *mended = check->mended;
	if (!mended || !mended->rows.count)
		return false;
	struct arena *arena = check->reader.arena;
	struct text mark = row_mark(arena, record);
	struct mended_row *same = find_row(mended, &mended->by_result, mark); /* the original says it by now */
	struct mended_row *row = find_row(mended, &mended->by_mark, mark);
	if (same)
		same->is_used = true;
	if (!row && mended->by_key.count)
		row = find_row(mended, &mended->by_key, key_of(arena, record));
	bool is_mended = row != NULL;
	for (int i = 0; row && i < CHAIN_MOST; i++) {
		replace(check, record, &row->record);
		row->is_used = true;
		row = find_row(mended, &mended->by_mark, row->result);
	}
	return is_mended;
}

/* The table could not be read, or not all of it: which rows it has is not known. */
static bool is_unread(const struct check *check, const struct record *record)
{
	if (record->entity == schema_entity(ENTITY_OBSERVATION))
		return check->has_unread_results;
	return (record->entity == schema_entity(ENTITY_ENTERPRISE) && !check->has_enterprises) ||
	       (record->entity == schema_entity(ENTITY_AGENCY) && !check->has_agencies);
}

void mended_report(struct check *check)
{
	struct mended *mended = check->mended;
	for (size_t i = 0; mended && i < mended->rows.count; i++)
		if (!mended->rows.at[i].is_used && !is_unread(check, &mended->rows.at[i].record))
			DIAG(check->reader.diag, DIAG_MENDED_UNKNOWN, .span = mended->rows.at[i].record.place);
	if (!mended)
		return;
	LIST_FREE(&mended->rows);
	map_clear(&mended->by_mark);
	map_clear(&mended->by_key);
	map_clear(&mended->by_result);
	check->mended = NULL;
}
