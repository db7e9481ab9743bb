/* SPDX-License-Identifier: MIT */
#include "read/encoding.h"

#include <assert.h>
#include <errno.h>
#include <iconv.h>
#include <strings.h>

#include "base/arena.h"
#include "base/memory.h"
#include "base/utf8.h"

enum form { FORM_UNSUPPORTED, FORM_UTF8, FORM_GB18030, FORM_UTF16LE, FORM_UTF16BE };

static const struct {
	const char *name;
	enum form form;
} names[] = {
	{ "utf-8", FORM_UTF8 }, { "utf8", FORM_UTF8 }, { "us-ascii", FORM_UTF8 }, { "ascii", FORM_UTF8 },
	{ "gb18030", FORM_GB18030 }, { "gbk", FORM_GB18030 }, { "gb2312", FORM_GB18030 }, { "cp936", FORM_GB18030 },
	{ "gb_2312-80", FORM_GB18030 }, { "windows-936", FORM_GB18030 }, { "x-gbk", FORM_GB18030 }, { "euc-cn", FORM_GB18030 },
	{ "utf-16", FORM_UTF16LE }, { "utf-16le", FORM_UTF16LE }, { "utf-16be", FORM_UTF16BE },
};

static struct encoding_result bad(enum encoding_outcome outcome, const char *name, size_t offset)
{
	return (struct encoding_result){ .outcome = outcome, .name = name, .offset = offset };
}

static enum form form_of(const char *wanted)
{
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcasecmp(names[i].name, wanted) == 0)
			return names[i].form;
	return FORM_UNSUPPORTED;
}

/* ---- UTF-16 ------------------------------------------------------------------ */

static size_t put_utf8(char *at, uint32_t character)
{
	if (character < 0x80) {
		at[0] = (char)character;
		return 1;
	}
	size_t size = (size_t)2 + (character >= 0x800) + (character >= 0x10000);
	static const uint32_t leads[] = { 0, 0, 0xC0, 0xE0, 0xF0 };
	for (size_t i = size; i-- > 1; character >>= 6)
		at[i] = (char)(0x80 | (character & 0x3F));
	at[0] = (char)(leads[size] | character);
	return size;
}

static uint32_t unit_at(struct text bytes, size_t offset, bool is_big)
{
	uint32_t first = (unsigned char)bytes.at[offset], second = (unsigned char)bytes.at[offset + 1];
	return is_big ? first << 8 | second : second << 8 | first;
}

static struct encoding_result decode_utf16(struct arena *arena, struct text bytes, bool is_big, size_t offset)
{
	const char *name = is_big ? "UTF-16BE" : "UTF-16LE";
	/* A unit of two bytes becomes at most three. */
	char *at = arena_array(arena, bytes.size / 2 + 1, 3);
	size_t size = 0;
	for (; offset + 1 < bytes.size; offset += 2) {
		uint32_t character = unit_at(bytes, offset, is_big);
		if (character == 0)
			return bad(ENCODING_BINARY, name, offset);
		if (character >= 0xD800 && character <= 0xDFFF) {
			uint32_t low = offset + 3 < bytes.size ? unit_at(bytes, offset + 2, is_big) : 0;
			if (character > 0xDBFF || low < 0xDC00 || low > 0xDFFF)
				return bad(ENCODING_BAD, name, offset);
			character = 0x10000 + ((character - 0xD800) << 10) + (low - 0xDC00);
			offset += 2;
		}
		size += put_utf8(at + size, character);
	}
	if (offset < bytes.size)
		return bad(ENCODING_BAD, name, offset);
	return (struct encoding_result){ .text = { at, size }, .name = name };
}

/* ---- GB18030 ------------------------------------------------------------------- */

static size_t count_byte(struct text bytes, char byte)
{
	size_t count = 0;
	for (size_t i = 0; i < bytes.size; i++)
		count += bytes.at[i] == byte;
	return count;
}

/*
 * One call of iconv runs to the end or to the first byte it refuses.  It refuses
 * 0x80 as a first byte, which code page 936 uses for the euro sign; inside a
 * character 0x80 is an ordinary second byte, so only iconv knows which is which.
 */
static struct encoding_result decode_gb18030(struct arena *arena, struct text bytes)
{
	static const char euro[] = { '\xE2', '\x82', '\xAC' };
	iconv_t converter = iconv_open("UTF-8", "GB18030");
	if (converter == (iconv_t)-1)
		memory_check(); /* it is a module that the C library loads */
	if (converter == (iconv_t)-1)
		return bad(ENCODING_UNSUPPORTED, "GB18030", 0);
	size_t room = bytes.size + bytes.size / 2 + 2 * count_byte(bytes, '\x80') + 16;
	char *start = arena_alloc(arena, room), *out = start;
	char *in = (char *)(uintptr_t)bytes.at; /* iconv's interface is not const; it only reads */
	size_t left = bytes.size;
	struct encoding_result result = { .name = "GB18030" };
	while (left) {
		if (iconv(converter, &in, &left, &out, &room) != (size_t)-1)
			break;
		if (errno == EILSEQ && *in == '\x80' && room >= sizeof euro) {
			memcpy(out, euro, sizeof euro);
			out += sizeof euro;
			room -= sizeof euro;
			in++;
			left--;
			continue;
		}
		result = bad(ENCODING_BAD, "GB18030", bytes.size - left);
		break;
	}
	iconv_close(converter);
	result.text = (struct text){ start, (size_t)(out - start) };
	return result;
}

/* ---- all ------------------------------------------------------------------------- */

