/* SPDX-License-Identifier: MIT */
#include "compose/fence.h"

#include "base/buf.h"
#include "base/diag.h"
#include "base/map.h"
#include "base/nearest.h"
#include "base/utf8.h"
#include "compose/sql.h"
#include "doc/attributes.h"
#include "doc/values.h"

/* ---- asking ----------------------------------------------------------------------- */

/* The fence's text with every value as an SQL literal. */
static struct text make_sql(const struct fence_context *context, struct text text)
{
	enum { VALUES_BEGIN = 0xF3 }; /* their first byte at least, and no other's but of private characters */
	struct buf sql;
	size_t written = 0;
	buf_init(&sql, (size_t)1 << 20);
	for (size_t at = 0; at < text.size;) {
		size_t start = at;
		bool may_be = (unsigned char)text.at[at] >= VALUES_BEGIN;
		const struct stored_value *value = may_be ? values_of(context->values, utf8_next(text, &at)) : NULL;
		at += !may_be;
		if (!value)
			continue;
		buf_add(&sql, text.at + written, start - written);
		written = at;
		enum datum_kind kind = value->is_number ? DATUM_NUMBER : DATUM_TEXT;
		if (value->is_null)
			kind = DATUM_NULL;
		sql_value(&sql, &(struct datum){ .kind = kind, .text = value->text });
	}
	buf_text(&sql, text_slice(text, written, text.size));
	struct text made = text_copy(context->arena, text_trim(buf_view(&sql)));
	buf_clear(&sql);
	return made;
}

static struct text *distinct(struct arena *arena, const struct rows *rows, size_t column, struct map *map)
{
	struct text *names = ARENA_ARRAY(arena, struct text, rows->row_count);
	for (size_t i = 0; i < rows->row_count; i++) {
		struct text name = rows->values[i * rows->column_count + column].text;
		uint32_t next = (uint32_t)map->count;
		if (map_add(map, name, next) == next && map->count == next + 1)
			names[next] = name;
	}
	return names;
}

/* (row, column, value) in reading order to a matrix; a pair that does not occur is NULL. */
static bool pivot(const struct fence_context *context, const struct node *node, struct rows *rows)
{
	if (rows->column_count != 3) {
		DIAG(context->diag, DIAG_DOCUMENT_COLUMNS, .span = node->span, .a = TEXT("pivot"), .n = 3);
		return false;
	}
	struct map lines = { 0 }, columns = { 0 };
	struct text *line_names = distinct(context->arena, rows, 0, &lines);
	struct text *column_names = distinct(context->arena, rows, 1, &columns);
	struct rows made = { .column_count = columns.count + 1, .row_count = lines.count };
	made.names = ARENA_ARRAY(context->arena, struct text, made.column_count);
	made.values = ARENA_ARRAY(context->arena, struct value, made.column_count * made.row_count);
	made.names[0] = rows->names[0];
	memcpy(made.names + 1, column_names, columns.count * sizeof *column_names);
	for (size_t i = 0; i < lines.count; i++)
		made.values[i * made.column_count] = (struct value){ .kind = VALUE_TEXT, .text = line_names[i] };
	for (size_t i = 0; i < rows->row_count; i++) {
		const struct value *row = &rows->values[i * 3];
		made.values[*map_find(&lines, row[0].text) * made.column_count + 1 + *map_find(&columns, row[1].text)] = row[2];
	}
	*rows = made;
	map_clear(&lines);
	map_clear(&columns);
	return true;
}

bool fence_query(const struct fence_context *context, struct node *node, struct rows *rows)
{
	*rows = (struct rows){ 0 };
	if (text_starts(node->text, "query:")) /* it has been complained of */
		return false;
	node->query = make_sql(context, node->text);
	if (node->query.size == 0) {
		DIAG(context->diag, DIAG_DOCUMENT_NO_QUERY, .span = node->span, .a = node->name);
		return false;
	}
	if (!context->source->query(context->source->context, context->arena, node->query, node->body, rows))
		return false;
	return text_is(attributes_find(node, "pivot"), "yes") && rows->row_count ? pivot(context, node, rows) : true;
}

/* ---- values -------------------------------------------------------------------------- */

bool fence_number(struct text text, double *number)
{
	double value = 0, scale = 0;
	bool is_minus = text_starts(text, "\u2212"), negative = is_minus || text_starts(text, "-"), any = false;
	size_t at = is_minus ? sizeof "\u2212" - 1 : negative || text_starts(text, "+");
	for (; at < text.size; at++) {
		char c = text.at[at];
		if (c >= '0' && c <= '9') {
			any = true;
			if (scale > 0)
				value += (c - '0') * scale, scale /= 10;
			else
				value = value * 10 + (c - '0');
		} else if (c == '.' && !(scale > 0) && any) {
			scale = 0.1;
		} else if (c != ',' || !any) {
			break;
		}
	}
	bool ends = at == text.size || (at + 1 == text.size && text.at[at] == '%');
	*number = negative ? -value : value;
	return any && ends;
}

