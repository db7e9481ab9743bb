/* SPDX-License-Identifier: MIT
 *
 * Characters by what they are in a line: Han, a mark that opens or closes, a letter,
 * a digit, a sign before or after a number (W3C clreq; GB/T 15834—2011).
 */
#ifndef XINGJI_SETTING_CLASS_H
#define XINGJI_SETTING_CLASS_H

#include "base/text.h"

enum box_class {
	BOX_HAN,
	BOX_DASH,    /* —— and ……: one box, without gaps beside it */
	BOX_OPEN,    /* （《“: blank on its left */
	BOX_CLOSE,   /* ，。、）》”？！: blank on its right */
	BOX_STOP,    /* ％ ～ ·: never at a line start, no blank to give */
	BOX_WORD,    /* Latin letters and mixtures such as GB/T */
	BOX_NUMBER,
	BOX_PREFIX,  /* ¥ $ № − ± before a number */
	BOX_SUFFIX,  /* % ℃ after a number */
	BOX_SPACE,
	BOX_NEWLINE, /* a forced break */
	BOX_NOTE_MARK, /* a footnote mark: sticks to what stands before it */
	BOX_CLASSES
};

enum { DASH_OF_TWO = 0x2E3A }; /* ⸺, —— as one character */

enum box_class class_of(uint32_t character);
/* The character U+4E00 … 9FFF that begins a text, else 0: most of what is set, without a call. */
static inline uint32_t class_han(struct text text)
{
	const unsigned char *at = (const unsigned char *)text.at;
	if (text.size < 3 || at[0] < 0xE4 || at[0] > 0xE9 || (at[1] & 0xC0) != 0x80 || (at[2] & 0xC0) != 0x80)
		return 0;
	uint32_t character = (uint32_t)(at[0] & 0x0F) << 12 | (uint32_t)(at[1] & 0x3F) << 6 | (at[2] & 0x3F);
	return character >= 0x4E00 ? character : 0;
}
/* Characters that stay with the one before them whatever it is: combining marks, selectors, what shows nothing. */
bool class_follows(uint32_t character);
/* Words in one manner of writing: BOX_WORD and BOX_NUMBER. */
static inline bool class_is_word(enum box_class class)
{
	return class == BOX_WORD || class == BOX_NUMBER;
}
/* What a Han–Latin gap belongs beside: words, numbers and their signs. */
static inline bool class_is_latin(enum box_class class)
{
	return class_is_word(class) || class == BOX_PREFIX || class == BOX_SUFFIX;
}

#endif