static struct encoding_result decode_utf8(struct text bytes)
{
	bool has_bom = text_starts(bytes, "\xEF\xBB\xBF");
	const char *name = has_bom ? "UTF-8 BOM" : "UTF-8";
	size_t end = utf8_check(bytes);
	if (end < bytes.size)
		return bad(ENCODING_BAD, name, end);
	return (struct encoding_result){ .text = text_slice(bytes, has_bom ? 3 : 0, bytes.size), .name = name };
}

static struct encoding_result decode_as(struct arena *arena, struct text bytes, enum form form)
{
	switch (form) {
	case FORM_UTF8:
		return decode_utf8(bytes);
	case FORM_GB18030:
		return decode_gb18030(arena, bytes);
	case FORM_UTF16LE:
	case FORM_UTF16BE:
		return decode_utf16(arena, bytes, form == FORM_UTF16BE, 0);
	case FORM_UNSUPPORTED:
		break;
	}
	return bad(ENCODING_UNSUPPORTED, "", 0);
}

/* ---- two encodings in one file -------------------------------------------------------- */

/*
 * A line is taken for UTF-8 that is so to its end and holds at least as many characters of three bytes.  Of 400,000
 * places of Chinese prose in GB18030 none of that length was UTF-8 by chance, though one in 4,000 was of four Han.
 */
enum { MIXED_CHARACTERS = 6 };

static bool is_utf8_line(struct text line)
{
	size_t count = 0;
	for (size_t i = 0; i < line.size; i++)
		count += ((unsigned char)line.at[i] & 0xF0) == 0xE0;
	return count >= MIXED_CHARACTERS && utf8_check(line) == line.size;
}

/* Where the first line begins that is plainly UTF-8; the size of bytes: nowhere. */
static size_t find_utf8(struct text bytes)
{
	for (size_t start = 0; start < bytes.size;) {
		struct text rest = text_slice(bytes, start, bytes.size);
		const char *end = memchr(rest.at, '\n', rest.size);
		size_t size = end ? (size_t)(end - rest.at) : rest.size;
		if (is_utf8_line(text_slice(rest, 0, size)))
			return start;
		start += size + 1;
	}
	return bytes.size;
}

/* Most of what is not ASCII in the line around it is UTF-8, so a byte of that was damaged. */
static bool is_nearly_utf8(struct text bytes, size_t at)
{
	size_t start = at, good = 0, others = 0;
	while (start && bytes.at[start - 1] != '\n')
		start--;
	struct text line = text_slice(bytes, start, bytes.size);
	line = text_slice(line, 0, text_find(line, TEXT("\n")));
	for (size_t i = 0; i < line.size;) {
		size_t size = utf8_check(text_slice(line, i, line.size)); /* up to the next wrong one */
		for (size_t k = i; k < i + size; k++)
			good += (unsigned char)line.at[k] >= 0x80;
		i += size;
		others += i < line.size;
		i++;
	}
	return good > others;
}

/*
 * What becomes of a file in which a line is plainly UTF-8, but not every one; false: there is none.
 * `first` is what decoding it as UTF-8 came to.
 */
static bool is_mixed(struct text bytes, struct encoding_result *first)
{
	size_t found = find_utf8(bytes);
	if (found >= bytes.size)
		return false;
	if (!is_nearly_utf8(bytes, first->offset))
		*first = bad(ENCODING_MIXED, "GB18030", found < first->offset ? first->offset : found);
	return true;
}

struct encoding_result encoding_decode(struct arena *arena, struct text bytes, const char *wanted)
{
	if (text_starts(bytes, "\xFF\xFE") || text_starts(bytes, "\xFE\xFF"))
		return decode_utf16(arena, bytes, bytes.at[0] == '\xFE', 2);
	enum form form = wanted ? form_of(wanted) : FORM_UTF8;
	if (form == FORM_UNSUPPORTED)
		return bad(ENCODING_UNSUPPORTED, wanted, 0);
	const char *nul = bytes.size && form != FORM_UTF16LE && form != FORM_UTF16BE ? memchr(bytes.at, 0, bytes.size) : NULL;
	if (nul)
		return bad(ENCODING_BINARY, "UTF-8", (size_t)(nul - bytes.at));
	struct encoding_result result = decode_as(arena, bytes, form);
	if (wanted || result.outcome == ENCODING_GOOD || text_starts(bytes, "\xEF\xBB\xBF"))
		return result;
	if (is_mixed(bytes, &result))
		return result;
	struct encoding_result second = decode_as(arena, bytes, FORM_GB18030);
	/* The one that went further was likelier meant, so its complaint is the useful one. */
	return second.outcome == ENCODING_GOOD || second.offset > result.offset ? second : result;
}

struct text encoding_of_xml(struct text bytes)
{
	if (text_starts(bytes, "\xEF\xBB\xBF"))
		bytes = text_slice(bytes, 3, bytes.size);
	if (!text_starts(bytes, "<?xml"))
		return NO_TEXT;
	struct text head = text_slice(bytes, 0, 256); /* a declaration is one short line */
	head = text_slice(head, 0, text_find(head, TEXT("?>")));
	head = text_slice(head, text_find(head, TEXT("encoding")), head.size);
	head = text_trim(text_slice(head, strlen("encoding"), head.size));
	if (head.size < 2 || head.at[0] != '=')
		return NO_TEXT;
	head = text_trim(text_slice(head, 1, head.size));
	if (head.size < 2 || (head.at[0] != '"' && head.at[0] != '\''))
		return NO_TEXT;
	const char *close = memchr(head.at + 1, head.at[0], head.size - 1);
	return close ? (struct text){ head.at + 1, (size_t)(close - head.at - 1) } : NO_TEXT;
}
