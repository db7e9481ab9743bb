/* SPDX-License-Identifier: MIT */
#include "read/table_columns.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/nearest.h"
#include "base/utf8.h"
#include "read/clean.h"
#include "read/input.h"
#include "read/table.h"

/* ---- known ones ---------------------------------------------------------------------------- */

static bool is_heading_of(const struct field *field, struct arena *arena, struct text heading)
{
	return text_is(clean_code(arena, heading), field->heading);
}

/* The other tables that have such a column, by the first of them; missing when none has. */
static struct text hint_of_other(const struct table *table, struct text heading)
{
	for (int kind = 0; kind < ENTITIES; kind++) {
		const struct entity *entity = schema_entity((enum entity_kind)kind);
		const struct field *field = schema_field(entity, heading);
		bool is_file = text_ends(text_from(entity->file), ".csv");
		if (field && is_file && field->telling != TELLS_REMARK) /* remarks stand in any table */
			return text_format(table->csv.reader->arena, "；它是 %s 的列\x1F; it belongs into %s",
					   entity->file, entity->file);
	}
	return NO_TEXT;
}

static void note_unknown(const struct table *table, const struct csv_cell *cell)
{
	struct text heading = clean_text(table->csv.reader->arena, cell->text);
	DIAG(table->csv.reader->diag, DIAG_CSV_COLUMN_UNKNOWN, .span = cell->span, .a = heading,
	     .b = hint_of_other(table, heading));
}

/* Offers the heading of a field and its synonyms; whether one of them is `name`. */
static bool offer_names(struct nearest *nearest, const struct field *field, struct text name)
{
	bool is_there = text_is(name, field->heading);
	struct text rest = text_from(field->synonyms), synonym;
	nearest_offer(nearest, text_from(field->heading));
	while (text_next(&rest, '|', &synonym)) {
		nearest_offer(nearest, synonym);
		is_there |= text_equal(synonym, name);
	}
	return is_there;
}

enum { CODE_SIZE = 18, CODE_DIGITS_LEAST = 8 };
enum { YEAR_FIRST = 1900, YEAR_LAST = 2199 }; /* a column of figures may be headed by its year */
enum { CROSSWISE_LEAST = 3 };            /* columns named like items: one or two may be a remark of somebody */
enum { GUESSED_LEAST = 3 }; /* characters: of two one in common says nothing */

/* The field without a column whose heading is nearly this one, or NULL. */
static const struct field *guess_by_name(const struct table *table, struct text heading)
{
	const struct entity *entity = table->entity;
	struct nearest nearest = { .wanted = heading };
	if (utf8_count(heading) < GUESSED_LEAST)
		return NULL;
	for (size_t i = 0; i < entity->field_count; i++)
		if (table->column_of[i] < 0)
			offer_names(&nearest, &entity->fields[i], NO_TEXT);
	struct text best = nearest_best(&nearest);
	for (size_t i = 0; i < entity->field_count && best.size; i++)
		if (table->column_of[i] < 0 && offer_names(&nearest, &entity->fields[i], best))
			return &entity->fields[i];
	return NULL;
}

/* What `check --packs` puts beside the columns of a table: rows are pasted back with it. */
static bool is_of_pack(struct text heading)
{
	return text_is(heading, "问题") || text_is(heading, "处理") || text_is(heading, "出处");
}

static bool is_unknown(const struct table *table, size_t column, struct text heading)
{
	return heading.size && !schema_field(table->entity, heading) && (int)column != table->name_column &&
	       (int)column != table->platform_column &&
	       !is_of_pack(heading);
}

static size_t count_unknown(const struct table *table)
{
	size_t count = 0;
	for (size_t i = 0; i < table->csv.count; i++)
		count += is_unknown(table, i, clean_text(table->csv.reader->arena, table->csv.cells[i].text));
	return count;
}

