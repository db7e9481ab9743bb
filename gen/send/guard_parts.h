/* SPDX-License-Identifier: MIT
 *
 * What a finished file holds, taken apart: PDF, mail, ZIP and gzip, one within the other.
 *
 * Between guard.c, which judges, and the formats.  Bounded in depth and in bytes; what goes beyond
 * or cannot be opened is trouble, of which the first is kept: nothing is passed that was not looked
 * at.
 */
#ifndef XINGJI_SEND_GUARD_PARTS_H
#define XINGJI_SEND_GUARD_PARTS_H

#include "base/buf.h"
#include "base/list.h"
#include "send/pdf_pages.h"

struct guard_pdf {
	struct pdf_pages pages;
	size_t start, end; /* of its words, in shown */
};

/* A file attached to a PDF. */
struct guard_file {
	struct text bytes;
	size_t start, end; /* of its words, in beside */
};

struct guard_parts {
	struct arena *arena;
	const char *password;     /* of every PDF; NULL: they are not encrypted */
	struct buf shown;         /* the words that people see: of pages, of mails and their heads, of tables */
	struct buf beside;        /* whatever else is there: file names, metadata, bytes of unknown kind */
	struct buf codes;         /* what the QR codes say, a line each */
	size_t code_count, code_read_count;
	LIST(struct guard_pdf) pdfs;
	LIST(struct guard_file) files;
	bool is_attached;         /* what is read now is within such a file: all its words are beside */
	const char *trouble;      /* "中文", U+001F, "English"; NULL: none */
	size_t depth, unpacked;   /* bytes */
};

void guard_parts_init(struct guard_parts *parts, struct arena *arena, const char *password);
void guard_parts_clear(struct guard_parts *parts);
void guard_parts_read(struct guard_parts *parts, struct text bytes);
/* A part of a part, of any kind: for guard_mail.c. */
void guard_parts_read_inner(struct guard_parts *parts, struct text bytes);
void guard_parts_fail(struct guard_parts *parts, const char *trouble);

/* Is it a mail (RFC 5322 with MIME)?  guard_mail.c */
bool guard_is_mail(struct text bytes);
/* Reads the parts of a mail; headers with their encoded words decoded. */
void guard_read_mail(struct guard_parts *parts, struct text mail);

#endif
