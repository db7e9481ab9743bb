/* SPDX-License-Identifier: MIT */
#include "facts/plain.h"

#include "base/arena.h"
#include "base/list.h"
#include "facts/cell.h"
#include "facts/cursor.h"
#include "facts/lock.h"
#include "facts/view.h"

enum { TOKENS_MOST = 400, AHEAD = 2 /* are looked at */, NODES_MOST = 300, COLUMNS_MOST = 40, DEPTH_MOST = 6 };

/* ---- words -------------------------------------------------------------------- */

enum token_kind { TOKEN_END, TOKEN_WORD, TOKEN_QUOTED, TOKEN_STRING, TOKEN_NUMBER, TOKEN_SIGN };

struct token {
	enum token_kind kind;
	struct text text; /* of a string or quoted name what stands between its quotes */
};

static bool is_word_byte(char c)
{
	bool is_letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
	return (unsigned char)c >= 0x80 || (c >= '0' && c <= '9') || is_letter || c == '_';
}

/* From a quote to the next one; false where there is none, or one is doubled: that needs reading. */
static bool read_quoted(struct text sql, size_t *at, struct token *token)
{
	char quote = sql.at[*at];
	size_t from = *at + 1;
	const char *end = from < sql.size ? memchr(sql.at + from, quote, sql.size - from) : NULL;
	if (!end)
		return false;
	*at = (size_t)(end - sql.at) + 1;
	token->kind = quote == '"' ? TOKEN_QUOTED : TOKEN_STRING;
	token->text = text_slice(sql, from, *at - 1 - from);
	return *at == sql.size || sql.at[*at] != quote;
}

/* The next of it; a sign is one byte, or both of ||. */
static bool read_token(struct text sql, size_t *at, struct token *token)
{
	while (*at < sql.size && (sql.at[*at] == ' ' || sql.at[*at] == '\n'))
		++*at;
	*token = (struct token){ TOKEN_END, NO_TEXT };
	if (*at == sql.size)
		return true;
	char c = sql.at[*at];
	size_t from = *at;
	if (c == '\'' || c == '"')
		return read_quoted(sql, at, token);
	if (!is_word_byte(c)) {
		*at += text_starts(text_slice(sql, from, 2), "||") ? 2 : 1;
		*token = (struct token){ TOKEN_SIGN, text_slice(sql, from, *at - from) };
		return true;
	}
	while (*at < sql.size && is_word_byte(sql.at[*at]))
		++*at;
	*token = (struct token){ c >= '0' && c <= '9' ? TOKEN_NUMBER : TOKEN_WORD, text_slice(sql, from, *at - from) };
	return true;
}

/* ---- the form ----------------------------------------------------------------- */

enum node_kind {
	NODE_COLUMN, NODE_WORDS,
	NODE_JOINED,   /* a || b || … */
	NODE_FIRST,    /* coalesce(a, b, …) */
	NODE_CHOICE,   /* case a when 'b' then c … else d end: a, b, c, …, d */
};

struct node {
	enum node_kind kind;
	const struct column *column;
	struct text words;
	uint16_t first, next; /* of its parts; behind it among those of what it is a part of; 0: none */
};

struct plain {
	const struct table *table;
	int64_t participation;
	uint16_t columns[COLUMNS_MOST];
	size_t column_count;
	struct node nodes[NODES_MOST]; /* the first stands for none */
	uint16_t node_count;
};

struct reader {
	const struct view *view;
	struct token tokens[TOKENS_MOST];
	size_t at;
	struct text alias;
	struct plain *plain;
	int depth;
};

static bool takes(struct reader *reader, enum token_kind kind, const char *word)
{
	const struct token *token = &reader->tokens[reader->at];
	bool is_it = token->kind == kind && text_is(token->text, word);
	reader->at += is_it;
	return is_it;
}

static bool takes_word(struct reader *reader, const char *word)
{
	return takes(reader, TOKEN_WORD, word);
}

static bool takes_sign(struct reader *reader, const char *sign)
{
	return takes(reader, TOKEN_SIGN, sign);
}

/* A column of the table, before which its alias may stand; NULL: it is something else. */
static const struct column *take_column(struct reader *reader)
{
	const struct token *token = &reader->tokens[reader->at];
	if (token->kind != TOKEN_WORD)
		return NULL;
	if (token[1].kind == TOKEN_SIGN && text_is(token[1].text, ".")) {
		if (!text_equal(token->text, reader->alias) || token[2].kind != TOKEN_WORD)
			return NULL;
		reader->at += 2;
	}
	return table_column(reader->plain->table, reader->view->options->scope, reader->tokens[reader->at++].text);
}

static uint16_t add_node(struct reader *reader, struct node node)
{
	struct plain *plain = reader->plain;
	if (plain->node_count == NODES_MOST)
		return 0;
	plain->nodes[plain->node_count] = node;
	return plain->node_count++;
}

