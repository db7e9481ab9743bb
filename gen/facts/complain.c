/* SPDX-License-Identifier: MIT */
#include "facts/complain.h"

#include "base/buf.h"
#include "facts/function.h"

enum { NAME_MOST = 64 }; /* longer names are no names of ours */

/* ---- words of the statement ---------------------------------------------------- */

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || (c & 0x80);
}

static bool is_same(struct text a, struct text b)
{
	return a.size == b.size && a.size && sqlite3_strnicmp(a.at, b.at, (int)a.size) == 0;
}

/* Past a string or a comment that starts at i; i itself where none does. */
static size_t skip_quiet(struct text sql, size_t i)
{
	struct text rest = text_slice(sql, i, sql.size);
	if (text_starts(rest, "--"))
		return i + text_find(rest, TEXT("\n"));
	if (text_starts(rest, "/*")) {
		size_t end = text_find(rest, TEXT("*/"));
		return end == rest.size ? sql.size : i + end + 2;
	}
	if (rest.at[0] != '\'')
		return i;
	for (i++; i < sql.size && sql.at[i] != '\''; i++)
		;
	return i < sql.size ? i + 1 : i;
}

/* The next word from *offset on, outside strings and comments. */
static bool next_word(struct text sql, size_t *offset, struct text *word)
{
	size_t i = *offset;
	while (i < sql.size) {
		size_t after = skip_quiet(sql, i);
		if (after != i) {
			i = after;
		} else if (is_word(sql.at[i])) {
			size_t start = i;
			while (i < sql.size && is_word(sql.at[i]))
				i++;
			*word = text_slice(sql, start, i - start);
			*offset = i;
			return true;
		} else {
			i++;
		}
	}
	return false;
}

/* Where a name stands at or behind `from`; -1 when it cannot be found. */
static int64_t find_word(struct text sql, struct text name, size_t from)
{
	size_t offset = from;
	struct text word;
	while (next_word(sql, &offset, &word))
		if (is_same(word, name))
			return word.at - sql.at;
	return -1;
}

/* ---- names alike ------------------------------------------------------------------ */

/* Edit distance of two short ASCII names. */
static size_t distance(struct text a, const char *b)
{
	size_t row[NAME_MOST + 1], size = strlen(b);
	if (a.size > NAME_MOST || size > NAME_MOST)
		return NAME_MOST;
	for (size_t j = 0; j <= size; j++)
		row[j] = j;
	for (size_t i = 1; i <= a.size; i++) {
		size_t diagonal = row[0];
		row[0] = i;
		for (size_t j = 1; j <= size; j++) {
			size_t change = diagonal + (a.at[i - 1] != b[j - 1]);
			size_t least = row[j] + 1 < row[j - 1] + 1 ? row[j] + 1 : row[j - 1] + 1;
			diagonal = row[j];
			row[j] = change < least ? change : least;
		}
	}
	return row[size];
}

struct nearest {
	const char *name;
	size_t distance;
};

static void consider(struct nearest *nearest, struct text wanted, const char *name)
{
	size_t d = distance(wanted, name);
	if (d < nearest->distance && d <= 1 + wanted.size / 3)
		*nearest = (struct nearest){ name, d };
}

static const char *nearest_table(enum facts_scope scope, struct text wanted)
{
	struct nearest nearest = { NULL, NAME_MOST };
	const struct table *table;
	for (size_t n = 0; (table = table_of(scope, n)); n++)
		consider(&nearest, wanted, table->name);
	return nearest.name;
}

/* Only among the tables that the statement names. */
static const char *nearest_column(const struct complaint *complaint, struct text wanted)
{
	struct nearest nearest = { NULL, NAME_MOST };
	size_t offset = 0;
	struct text word;
	while (next_word(complaint->sql, &offset, &word)) {
		struct column_walk walk = { .table = table_find(complaint->view->options->scope, word),
					    .scope = complaint->view->options->scope };
		const struct column *column;
		while (walk.table && (column = column_next(&walk)))
			consider(&nearest, wanted, column->name);
	}
	return nearest.name;
}

static void list_columns(const struct table *table, enum facts_scope scope, struct buf *buf)
{
	struct column_walk walk = { .table = table, .scope = scope };
	const struct column *column;
	while ((column = column_next(&walk)))
		buf_format(buf, "%s%s", buf->size ? "、" : "", column->name);
}

