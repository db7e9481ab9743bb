/* SPDX-License-Identifier: MIT */
#include "facts/bounded.h"

#include "base/buf.h"
#include "base/text.h"
#include "facts/lock.h"

enum { PATTERN_MOST = 300 }; /* bytes; a step of the comparison goes through all of it at worst */

#define FUNCTION(name) static void name(sqlite3_context *context, int count, sqlite3_value **values)

static bool is_null(int count, sqlite3_value **values)
{
	for (int i = 0; i < count; i++)
		if (sqlite3_value_type(values[i]) == SQLITE_NULL)
			return true;
	return false;
}

static struct text text_of(sqlite3_value *value)
{
	const char *at = (const char *)sqlite3_value_text(value);
	return (struct text){ at, at ? (size_t)sqlite3_value_bytes(value) : 0 };
}

/* False after the call has failed: there is not that much work left. */
static bool spend(sqlite3_context *context, size_t count, size_t times)
{
	bool is_paid = lock_spend(sqlite3_user_data(context), (uint64_t)count * (times ? times : 1));
	if (!is_paid)
		sqlite3_result_error_code(context, SQLITE_INTERRUPT);
	return is_paid;
}

static bool starts_character(char byte)
{
	return (byte & 0xC0) != 0x80;
}

FUNCTION(instr)
{
	if (is_null(count, values))
		return;
	bool are_bytes = sqlite3_value_type(values[0]) == SQLITE_BLOB && sqlite3_value_type(values[1]) == SQLITE_BLOB;
	struct text text = text_of(values[0]), part = text_of(values[1]);
	if (!spend(context, text.size + part.size, 1))
		return;
	size_t found = text_find(text, part);
	sqlite3_int64 place = 1;
	for (size_t i = 0; i < found; i++)
		place += are_bytes || starts_character(text.at[i]);
	sqlite3_result_int64(context, found == text.size && part.size ? 0 : place);
}

FUNCTION(replace)
{
	if (is_null(count, values))
		return;
	struct text text = text_of(values[0]), part = text_of(values[1]), by = text_of(values[2]);
	struct buf buf;
	if (!spend(context, text.size, 1))
		return;
	buf_init(&buf, (size_t)sqlite3_limit(sqlite3_context_db_handle(context), SQLITE_LIMIT_LENGTH, -1));
	while (text.size && !buf.overflowed) {
		size_t found = part.size ? text_find(text, part) : text.size;
		buf_text(&buf, text_slice(text, 0, found));
		if (found < text.size)
			buf_text(&buf, by);
		text = text_slice(text, found + (found < text.size ? part.size : 0), text.size);
	}
	if (buf.overflowed)
		sqlite3_result_error_toobig(context);
	else if (spend(context, buf.size, 1))
		sqlite3_result_text64(context, buf.at, buf.size, SQLITE_TRANSIENT, SQLITE_UTF8);
	buf_clear(&buf);
}

static size_t character_size(struct text text)
{
	size_t size = 1;
	while (size < text.size && !starts_character(text.at[size]))
		size++;
	return size;
}

/* Is the first character of `text` one of `set`? */
static bool is_in(struct text set, struct text text)
{
	size_t size = character_size(text);
	for (size_t i = 0; i < set.size; i += character_size(text_slice(set, i, set.size)))
		if (character_size(text_slice(set, i, set.size)) == size && memcmp(set.at + i, text.at, size) == 0)
			return true;
	return false;
}

static void trim_sides(sqlite3_context *context, int count, sqlite3_value **values, int sides)
{
	if (is_null(count, values))
		return;
	struct text text = text_of(values[0]), set = count > 1 ? text_of(values[1]) : TEXT(" ");
	if (!spend(context, text.size, set.size))
		return;
	while (sides & 1 && text.size && is_in(set, text))
		text = text_slice(text, character_size(text), text.size);
	while (sides & 2 && text.size) {
		size_t last = text.size - 1;
		while (last && !starts_character(text.at[last]))
			last--;
		if (!is_in(set, text_slice(text, last, text.size)))
			break;
		text.size = last;
	}
	sqlite3_result_text64(context, text.size ? text.at : "", text.size, SQLITE_TRANSIENT, SQLITE_UTF8);
}

FUNCTION(ltrim)
{
	trim_sides(context, count, values, 1);
}

FUNCTION(rtrim)
{
	trim_sides(context, count, values, 2);
}

FUNCTION(trim)
{
	trim_sides(context, count, values, 1 | 2);
}

/* Both paid and bearable?  The pattern is the first argument, as SQLite has it. */
static bool may_match(sqlite3_context *context, sqlite3_value **values)
{
	struct text pattern = text_of(values[0]);
	if (pattern.size > PATTERN_MOST)
		sqlite3_result_error(context, "LIKE or GLOB pattern too complex", -1);
	return pattern.size <= PATTERN_MOST && spend(context, text_of(values[1]).size, pattern.size);
}

/* The one character of ESCAPE as SQLite wants it, 0 when it is none. */
static unsigned escape_of(sqlite3_value *value)
{
	struct text text = text_of(value);
	if (text.size == 0 || character_size(text) != text.size || text.size > 4)
		return 0;
	unsigned character = (unsigned char)text.at[0];
	if (text.size > 1)
		character &= 0x7Fu >> text.size;
	for (size_t i = 1; i < text.size; i++)
		character = character << 6 | ((unsigned char)text.at[i] & 0x3Fu);
	return character;
}

FUNCTION(like)
{
	unsigned escape = 0;
	if (is_null(count, values) || !may_match(context, values))
		return;
	if (count == 3 && !(escape = escape_of(values[2]))) {
		sqlite3_result_error(context, "ESCAPE expression must be a single character", -1);
		return;
	}
	sqlite3_result_int(context, sqlite3_strlike(text_of(values[0]).at, text_of(values[1]).at, escape) == 0);
}

FUNCTION(glob)
{
	if (!is_null(count, values) && may_match(context, values))
		sqlite3_result_int(context, sqlite3_strglob(text_of(values[0]).at, text_of(values[1]).at) == 0);
}

bool bounded_register(sqlite3 *db, struct lock *lock)
{
	static const struct {
		const char *name;
		int count; /* of arguments */
		void (*call)(sqlite3_context *context, int count, sqlite3_value **values);
	} functions[] = {
		{ "instr", 2, instr }, { "replace", 3, replace }, { "trim", 1, trim }, { "trim", 2, trim }, { "ltrim", 1, ltrim },
		{ "ltrim", 2, ltrim }, { "rtrim", 1, rtrim }, { "rtrim", 2, rtrim }, { "like", 2, like }, { "like", 3, like },
		{ "glob", 2, glob },
	};
	for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
		if (sqlite3_create_function_v2(db, functions[i].name, functions[i].count, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
					       lock, functions[i].call, NULL, NULL, NULL) != SQLITE_OK)
			return false;
	return true;
}
