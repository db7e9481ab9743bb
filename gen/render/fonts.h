/* SPDX-License-Identifier: MIT
 *
 * Font files cut down to what a document shows: the only user of HarfBuzz's
 * subsetter.
 *
 * Two steps.  Once per run each face is cut to the characters that the run may use
 * (the base: its outlines without subroutines and hints); then per document to the
 * glyphs used, which for CFF is copying.  What a document gets depends on its own
 * glyphs only, never on the base, so any worker, and a run for one document alone,
 * writes the same bytes.
 *
 * Other ways, measured on the 120 diagnoses of the sample (250 KB each, 167 KB of it
 * fonts: 宋 557 glyphs 105 KB, 黑 215 and 127 glyphs 47 KB, 楷 51 glyphs 12 KB):
 *	a core per face, cut once per run and shared by nine documents of ten, and a
 *	    remainder: + 7 KB (what a document does not use, and twice the dictionaries)
 *	    for 6 % of the time at most (all cutting is 9 %), and a document would depend
 *	    on the run it comes from
 *	subroutines kept: + 14 % for 宋, + 4 % for 黑; they compress worse than they share
 *	hints kept: + 20 % for 宋, + 18 % for 黑
 *	charstrings merged anew after the hints went: − 0.6 %
 *	deflate at level 6 or 9 instead of our own (render/repeats.h): − 2 %, a third of a
 *	    document's time
 *	outlines rounded to 1/333 em: − 16 %; but a hairline of 28 units would be 27 or
 *	    30, so the outlines stay as they were drawn
 *
 * Make the bases before forking (fonts_prepare): children share the memory.  A
 * glyph outside the base is no error, the base grows.  Not for threads.
 */
#ifndef XINGJI_RENDER_FONTS_H
#define XINGJI_RENDER_FONTS_H

#include "base/text.h"

struct diag;
struct fonts;
struct theme;
struct deflater;

/* NULL after reporting when a file of the theme cannot be read or its outlines not be used. */
struct fonts *fonts_new(const struct theme *theme, struct diag *diag);
void fonts_free(struct fonts *fonts); /* NULL allowed */

/*
 * What the run may use, before fonts_prepare: a set of characters for every face, a bit each,
 * FONTS_SET_WORDS words.  Characters that a face does not have are ignored.
 */
enum { FONTS_SET_WORDS = 0x110000 / 64 };
void fonts_note_set(struct fonts *fonts, const uint64_t *set);
/*
 * Cut the base of every face: ASCII, signs and what was noted, or where nothing was
 * GB 2312.  Costs up to 0.1 s a face; without it a face is cut when it is first
 * needed, to what is needed.
 */
void fonts_prepare(struct fonts *fonts);

/*
 * The bases as bytes, and from bytes that the same program wrote of the same faces, which are borrowed until
 * fonts_free: then they need not be cut.  False: one was not cut yet; they are something else, and nothing was taken.
 */
struct buf;
bool fonts_write_bases(const struct fonts *fonts, struct buf *out);
bool fonts_read_bases(struct fonts *fonts, struct text kept);
/* Was a base cut since, so that others are to be kept? */
bool fonts_were_cut(const struct fonts *fonts);

enum font_format { FONT_CFF /* CIDFontType0C */, FONT_TRUETYPE };

/* One face cut for one document.  Numbers are in 1/1000 em. */
struct font_cut {
	enum font_format format;
	char name[80];             /* "ABCDEF+NotoSerifCJKsc-Regular": the tag tells the glyphs */
	const uint16_t *codes;     /* of each glyph asked for: what the page's strings hold */
	const uint16_t *widths;    /* of each glyph asked for */
	size_t count;
	struct text program;       /* compressed (zlib) */
	size_t program_size;       /* before compression */
	int ascent, descent, cap_height, box[4], stem; /* descent is negative */
};

/*
 * Cut `face` to `glyphs` (ascending, without duplicates and without 0).  The
 * result's texts and arrays are borrowed until the next fonts_cut of the same face.
 * False when the subsetter fails or a glyph does not exist.
 */
bool fonts_cut(struct fonts *fonts, uint16_t face, const uint16_t *glyphs, size_t count, struct font_cut *cut);
/* Shared by everyone who compresses for the same documents. */
struct deflater *fonts_deflater(struct fonts *fonts);

#endif
