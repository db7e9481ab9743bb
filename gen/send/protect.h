/* SPDX-License-Identifier: MIT
 *
 * The protected copy of a document for one recipient: AES-256 (revision 6) and a mark on every page.
 *
 * The archive copy stays as it is; this makes a second file.  Its streams are those of the archive
 * copy, byte for byte: each page's content is put between two further ones, the second of which
 * draws the mark as an artifact.  Printing and reading aloud are allowed, copying and changing not
 * (ISO 32000-2, 7.6.4); metadata is encrypted, too.
 *
 * Both PDFs were written by this program and are read as such (pdf_own.h): whatever is not exactly
 * that is refused.  A library would take the document's 4,000 objects apart and write them again,
 * some 70 ms for 8; libqpdf has no part in the making, so that it can be the one who looks
 * (pdf_file.h: protect_open.c, pdf_pages.c, tests).
 */
#ifndef XINGJI_SEND_PROTECT_H
#define XINGJI_SEND_PROTECT_H

#include <stdbool.h>

#include "base/text.h"

struct buf;
struct diag;

/* A file within the copy, beside those that the document has of itself: the form for the answer. */
struct protect_attachment {
	struct text name;         /* as it is saved by; UTF-8, no '/' nor '\\', its ending with it */
	struct text description;  /* UTF-8, for who looks through them; NO_TEXT: none */
	const char *type;         /* of media: "text/csv" */
	struct text bytes;        /* and size; borrowed during the call */
};

enum { PROTECT_ATTACHMENTS_MOST = 99 };

struct protect_job {
	struct text what;         /* the document, for messages: its number or file */
	struct text archive;      /* the finished PDF */
	/*
	 * A PDF of one page on which nothing but the recipient mark is drawn, where it stands on a
	 * page (layout/recipient.h sets one); its fonts and letters are taken over, its tags are
	 * not.  NO_TEXT: no mark.
	 */
	struct text mark;
	const char *user_password, *owner_password; /* ASCII, neither empty */
	const struct protect_attachment *attachments; /* in this order; NULL where there is none */
	size_t attachment_count;  /* at most PROTECT_ATTACHMENTS_MOST */
};

/*
 * Appends the protected copy to out.  False after reporting (PROTECT_FAILED), out then is as it
 * was.  Two runs give different bytes: the salts of the encryption are random.
 */
bool protect_pdf(const struct protect_job *job, struct buf *out, struct diag *diag);
/*
 * Appends the PDF without its encryption to out, for who has to look into it.  False, without a
 * message, when the password is not the one or the bytes are no sound PDF.  A PDF that is not
 * encrypted opens with any password.
 */
bool protect_open(struct text pdf, const char *password, struct buf *out);

#endif
