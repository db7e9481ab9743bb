/* SPDX-License-Identifier: MIT */
#include "base/utf8.h"

#include "base/buf.h"
#include "base/utf8_x86.h"

struct range {
	uint32_t first, last;
};

static bool in_ranges(const struct range *ranges, size_t count, uint32_t character)
{
	for (size_t i = 0; i < count; i++)
		if (character >= ranges[i].first && character <= ranges[i].last)
			return true;
	return false;
}
#define IN(table, character) in_ranges(table, sizeof(table) / sizeof *(table), character)

static bool continues(struct text text, size_t offset)
{
	return offset < text.size && ((unsigned char)text.at[offset] & 0xC0) == 0x80;
}

uint32_t utf8_next_beyond(struct text text, size_t *offset)
{
	size_t at = (*offset)++;
	uint32_t lead = (unsigned char)text.at[at];
	size_t more = (size_t)1 + (lead >= 0xE0) + (lead >= 0xF0);
	if (lead < 0xC2 || lead > 0xF4)
		return UTF8_BAD;
	static const uint32_t least[] = { 0, 0x80, 0x800, 0x10000 };
	uint32_t character = lead & (0x3Fu >> more);
	for (size_t i = 1; i <= more; i++) {
		if (!continues(text, at + i))
			return UTF8_BAD;
		character = character << 6 | ((unsigned char)text.at[at + i] & 0x3F);
	}
	if (character < least[more] || character > 0x10FFFF || (character >= 0xD800 && character <= 0xDFFF))
		return UTF8_BAD;
	*offset = at + more + 1;
	return character;
}

static size_t skip_ascii(const unsigned char *at, size_t offset, size_t size)
{
	uint64_t eight;
	while (size - offset >= 8 && (memcpy(&eight, at + offset, 8), (eight & UINT64_C(0x8080808080808080)) == 0))
		offset += 8;
	while (offset < size && at[offset] < 0x80)
		offset++;
	return offset;
}

/* Nearly all else in our files: E4 to E9 and two more bytes, which can be wrong in no other way. */
static size_t skip_han(const unsigned char *at, size_t offset, size_t size)
{
	while (size - offset >= 3 && at[offset] >= 0xE4 && at[offset] <= 0xE9 && (at[offset + 1] & 0xC0) == 0x80 &&
	       (at[offset + 2] & 0xC0) == 0x80)
		offset += 3;
	return offset;
}

/* Short texts are sooner read than the processor is asked. */
static bool is_wide(size_t size)
{
	enum { WIDE_LEAST = 64 };
	static enum { UNKNOWN, PLAIN, WIDE } way;
	if (size < WIDE_LEAST)
		return false;
	if (way == UNKNOWN)
		way = utf8_x86_is_here() ? WIDE : PLAIN;
	return way == WIDE;
}

size_t utf8_check(struct text text)
{
	const unsigned char *at = (const unsigned char *)text.at;
	size_t offset = is_wide(text.size) ? utf8_x86_skip(at, text.size) : 0;
	for (;;) {
		offset = skip_han(at, skip_ascii(at, offset, text.size), text.size);
		size_t start = offset;
		if (offset == text.size || utf8_next(text, &offset) == UTF8_BAD)
			return start;
	}
}

void utf8_write(struct buf *buf, uint32_t character)
{
	char bytes[4];
	size_t size = (size_t)1 + (character >= 0x80) + (character >= 0x800) + (character >= 0x10000);
	static const uint32_t leads[] = { 0, 0, 0xC0, 0xE0, 0xF0 };
	for (size_t i = size; i-- > 1; character >>= 6)
		bytes[i] = (char)(0x80 | (character & 0x3F));
	bytes[0] = (char)(leads[size] | character);
	buf_add(buf, bytes, size);
}

size_t utf8_count(struct text text)
{
	size_t count = 0;
	for (size_t i = 0; i < text.size; i++)
		count += ((unsigned char)text.at[i] & 0xC0) != 0x80;
	return count;
}

struct text utf8_prefix(struct text text, size_t count)
{
	size_t offset = 0;
	while (count-- && offset < text.size)
		utf8_next(text, &offset);
	return text_slice(text, 0, offset);
}

bool utf8_is_han(uint32_t character)
{
	static const struct range han[] = {
		{ 0x3005, 0x3007 }, { 0x3400, 0x4DBF }, { 0x4E00, 0x9FFF },
		{ 0xF900, 0xFAFF }, { 0x20000, 0x2FA1F }, { 0x30000, 0x323AF },
	};
	return IN(han, character);
}

bool utf8_is_space(uint32_t character)
{
	static const struct range spaces[] = {
		{ 0x85, 0x85 }, { 0xA0, 0xA0 }, { 0x1680, 0x1680 }, { 0x2000, 0x200A }, { 0x2028, 0x2029 },
		{ 0x202F, 0x202F }, { 0x205F, 0x205F }, { 0x3000, 0x3000 },
	};
	return IN(spaces, character);
}

bool utf8_is_invisible(uint32_t character)
{
	static const struct range invisible[] = {
		{ 0x00AD, 0x00AD }, { 0x034F, 0x034F }, { 0x061C, 0x061C }, { 0x115F, 0x1160 }, { 0x17B4, 0x17B5 },
		{ 0x180B, 0x180F }, { 0x200B, 0x200F }, { 0x202A, 0x202E }, { 0x2060, 0x206F }, { 0x3164, 0x3164 },
		{ 0xFE00, 0xFE0F }, { 0xFEFF, 0xFEFF }, { 0xFFA0, 0xFFA0 }, { 0xFFF9, 0xFFFB }, { 0xE0000, 0xE0FFF },
	};
	return IN(invisible, character);
}

int utf8_width(uint32_t character)
{
	static const struct range combining[] = {
		{ 0x0300, 0x036F }, { 0x1AB0, 0x1AFF }, { 0x1DC0, 0x1DFF }, { 0x20D0, 0x20FF }, { 0xFE00, 0xFE0F },
		{ 0xFE20, 0xFE2F }, { 0xE0100, 0xE01EF },
	};
	static const struct range wide[] = {
		{ 0x1100, 0x115F }, { 0x2E80, 0x303E }, { 0x3041, 0x33FF }, { 0x3400, 0x4DBF }, { 0x4E00, 0xA4CF },
		{ 0xAC00, 0xD7A3 }, { 0xF900, 0xFAFF }, { 0xFE30, 0xFE6F }, { 0xFF01, 0xFF60 }, { 0xFFE0, 0xFFE6 },
		{ 0x1F300, 0x1F64F }, { 0x1F900, 0x1F9FF }, { 0x20000, 0x3FFFD },
	};
	if (utf8_is_invisible(character) || IN(combining, character) || character < 0x20)
		return 0;
	return IN(wide, character) ? 2 : 1;
}
