/* SPDX-License-Identifier: MIT */
#include "read/table.h"

#include <strings.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "read/clean.h"
#include "read/input.h"
#include "read/xlsx.h"

/* The header stands among the first lines; looking further would take data for headings. */
enum { HEADER_LINES = 20 };
#define HEADER_BYTES ((size_t)256 << 10)

/* ---- finding the header ----------------------------------------------------------------- */

static bool is_heading_of(const struct field *field, struct arena *arena, struct text heading)
{
	return text_is(clean_code(arena, heading), field->heading);
}

/* How many different fields the record names. */
static size_t count_headings(const struct csv *csv, const struct entity *entity)
{
	bool seen[TABLE_FIELDS_MOST] = { false };
	size_t count = 0;
	for (size_t i = 0; i < csv->count; i++) {
		const struct field *field = schema_field(entity, csv->cells[i].text);
		if (!field || seen[field - entity->fields])
			continue;
		seen[field - entity->fields] = true;
		count++;
	}
	return count;
}

struct candidate {
	size_t score, offset;
	char separator;
};

static void try_separator(struct table *table, char separator, struct candidate *best)
{
	struct csv *csv = &table->csv;
	csv_init(csv, csv->reader, csv->source, separator);
	csv->text = text_slice(csv->text, 0, HEADER_BYTES);
	csv->is_silent = true;
	for (size_t i = 0; i < HEADER_LINES; i++) {
		size_t offset = csv->offset;
		if (!csv_next(csv))
			return;
		size_t score = count_headings(csv, table->entity);
		if (score > best->score)
			*best = (struct candidate){ score, offset, separator };
	}
}

static bool find_header(struct table *table)
{
	struct candidate best = { 0 };
	static const char separators[] = { ',', '\t', ';' };
	for (size_t i = 0; i < sizeof separators; i++)
		try_separator(table, separators[i], &best);
	csv_init(&table->csv, table->csv.reader, table->csv.source, best.score ? best.separator : ',');
	table->csv.offset = best.offset;
	return best.score > 0;
}

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

/* ---- columns ----------------------------------------------------------------------------- */

static void note_unknown(const struct table *table, const struct csv_cell *cell)
{
	struct text heading = clean_text(table->csv.reader->arena, cell->text);
	DIAG(table->csv.reader->diag, DIAG_CSV_COLUMN_UNKNOWN, .span = cell->span, .a = heading);
}

/* Two headings of one field: the exact one is meant; of two alike the first is used and the second reported. */
static void claim_column(struct table *table, size_t field, size_t column)
{
	struct arena *arena = table->csv.reader->arena;
	const struct field *wanted = &table->entity->fields[field];
	const struct csv_cell *cells = table->csv.cells;
	int16_t older = table->column_of[field];
	if (older < 0) {
		table->column_of[field] = (int16_t)column;
		return;
	}
	bool is_exact = is_heading_of(wanted, arena, cells[column].text), was_exact = is_heading_of(wanted, arena, cells[older].text);
	if (is_exact == was_exact) {
		DIAG(table->csv.reader->diag, DIAG_CSV_HEADING_TWICE, .span = cells[column].span, .other = cells[older].span,
		     .a = text_from(wanted->heading));
		return;
	}
	if (is_exact)
		table->column_of[field] = (int16_t)column;
	note_unknown(table, &cells[is_exact ? (size_t)older : column]);
}

static bool names_enterprise(const struct table *table, struct text heading)
{
	const struct field *field = schema_field(schema_entity(ENTITY_ENTERPRISE), heading);
	bool has_code = table->entity->fields[0].type == FIELD_ENTERPRISE;
	return has_code && field && text_is(text_from(field->name), "name");
}

static void match_columns(struct table *table)
{
	const struct csv *csv = &table->csv;
	for (size_t i = 0; i < TABLE_FIELDS_MOST; i++)
		table->column_of[i] = -1;
	table->name_column = -1;
	table->width = 0;
	for (size_t i = 0; i < csv->count; i++) {
		struct text heading = clean_text(csv->reader->arena, csv->cells[i].text);
		if (heading.size == 0)
			continue;
		table->width = i + 1;
		const struct field *field = schema_field(table->entity, heading);
		if (field)
			claim_column(table, (size_t)(field - table->entity->fields), i);
		else if (table->name_column < 0 && names_enterprise(table, heading))
			table->name_column = (int16_t)i;
		else
			note_unknown(table, &csv->cells[i]);
	}
}

static bool has_required(const struct table *table)
{
	bool is_whole = true;
	for (size_t i = 0; i < table->entity->field_count; i++) {
		const struct field *field = &table->entity->fields[i];
		if (!field->is_required || table->column_of[i] >= 0)
			continue;
		struct buf synonyms;
		buf_init(&synonyms, BUF_LIMIT_PAGE);
		for (const char *at = field->synonyms; *at; at++)
			buf_string(&synonyms, *at == '|' ? "、" : (char[]){ *at, 0 });
		DIAG(table->csv.reader->diag, DIAG_CSV_HEADING_MISSING, .span = table->header, .a = text_from(field->heading),
		     .b = buf_view(&synonyms));
		buf_clear(&synonyms);
		is_whole = false;
	}
	return is_whole;
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
	table->cut = (struct span){ 0 };
	for (size_t i = 0; i < table->width; i++) {
		struct text heading = csv->cells[i].text;
		table->is_headed[i] = !clean_is_blank(heading);
		table->unfilled[table->unfilled_count++] = (int16_t)i;
	}
	if (csv->beyond.end)
		DIAG(csv->reader->diag, DIAG_CSV_COLUMNS_MANY, .span = csv->beyond, .n = CSV_CELLS_MOST);
}

