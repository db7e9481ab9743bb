/* SPDX-License-Identifier: MIT
 *
 * ```table, and the fences that are tables underneath: panel, cover, signature; and stars.
 */
#include "base/buf.h"
#include "base/diag.h"
#include "base/utf8.h"
#include "compose/fence.h"
#include "compose/phrases.h"
#include "doc/attributes.h"
#include "doc/values.h"

/* ---- what a column holds -------------------------------------------------------------- */

static bool is_missing(struct text text)
{
	return text.size == 0 || text_is(text, "—") || text_is(text, "-");
}

static bool is_date(struct text text)
{
	return text.size == 10 && text.at[4] == '-' && text.at[7] == '-';
}

static bool is_risk(struct text text)
{
	return text_is(text, "高") || text_is(text, "中") || text_is(text, "低");
}

enum { SHORT_WORD = 4 /* characters: results, levels, yes and no */ };

/* What the non-missing values of a column have in common. */
struct likeness {
	bool any, numbers, dates, risks, words;
};

static struct likeness compare(const struct rows *rows, size_t column)
{
	struct likeness like = { false, true, true, true, true };
	for (size_t i = 0; i < rows->row_count; i++) {
		const struct value *value = &rows->values[i * rows->column_count + column];
		double number;
		if (value->kind == VALUE_NULL || is_missing(value->text))
			continue;
		like.any = true;
		like.numbers = like.numbers && (value->kind != VALUE_TEXT || fence_number(value->text, &number));
		like.dates = like.dates && is_date(value->text);
		like.risks = like.risks && is_risk(value->text);
		like.words = like.words && utf8_count(value->text) <= SHORT_WORD;
	}
	return like;
}

static int8_t infer_kind(const struct rows *rows, size_t column)
{
	struct likeness like = compare(rows, column);
	struct text name = rows->names[column];
	if (!like.any)
		return COLUMN_TEXT;
	if (text_is(name, "序号"))
		return COLUMN_CENTRED;
	if (like.risks && (text_is(name, "风险") || text_ends(name, "风险")))
		return COLUMN_RISK;
	if (like.numbers)
		return COLUMN_NUMBER;
	return like.dates || (like.words && column) ? COLUMN_CENTRED : COLUMN_TEXT;
}

/* "参培企业（家）": the unit goes into a field of its own. */
static void set_heading(struct column *column, struct text name)
{
	size_t open = text_find(name, TEXT("（"));
	column->heading = name;
	if (column->kind != COLUMN_NUMBER || open == 0 || open == name.size || !text_ends(name, "）"))
		return;
	column->heading = text_slice(name, 0, open);
	column->unit = text_slice(name, open + 3, name.size - open - 6);
}

/*
 * align="l c n r": left, centred, number, risk; one letter per column.  A matrix has as
 * many columns as the data say, so there the last letter holds for the rest and
 * letters too many do no harm.
 */
static void apply_align(const struct fence_context *context, const struct node *node, struct table *table)
{
	static const char letters[] = "lcnr";
	struct text align = attributes_find(node, "align");
	bool is_matrix = text_is(attributes_find(node, "pivot"), "yes");
	size_t column = 0;
	for (size_t i = 0; i < align.size; i++) {
		const char *hit = strchr(letters, align.at[i]);
		if (align.at[i] == ' ' || (hit && is_matrix && column == table->column_count))
			continue;
		if (!hit || column == table->column_count) {
			DIAG(context->diag, DIAG_DOCUMENT_ATTRIBUTE, .span = node->span, .a = TEXT("align"),
			     .b = align);
			return;
		}
		table->columns[column++].kind = (int8_t)(hit - letters);
	}
	for (; is_matrix && column > 0 && column < table->column_count; column++)
		table->columns[column].kind = table->columns[column - 1].kind;
}

/* widths="10 0 40": hundredths of the width, one per column; 0 is found from the contents. */
static void apply_widths(const struct fence_context *context, const struct node *node, struct table *table)
{
	struct text widths = attributes_find(node, "widths"), rest = widths, word;
	double sum = 0, share;
	size_t column = 0;
	while (widths.size && text_next(&rest, ' ', &word)) {
		if (word.size == 0)
			continue;
		if (column == table->column_count || !fence_number(word, &share) || share < 0 || (sum += share) > 100) {
			DIAG(context->diag, DIAG_DOCUMENT_ATTRIBUTE, .span = node->span, .a = TEXT("widths"),
			     .b = widths);
			return;
		}
		table->columns[column++].share = share / 100;
	}
}

