/* SPDX-License-Identifier: MIT */
#include "base/buf.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"

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

void buf_add(struct buf *buf, const void *bytes, size_t size)
{
	if (size == 0 || !make_room(buf, size))
		return;
	memcpy(buf->at + buf->size, bytes, size);
	buf->size += size;
	buf->at[buf->size] = '\0';
}

void buf_text(struct buf *buf, struct text text)
{
	buf_add(buf, text.at, text.size);
}

void buf_string(struct buf *buf, const char *string)
{
	buf_add(buf, string, strlen(string));
}

void buf_byte(struct buf *buf, char byte)
{
	buf_add(buf, &byte, 1);
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
	int size = vsnprintf(NULL, 0, format, args);
	if (size > 0 && make_room(buf, (size_t)size)) {
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

struct text buf_view(const struct buf *buf)
{
	return (struct text){ buf->at, buf->size };
}

void buf_json(struct buf *buf, struct text text)
{
	buf_byte(buf, '"');
	size_t from = 0;
	for (size_t i = 0; i < text.size; i++) {
		unsigned char c = (unsigned char)text.at[i];
		if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7f)
			continue;
		buf_add(buf, text.at + from, i - from);
		from = i + 1;
		if (c == '"' || c == '\\')
			buf_format(buf, "\\%c", c);
		else if (c == '\n')
			buf_string(buf, "\\n");
		else if (c == '\t')
			buf_string(buf, "\\t");
		else
			buf_format(buf, "\\u%04x", c);
	}
	if (text.size > from)
		buf_add(buf, text.at + from, text.size - from);
	buf_byte(buf, '"');
}

void buf_html(struct buf *buf, struct text text)
{
	size_t from = 0;
	for (size_t i = 0; i < text.size; i++) {
		unsigned char c = (unsigned char)text.at[i];
		const char *entity = c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '"' ? "&quot;" : c == '\'' ? "&#39;" : NULL;
		bool control = (c < 0x20 && c != '\n' && c != '\t') || c == 0x7f;
		if (!entity && !control)
			continue;
		buf_add(buf, text.at + from, i - from);
		from = i + 1;
		if (entity)
			buf_string(buf, entity);
	}
	if (text.size > from)
		buf_add(buf, text.at + from, text.size - from);
}

/* A cell a spreadsheet would run as a formula gets an apostrophe in front (DOMAIN.md §4). */
void buf_csv(struct buf *buf, struct text text)
{
	bool harmful = text.size && strchr("=+-@\t\r", text.at[0]);
	bool quoted = harmful;
	for (size_t i = 0; i < text.size && !quoted; i++)
		quoted = strchr("\",;\r\n\t", text.at[i]) != NULL;
	if (text.size && (text.at[0] == ' ' || text.at[text.size - 1] == ' '))
		quoted = true;
	if (!quoted) {
		buf_text(buf, text);
		return;
	}
	buf_byte(buf, '"');
	if (harmful)
		buf_byte(buf, '\'');
	for (size_t i = 0; i < text.size; i++) {
		if (text.at[i] == '"')
			buf_byte(buf, '"');
		buf_byte(buf, text.at[i]);
	}
	buf_byte(buf, '"');
}
