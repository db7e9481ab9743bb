/* SPDX-License-Identifier: MIT */
#include "facts/lift.h"

#include <limits.h>

#include "base/buf.h"

enum { DIGITS_MOST = 18 /* fit an int64_t */ };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* May stand in a name or a number, which then goes on. */
static bool goes_on(char c)
{
	bool is_letter = ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (unsigned char)c >= 0x80;
	return is_digit(c) || is_letter || c == '_' || c == '.' || c == '$';
}

static char at(struct text sql, size_t i)
{
	return i < sql.size ? sql.at[i] : '\0';
}

/* Behind a quoted piece that begins at `from`; a doubled quote is part of it. */
static size_t end_of_quoted(struct text sql, size_t from)
{
	char quote = sql.at[from] == '[' ? ']' : sql.at[from];
	for (size_t i = from + 1; i < sql.size; i++) {
		if (sql.at[i] != quote)
			continue;
		if (quote == ']' || at(sql, i + 1) != quote)
			return i + 1;
		i++;
	}
	return sql.size;
}

static size_t end_of_comment(struct text sql, size_t from)
{
	struct text rest = text_slice(sql, from + 2, sql.size);
	struct text end = sql.at[from] == '-' ? TEXT("\n") : TEXT("*/");
	size_t found = from + 2 + text_find(rest, end) + end.size;
	return found < sql.size ? found : sql.size;
}

static bool begins_comment(struct text sql, size_t i)
{
	return (sql.at[i] == '-' && at(sql, i + 1) == '-') || (sql.at[i] == '/' && at(sql, i + 1) == '*');
}

/* The sign before a place, but for blanks, behind which a value is a value: = for numbers and texts, | for texts. */
enum sign { SIGN_NONE, SIGN_EQUALS, SIGN_BAR };

/* Behind a value that can be lifted, which begins at `from`; `from` when there is none. */
static size_t take(struct text sql, size_t from, enum sign before, struct lifted *lifted)
{
	size_t end = from;
	int64_t number = 0;
	if (at(sql, from) == '\'') {
		end = end_of_quoted(sql, from);
		if (end == sql.size || end < from + 2)
			return from;
		lifted->values[lifted->count].is_text = true;
		lifted->values[lifted->count++].text = text_slice(sql, from + 1, end - from - 2);
		return end;
	}
	for (; before == SIGN_EQUALS && is_digit(at(sql, end)); end++)
		if (end - from < DIGITS_MOST)
			number = number * 10 + (sql.at[end] - '0');
	if (end == from || end - from > DIGITS_MOST || goes_on(at(sql, end)))
		return from;
	lifted->values[lifted->count].is_text = false;
	lifted->values[lifted->count++].number = number;
	return end;
}

static bool is_parameter(char c)
{
	return c == '?' || c == ':' || c == '@' || c == '$';
}

/* What lift looks at; all else is passed over. */
static const bool matters[UCHAR_MAX + 1] = {
	['?'] = true, [':'] = true, ['@'] = true, ['$'] = true, ['\''] = true, ['"'] = true, ['`'] = true,
	['['] = true, ['-'] = true, ['/'] = true, ['='] = true, ['|'] = true,
};

static enum sign sign_of(char c)
{
	if (c == '=')
		return SIGN_EQUALS;
	return c == '|' ? SIGN_BAR : SIGN_NONE;
}

void lift(struct text sql, struct buf *out, struct lifted *lifted)
{
	size_t start = out->size, written = 0;
	enum sign before = SIGN_NONE;
	lifted->count = 0;
	for (size_t i = 0, end; i < sql.size; i = end) {
		char c = sql.at[i];
		end = i + 1;
		if (before == SIGN_NONE && !matters[(unsigned char)c])
			continue;
		if (is_parameter(c)) {
			lifted->count = 0;
			out->size = start;
			written = 0;
			break;
		}
		size_t taken = before != SIGN_NONE && lifted->count < LIFT_MOST ? take(sql, i, before, lifted) : i;
		if (taken > i) {
			buf_text(out, text_slice(sql, written, i - written));
			buf_format(out, "?%d", lifted->count);
			written = end = taken;
		} else if (c == '\'' || c == '"' || c == '`' || c == '[') {
			end = end_of_quoted(sql, i);
		} else if (begins_comment(sql, i)) {
			end = end_of_comment(sql, i);
		}
		if (c != ' ')
			before = sign_of(c);
	}
	buf_text(out, text_slice(sql, written, sql.size - written));
}

/* SQLite takes a copy: the doubled quotes become one. */
static int bind_text(sqlite3_stmt *statement, int index, struct text text)
{
	struct buf plain;
	buf_init(&plain, text.size + 1);
	for (size_t i = 0; i < text.size; i++) {
		buf_byte(&plain, text.at[i]);
		i += text.at[i] == '\'';
	}
	int rc = sqlite3_bind_text(statement, index, plain.at, (int)plain.size, SQLITE_TRANSIENT);
	buf_clear(&plain);
	return rc;
}

bool lift_bind(const struct lifted *lifted, sqlite3_stmt *statement)
{
	bool is_good = true;
	for (int i = 0; i < lifted->count && is_good; i++) {
		int rc = lifted->values[i].is_text ? bind_text(statement, i + 1, lifted->values[i].text)
						   : sqlite3_bind_int64(statement, i + 1, lifted->values[i].number);
		is_good = rc == SQLITE_OK;
	}
	return is_good;
}
