/* SPDX-License-Identifier: MIT
 *
 * The words that a content stream shows: codes by what ToUnicode says they mean (ISO 32000-2, 9.10).
 *
 * No library here: where a font or a form lies is asked of whoever has opened the file (pdf_pages.c).
 */
#ifndef XINGJI_SEND_PDF_WORDS_H
#define XINGJI_SEND_PDF_WORDS_H

#include "base/buf.h"

struct arena;

/* A font's codes and what they mean. */
struct pdf_font {
	bool is_wide;              /* codes of two bytes; else of one */
	bool has_meanings;         /* else a code of one byte is itself (Latin-1), one of two is nothing */
	size_t count;              /* meanings read: bounded */
	struct text *meanings[256]; /* by the code's high byte, 256 each; UTF-8 */
};

/* Reads a ToUnicode stream.  What is no sound entry of it is passed over: those codes have no meaning. */
void pdf_font_read_meanings(struct arena *arena, struct pdf_font *font, struct text to_unicode);

struct pdf_words {
	struct buf shown;  /* by the codes; U+FFFD for one without meaning */
	struct buf actual; /* the same, but where the file gives another text for a part (ActualText), that one */
	void *context;
	/* Both by name with its '/', in the resources at hand; NULL: none. */
	const struct pdf_font *(*find_font)(void *context, struct text name);
	void (*draw_form)(void *context, struct text name);
};

/* Appends the words of the content; a line's end for each move and each text object. */
void pdf_words_read(struct pdf_words *words, struct text content);

#endif
