/* SPDX-License-Identifier: MIT */
#include "base/buf.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/formula.h"
#include "base/plain.h"
#include "base/utf8.h"

static char empty[1];

void buf_init(struct buf *buf, size_t limit)
{
	*buf = (struct buf){ .at = empty, .limit = limit };
}

void buf_clear(struct buf *buf)
{
	if (buf->capacity)
		free(buf->at);
	buf_init(buf, buf->limit);
}

void buf_reset(struct buf *buf)
{
	buf->size = 0;
	buf->overflowed = false;
	if (buf->capacity)
		buf->at[0] = '\0';
}

/* Makes room for `more` bytes and the NUL; false when the limit forbids it. */
static bool make_room(struct buf *buf, size_t more)
{
	if (more > buf->limit - buf->size || buf->overflowed) {
		buf->overflowed = true;
		return false;
	}
	size_t need = buf->size + more + 1;
	if (need > buf->capacity) {
		size_t capacity = buf->capacity ? buf->capacity : 256;
		while (capacity < need)
			capacity *= 2;
		buf->at = memory_resize(buf->capacity ? buf->at : NULL, capacity);
		buf->capacity = capacity;
	}
	return true;
}

void buf_add_growing(struct buf *buf, const void *bytes, size_t size)
{
	if (size == 0 || !make_room(buf, size))
		return;
	memcpy(buf->at + buf->size, bytes, size);
	buf->size += size;
	buf->at[buf->size] = '\0';
}

char *buf_room_growing(struct buf *buf, size_t most)
{
	return make_room(buf, most) ? buf->at + buf->size : NULL;
}

void buf_repeat(struct buf *buf, char byte, size_t count)
{
	if (count == 0 || !make_room(buf, count))
		return;
	memset(buf->at + buf->size, byte, count);
	buf->size += count;
	buf->at[buf->size] = '\0';
}

void buf_vformat(struct buf *buf, const char *format, va_list args)
{
	va_list again;
	va_copy(again, args);
	size_t room = buf->capacity ? buf->capacity - buf->size : 0; /* printed once, where it fits */
	int size = vsnprintf(room ? buf->at + buf->size : NULL, room, format, args);
	bool fits = size > 0 && (size_t)size < room;
	char first = room ? buf->at[buf->size] : '\0';
	if (room)
		buf->at[buf->size] = '\0'; /* unless it may stay */
	if (size > 0 && make_room(buf, (size_t)size)) {
		if (fits)
			buf->at[buf->size] = first;
		else
			vsnprintf(buf->at + buf->size, (size_t)size + 1, format, again);
		buf->size += (size_t)size;
	}
	va_end(again);
}

void buf_format(struct buf *buf, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	buf_vformat(buf, format, args);
	va_end(args);
}

void buf_fixed(struct buf *buf, double value, int digits)
{
	static const double scales[] = { 1, 10, 100, 1e3, 1e4, 1e5, 1e6 };
	if (digits < 0 || digits > 6 || !isfinite(value) || fabs(value) > 1e12) {
		buf_byte(buf, '0');
		return;
	}
	long long units = llround(value * scales[digits]);
	long long scale = (long long)scales[digits];
	if (units < 0)
		buf_byte(buf, '-');
	unsigned long long size = units < 0 ? 0ULL - (unsigned long long)units : (unsigned long long)units;
	buf_format(buf, "%llu", size / (unsigned long long)scale);
	unsigned long long rest = size % (unsigned long long)scale;
	if (rest == 0)
		return;
	char fraction[8];
	snprintf(fraction, sizeof fraction, "%0*llu", digits, rest % 1000000u);
	size_t used = (size_t)digits;
	while (used && fraction[used - 1] == '0')
		used--;
	buf_byte(buf, '.');
	buf_add(buf, fraction, used);
}

/* Most of what is escaped is letters, digits and ideographs, and paths: what all forms leave as it is. */
static const bool is_left[0x80] = {
	['0'] = true, ['1'] = true, ['2'] = true, ['3'] = true, ['4'] = true, ['5'] = true, ['6'] = true,
	['7'] = true, ['8'] = true, ['9'] = true, ['a'] = true, ['b'] = true, ['c'] = true, ['d'] = true,
	['e'] = true, ['f'] = true, ['g'] = true, ['h'] = true, ['i'] = true, ['j'] = true, ['k'] = true,
	['l'] = true, ['m'] = true, ['n'] = true, ['o'] = true, ['p'] = true, ['q'] = true, ['r'] = true,
	['s'] = true, ['t'] = true, ['u'] = true, ['v'] = true, ['w'] = true, ['x'] = true, ['y'] = true,
	['z'] = true, ['M'] = true, [' '] = true, ['.'] = true, ['/'] = true, ['-'] = true, [':'] = true,
};

