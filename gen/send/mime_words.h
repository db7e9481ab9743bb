/* SPDX-License-Identifier: MIT
 *
 * What stands in the lines of a mail header: plain text, encoded-words (RFC 2047), the names of attachments.
 *
 * All append, folding where a line would be too long; the line's place is read from what the buffer holds.
 * Texts must hold no control character (mime.c has seen to it).
 */
#ifndef XINGJI_SEND_MIME_WORDS_H
#define XINGJI_SEND_MIME_WORDS_H

#include "base/text.h"

struct buf;

/* RFC 2047 §2: an encoded-word, and a line that holds one. */
enum { MIME_WORD_MOST = 75, MIME_WORD_LINE = 76, MIME_LINE = 78 };

/* Free text, as that of a subject. */
void mime_write_text(struct buf *buf, struct text text);
/* `"name" <address>`; the address alone where there is no name. */
void mime_write_mailbox(struct buf *buf, struct text name, struct text address);
/* `; name="…"` of a Content-Type. */
void mime_write_name(struct buf *buf, struct text name);
/*
 * `; filename*=…; filename="…"` of a Content-Disposition.  The ASCII form of a name that is not ASCII
 * ends in -number.
 */
void mime_write_filename(struct buf *buf, struct text name, size_t number);

#endif
