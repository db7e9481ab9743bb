/* SPDX-License-Identifier: MIT
 *
 * A finished PDF read as a reader program reads it: page by page, its content and the words that
 * stand on it.
 *
 * For the guard (guard.h), so it shares nothing with what writes (render/haru*.c).  Forms are read
 * where they are drawn, once a page, appearances of annotations at its end.
 */
#ifndef XINGJI_SEND_PDF_PAGES_H
#define XINGJI_SEND_PDF_PAGES_H

#include <stdbool.h>

#include "base/text.h"

struct arena;

struct pdf_page {
	struct text *parts;  /* its content streams, each by itself, readable */
	size_t part_count;
	struct text words;   /* UTF-8, in the order of drawing, a line a move; U+FFFD for a code without meaning */
	struct text actual;  /* the same, with the text that the file gives for a part (ActualText) instead of it */
};

struct pdf_pages {
	struct pdf_page *pages;
	size_t count;
	bool is_encrypted;
	struct text beside;   /* what else it says: strings of its objects, metadata; a line each */
	struct text *files;   /* those attached to it, as they are saved; each once */
	size_t file_count;
	char resources[65];   /* SHA-256 of fonts, their meanings, and forms but the mark (protect.h), page by page */
};

enum { PDF_PAGES_MOST = 5000 };

/*
 * In arena.  False, with nothing set, when the password is not the one, or the bytes are no sound
 * PDF with at least one page and at most PDF_PAGES_MOST.
 */
bool pdf_pages_read(struct arena *arena, struct text pdf, const char *password, struct pdf_pages *pages);
/*
 * The same of a PDF that is not encrypted, but only what another is compared by: each page's parts,
 * `resources`, and `files`.  A third of the time.
 */
bool pdf_pages_read_parts(struct arena *arena, struct text pdf, struct pdf_pages *pages);
/* How many pages it has; 0 where it is no sound PDF, or encrypted. */
size_t pdf_pages_count(struct text pdf);

#endif
