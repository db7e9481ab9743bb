/* SPDX-License-Identifier: MIT */
#include "base/json_read.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

void json_read_init(struct json_read *json, struct arena *arena, struct text text)
{
	*json = (struct json_read){ .arena = arena, .text = text, .is_bad = utf8_check(text) < text.size };
}

static bool fail(struct json_read *json)
{
	json->is_bad = true;
	return false;
}

/* The byte at the place of reading; 0 at the end, which no JSON holds. */
static char here(const struct json_read *json)
{
	return json->at < json->text.size ? json->text.at[json->at] : '\0';
}

static void skip_blanks(struct json_read *json)
{
	while (here(json) && strchr(" \t\r\n", here(json)))
		json->at++;
}

static bool take(struct json_read *json, char wanted)
{
	skip_blanks(json);
	if (json->is_bad || here(json) != wanted)
		return false;
	json->at++;
	return true;
}

enum json_kind { JSON_NOTHING, JSON_TEXT, JSON_NUMBER, JSON_TRUE, JSON_FALSE, JSON_NULL, JSON_OBJECT, JSON_LIST };

/* What comes next, without reading it; JSON_NOTHING at the end, after a fault, and where no value begins. */
static enum json_kind kind_of_next(struct json_read *json)
{
	static const struct {
		char first;
		enum json_kind kind;
	} kinds[] = { { '"', JSON_TEXT }, { '{', JSON_OBJECT }, { '[', JSON_LIST }, { 't', JSON_TRUE }, { 'f', JSON_FALSE }, { 'n', JSON_NULL }, { '-', JSON_NUMBER } };
	skip_blanks(json);
	char first = json->is_bad ? '\0' : here(json);
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (first == kinds[i].first)
			return kinds[i].kind;
	return first >= '0' && first <= '9' ? JSON_NUMBER : JSON_NOTHING;
}

/* ---- objects and lists ---------------------------------------------------------------- */

static bool enter(struct json_read *json, char open)
{
	if (!take(json, open) || json->depth == JSON_DEEPEST)
		return fail(json);
	json->depth++;
	json->is_first = true;
	return true;
}

bool json_read_object(struct json_read *json)
{
	return enter(json, '{');
}

bool json_read_list(struct json_read *json)
{
	return enter(json, '[');
}

/* Past the comma to the next one; false past the closing mark. */
static bool next(struct json_read *json, char close)
{
	bool is_first = json->is_first;
	json->is_first = false;
	if (json->is_bad || json->depth == 0)
		return fail(json);
	if (take(json, close)) {
		json->depth--;
		return false;
	}
	return is_first || take(json, ',') || fail(json);
}

bool json_read_element(struct json_read *json)
{
	return next(json, ']');
}

bool json_read_member(struct json_read *json, struct text *name)
{
	if (!next(json, '}'))
		return false;
	if (kind_of_next(json) != JSON_TEXT || !json_read_scalar(json, name) || !take(json, ':'))
		return fail(json);
	return true;
}

/* ---- values --------------------------------------------------------------------------- */

/* Four hexadecimal digits at the place of reading; UTF8_BAD when they are none. */
static uint32_t read_hex(struct json_read *json)
{
	uint32_t number = 0;
	for (int i = 0; i < 4; i++, json->at++) {
		static const char digits[] = "0123456789abcdefABCDEF";
		const char *digit = here(json) ? strchr(digits, here(json)) : NULL;
		if (!digit)
			return UTF8_BAD;
		size_t value = (size_t)(digit - digits);
		number = number << 4 | (uint32_t)(value < 16 ? value : value - 6);
	}
	return number;
}

/* The character behind \u: one unit of UTF-16, or two for what lies beyond; UTF8_BAD for halves. */
static uint32_t read_unit(struct json_read *json)
{
	uint32_t high = read_hex(json);
	if (high == UTF8_BAD || (high & 0xf800) != 0xd800)
		return high;
	if (high >= 0xdc00 || !text_starts(text_slice(json->text, json->at, 2), "\\u"))
		return UTF8_BAD;
	json->at += 2;
	uint32_t low = read_hex(json);
	return low == UTF8_BAD || (low & 0xfc00) != 0xdc00 ? UTF8_BAD : 0x10000 + ((high & 0x3ff) << 10 | (low & 0x3ff));
}