/* The field of the known column next to this one, `step` being -1 or 1; -1 where there is none. */
static int field_beside(const struct table *table, int column, int step)
{
	for (int at = column + step; at >= 0 && at < (int)table->csv.count; at += step)
		for (size_t i = 0; i < table->entity->field_count; i++)
			if (table->column_of[i] == at)
				return (int)i;
	return -1;
}

/* The known columns beside it are those between which the field's own stands in the template. */
static bool stands_for(const struct table *table, size_t column, size_t field)
{
	int before = field_beside(table, (int)column, -1), after = field_beside(table, (int)column, 1);
	return before < (int)field && (after < 0 || after > (int)field);
}

/* 序号 and what is a heading of some table are not misspelt. */
static bool is_word(struct text heading)
{
	bool is_known = text_is(heading, "序号");
	for (int kind = 0; kind < ENTITIES && !is_known; kind++)
		is_known = schema_field(schema_entity((enum entity_kind)kind), heading) != NULL;
	return is_known;
}

/*
 * Short headings have too little in common for a guess by name alone.  Where a column is missing, one that
 * stands in its place and differs in one character is meant; so is the one heading nobody knows where one is missing.
 */
static const struct field *guess_by_place(const struct table *table, size_t column, struct text heading)
{
	const struct field *only = NULL;
	size_t missing = 0;
	if (is_word(heading))
		return NULL;
	for (size_t i = 0; i < table->entity->field_count; i++) {
		const struct field *field = &table->entity->fields[i];
		struct nearest nearest = { .wanted = heading };
		if (table->column_of[i] >= 0)
			continue;
		missing++;
		if (!stands_for(table, column, i))
			continue;
		only = field;
		nearest_offer(&nearest, text_from(field->heading));
		if (nearest.distance == 1 && utf8_count(heading) == utf8_count(text_from(field->heading)))
			return field;
	}
	return missing == 1 && count_unknown(table) == 1 ? only : NULL;
}

/* Letters and digits: what a code of 18 characters ends with. */
static bool ends_with_code(struct text text)
{
	size_t count = 0, digits = 0;
	while (count < text.size) {
		char c = text.at[text.size - count - 1];
		bool is_digit = c >= '0' && c <= '9', is_letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
		if (!is_digit && !is_letter)
			break;
		digits += is_digit;
		count++;
	}
	return count == CODE_SIZE && digits >= CODE_DIGITS_LEAST;
}

/* What a row of data holds and a heading does not: a date, a number that is no year, a credit code. */
static bool is_data(struct text heading)
{
	struct date date;
	int64_t number;
	if (text_to_integer(heading, &number))
		return number < YEAR_FIRST || number > YEAR_LAST;
	return date_parse(heading, &date) == DATE_GOOD || ends_with_code(heading);
}

/* Where the line end behind the header was lost the first row of data would be headings that nobody knows. */
static bool tell_run_on(const struct table *table)
{
	const struct csv *csv = &table->csv;
	for (size_t i = 0; i < csv->count; i++) {
		struct text heading = clean_code(csv->reader->arena, csv->cells[i].text);
		if (!is_data(heading))
			continue;
		DIAG(csv->reader->diag, DIAG_CSV_HEADER_RUNS_ON, .span = csv->cells[i].span, .a = heading);
		return true;
	}
	return false;
}

/* PA01-1-01, alone or before the item's name. */
static bool begins_with_item(struct text heading)
{
	bool has_digit = false, has_hyphen = false;
	for (size_t i = 0; i < heading.size && heading.at[i] > ' ' && heading.at[i] < 0x7F; i++) {
		has_digit |= heading.at[i] >= '0' && heading.at[i] <= '9';
		has_hyphen |= heading.at[i] == '-';
	}
	return has_digit && has_hyphen && heading.at[0] >= 'A';
}

