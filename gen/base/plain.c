/* SPDX-License-Identifier: MIT */
#include "base/plain.h"

#include "base/buf.h"
#include "base/utf8.h"

static bool is_control(uint32_t character)
{
	return character < 0x20 || (character >= 0x7F && character <= 0x9F);
}

/* U+206A–206F are the deprecated ones. */
static bool is_direction(uint32_t character)
{
	return character == 0x061C || character == 0x200E || character == 0x200F || (character >= 0x202A && character <= 0x202E) ||
	       (character >= 0x2066 && character <= 0x206F);
}

/* Tab to carriage return, next line, line and paragraph separator. */
static bool is_blank(uint32_t character)
{
	return (character >= '\t' && character <= '\r') || character == 0x85 || character == 0x2028 || character == 0x2029;
}

uint32_t plain_character(uint32_t character)
{
	if (is_blank(character))
		return ' ';
	return character == UTF8_BAD || is_control(character) || is_direction(character) ? PLAIN_DOT : character;
}

static void write_kept(struct buf *buf, struct text text, const char *kept)
{
	for (size_t offset = 0; offset < text.size;) {
		size_t start = offset;
		uint32_t character = utf8_next(text, &offset), shown = plain_character(character);
		if (shown == character || (character && character < 0x80 && strchr(kept, (int)character)))
			buf_add(buf, text.at + start, offset - start);
		else
			utf8_write(buf, shown);
	}
}

void plain_write(struct buf *buf, struct text text)
{
	write_kept(buf, text, "");
}

void plain_write_lines(struct buf *buf, struct text text)
{
	write_kept(buf, text, "\n\t");
}

int plain_columns(struct text text)
{
	int columns = 0;
	for (size_t offset = 0; offset < text.size;)
		columns += utf8_width(plain_character(utf8_next(text, &offset)));
	return columns;
}
