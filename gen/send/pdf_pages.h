/* SPDX-License-Identifier: MIT
 *
 * A finished PDF read as a reader program reads it: page by page, its content and the words that stand on it.
 *
 * For the guard (guard.h), so it shares nothing with what writes (render/haru*.c).  The words are what ToUnicode says of the codes
 * shown, and where the file gives another text for them (ActualText, Alt) that as well.  Forms are read where they are drawn.
 */
#ifndef XINGJI_SEND_PDF_PAGES_H
#define XINGJI_SEND_PDF_PAGES_H

#include <stdbool.h>

#include "base/text.h"

struct arena;

struct pdf_page {
	struct text content; /* the page's content streams, joined by line ends and readable */
	struct text *parts;  /* the same, each by itself */
	size_t part_count;
	struct text words;   /* UTF-8, in the order of drawing; a line for every text object, U+FFFD for a code without meaning */
	struct text forms;   /* the words of the forms drawn, by themselves as well */
};

struct pdf_pages {
	struct pdf_page *pages;
	size_t count;
	bool is_encrypted;
	struct text beside; /* what else the file says in words: its metadata, outline, attachments, alternative texts; a line each */
	struct text fonts;  /* hexadecimal SHA-256 of all font programs and their meanings, in the order of pages */
};

enum { PDF_PAGES_MOST = 5000 };

/*
 * In arena.  False, with nothing set, when the password is not the one, or the bytes are no sound PDF with at least one
 * page and at most PDF_PAGES_MOST.
 */
bool pdf_pages_read(struct arena *arena, struct text pdf, const char *password, struct pdf_pages *pages);

#endif
