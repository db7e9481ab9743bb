/* SPDX-License-Identifier: MIT */
#include "read/table.h"

#include <stdlib.h>
#include <strings.h>

#include "base/arena.h"
#include "base/buf.h"
#include "read/cells.h"
#include "read/clean.h"
#include "read/input.h"
#include "read/table_aside.h"
#include "read/table_columns.h"
#include "read/table_header.h"
#include "read/xlsx.h"

/* ---- the header ---------------------------------------------------------------------------- */

static struct text required_headings(const struct table *table)
{
	struct buf list;
	buf_init(&list, BUF_LIMIT_PAGE);
	for (size_t i = 0; i < table->entity->field_count; i++)
		if (table->entity->fields[i].is_required)
			buf_format(&list, "%s%s", list.size ? "、" : "", table->entity->fields[i].heading);
	struct text copy = text_copy(table->csv.reader->arena, buf_view(&list));
	buf_clear(&list);
	return copy;
}

/* The leftmost known column tells a repeated header from data. */
static void remember_header(struct table *table)
{
	table->first_column = -1;
	for (size_t i = 0; i < table->entity->field_count; i++) {
		int16_t column = table->column_of[i];
		if (column >= 0 && (table->first_column < 0 || column < table->first_column))
			table->first_column = column;
	}
	if (table->first_column >= 0)
		table->first_heading = table->csv.cells[table->first_column].text;
	memset(table->heads, 0, sizeof table->heads);
	for (size_t i = 0; i < table->csv.count; i++)
		table->heads[i] = schema_field(table->entity, table->csv.cells[i].text);
}

/* What web systems give out as .xls or .csv. */
static bool is_web_page(struct text text)
{
	static const char *const starts[] = { "<html", "<!doctype html", "<table", "<meta", "<head" };
	text = text_trim(text);
	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
		if (text.size > strlen(starts[i]) && strncasecmp(text.at, starts[i], strlen(starts[i])) == 0)
			return true;
	return false;
}

/* Rows show which columns hold anything: what has no heading is lost, what is short may be cut. */
static void watch_columns(struct table *table)
{
	const struct csv *csv = &table->csv;
	memset(table->is_filled, 0, sizeof table->is_filled);
	memset(table->is_headed, 0, sizeof table->is_headed);
	memset(table->short_rows, 0, sizeof table->short_rows);
	table->unfilled_count = 0;
	table->cut = table->aside = table->lost = (struct span){ 0 };
	table->asides = table->lost_rows = table->keyless_ranges = table->rows = table->long_rows = 0;
	table->header_cells = csv->count;
	table->keyless_first = 0;
	table->has_rows = false;
	for (size_t i = 0; i < table->width; i++) {
		struct text heading = csv->cells[i].text;
		table->is_headed[i] = !clean_is_blank(heading);
		table->unfilled[table->unfilled_count++] = (int16_t)i;
	}
	if (csv->beyond.end)
		DIAG(csv->reader->diag, DIAG_CSV_COLUMNS_MANY, .span = csv->beyond, .n = CSV_CELLS_MOST);
}

/* A file under another's name is told as that, not by each heading that it lacks. */
static bool is_other_table(const struct table *table, const struct table_header *header)
{
	struct csv *csv = memory_resize(NULL, sizeof *csv);
	csv->reader = table->csv.reader;
	csv->source = table->csv.source;
	csv_init(csv, csv->reader, csv->source, ',');
	const struct entity *other = table_header_other(csv, table->entity, header->score);
	free(csv);
	if (other)
		DIAG(table->csv.reader->diag, DIAG_CSV_OTHER_TABLE, .span = table->header,
		     .a = text_from(table->entity->file), .b = text_from(other->file));
	return other != NULL;
}

static void tell_no_header(const struct table *table)
{
	const struct reader *reader = table->csv.reader;
	const char *separator = table_header_separator(table->csv.text, table->entity);
	if (separator)
		DIAG(reader->diag, DIAG_CSV_SEPARATOR, .span = table->header, .a = text_from(separator));
	else
		DIAG(reader->diag, DIAG_CSV_HEADER_NOT_FOUND, .span = table->header,
		     .a = text_from(table->entity->heading), .b = required_headings(table), .n = TABLE_HEADER_ROWS);
}