/* 0: not of the form, as everywhere below. */
static uint16_t read_joined(struct reader *reader);

/* Parts of a node in their order: `last` is the one before, or 0. */
static bool add_part(struct reader *reader, uint16_t whole, uint16_t *last, uint16_t part)
{
	struct node *nodes = reader->plain->nodes;
	if (!whole || !part)
		return false;
	*(*last ? &nodes[*last].next : &nodes[whole].first) = part;
	*last = part;
	return true;
}

static uint16_t read_words(struct reader *reader)
{
	const struct token *token = &reader->tokens[reader->at];
	if (token->kind != TOKEN_STRING)
		return 0;
	reader->at++;
	return add_node(reader, (struct node){ .kind = NODE_WORDS, .words = token->text });
}

static uint16_t read_first(struct reader *reader)
{
	uint16_t whole = add_node(reader, (struct node){ .kind = NODE_FIRST }), last = 0, count = 0;
	do {
		if (!add_part(reader, whole, &last, read_joined(reader)))
			return 0;
		count++;
	} while (takes_sign(reader, ","));
	return count > 1 && takes_sign(reader, ")") ? whole : 0;
}

static uint16_t read_choice(struct reader *reader)
{
	uint16_t whole = add_node(reader, (struct node){ .kind = NODE_CHOICE }), last = 0;
	if (!add_part(reader, whole, &last, read_joined(reader)))
		return 0;
	while (takes_word(reader, "when"))
		if (!add_part(reader, whole, &last, read_words(reader)) || !takes_word(reader, "then") ||
		    !add_part(reader, whole, &last, read_joined(reader)))
			return 0;
	bool is_whole = takes_word(reader, "else") && add_part(reader, whole, &last, read_joined(reader));
	return is_whole && takes_word(reader, "end") ? whole : 0;
}

static uint16_t read_part(struct reader *reader)
{
	if (reader->tokens[reader->at].kind == TOKEN_STRING)
		return read_words(reader);
	if (takes_word(reader, "case"))
		return read_choice(reader);
	if (takes_word(reader, "coalesce"))
		return takes_sign(reader, "(") ? read_first(reader) : 0;
	const struct column *column = take_column(reader);
	bool is_text = column && column_type(column) == COLUMN_TEXT;
	return is_text ? add_node(reader, (struct node){ .kind = NODE_COLUMN, .column = column }) : 0;
}

static uint16_t read_joined(struct reader *reader)
{
	uint16_t part = 0, whole = 0, last = 0;
	if (reader->depth++ < DEPTH_MOST)
		part = read_part(reader);
	while (part && takes_sign(reader, "||")) {
		if (!whole) {
			whole = add_node(reader, (struct node){ .kind = NODE_JOINED });
			if (!add_part(reader, whole, &last, part))
				return 0;
		}
		part = read_part(reader);
		if (!add_part(reader, whole, &last, part))
			return 0;
	}
	reader->depth--;
	return part && whole ? whole : part;
}

/* "as name", with or without quotes; without "as" SQLite has a name for it. */
static bool read_name(struct reader *reader)
{
	if (!takes_word(reader, "as"))
		return true;
	enum token_kind kind = reader->tokens[reader->at++].kind;
	return kind == TOKEN_WORD || kind == TOKEN_QUOTED;
}

static bool read_columns(struct reader *reader)
{
	struct plain *plain = reader->plain;
	do {
		uint16_t node = plain->column_count < COLUMNS_MOST ? read_joined(reader) : 0;
		if (!node || !read_name(reader))
			return false;
		plain->columns[plain->column_count++] = node;
	} while (takes_sign(reader, ","));
	return takes_word(reader, "from");
}

/* The table is known before its columns are read. */
static bool find_table(struct reader *reader)
{
	size_t from = 0;
	while (reader->tokens[from].kind != TOKEN_END &&
	       !(reader->tokens[from].kind == TOKEN_WORD && text_is(reader->tokens[from].text, "from")))
		from++;
	if (reader->tokens[from].kind == TOKEN_END || reader->tokens[from + 1].kind != TOKEN_WORD)
		return false;
	const struct token *name = &reader->tokens[from + 1];
	reader->plain->table = table_find(reader->view->options->scope, name->text);
	reader->alias = name[1].kind == TOKEN_WORD && !text_is(name[1].text, "where") ? name[1].text : name->text;
	const struct table *table = reader->plain->table;
	return table && table->outer == OUTER_PARTICIPATION && !coded_find(reader->view, table);
}

/* where i.participation_id = 17 order by i.ordinal */
static bool read_rest(struct reader *reader)
{
	reader->at++;
	if (reader->tokens[reader->at].kind == TOKEN_WORD && !text_is(reader->tokens[reader->at].text, "where"))
		reader->at++;
	if (!takes_word(reader, "where"))
		return false;
	const struct column *narrowed = take_column(reader);
	if (!narrowed || cursor_key(reader->plain->table, narrowed) != KEY_PARTICIPATION || !takes_sign(reader, "=") ||
	    reader->tokens[reader->at].kind != TOKEN_NUMBER ||
	    !text_to_integer(reader->tokens[reader->at++].text, &reader->plain->participation))
		return false;
	if (!takes_word(reader, "order") || !takes_word(reader, "by"))
		return false;
	const struct column *order = take_column(reader);
	return order && order->get == cell_inner_ordinal && reader->tokens[reader->at].kind == TOKEN_END;
}

