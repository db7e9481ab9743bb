/* SPDX-License-Identifier: MIT */
#include "read/table_header.h"

#include "base/arena.h"
#include "base/buf.h"
#include "read/clean.h"
#include "read/input.h"

#define HEADER_BYTES ((size_t)256 << 10)
enum { CODE_SIZE = 18 };

/* How many different fields the cells name. */
static size_t count_headings(const struct csv_cell *cells, size_t count, const struct entity *entity)
{
	bool seen[FIELDS_MOST] = { false };
	size_t found = 0;
	for (size_t i = 0; i < count; i++) {
		const struct field *field = schema_field(entity, cells[i].text);
		if (!field || seen[field - entity->fields])
			continue;
		seen[field - entity->fields] = true;
		found++;
	}
	return found;
}

/* ---- two rows ---------------------------------------------------------------------------- */

struct upper_row {
	struct csv_cell cells[CSV_CELLS_MOST];
	size_t count;
	struct span span;
};

static void keep_row(struct upper_row *upper, const struct csv *csv)
{
	memcpy(upper->cells, csv->cells, csv->count * sizeof *csv->cells);
	upper->count = csv->count;
	upper->span = csv->span;
}

/* Most of what it holds are headings, and nothing is a code: a row of data is none. */
static bool is_lower_row(const struct csv *csv, const struct entity *entity)
{
	size_t filled = 0, known = 0;
	for (size_t i = 0; i < csv->count; i++) {
		struct text cell = csv->cells[i].text;
		if (clean_is_blank(cell))
			continue;
		filled++;
		known += schema_field(entity, cell) != NULL;
		if (cell.size == CODE_SIZE && cell.at[0] >= '0' && cell.at[0] <= '9')
			return false;
	}
	return known > 0 && known * 2 >= filled;
}

/* Headings that stand in the upper row alone, as 序号 does where its two cells are merged; one cell alone is a title. */
static bool fills_gap(const struct upper_row *upper, const struct csv *csv)
{
	size_t filled = 0, gaps = 0;
	for (size_t i = 0; i < upper->count && i < csv->count; i++) {
		bool is_filled = !clean_is_blank(upper->cells[i].text);
		filled += is_filled;
		gaps += is_filled && clean_is_blank(csv->cells[i].text);
	}
	return filled > 1 && gaps > 0;
}

/* Puts the upper heading where the lower cell is blank, or says nothing where the upper one does. */
static void join_rows(struct csv *csv, const struct upper_row *upper, const struct entity *entity)
{
	for (size_t i = 0; i < upper->count; i++) {
		bool is_beyond = i >= csv->count;
		if (is_beyond || clean_is_blank(csv->cells[i].text) ||
		    (schema_field(entity, upper->cells[i].text) && !schema_field(entity, csv->cells[i].text)))
			csv->cells[i] = upper->cells[i];
	}
	csv->count = csv->count > upper->count ? csv->count : upper->count;
}

/* ---- finding ------------------------------------------------------------------------------- */

/* All required headings stand there: what comes below is data, and a header again is none that begins the table. */
static bool has_required(const struct csv *csv, const struct entity *entity)
{
	for (size_t i = 0; i < entity->field_count; i++) {
		bool is_there = !entity->fields[i].is_required;
		for (size_t column = 0; column < csv->count && !is_there; column++)
			is_there = schema_field(entity, csv->cells[column].text) == &entity->fields[i];
		if (!is_there)
			return false;
	}
	return true;
}

static size_t required_count(const struct entity *entity)
{
	size_t count = 0;
	for (size_t i = 0; i < entity->field_count; i++)
		count += entity->fields[i].is_required;
	return count;
}

/* Headings are compared character by character, so rows of fewer cells than it would take are not looked at. */
static void try_separator(struct csv *csv, char separator, const struct entity *entity, struct table_header *best)
{
	struct upper_row upper = { .count = 0 };
	const size_t required = required_count(entity);
	size_t above = 0, complete = 0;
	csv_init(csv, csv->reader, csv->source, separator);
	csv->text = text_slice(csv->text, 0, HEADER_BYTES);
	csv->is_silent = true;
	for (size_t row = 1; row <= TABLE_HEADER_ROWS && (!complete || row == complete + 1); row++) {
		size_t offset = csv->offset;
		if (!csv_next(csv))
			return;
		size_t score = csv->count > best->score ? count_headings(csv->cells, csv->count, entity) : 0;
		if (!complete && csv->count >= required && has_required(csv, entity))
			complete = row;
		if (score > best->score && (!complete || complete == row))
			*best = (struct table_header){ score, offset, row, separator, false };
		bool is_best = best->row == row && best->separator == separator;
		bool may_pair = is_best || (csv->count > upper.count ? csv->count : upper.count) > best->score;
		bool is_pair = upper.count && may_pair && is_lower_row(csv, entity);
		struct upper_row lower;
		keep_row(&lower, csv);
		if (is_pair) {
			bool has_more = is_best && fills_gap(&upper, csv);
			join_rows(csv, &upper, entity);
			score = count_headings(csv->cells, csv->count, entity);
			if (score > best->score || has_more)
				*best = (struct table_header){ score, above, row - 1, separator, true };
		}
		upper = lower;
		above = offset;
	}
}