/* "a、b、c": the columns of the tables that the statement names, else the tables. */
static void list_names(const struct complaint *complaint, bool columns, struct buf *buf)
{
	enum facts_scope scope = complaint->view->options->scope;
	size_t offset = 0;
	struct text word;
	const struct table *table;
	while (columns && next_word(complaint->sql, &offset, &word))
		if ((table = table_find(scope, word)))
			list_columns(table, scope, buf);
	for (size_t n = 0; !columns && (table = table_of(scope, n)); n++)
		buf_format(buf, "%s%s", buf->size ? "、" : "", table->name);
}

/* ---- reporting ----------------------------------------------------------------------- */

/* The span of a part; only where the place is the statement, byte for byte. */
static struct span part(const struct complaint *complaint, int64_t offset, size_t size)
{
	struct span span = complaint->place;
	if (offset < 0 || span.source == 0 || span.end - span.start != complaint->sql.size || (uint64_t)offset > complaint->sql.size)
		return span;
	span.start += (uint32_t)offset;
	if (span.start + size < span.end)
		span.end = span.start + (uint32_t)size;
	return span;
}

void complain_at(const struct complaint *complaint, enum diag_kind kind, int64_t offset, size_t size, int64_t number)
{
	struct text text = offset < 0 ? NO_TEXT : text_slice(complaint->sql, (size_t)offset, size);
	DIAG(complaint->view->options->diag, kind, .span = part(complaint, offset, size), .a = text, .n = number, .offending = text);
}

/* The field behind a column of a table that the statement names, as another scope has it. */
static const struct field *field_elsewhere(const struct complaint *complaint, struct text name)
{
	size_t offset = 0;
	struct text word;
	while (next_word(complaint->sql, &offset, &word))
		for (int other = 0; other < SCOPES; other++) {
			const struct table *table = table_find((enum facts_scope)other, word);
			const struct column *column = table ? table_column(table, (enum facts_scope)other, name) : NULL;
			if (column && column_field(column))
				return column_field(column);
		}
	return NULL;
}

/* That of this name which most may see. */
static const struct field *field_anywhere(struct text name)
{
	const struct field *found = NULL;
	for (int kind = 0; kind < ENTITIES; kind++) {
		const struct entity *entity = schema_entity((enum entity_kind)kind);
		for (size_t i = 0; i < entity->field_count; i++)
			if (is_same(name, text_from(entity->fields[i].name)) &&
			    (!found || entity->fields[i].visibility < found->visibility))
				found = &entity->fields[i];
	}
	return found;
}

/* " (联系人: firm agency city province)": what the column is, and who may see it. */
static void explain_field(const struct complaint *complaint, struct text name, struct buf *buf)
{
	const struct field *field = field_elsewhere(complaint, name);
	if (!field)
		field = field_anywhere(name);
	if (!field || (int)field->visibility <= (int)complaint->view->options->scope)
		return;
	buf_format(buf, " (%s:", field->heading);
	for (int scope = (int)field->visibility; scope < SCOPES; scope++)
		buf_format(buf, " %s", scope_name((enum facts_scope)scope));
	buf_byte(buf, ')');
}

static void report_name(const struct complaint *complaint, enum diag_kind kind, struct text name, struct text second, struct text third)
{
	/* SQLite tells the place of most names; behind a table it marks the table. */
	int told = sqlite3_error_offset(complaint->db);
	int64_t offset = told >= 0 ? find_word(complaint->sql, name, (size_t)told) : -1;
	if (offset < 0)
		offset = find_word(complaint->sql, name, 0);
	struct buf reason;
	buf_init(&reason, BUF_LIMIT_PAGE);
	if (kind == DIAG_SQL_COLUMN_OUT_OF_SCOPE)
		explain_field(complaint, name, &reason);
	DIAG(complaint->view->options->diag, kind, .span = part(complaint, offset, name.size), .a = name, .b = second, .c = third,
	     .d = buf_view(&reason), .offending = name);
	buf_clear(&reason);
}

static bool is_elsewhere(enum facts_scope scope, struct text table, struct text column)
{
	for (int other = 0; other < SCOPES; other++) {
		const struct table *found;
		if (other == (int)scope)
			continue;
		if (!column.size && table_find((enum facts_scope)other, table))
			return true;
		for (size_t n = 0; column.size && (found = table_of((enum facts_scope)other, n)); n++)
			if (table_column(found, (enum facts_scope)other, column))
				return true;
	}
	return false;
}