/* ---- table -------------------------------------------------------------------------------- */

/* The index of the column that strong= names, or column_count. */
static size_t strong_column(const struct fence_context *context, const struct node *node, const struct rows *rows)
{
	struct text name = attributes_find(node, "strong");
	size_t i = 0;
	while (i < rows->column_count && !(name.size && text_equal(rows->names[i], name)))
		i++;
	if (name.size && i == rows->column_count)
		DIAG(context->diag, DIAG_DOCUMENT_ATTRIBUTE, .span = node->span, .a = TEXT("strong"), .b = name);
	return i;
}

static bool is_true(const struct value *value)
{
	return value->kind == VALUE_TEXT ? value->text.size > 0 : value->kind == VALUE_INTEGER && value->integer != 0;
}

static struct table *make_table(const struct fence_context *context, const struct node *node, const struct rows *rows)
{
	struct table *table = ARENA_NEW(context->arena, struct table);
	size_t strong = strong_column(context, node, rows), column = 0;
	table->column_count = rows->column_count - (strong < rows->column_count);
	table->row_count = rows->row_count;
	table->columns = ARENA_ARRAY(context->arena, struct column, table->column_count);
	table->cells = ARENA_ARRAY(context->arena, struct cell, table->column_count * table->row_count);
	for (size_t i = 0; i < rows->column_count; i++) {
		if (i == strong)
			continue;
		table->columns[column].kind = infer_kind(rows, i);
		set_heading(&table->columns[column], rows->names[i]);
		for (size_t row = 0; row < rows->row_count; row++) {
			const struct value *values = &rows->values[row * rows->column_count];
			table->cells[row * table->column_count + column] = (struct cell){
				.text = fence_cell(context, &values[i]), .span = node->span,
				.is_strong = strong < rows->column_count && is_true(&values[strong]),
			};
		}
		column++;
	}
	return table;
}

static void make_empty(const struct fence_context *context, struct table *table, const struct node *node)
{
	struct datum nothing = datum_object(NULL, NULL, 0);
	table->row_count = 1;
	table->cells = ARENA_ARRAY(context->arena, struct cell, table->column_count);
	table->cells[0].text = phrases_say(context->phrases, PHRASE_EMPTY_TABLE, context->arena, context->diag,
	                                   &nothing);
	for (size_t i = 0; i < table->column_count; i++)
		table->cells[i].span = node->span;
}

static void apply_total(const struct fence_context *context, const struct node *node, struct table *table)
{
	struct text total = attributes_find(node, "total");
	double count = 0;
	if (total.size && (!fence_number(total, &count) || count < 0))
		DIAG(context->diag, DIAG_DOCUMENT_ATTRIBUTE, .span = node->span, .a = TEXT("total"), .b = total);
	else
		table->total_rows = (size_t)count < table->row_count ? (size_t)count : table->row_count;
	for (size_t i = (table->row_count - table->total_rows) * table->column_count;
	     i < table->row_count * table->column_count; i++)
		table->cells[i].is_strong = true;
}

void fence_table(const struct fence_context *context, struct node *node)
{
	struct rows rows;
	if (!fence_query(context, node, &rows)) {
		fence_say(context, node, NO_TEXT);
		return;
	}
	struct text empty = attributes_find(node, "empty");
	if (rows.row_count == 0 && empty.size) {
		fence_say(context, node, empty);
		return;
	}
	struct table *table = make_table(context, node, &rows);
	if (rows.row_count == 0)
		make_empty(context, table, node);
	else
		apply_total(context, node, table);
	apply_align(context, node, table);
	apply_widths(context, node, table);
	node->kind = NODE_TABLE;
	node->table = table;
	node->text = NO_TEXT;
}

/* ---- pairs: panel, cover, signature ----------------------------------------------------------- */

static struct table *pairs_new(const struct fence_context *context, size_t columns, size_t rows)
{
	struct table *table = ARENA_NEW(context->arena, struct table);
	table->column_count = columns;
	table->columns = ARENA_ARRAY(context->arena, struct column, columns);
	table->cells = ARENA_ARRAY(context->arena, struct cell, columns * rows);
	return table;
}