bool table_tell_crosswise(const struct table *table)
{
	const struct csv *csv = &table->csv;
	const struct csv_cell *first = NULL;
	int64_t count = 0;
	if (table->entity != schema_entity(ENTITY_OBSERVATION) || table_is_whole(table))
		return false;
	for (size_t i = 0; i < csv->count; i++) {
		if (!begins_with_item(clean_text(csv->reader->arena, csv->cells[i].text)))
			continue;
		first = first ? first : &csv->cells[i];
		count++;
	}
	if (count < CROSSWISE_LEAST)
		return false;
	DIAG(csv->reader->diag, DIAG_CSV_CROSSWISE, .span = first->span,
	     .a = clean_text(csv->reader->arena, first->text), .n = count);
	return true;
}

void table_tell_unknown(struct table *table)
{
	const struct csv *csv = &table->csv;
	struct diag *diag = csv->reader->diag;
	bool runs_on = tell_run_on(table);
	for (size_t i = 0; i < csv->count; i++) {
		struct text heading = clean_text(csv->reader->arena, csv->cells[i].text);
		if (!is_unknown(table, i, heading))
			continue;
		const struct field *field = guess_by_name(table, heading);
		if (!field && !runs_on)
			field = guess_by_place(table, i, heading);
		if (!field && !runs_on)
			note_unknown(table, &csv->cells[i]);
		else if (!field)
			continue;
		else if (field->is_required)
			table->guesses[field - table->entity->fields] = csv->cells[i];
		else
			DIAG(diag, DIAG_CSV_COLUMN_NEAR, .span = csv->cells[i].span, .a = heading,
			     .b = text_from(field->heading));
	}
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

static bool names_platform(const struct table *table, struct text heading)
{
	const struct field *field = schema_field(schema_entity(ENTITY_PARTICIPATION), heading);
	bool has_track = false;
	for (size_t i = 0; i < table->entity->field_count; i++)
		has_track |= table->entity->fields[i].type == FIELD_TRACK;
	return has_track && field && text_is(text_from(field->name), "platform");
}

void table_match_columns(struct table *table)
{
	const struct csv *csv = &table->csv;
	for (size_t i = 0; i < TABLE_FIELDS_MOST; i++)
		table->column_of[i] = -1;
	memset(table->guesses, 0, sizeof table->guesses);
	table->name_column = table->platform_column = -1;
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
		else if (table->platform_column < 0 && names_platform(table, heading))
			table->platform_column = (int16_t)i;
	}
}

bool table_is_whole(const struct table *table)
{
	for (size_t i = 0; i < table->entity->field_count; i++)
		if (table->entity->fields[i].is_required && table->column_of[i] < 0)
			return false;
	return true;
}

static void report_missing(const struct table *table, size_t which)
{
	const struct field *field = &table->entity->fields[which];
	const struct csv_cell *guess = &table->guesses[which];
	struct arena *arena = table->csv.reader->arena;
	struct text heading = clean_text(arena, guess->text), hint = NO_TEXT;
	struct buf synonyms;
	buf_init(&synonyms, BUF_LIMIT_PAGE);
	for (const char *at = field->synonyms; *at; at++)
		buf_string(&synonyms, *at == '|' ? "、" : (char[]){ *at, 0 });
	if (heading.size)
		hint = text_format(arena, "；“%.*s”可能就是它\x1F; '%.*s' is probably it",
				   TEXT_ARGS(heading), TEXT_ARGS(heading));
	DIAG(table->csv.reader->diag, DIAG_CSV_HEADING_MISSING, .span = heading.size ? guess->span : table->header,
	     .a = text_from(field->heading), .b = buf_view(&synonyms), .c = hint);
	buf_clear(&synonyms);
}

bool table_check_columns(const struct table *table)
{
	bool is_whole = table_is_whole(table);
	for (size_t i = 0; i < table->entity->field_count && !is_whole; i++)
		if (table->entity->fields[i].is_required && table->column_of[i] < 0)
			report_missing(table, i);
	return is_whole;
}