static void complain_of_name(const struct complaint *complaint, struct text name, bool is_column)
{
	enum facts_scope scope = complaint->view->options->scope;
	const char *nearest = is_column ? nearest_column(complaint, name) : nearest_table(scope, name);
	struct buf known;
	buf_init(&known, BUF_LIMIT_PAGE);
	list_names(complaint, is_column, &known);
	struct text nearest_text = nearest ? text_from(nearest) : buf_view(&known);
	if (is_elsewhere(scope, is_column ? NO_TEXT : name, is_column ? name : NO_TEXT))
		report_name(complaint, is_column ? DIAG_SQL_COLUMN_OUT_OF_SCOPE : DIAG_SQL_OUT_OF_SCOPE, name, text_from(scope_name(scope)),
			    buf_view(&known));
	else
		report_name(complaint, is_column ? DIAG_SQL_UNKNOWN_COLUMN : DIAG_SQL_UNKNOWN_TABLE, name, nearest_text, buf_view(&known));
	buf_clear(&known);
}

/* What stands behind `prefix` in SQLite's message, without "main." and the like. */
static bool named_in(const char *message, const char *prefix, struct text *name)
{
	struct text text = text_from(message);
	if (!text_starts(text, prefix))
		return false;
	*name = text_slice(text, strlen(prefix), text.size);
	struct text rest = *name, piece;
	while (text_next(&rest, '.', &piece))
		*name = piece;
	return true;
}

/* What the authorizer refused. */
static void complain_of_refusal(const struct complaint *complaint, const char *message)
{
	const struct lock *lock = complaint->lock;
	struct text name;
	(void)message;
	if (lock->function[0]) {
		report_name(complaint, DIAG_SQL_FUNCTION_NOT_ALLOWED, text_from(lock->function), NO_TEXT, NO_TEXT);
		return;
	}
	name = text_from(lock->table);
	const struct table *table = table_find(complaint->view->options->scope, name);
	if (table)
		report_name(complaint, DIAG_SQL_UNKNOWN_COLUMN, TEXT("rowid"), text_from(table->columns[0].name), NO_TEXT);
	else if (name.size)
		report_name(complaint, DIAG_SQL_NOT_ALLOWED, name, NO_TEXT, NO_TEXT);
	else
		complain_at(complaint, DIAG_SQL_NOT_ALLOWED, 0, complaint->sql.size, 0);
}

static void complain_of_error(const struct complaint *complaint)
{
	const char *message = sqlite3_errmsg(complaint->db);
	int offset = sqlite3_error_offset(complaint->db);
	struct text name;
	if (complaint->view->failed_function)
		report_name(complaint, DIAG_SQL_BAD_ARGUMENT, text_from(complaint->view->failed_function), NO_TEXT, NO_TEXT);
	else if (complaint->lock->function[0] || strstr(message, "not authorized") || strstr(message, "prohibited"))
		complain_of_refusal(complaint, message);
	else if (named_in(message, "no such table: ", &name))
		complain_of_name(complaint, name, false);
	else if (named_in(message, "no such column: ", &name))
		complain_of_name(complaint, name, true);
	else if (named_in(message, "no such function: ", &name))
		report_name(complaint, DIAG_SQL_UNKNOWN_FUNCTION, name, NO_TEXT, NO_TEXT);
	else
		DIAG(complaint->view->options->diag, DIAG_SQL_SYNTAX, .span = part(complaint, offset, 1), .a = text_from(message));
}

void complain_of(const struct complaint *complaint, int rc)
{
	switch (rc & 0xFF) {
	case SQLITE_INTERRUPT: complain_at(complaint, DIAG_SQL_TOO_MUCH_WORK, -1, 0, 0); break;
	case SQLITE_NOMEM: /* the limit of lock.c: the machine's own end of memory never comes back to SQLite */
	case SQLITE_TOOBIG: complain_at(complaint, DIAG_SQL_TOO_LARGE, -1, 0, 0); break;
	case SQLITE_AUTH: complain_of_refusal(complaint, sqlite3_errmsg(complaint->db)); break;
	default: complain_of_error(complaint); break;
	}
}
