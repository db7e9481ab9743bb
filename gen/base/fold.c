/* SPDX-License-Identifier: MIT */
#include "base/fold.h"

#include "base/utf8.h"

enum { HAN_FIRST = 0x2E80, HAN_LAST = 0xFFFF, IDEOGRAPHS = 0x4E00, IDEOGRAPHS_END = 0xA000 };

/* 0: as itself. */
static const uint16_t other_form[HAN_LAST - HAN_FIRST + 1] = {
#define HAN(from, to) [0x##from - HAN_FIRST] = 0x##to,
#include "base/fold.def"
#undef HAN
};

/* Blanks, punctuation and marks outside ASCII that may stand in or around a name, ascending. */
static const struct range {
	uint32_t first, last;
} passed_over[] = {
	{ 0x0080, 0x00A9 }, { 0x00AB, 0x00B1 }, { 0x00B4, 0x00B8 }, { 0x00BB, 0x00BF }, { 0x02B0, 0x036F },
	{ 0x055A, 0x055F }, { 0x05BE, 0x05BE }, { 0x061C, 0x061C }, { 0x115F, 0x1160 }, { 0x1680, 0x1680 },
	{ 0x180B, 0x180E }, { 0x1AB0, 0x1AFF }, { 0x1DC0, 0x1DFF }, { 0x2000, 0x206F }, { 0x20D0, 0x20FF },
	{ 0x2190, 0x245F }, { 0x2500, 0x27BF }, { 0x2E00, 0x2E7F }, { 0x3000, 0x3004 }, { 0x3008, 0x3020 },
	{ 0x302A, 0x3030 }, { 0x303D, 0x303F }, { 0x30A0, 0x30A0 }, { 0x30FB, 0x30FB }, { 0x3164, 0x3164 },
	{ 0xFE00, 0xFE6F }, { 0xFEFF, 0xFEFF }, { 0xFF5F, 0xFF65 }, { 0xFFA0, 0xFFA0 }, { 0xFFE0, 0xFFFB },
	{ 0xE0000, 0xE01EF },
};

static bool is_passed_over(uint32_t character)
{
	for (size_t i = 0; i < sizeof passed_over / sizeof *passed_over && passed_over[i].first <= character; i++)
		if (character <= passed_over[i].last)
			return true;
	return false;
}

static uint32_t fold_ascii(uint32_t character)
{
	bool is_blank = character == ' ' || (character >= '\t' && character <= '\r');
	if (character >= 'A' && character <= 'Z')
		return character + 'a' - 'A';
	if ((character >= 'a' && character <= 'z') || (character >= '0' && character <= '9'))
		return character;
	return (character < ' ' && !is_blank) || character == 0x7F ? FOLD_BREAK : 0;
}

uint32_t fold_character(uint32_t character)
{
	if (character < 0x80)
		return fold_ascii(character);
	if (character == UTF8_BAD)
		return FOLD_BREAK;
	if (character >= 0xFF01 && character <= 0xFF5E)
		return fold_ascii(character - 0xFEE0);
	if (character >= 0x1D7CE && character <= 0x1D7FF) /* digits of formulas */
		return '0' + (character - 0x1D7CE) % 10;
	if (is_passed_over(character))
		return 0;
	uint32_t other = character >= HAN_FIRST && character <= HAN_LAST ? other_form[character - HAN_FIRST] : 0;
	return other ? other : character;
}

static size_t write_character(uint32_t character, char *out)
{
	if (character < 0x80) {
		out[0] = (char)character;
		return 1;
	}
	size_t size = (size_t)2 + (character >= 0x800) + (character >= 0x10000);
	static const unsigned char leads[] = { [2] = 0xC0, [3] = 0xE0, [4] = 0xF0 };
	for (size_t i = size; i-- > 1; character >>= 6)
		out[i] = (char)(0x80 | (character & 0x3F));
	out[0] = (char)(leads[size] | character);
	return size;
}

/* One character of those that are not common, at *at; moves past it. */
static size_t write_rare(struct text text, size_t *at, char *out, bool *is_utf8)
{
	uint32_t character = utf8_next(text, at), folded = fold_character(character);
	*is_utf8 &= character != UTF8_BAD;
	return folded ? write_character(folded, out) : 0;
}

/* What the first three bytes may be as an ideograph; 0: they are none. */
static inline uint32_t ideograph_at(const unsigned char *bytes, size_t size)
{
	if (size < 3 || bytes[0] < 0xE4 || bytes[0] > 0xE9 || (bytes[1] & 0xC0) != 0x80 || (bytes[2] & 0xC0) != 0x80)
		return 0;
	return (bytes[0] & 0x0Fu) << 12 | (bytes[1] & 0x3Fu) << 6 | (bytes[2] & 0x3Fu);
}

uint32_t fold_look_alike(uint32_t character)
{
	bool is_radical = character >= 0x2E80 && character <= 0x2FDF;
	bool is_compatible = character >= 0xF900 && character <= 0xFAFF;
	uint32_t meant = is_radical || is_compatible ? fold_character(character) : 0;
	return meant == character ? 0 : meant;
}

/* Most of a page is ASCII and common ideographs: these two take no call. */
size_t fold_write(struct text text, char *out, bool *is_utf8)
{
	static unsigned char ascii[0x80];
	const unsigned char *bytes = (const unsigned char *)text.at;
	size_t size = 0;
	for (uint32_t i = 0; !ascii[sizeof ascii - 1] && i < sizeof ascii; i++) /* once: the last is no blank */
		ascii[i] = (unsigned char)fold_ascii(i);
	for (size_t at = 0; at < text.size;) {
		if (bytes[at] < 0x80) {
			out[size] = (char)ascii[bytes[at++]];
			size += out[size] != 0;
			continue;
		}
		uint32_t character = ideograph_at(bytes + at, text.size - at);
		if (character < IDEOGRAPHS || character >= IDEOGRAPHS_END) {
			size += write_rare(text, &at, out + size, is_utf8);
			continue;
		}
		uint16_t other = other_form[character - HAN_FIRST];
		if (other)
			write_character(other, out + size);
		else
			memcpy(out + size, bytes + at, 3);
		size += 3;
		at += 3;
	}
	return size;
}
