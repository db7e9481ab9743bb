/* SPDX-License-Identifier: MIT
 *
 * What repeats in the outlines of a face: the places whose five bytes stand in its glyphs more than once.
 *
 * A quarter of the bytes of 宋 and one in fifteen of 黑 begin such five; whoever compresses a document's
 * font looks there and nowhere else.  Which glyphs a face was looked through with changes nothing in a
 * document, as long as they hold its own: five bytes that stand twice in the document stand twice in
 * them, and what stands once in the document finds nothing, marked or not.
 */
#ifndef XINGJI_RENDER_REPEATS_H
#define XINGJI_RENDER_REPEATS_H

#include <stddef.h>
#include <stdint.h>

struct cff;
struct cff_choice;
struct deflate_mark;

/* Starts as { 0 }. */
struct repeats {
	uint32_t *firsts;           /* by glyph, and one behind the last: its first mark */
	struct deflate_mark *marks; /* offsets in the glyph */
	uint32_t kinds;             /* kinds are below */
};

/* In all glyphs; or where something is chosen in .notdef and those, which count from 1 in their order. */
void repeats_find(struct repeats *repeats, const struct cff *cff, const struct cff_choice *choice);
void repeats_clear(struct repeats *repeats);

#endif