/* Whether no byte of eight is a control character: below a blank, or 0x7F. */
static inline bool is_clean_eight(const char *at)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones << 7;
	uint64_t eight, deleted;
	memcpy(&eight, at, sizeof eight);
	deleted = eight ^ ones * 0x7F;
	return !(((eight - ones * ' ') & ~eight & tops) | ((deleted - ones) & ~deleted & tops));
}

/* Eight bytes at once, overlapping. */
static bool is_clean(struct text text)
{
	size_t at = 0;
	for (; at + 8 <= text.size; at += 8)
		if (!is_clean_eight(text.at + at))
			return false;
	if (text.size >= 8)
		return is_clean_eight(text.at + text.size - 8);
	for (; at < text.size; at++)
		if ((unsigned char)text.at[at] < ' ' || text.at[at] == 0x7f)
			return false;
	return true;
}

struct text fence_cell(const struct fence_context *context, const struct value *value)
{
	if (value->kind == VALUE_NULL)
		return TEXT("—");
	if (is_clean(value->text))
		return value->text;
	char *copy = text_string(context->arena, value->text);
	for (size_t i = 0; i < value->text.size; i++)
		if (((unsigned char)copy[i] < ' ' && copy[i] != '\n') || copy[i] == 0x7f)
			copy[i] = ' ';
	return (struct text){ copy, value->text.size };
}

void fence_say(const struct fence_context *context, struct node *node, struct text text)
{
	if (text.size == 0 && node->id.size == 0) {
		node_remove(node);
		return;
	}
	node->kind = NODE_PARAGRAPH;
	node->name = NO_TEXT;
	node->text = NO_TEXT;
	node->note = NO_TEXT;
	node->flags = 0;
	struct node *said = node_new(context->arena, NODE_TEXT);
	said->text = text;
	said->span = node->span;
	node_append(node, said);
}

/* ---- the kinds ------------------------------------------------------------------------- */

/* "lists: tables figures" in the header of a document: the lists behind its contents, in that order. */
static void append_lists(const struct fence_context *context, struct node *contents)
{
	struct text lists = context->doc ? context->doc->lists : NO_TEXT;
	struct node *last = contents;
	for (size_t end; (lists = text_trim(lists)).size; lists = text_slice(lists, end, lists.size)) {
		end = text_find(lists, TEXT(" "));
		struct text name = text_slice(lists, 0, end);
		if (!text_is(name, "tables") && !text_is(name, "figures")) {
			DIAG(context->diag, DIAG_DOCUMENT_ATTRIBUTE, .span = contents->span,
			     .a = TEXT("lists"), .b = name);
			continue;
		}
		struct node *list = node_new(context->arena, NODE_LIST_OF);
		list->name = name;
		list->span = contents->span;
		node_insert_after(last, list);
		last = list;
	}
}

static void fence_contents(const struct fence_context *context, struct node *node)
{
	double level = 2;
	struct text wanted = attributes_find(node, "level");
	if (wanted.size && (!fence_number(wanted, &level) || level < 1 || level > 4))
		DIAG(context->diag, DIAG_DOCUMENT_ATTRIBUTE, .span = node->span, .a = TEXT("level"), .b = wanted);
	node->kind = NODE_CONTENTS;
	node->level = (int)level;
	node->text = NO_TEXT;
	append_lists(context, node);
}

static void fence_list_of(const struct fence_context *context, struct node *node)
{
	if (!text_is(node->title, "tables") && !text_is(node->title, "figures"))
		DIAG(context->diag, DIAG_DOCUMENT_ATTRIBUTE, .span = node->span, .a = TEXT("list-of"),
		     .b = node->title);
	node->kind = NODE_LIST_OF;
	node->name = node->title;
	node->title = node->text = NO_TEXT;
}

static const struct {
	const char *name;
	fence_fill *fill;
} kinds[] = {
	{ "table", fence_table }, { "chart", fence_chart }, { "panel", fence_panel }, { "stars", fence_stars },
	{ "cover", fence_cover },
	{ "signature", fence_signature }, { "contents", fence_contents }, { "list-of", fence_list_of },
	{ "qr", fence_qr },
	{ "attachment", fence_attachment }, { "records", fence_records }, { "item-list", fence_item_list },
	{ "ledger", fence_item_list }, /* what item-list was called */
};

static void fill(const struct fence_context *context, struct node *node)
{
	struct nearest nearest = { .wanted = node->name };
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		if (text_is(node->name, kinds[i].name)) {
			kinds[i].fill(context, node);
			return;
		}
		nearest_offer(&nearest, text_from(kinds[i].name));
	}
	DIAG(context->diag, DIAG_DOCUMENT_FENCE, .span = node->span, .a = node->name, .b = nearest_best(&nearest));
	node->kind = NODE_CODE;
	node->text = values_fill(context->arena, context->values, node->text);
}

void fence_fill_all(const struct fence_context *context, struct node *root)
{
	for (struct node *at = root, *next; at; at = next) {
		next = node_after(root, at);
		if (at->kind == NODE_FENCE)
			fill(context, at);
	}
}
