/* SPDX-License-Identifier: MIT */
#include "theme/sfnt.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

enum {
	MOST_FACES = 256,
	MOST_TABLES = 512,
	MOST_RECORDS = 4096,
	LONGEST_NAME = 512, /* bytes of UTF-16 */
	ENGLISH = 0x409,
	PLATFORM_WINDOWS = 3,
};
enum { NAME_FAMILY = 1, NAME_STYLE = 2, NAME_TYPOGRAPHIC_FAMILY = 16, NAME_TYPOGRAPHIC_STYLE = 17, NAMES = 18 };

/* Big-endian numbers; bytes past the end read as 0, so that a cut file gives small counts. */
static uint32_t byte_at(struct text bytes, size_t offset)
{
	return offset < bytes.size ? (uint32_t)(unsigned char)bytes.at[offset] : 0;
}

static uint32_t short_at(struct text bytes, size_t offset)
{
	return byte_at(bytes, offset) << 8 | byte_at(bytes, offset + 1);
}

static uint32_t long_at(struct text bytes, size_t offset)
{
	return short_at(bytes, offset) << 16 | short_at(bytes, offset + 2);
}

/* Unlike text_slice, all or nothing. */
static struct text part(struct text bytes, size_t offset, size_t size)
{
	if (offset > bytes.size || size > bytes.size - offset)
		return NO_TEXT;
	return (struct text){ bytes.at + offset, size };
}

size_t sfnt_count(struct text bytes)
{
	uint32_t count;
	switch (long_at(bytes, 0)) {
	case 0x74746366: /* ttcf */
		count = long_at(bytes, 8);
		return count <= MOST_FACES && part(bytes, 12, (size_t)count * 4).at ? count : 0;
	case 0x00010000:
	case 0x4F54544F: /* OTTO */
	case 0x74727565: /* true */
		return 1;
	default:
		return 0;
	}
}

struct text sfnt_directory(struct text bytes, size_t index)
{
	if (index >= sfnt_count(bytes))
		return NO_TEXT;
	size_t start = long_at(bytes, 0) == 0x74746366 ? long_at(bytes, 12 + index * 4) : 0;
	size_t tables = short_at(bytes, start + 4);
	return tables <= MOST_TABLES ? part(bytes, start, 12 + tables * 16) : NO_TEXT;
}

static struct text find_table(struct text bytes, size_t index, uint32_t tag)
{
	struct text directory = sfnt_directory(bytes, index);
	for (size_t at = 12; at + 16 <= directory.size; at += 16)
		if (long_at(directory, at) == tag)
			return part(bytes, long_at(directory, at + 8), long_at(directory, at + 12));
	return NO_TEXT;
}

static struct text decode_utf16(struct arena *arena, struct text bytes)
{
	struct buf buf;
	buf_init(&buf, (size_t)LONGEST_NAME * 2);
	for (size_t at = 0; at + 2 <= bytes.size; at += 2) {
		uint32_t unit = short_at(bytes, at), low = short_at(bytes, at + 2);
		if (unit >= 0xD800 && unit < 0xDC00 && low >= 0xDC00 && low < 0xE000) {
			unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
			at += 2;
		}
		utf8_write(&buf, unit >= 0xD800 && unit < 0xE000 ? 0xFFFD : unit);
	}
	struct text text = text_copy(arena, buf_view(&buf));
	buf_clear(&buf);
	return text;
}

bool sfnt_names(struct arena *arena, struct text bytes, size_t index, struct sfnt_names *names)
{
	*names = (struct sfnt_names){ NO_TEXT, NO_TEXT };
	struct text table = find_table(bytes, index, 0x6E616D65 /* name */);
	struct text found[NAMES] = { { NULL, 0 } };
	size_t records = short_at(table, 2), strings = short_at(table, 4);
	for (size_t i = 0; i < records && i < MOST_RECORDS; i++) {
		size_t at = 6 + i * 12, id = short_at(table, at + 6), size = short_at(table, at + 8);
		if (id >= NAMES || size > LONGEST_NAME || short_at(table, at) != PLATFORM_WINDOWS || short_at(table, at + 4) != ENGLISH)
			continue;
		found[id] = part(table, strings + short_at(table, at + 10), size);
	}
	bool is_typographic = found[NAME_TYPOGRAPHIC_FAMILY].size && found[NAME_TYPOGRAPHIC_STYLE].size;
	struct text family = found[is_typographic ? NAME_TYPOGRAPHIC_FAMILY : NAME_FAMILY];
	struct text style = found[is_typographic ? NAME_TYPOGRAPHIC_STYLE : NAME_STYLE];
	if (!family.size)
		return false;
	*names = (struct sfnt_names){ decode_utf16(arena, family), decode_utf16(arena, style) };
	return true;
}