static bool read_escape(struct json_read *json, struct buf *out)
{
	static const char names[] = "\"\\/bfnrt", bytes[] = "\"\\/\b\f\n\r\t";
	char name = here(json);
	const char *known = name ? strchr(names, name) : NULL;
	json->at += name != '\0';
	if (known) {
		buf_byte(out, bytes[known - names]);
		return true;
	}
	uint32_t character = name == 'u' ? read_unit(json) : UTF8_BAD;
	if (character == UTF8_BAD)
		return fail(json);
	utf8_write(out, character);
	return true;
}

/* Behind the opening quote; a text without escapes is not copied. */
static bool read_text(struct json_read *json, struct text *value)
{
	struct buf out;
	size_t start = json->at;
	bool has_escapes = false;
	buf_init(&out, json->text.size + 1);
	while ((unsigned char)here(json) >= ' ' && here(json) != '"' && !json->is_bad) {
		size_t from = json->at;
		while ((unsigned char)here(json) >= ' ' && here(json) != '"' && here(json) != '\\')
			json->at++;
		*value = text_slice(json->text, from, json->at - from);
		has_escapes |= here(json) == '\\';
		if (has_escapes)
			buf_text(&out, *value);
		if (here(json) == '\\') {
			json->at++;
			read_escape(json, &out);
		}
	}
	*value = has_escapes ? text_copy(json->arena, buf_view(&out)) : text_slice(json->text, start, json->at - start);
	buf_clear(&out);
	if (json->is_bad || here(json) != '"')
		return fail(json);
	json->at++;
	return true;
}

static size_t take_digits(struct json_read *json)
{
	size_t start = json->at;
	while (here(json) >= '0' && here(json) <= '9')
		json->at++;
	return json->at - start;
}

static bool read_number(struct json_read *json)
{
	json->at += here(json) == '-';
	bool is_zero = here(json) == '0';
	size_t digits = take_digits(json);
	if (!digits || (is_zero && digits > 1))
		return fail(json);
	if (here(json) == '.') {
		json->at++;
		if (!take_digits(json))
			return fail(json);
	}
	if (here(json) == 'e' || here(json) == 'E') {
		json->at++;
		json->at += here(json) == '+' || here(json) == '-';
		if (!take_digits(json))
			return fail(json);
	}
	return true;
}

bool json_read_scalar(struct json_read *json, struct text *value)
{
	static const char *const words[JSON_LIST + 1] = { [JSON_TRUE] = "true", [JSON_FALSE] = "false", [JSON_NULL] = "null" };
	enum json_kind kind = kind_of_next(json);
	size_t start = json->at;
	if (kind == JSON_TEXT) {
		json->at++;
		return read_text(json, value);
	}
	if (kind == JSON_NUMBER)
		read_number(json);
	else if (words[kind] && text_starts(text_slice(json->text, start, json->text.size), words[kind]))
		json->at += strlen(words[kind]);
	else
		return fail(json);
	*value = text_slice(json->text, start, json->at - start);
	return !json->is_bad;
}

bool json_read_skip(struct json_read *json)
{
	struct text ignored;
	enum json_kind kind = kind_of_next(json);
	if (kind == JSON_OBJECT && json_read_object(json))
		while (json_read_member(json, &ignored))
			json_read_skip(json);
	else if (kind == JSON_LIST && json_read_list(json))
		while (json_read_element(json))
			json_read_skip(json);
	else
		json_read_scalar(json, &ignored);
	return !json->is_bad;
}

bool json_read_end(struct json_read *json)
{
	skip_blanks(json);
	return !json->is_bad && json->depth == 0 && json->at == json->text.size && json->text.size > 0;
}