/* Behind such characters from `at` on.  Ideographs from U+5000 to U+8FFF are told by their first byte. */
static size_t pass_left(struct text text, size_t at)
{
	const unsigned char *bytes = (const unsigned char *)text.at;
	while (at < text.size) {
		if (bytes[at] < 0x80) {
			if (!is_left[bytes[at]])
				break;
			at++;
			continue;
		}
		bool is_ideograph = text.size - at >= 3 && bytes[at] >= 0xE5 && bytes[at] <= 0xE8 &&
				    (bytes[at + 1] & 0xC0) == 0x80 && (bytes[at + 2] & 0xC0) == 0x80;
		if (!is_ideograph)
			break;
		at += 3;
	}
	return at;
}

/* What stands for a character, "" for nothing, NULL: it stays; room is there to make it in. */
typedef const char *escaper(uint32_t character, char room[8]);

static void escape(struct buf *buf, struct text text, escaper *form)
{
	size_t from = 0;
	char room[8];
	for (size_t offset = pass_left(text, 0); offset < text.size; offset = pass_left(text, offset)) {
		size_t start = offset;
		uint32_t character = utf8_next(text, &offset);
		const char *other = character == UTF8_BAD ? "\uFFFD" : form(character, room);
		if (!other)
			continue;
		buf_add(buf, text.at + from, start - from);
		buf_string(buf, other);
		from = offset;
	}
	if (text.size > from)
		buf_add(buf, text.at + from, text.size - from);
}

static bool is_control(uint32_t character)
{
	return character < 0x20 || (character >= 0x7f && character <= 0x9f);
}

static const char *json_form(uint32_t character, char room[8])
{
	if (character == '"')
		return "\\\"";
	if (character == '\\')
		return "\\\\";
	if (character == '\n')
		return "\\n";
	if (character == '\t')
		return "\\t";
	if (plain_character(character) == character)
		return NULL;
	snprintf(room, 8, "\\u%04x", (unsigned)(character & 0xffff));
	return room;
}

void buf_json(struct buf *buf, struct text text)
{
	buf_byte(buf, '"');
	escape(buf, text, json_form);
	buf_byte(buf, '"');
}

static const char *html_form(uint32_t character, char room[8])
{
	(void)room;
	if (character == '&')
		return "&amp;";
	if (character == '<')
		return "&lt;";
	if (character == '>')
		return "&gt;";
	if (character == '"')
		return "&quot;";
	if (character == '\'')
		return "&#39;";
	return is_control(character) && character != '\n' && character != '\t' ? "" : NULL;
}

void buf_html(struct buf *buf, struct text text)
{
	escape(buf, text, html_form);
}

static const char *xml_form(uint32_t character, char room[8])
{
	return (character & 0xfffe) == 0xfffe ? "" : html_form(character, room);
}

void buf_xml(struct buf *buf, struct text text)
{
	escape(buf, text, xml_form);
}

static const char *csv_form(uint32_t character, char room[8])
{
	(void)room;
	if (character == '"')
		return "\"\"";
	return is_control(character) && (character == 0 || !strchr("\t\r\n", (int)character)) ? "" : NULL;
}

/* A cell that a spreadsheet would run gets an apostrophe in front. */
void buf_csv(struct buf *buf, struct text text)
{
	bool harmful = formula_begins(text), quoted = harmful;
	for (size_t i = 0; i < text.size && !quoted; i++)
		quoted = text.at[i] && strchr("\",;\r\n\t", text.at[i]);
	if (text.size && (text.at[0] == ' ' || text.at[text.size - 1] == ' '))
		quoted = true;
	if (quoted)
		buf_byte(buf, '"');
	if (harmful)
		buf_byte(buf, '\'');
	escape(buf, text, csv_form);
	if (quoted)
		buf_byte(buf, '"');
}
