/* SPDX-License-Identifier: MIT
 *
 * UTF-8 (strict: no surrogates, no overlong forms, up to U+10FFFF) and what a
 * terminal or a line of Chinese needs to know of a character.
 */
#ifndef XINGJI_BASE_UTF8_H
#define XINGJI_BASE_UTF8_H

#include "base/text.h"

struct buf;

#define UTF8_BAD UINT32_C(0xFFFFFFFF)

/* The same as utf8_next, of one that is not ASCII. */
uint32_t utf8_next_beyond(struct text text, size_t *offset);
/*
 * Decode the character at *offset (< text.size) and move past it.  A malformed
 * byte gives UTF8_BAD and moves by one.
 */
static inline uint32_t utf8_next(struct text text, size_t *offset)
{
	uint32_t lead = (unsigned char)text.at[*offset];
	if (lead >= 0x80)
		return utf8_next_beyond(text, offset);
	++*offset;
	return lead;
}
/* Offset of the first malformed byte, or text.size when all is well.  Fast for ASCII runs. */
size_t utf8_check(struct text text);
void utf8_write(struct buf *buf, uint32_t character);
/* Characters, not bytes. */
size_t utf8_count(struct text text);
/* The first `count` characters. */
struct text utf8_prefix(struct text text, size_t count);

/* Columns on a terminal: 0 combining and invisible, 2 East Asian wide and full-width, else 1. */
int utf8_width(uint32_t character);
/* Ideographs (CJK unified, all extensions, compatibility) and 〇々. */
bool utf8_is_han(uint32_t character);
/* White space that is not ASCII: NBSP, the ideographic space, the separators of lines that workbooks put into cells. */
bool utf8_is_space(uint32_t character);
/* Zero-width characters, BOMs, bidi controls, soft hyphens: removed from what is shown. */
bool utf8_is_invisible(uint32_t character);

#endif