struct table_header table_header_find(struct csv *csv, const struct entity *entity)
{
	static const char separators[] = { ',', '\t', ';' };
	struct table_header best = { .separator = ',', .row = 1 };
	for (size_t i = 0; i < sizeof separators / sizeof *separators; i++)
		try_separator(csv, separators[i], entity, &best);
	return best;
}

/* ---- reading ------------------------------------------------------------------------------- */

/* Rows above the header that hold anything; "sep=," is for spreadsheets. */
static void tell_titles(struct csv *csv, const struct table_header *header)
{
	struct span first = { 0 };
	struct text title = NO_TEXT;
	int64_t count = 0;
	csv->is_silent = true;
	while (csv->offset < header->offset && csv_next(csv))
		for (size_t i = 0; i < csv->count; i++) {
			struct text cell = csv->cells[i].text;
			if (clean_is_blank(cell) || text_starts(cell, "sep="))
				continue;
			if (count++ == 0) {
				first = csv->cells[i].span;
				title = clean_text(csv->reader->arena, cell);
			}
			break;
		}
	csv->is_silent = false;
	if (count)
		DIAG(csv->reader->diag, DIAG_CSV_TITLE, .span = first, .a = title, .n = count);
}

void table_header_read(struct csv *csv, const struct entity *entity, const struct table_header *header)
{
	csv_init(csv, csv->reader, csv->source, header->separator);
	if (header->score && entity != schema_entity(ENTITY_ANSWER)) /* the form that we gave out has some */
		tell_titles(csv, header);
	csv->offset = header->offset;
	csv->row = header->row - 1;
	csv_next(csv);
	if (!header->has_two_rows)
		return;
	struct upper_row upper;
	keep_row(&upper, csv);
	csv_next(csv);
	join_rows(csv, &upper, entity);
	csv->span = span_join(upper.span, csv->span);
	DIAG(csv->reader->diag, DIAG_CSV_HEADER_TWO_ROWS, .span = csv->span, .n = (int64_t)csv->row + 1);
}

/* ---- another table -------------------------------------------------------------------------- */

/* The header row alone: titles and notes of a table that is none of ours need not be told. */
static void read_silently(struct csv *csv, const struct entity *entity, const struct table_header *header)
{
	struct upper_row upper;
	csv_init(csv, csv->reader, csv->source, header->separator);
	csv->is_silent = true;
	csv->offset = header->offset;
	csv_next(csv);
	if (!header->has_two_rows)
		return;
	keep_row(&upper, csv);
	csv_next(csv);
	join_rows(csv, &upper, entity);
}

const struct entity *table_header_other(struct csv *csv, const struct entity *expected, size_t score)
{
	const struct entity *best = NULL;
	for (int kind = 0; kind < ENTITIES; kind++) {
		const struct entity *entity = schema_entity((enum entity_kind)kind);
		/* Observations lie in a folder of their own. */
		if (entity == expected || (!text_ends(text_from(entity->file), ".csv") && kind != ENTITY_OBSERVATION))
			continue;
		struct table_header found = table_header_find(csv, entity);
		if (found.score <= score)
			continue;
		read_silently(csv, entity, &found);
		if (!has_required(csv, entity))
			continue;
		best = entity;
		score = found.score;
	}
	return best;
}

/* ---- other separators ------------------------------------------------------------------------ */

static size_t count_parts(struct text line, struct text separator, const struct entity *entity)
{
	size_t known = 0;
	while (line.size) {
		size_t size = text_find(line, separator);
		known += schema_field(entity, text_slice(line, 0, size)) != NULL;
		line = text_slice(line, size + separator.size, line.size);
	}
	return known;
}

const char *table_header_separator(struct text text, const struct entity *entity)
{
	static const char *const separators[] = { "，", "、", "；", "|", "｜" };
	struct text line, rest = text_slice(text, 0, HEADER_BYTES);
	for (size_t row = 0; row < TABLE_HEADER_ROWS && text_next(&rest, '\n', &line); row++)
		for (size_t i = 0; i < sizeof separators / sizeof *separators; i++)
			if (count_parts(line, text_from(separators[i]), entity) > 1)
				return separators[i];
	return NULL;
}

/* ---- cells ----------------------------------------------------------------------------------- */

struct text table_cell_name(struct arena *arena, size_t column, size_t row)
{
	struct buf buf;
	buf_init(&buf, 32);
	sheet_column_write(&buf, (uint32_t)column + 1);
	if (row)
		buf_format(&buf, "%zu", row);
	struct text name = text_copy(arena, buf_view(&buf));
	buf_clear(&buf);
	return name;
}