static void add_row(struct table *table, const struct node *node, const struct text *texts)
{
	for (size_t i = 0; i < table->column_count; i++)
		table->cells[table->row_count * table->column_count + i] = (struct cell){ .text = texts[i],
		                                                                          .span = node->span };
	table->row_count++;
}

static struct text column_text(const struct fence_context *context, const struct rows *rows, size_t row, size_t column)
{
	return column < rows->column_count ? fence_cell(context, &rows->values[row * rows->column_count + column]) : NO_TEXT;
}

/* Rows of (label, value, note), or one row whose columns are the figures. */
void fence_panel(const struct fence_context *context, struct node *node)
{
	struct rows rows;
	if (!fence_query(context, node, &rows) || rows.row_count == 0) {
		fence_say(context, node, attributes_find(node, "empty"));
		return;
	}
	bool by_row = text_is(rows.names[0], "label");
	struct table *table = pairs_new(context, 3, by_row ? rows.row_count : rows.column_count);
	for (size_t i = 0; by_row && i < rows.row_count; i++)
		add_row(table, node,
			(struct text[]){ column_text(context, &rows, i, 0), column_text(context, &rows, i, 1),
			                 column_text(context, &rows, i, 2) });
	for (size_t i = 0; !by_row && i < rows.column_count; i++)
		add_row(table, node, (struct text[]){ rows.names[i], column_text(context, &rows, 0, i), NO_TEXT });
	node->kind = NODE_PANEL;
	node->table = table;
	node->text = NO_TEXT;
}

/* One row (level, most, words); more rows make more lines of stars. */
void fence_stars(const struct fence_context *context, struct node *node)
{
	struct rows rows;
	if (!fence_query(context, node, &rows) || rows.row_count == 0) {
		fence_say(context, node, attributes_find(node, "empty"));
		return;
	}
	if (rows.column_count != 3) {
		DIAG(context->diag, DIAG_DOCUMENT_COLUMNS, .span = node->span, .a = node->name, .n = 3);
		fence_say(context, node, NO_TEXT);
		return;
	}
	struct node *group = rows.row_count > 1 ? node_new(context->arena, NODE_GROUP) : NULL;
	for (size_t i = 0; i < rows.row_count; i++) {
		const struct value *row = &rows.values[i * 3];
		struct node *stars = node_new(context->arena, NODE_STARS);
		stars->level = (int)row[0].integer;
		stars->most = (int)row[1].integer;
		stars->text = fence_cell(context, &row[2]);
		stars->span = node->span;
		stars->id = node->id;
		if (group)
			node_append(group, stars);
		else
			node_replace(node, stars);
	}
	if (group)
		node_replace(node, group);
}

/* What follows the colon; a value that is missing leaves nothing. */
static struct text pair_value(const struct fence_context *context, struct text raw)
{
	size_t at = 0;
	const struct stored_value *value = raw.size ? values_of(context->values, utf8_next(raw, &at)) : NULL;
	return value && value->is_null && at == raw.size ? NO_TEXT : values_fill(context->arena, context->values, raw);
}

/* Lines "key: value"; either colon.  Without one the line is a key alone. */
static struct table *read_pairs(const struct fence_context *context, const struct node *node)
{
	struct text rest = node->text, line;
	size_t count = 1;
	for (size_t i = 0; i < rest.size; i++)
		count += rest.at[i] == '\n';
	struct table *table = pairs_new(context, 2, count);
	while (text_next(&rest, '\n', &line)) {
		line = text_trim(line);
		if (line.size == 0)
			continue;
		size_t narrow = text_find(line, TEXT(":")), wide = text_find(line, TEXT("："));
		size_t colon = narrow < wide ? narrow : wide;
		struct text value = text_slice(line, colon + (narrow < wide ? 1 : 3), line.size);
		add_row(table, node,
			(struct text[]){ values_fill(context->arena, context->values,
			                             text_trim(text_slice(line, 0, colon))),
					 pair_value(context, text_trim(value)) });
	}
	return table;
}

void fence_cover(const struct fence_context *context, struct node *node)
{
	node->table = read_pairs(context, node);
	node->kind = NODE_COVER;
	node->text = NO_TEXT;
}

void fence_signature(const struct fence_context *context, struct node *node)
{
	node->table = read_pairs(context, node);
	node->kind = NODE_SIGNATURE;
	node->text = NO_TEXT;
}