const struct plain *plain_read(struct arena *arena, const struct view *view, struct text sql)
{
	struct reader reader = { .view = view };
	size_t at = 0, count = 0;
	do
		if (count + AHEAD >= TOKENS_MOST || !read_token(sql, &at, &reader.tokens[count]))
			return NULL;
	while (reader.tokens[count++].kind != TOKEN_END);
	reader.tokens[count] = reader.tokens[count + 1] = (struct token){ TOKEN_END, NO_TEXT };
	reader.plain = arena_room(arena, sizeof *reader.plain);
	reader.plain->column_count = 0;
	reader.plain->node_count = 1;
	bool is_plain = takes_word(&reader, "select") && find_table(&reader) && read_columns(&reader) && read_rest(&reader);
	return is_plain ? reader.plain : NULL;
}

/* ---- its rows ----------------------------------------------------------------- */

struct answering {
	const struct plain *plain;
	const struct row *row;
	struct arena *arena;
	bool is_other; /* something is no text */
};

/* NULL has no place. */
static struct text text_at(struct answering *answering, uint16_t index);

static struct text column_at(struct answering *answering, const struct column *column)
{
	struct cell cell;
	cell.kind = VALUE_NULL;
	cell.is_small = false;
	column->get(answering->row, column, &cell);
	if (cell.kind == VALUE_NULL)
		return NO_TEXT;
	answering->is_other |= cell.kind != VALUE_TEXT;
	return cell.is_small ? text_copy(answering->arena, cell.text) : cell.text;
}

static struct text joined_at(struct answering *answering, uint16_t part)
{
	struct text parts[NODES_MOST];
	size_t count = 0, size = 0;
	for (; part; part = answering->plain->nodes[part].next, count++) {
		parts[count] = text_at(answering, part);
		if (!parts[count].at)
			return NO_TEXT;
		size += parts[count].size;
	}
	char *at = arena_room(answering->arena, size + 1), *end = at;
	for (size_t i = 0; i < count; i++) {
		memcpy(end, parts[i].at, parts[i].size);
		end += parts[i].size;
	}
	*end = '\0';
	return (struct text){ at, size };
}

static struct text choice_at(struct answering *answering, uint16_t part)
{
	const struct node *nodes = answering->plain->nodes;
	struct text chosen = text_at(answering, part);
	for (part = nodes[part].next; nodes[part].next; part = nodes[nodes[part].next].next)
		if (chosen.at && text_equal(chosen, nodes[part].words))
			return text_at(answering, nodes[part].next);
	return text_at(answering, part);
}

static struct text text_at(struct answering *answering, uint16_t index)
{
	const struct node *node = &answering->plain->nodes[index];
	struct text found = NO_TEXT;
	switch (node->kind) {
	case NODE_COLUMN: return column_at(answering, node->column);
	case NODE_WORDS: return node->words;
	case NODE_JOINED: return joined_at(answering, node->first);
	case NODE_CHOICE: return choice_at(answering, node->first);
	case NODE_FIRST:
		for (uint16_t part = node->first; part && !found.at; part = answering->plain->nodes[part].next)
			found = text_at(answering, part);
		return found;
	}
	return found;
}

bool plain_answer(const struct plain *plain, struct view *view, struct arena *arena, struct rows *rows)
{
	struct cursor cursor = { .table = plain->table, .view = view };
	struct answering answering = { plain, &cursor.row, arena, false };
	LIST(struct value) values = { 0 };
	size_t row_count = 0, size = 0;
	cursor_start(&cursor);
	cursor_narrow_part(&cursor, plain->participation);
	for (cursor_advance(&cursor); !cursor.is_over; cursor_advance(&cursor), row_count++)
		for (size_t i = 0; i < plain->column_count; i++) {
			struct text text = text_at(&answering, plain->columns[i]);
			size += sizeof(struct value) + text.size;
			LIST_PUSH(&values, ((struct value){ .kind = text.at ? VALUE_TEXT : VALUE_NULL,
			                                    .text = text.at ? text : TEXT("") }));
		}
	bool is_good = !answering.is_other && row_count <= LOCK_ROWS_MOST && size <= LOCK_ANSWER_MOST;
	if (is_good) {
		rows->row_count = row_count;
		rows->values = arena_room(arena, values.count * sizeof *rows->values);
		if (values.count)
			memcpy(rows->values, values.at, values.count * sizeof *rows->values);
	}
	LIST_FREE(&values);
	return is_good;
}