bool table_open_source(struct table *table, const struct reader *reader, uint32_t source, enum entity_kind kind)
{
	table->entity = schema_entity(kind);
	csv_init(&table->csv, reader, source, ',');
	if (text_trim(table->csv.text).size == 0) {
		DIAG(reader->diag, DIAG_FILE_EMPTY, .span = { .source = source });
		return false;
	}
	struct table_header header = table_header_find(&table->csv, table->entity);
	if (header.score == 0 && is_web_page(table->csv.text)) {
		DIAG(reader->diag, DIAG_FILE_WEB_PAGE, .span = { .source = source });
		return false;
	}
	table_header_read(&table->csv, table->entity, &header);
	table->header = table->csv.span;
	table_match_columns(table);
	if (!table_is_whole(table) && is_other_table(table, &header))
		return false;
	if (header.score == 0) {
		table->header.end = table->header.start;
		tell_no_header(table);
		return false;
	}
	const bool is_crosswise = table_tell_crosswise(table);
	if (!is_crosswise)
		table_tell_unknown(table);
	watch_columns(table);
	table->csv.width = table->width;
	remember_header(table);
	cells_watch(table);
	return !is_crosswise && table_check_columns(table);
}

bool table_open(struct table *table, const struct reader *reader, const char *path, enum entity_kind kind)
{
	bool is_workbook = xlsx_is_named(text_from(path));
	uint32_t source = is_workbook ? xlsx_open(reader, path, kind) : input_open(reader, path, INPUT_CSV);
	return source && table_open_source(table, reader, source, kind);
}

bool table_open_passing(struct table *table, const struct reader *reader, const char *path, enum entity_kind kind)
{
	bool is_workbook = xlsx_is_named(text_from(path));
	uint32_t source = is_workbook ? xlsx_open(reader, path, kind) : input_open_passing(reader, path, INPUT_CSV);
	return source && table_open_source(table, reader, source, kind);
}

/* ---- rows ---------------------------------------------------------------------------------- */

/* Nearly every row has something in its first cell. */
static bool is_blank_row(const struct csv *csv)
{
	for (size_t i = 0; i < csv->count; i++) {
		struct text cell = csv->cells[i].text;
		if (cell.size && (unsigned char)cell.at[0] > ' ' && (unsigned char)cell.at[0] < 0x80)
			return false;
		if (!clean_is_blank(cell))
			return false;
	}
	return true;
}

/* The file ends in the middle of a line: it may be cut off. */
static bool ends_here(const struct csv *csv)
{
	char last = csv->text.size ? csv->text.at[csv->text.size - 1] : '\n';
	return csv->offset >= csv->text.size && last != '\n' && last != '\r';
}

static void watch_row(struct table *table)
{
	struct csv *csv = &table->csv;
	for (size_t i = 0; i < table->unfilled_count;) {
		size_t column = (size_t)table->unfilled[i];
		if (column >= csv->count || clean_is_blank(csv->cells[column].text)) {
			i++;
			continue;
		}
		table->is_filled[column] = true;
		table->unfilled[i] = table->unfilled[--table->unfilled_count];
		if (!table->is_headed[column])
			DIAG(csv->reader->diag, DIAG_CSV_HEADING_BLANK, .span = csv->cells[column].span,
			     .a = table_cell_name(csv->reader->arena, column, 0), .n = (int64_t)column + 1);
	}
}

/* Which cells behind a row's end others fill: one of them is enough. */
static bool lacks_filled(const struct table *table, size_t count)
{
	for (size_t i = count; i < table->width; i++)
		if (table->is_filled[i] && table->is_headed[i])
			return true;
	return false;
}

static void report_short(struct table *table)
{
	int64_t rows = 0;
	struct span first = { 0 };
	for (size_t count = 1; count < table->width; count++) {
		if (table->short_rows[count] == 0 || !lacks_filled(table, count))
			continue;
		if (rows == 0 || table->short_ends[count].start < first.start)
			first = table->short_ends[count];
		rows += table->short_rows[count];
	}
	if (rows == 0 && table->cut.end) {
		first = table->cut;
		rows = 1;
	}
	if (rows)
		DIAG(table->csv.reader->diag, DIAG_CSV_ROW_TOO_SHORT, .span = first, .n = rows);
}

/* In a workbook cells without contents may be there or not. */
static bool is_sheet(const struct table *table)
{
	return text_ends(sources_find(table->csv.reader->sources, table->csv.source)->name, "]");
}

/* Where all rows end with a separator that the header does not have, nothing is amiss. */
static void report_moved(struct table *table)
{
	if (table->long_rows && (table->long_rows == 1 || table->long_rows * 2 <= table->rows) && !is_sheet(table))
		DIAG(table->csv.reader->diag, DIAG_CSV_ROW_MOVED, .span = table->long_row, .n = table->long_rows);
}

