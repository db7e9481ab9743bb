/* SPDX-License-Identifier: MIT
 *
 * Compact Font Format (Adobe technical note 5176), as far as embedding needs it.
 *
 * Reads a table without subroutines (HarfBuzz has inlined them) and writes a new
 * CID-keyed one with chosen glyphs: CID = position in the list, so a code in the
 * page is a position, too.  The result depends on nothing but the glyphs, whatever
 * else the table holds.  Copying charstrings takes microseconds where a general
 * subsetter takes milliseconds.
 */
#ifndef XINGJI_RENDER_CFF_H
#define XINGJI_RENDER_CFF_H

#include "base/text.h"

struct buf;

struct cff_index {
	uint32_t count, offset_size;
	const unsigned char *offsets, *bytes; /* bytes: one before the first, as offsets count from 1 */
	size_t end;                           /* offset behind the index in the table */
};

struct cff_dict {
	struct text bytes, private_bytes; /* a font dictionary and its private one */
};

enum { CFF_DICTS_MOST = 256 };

struct cff {
	struct text table;         /* borrowed */
	struct text top;           /* the top dictionary */
	struct cff_index glyphs;   /* charstrings */
	struct cff_dict dicts[CFF_DICTS_MOST];
	uint32_t dict_count;
	uint8_t *dict_of;          /* by glyph */
};

/* False when the table is damaged or holds subroutines; then there is nothing to clear. */
bool cff_open(struct cff *cff, struct text table);
void cff_clear(struct cff *cff);
/* The outline of a glyph, which the table has. */
struct text cff_glyph(const struct cff *cff, uint32_t glyph);
/* The glyphs of a new font; and where in it the first outline, of .notdef, begins. */
struct cff_choice {
	const uint16_t *glyphs;
	size_t count;
	size_t outlines;
};
/* Writes a font named `name` with .notdef and then the given glyphs, in that order. */
bool cff_write(const struct cff *cff, struct text name, struct cff_choice *choice, struct buf *output);

#endif
