/* SPDX-License-Identifier: MIT
 *
 * Inside of the cut fonts; only fonts*.c include this.
 */
#ifndef XINGJI_RENDER_FONTS_INSIDE_H
#define XINGJI_RENDER_FONTS_INSIDE_H

#include <hb.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "render/cff.h"
#include "render/fonts.h"
#include "render/repeats.h"

enum { GLYPHS_MOST = 0x10000 };

struct base {
	hb_face_t *full;
	hb_font_t *font;       /* of the full face, in its own units */
	unsigned em, glyph_count;
	enum font_format format;
	char name[64];         /* PostScript name, letters, digits and hyphens */
	int ascent, descent, cap_height, box[4], stem;
	hb_set_t *noted;       /* glyphs of the full face */
	hb_set_t *held;        /* glyphs that the cut base holds; NULL = not cut yet */
	bool was_cut;          /* by this process */
	int growths;           /* how often it was cut for want of a glyph */
	hb_face_t *cut;        /* the base as HarfBuzz wrote it */
	hb_blob_t *table;      /* its CFF table, which `cff` reads */
	struct cff cff;
	struct repeats repeats; /* of all of cff; none: they are looked for in what a document shows */
	uint16_t *new_of;      /* full glyph → base glyph */
	/* of the last document */
	uint16_t *codes, *widths;
	struct buf program;
};

struct fonts {
	struct base *bases;
	size_t count;
	struct deflater *deflater;
	struct buf raw;        /* a font program before compression */
};

/* Of a base whose `cut` is its bytes: makes it ready to be cut from.  False where they are damaged.  fonts.c */
bool fonts_open_cut(struct base *base);
void fonts_drop_cut(struct base *base);

#endif