static void check_long(struct table *table)
{
	const struct csv *csv = &table->csv;
	if (csv->beyond.end && table->width < CSV_CELLS_MOST) {
		table->fault = DIAG_CSV_ROW_TOO_LONG;
		table->fault_args = (struct diag_args){ .span = csv->beyond, .n = (int64_t)csv->total };
		return;
	}
	for (size_t i = table->width; i < csv->count; i++) {
		if (clean_is_blank(csv->cells[i].text))
			continue;
		table->fault = DIAG_CSV_ROW_TOO_LONG;
		table->fault_args = (struct diag_args){ .span = csv->cells[i].span, .n = (int64_t)csv->total };
		return;
	}
	if (csv->total > table->header_cells && table->long_rows++ == 0)
		table->long_row = csv->span;
}

/* The first required column that the row does not reach, or NULL. */
static const struct field *cut_field(const struct table *table)
{
	for (size_t i = 0; i < table->entity->field_count; i++)
		if (table->entity->fields[i].is_required && table->column_of[i] >= (int)table->csv.count)
			return &table->entity->fields[i];
	return NULL;
}

/* Spreadsheets leave out empty cells at the end of a row as they please (Excel in blocks of 16 rows). */
static void check_short(struct table *table)
{
	struct csv *csv = &table->csv;
	struct span end = { csv->source, csv->span.end, csv->span.end };
	const struct field *cut = cut_field(table);
	if (!cut) {
		if (table->short_rows[csv->count]++ == 0)
			table->short_ends[csv->count] = end;
		if (ends_here(csv))
			table->cut = end;
		return;
	}
	table->fault = DIAG_CSV_ROW_CUT;
	table->fault_args = (struct diag_args){ .span = end, .n = (int64_t)csv->total, .a = text_from(cut->heading) };
}

static bool is_header_again(const struct table *table)
{
	return table->first_column >= 0 && (size_t)table->first_column < table->csv.count &&
	       text_equal(table->csv.cells[table->first_column].text, table->first_heading);
}

/* Totals, remarks and instructions are told once, with the cells at which the first of them begin. */
static void watch_aside(struct table *table)
{
	const struct csv *csv = &table->csv;
	size_t column = 0;
	while (column + 1 < csv->count && clean_is_blank(csv->cells[column].text))
		column++;
	if (table->asides == 0)
		table->aside = csv->cells[column].span;
	if (table->asides < TABLE_RANGES_NAMED)
		table->aside_names[table->asides] = table_cell_name(csv->reader->arena, column, csv->row);
	table->asides++;
}

/* "A5、A6…" */
static struct text list_names(const struct table *table, const struct text *names, int64_t count)
{
	struct buf list;
	buf_init(&list, BUF_LIMIT_PAGE);
	for (int64_t i = 0; i < count && i < TABLE_RANGES_NAMED; i++)
		buf_format(&list, "%s%.*s", i ? "、" : "", TEXT_ARGS(names[i]));
	if (count > TABLE_RANGES_NAMED)
		buf_string(&list, "…");
	struct text copy = text_copy(table->csv.reader->arena, buf_view(&list));
	buf_clear(&list);
	return copy;
}

static void report_asides(struct table *table)
{
	if (table->asides)
		DIAG(table->csv.reader->diag, DIAG_CSV_ROW_ASIDE, .span = table->aside,
		     .a = list_names(table, table->aside_names, table->asides), .n = table->asides);
}

/* The column of the code with which rows begin, where there is one; -1: there is none. */
static int16_t key_column(const struct table *table)
{
	enum field_type type = table->entity->fields[0].type;
	return type == FIELD_CREDIT || type == FIELD_ENTERPRISE ? table->column_of[0] : -1;
}

/* Cells that were merged come as one value with blanks below, and whom those rows concern is not for us to guess. */
static bool is_keyless(const struct table *table)
{
	int16_t key = key_column(table);
	return key >= 0 && (size_t)key < table->csv.count && clean_is_blank(table->csv.cells[key].text);
}

/* Ends the rows without a code that lie one below the other: "A3:A5". */
static void end_keyless(struct table *table)
{
	struct arena *arena = table->csv.reader->arena;
	if (table->keyless_first == 0)
		return;
	size_t column = (size_t)key_column(table);
	if (table->keyless_ranges < TABLE_RANGES_NAMED) {
		struct text first = table_cell_name(arena, column, table->keyless_first);
		struct text last = table_cell_name(arena, column, table->keyless_last);
		table->keyless_names[table->keyless_ranges] = table->keyless_first == table->keyless_last ? first :
			text_format(arena, "%.*s:%.*s", TEXT_ARGS(first), TEXT_ARGS(last));
	}
	table->keyless_ranges++;
	table->keyless_first = 0;
}