bool table_open_source(struct table *table, const struct reader *reader, uint32_t source, enum entity_kind kind)
{
	table->entity = schema_entity(kind);
	csv_init(&table->csv, reader, source, ',');
	if (text_trim(table->csv.text).size == 0) {
		DIAG(reader->diag, DIAG_FILE_EMPTY, .span = { .source = source });
		return false;
	}
	bool is_found = find_header(table);
	csv_next(&table->csv);
	table->header = table->csv.span;
	if (!is_found && is_web_page(table->csv.text)) {
		DIAG(reader->diag, DIAG_FILE_WEB_PAGE, .span = { .source = source });
		return false;
	}
	if (!is_found) {
		table->header.end = table->header.start;
		DIAG(reader->diag, DIAG_CSV_HEADER_NOT_FOUND, .span = table->header, .a = text_from(table->entity->heading),
		     .b = required_headings(table), .n = HEADER_LINES);
		return false;
	}
	match_columns(table);
	watch_columns(table);
	table->csv.width = table->width;
	remember_header(table);
	return has_required(table);
}

bool table_open(struct table *table, const struct reader *reader, const char *path, enum entity_kind kind)
{
	bool is_workbook = xlsx_is_named(text_from(path));
	uint32_t source = is_workbook ? xlsx_open(reader, path, kind) : input_open(reader, path, INPUT_CSV);
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

/* "D" of the fourth column, "AA" of the 27th. */
static struct text column_letters(struct arena *arena, size_t column)
{
	char letters[4];
	size_t at = sizeof letters;
	for (size_t rest = column + 1; rest > 0 && at > 0; rest = (rest - 1) / 26)
		letters[--at] = (char)('A' + (rest - 1) % 26);
	return text_copy(arena, (struct text){ letters + at, sizeof letters - at });
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
			     .a = column_letters(csv->reader->arena, column), .n = (int64_t)column + 1);
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

/* The first cell that holds anything, cleaned; *is_only tells whether it is the only one. */
static struct text first_cell(const struct table *table, bool *is_only)
{
	const struct csv *csv = &table->csv;
	struct text first = NO_TEXT;
	*is_only = true;
	for (size_t i = 0; i < csv->count; i++) {
		if (clean_is_blank(csv->cells[i].text))
			continue;
		if (first.size) {
			*is_only = false;
			break;
		}
		first = clean_text(csv->reader->arena, csv->cells[i].text);
	}
	return first;
}

static bool has_han(struct text text)
{
	for (size_t offset = 0; offset < text.size;)
		if (utf8_is_han(utf8_next(text, &offset)))
			return true;
	return false;
}

/* What people write below a table: 合计, or a remark alone in its row. */
static bool is_aside(const struct table *table)
{
	static const char *const totals[] = { "合计", "总计", "小计", "共计", "全省", "全省合计" };
	static const char *const remarks[] = { "注：", "注:", "备注", "说明", "填表", "填报", "制表", "审核", "联系人" };
	struct text cell = table->csv.cells[0].text;
	/* Nearly every row begins with a code in ASCII. */
	if (cell.size && (unsigned char)cell.at[0] > ' ' && (unsigned char)cell.at[0] < 0x80)
		return false;
	bool is_only;
	struct text first = first_cell(table, &is_only);
	for (size_t i = 0; i < sizeof totals / sizeof *totals; i++)
		if (text_is(first, totals[i]))
			return true;
	for (size_t i = 0; i < sizeof remarks / sizeof *remarks && is_only; i++)
		if (text_starts(first, remarks[i]))
			return true;
	/* One cell of words in a table whose rows begin with a code. */
	enum field_type type = table->entity->fields[0].type;
	bool begins_with_code = type == FIELD_CREDIT || type == FIELD_ENTERPRISE;
	return is_only && begins_with_code && table->column_of[0] == 0 && has_han(first);
}

static bool is_header_again(const struct table *table)
{
	return table->first_column >= 0 && (size_t)table->first_column < table->csv.count &&
	       text_equal(table->csv.cells[table->first_column].text, table->first_heading);
}

bool table_next(struct table *table)
{
	while (csv_next(&table->csv)) {
		if (is_blank_row(&table->csv))
			continue;
		if (is_header_again(table)) {
			DIAG(table->csv.reader->diag, DIAG_CSV_HEADER_AGAIN, .span = table->csv.span);
			continue;
		}
		if (is_aside(table)) {
			DIAG(table->csv.reader->diag, DIAG_CSV_ROW_ASIDE, .span = table->csv.span);
			continue;
		}
		table->fault = DIAG_KINDS;
		watch_row(table);
		if (table->csv.total > table->width)
			check_long(table);
		else if (table->csv.total < table->width)
			check_short(table);
		return true;
	}
	report_short(table);
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

struct value table_name(const struct table *table)
{
	return value_at(table, table->name_column);
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