static void report_keyless(struct table *table)
{
	end_keyless(table);
	if (table->lost_rows)
		DIAG(table->csv.reader->diag, DIAG_CSV_KEY_BLANK, .span = table->lost,
		     .a = text_from(table->entity->fields[0].heading),
		     .b = list_names(table, table->keyless_names, table->keyless_ranges), .n = table->lost_rows,
		     .participation = PARTICIPATION_LEFT_OUT);
}

static void watch_keyless(struct table *table)
{
	const struct csv *csv = &table->csv;
	if (table->lost_rows++ == 0)
		table->lost = csv->span;
	if (table->keyless_first == 0)
		table->keyless_first = csv->row;
	table->keyless_last = csv->row;
}

/* What is below such a header would be read by the first one. */
static bool has_other_columns(const struct table *table)
{
	for (size_t i = 0; i < table->csv.count; i++) {
		const struct field *field = schema_field(table->entity, table->csv.cells[i].text);
		if (field && field != table->heads[i])
			return true;
	}
	return false;
}

/* Most rows begin with a code: such a one is neither blank nor a header, no remark, and names somebody. */
bool table_begins_with_code(const struct table *table)
{
	struct text cell = table->csv.count ? table->csv.cells[0].text : NO_TEXT;
	return cell.size && cell.at[0] > ' ' && (unsigned char)cell.at[0] < 0x80 && table->first_column == 0 &&
	       table->first_heading.size && table->first_heading.at[0] != cell.at[0] && key_column(table) <= 0;
}

/* The record is no row to be taken, and was told or will be. */
static bool is_passed_over(struct table *table)
{
	if (table_begins_with_code(table)) {
		end_keyless(table);
		return false;
	}
	if (is_blank_row(&table->csv))
		return true;
	if (is_header_again(table)) {
		bool is_other = has_other_columns(table);
		enum diag_kind kind = is_other ? DIAG_CSV_HEADER_OTHER : DIAG_CSV_HEADER_AGAIN;
		DIAG(table->csv.reader->diag, kind, .span = table->csv.span);
		if (is_other)
			table->header_cells = CSV_CELLS_MOST; /* the length of what is below says nothing more */
		return true;
	}
	if (table_is_aside(table)) {
		watch_aside(table);
		return true;
	}
	if (!is_keyless(table)) {
		end_keyless(table);
		return false;
	}
	watch_row(table);
	watch_keyless(table);
	return true;
}

bool table_next(struct table *table)
{
	size_t losses = table->csv.losses;
	for (; csv_next(&table->csv); losses = table->csv.losses) {
		if (is_passed_over(table))
			continue;
		table->fault = DIAG_KINDS;
		table->is_half_read = table->csv.losses > losses;
		table->has_rows = true;
		table->rows++;
		watch_row(table);
		if (table->csv.total > table->width)
			check_long(table);
		else if (table->csv.total < table->width)
			check_short(table);
		return true;
	}
	report_keyless(table);
	report_asides(table);
	report_short(table);
	report_moved(table);
	return false;
}

static struct value value_at(const struct table *table, int16_t column)
{
	if (column < 0)
		return (struct value){ .span = table->csv.span };
	if ((size_t)column < table->csv.count)
		return (struct value){ table->csv.cells[column].text, table->csv.cells[column].span, true };
	return (struct value){ .span = { table->csv.source, table->csv.span.end, table->csv.span.end }, .is_given = true };
}

struct value table_value(const struct table *table, size_t field)
{
	return value_at(table, table->column_of[field]);
}

void table_values(const struct table *table, struct value *values)
{
	for (size_t i = 0; i < table->entity->field_count; i++)
		values[i] = value_at(table, table->column_of[i]);
}

struct value table_name(const struct table *table)
{
	return value_at(table, table->name_column);
}

struct value table_platform(const struct table *table)
{
	return value_at(table, table->platform_column);
}

bool table_has(const struct table *table, const char *field_name)
{
	for (size_t i = 0; i < table->entity->field_count; i++)
		if (text_is(text_from(table->entity->fields[i].name), field_name))
			return table->column_of[i] >= 0;
	return false;
}

struct span table_row(const struct table *table)
{
	return table->csv.span;
}
