/* SPDX-License-Identifier: MIT
 *
 * One mail message, written as RFC 5322 and MIME say and as the mail programs in use read it.
 *
 * One sender, one recipient, no copy to anybody.  All lines end in CRLF and have at most 998 bytes, but for
 * addresses at most 78; everything outside ASCII is in encoded-words or base64, so that no server has to
 * change a byte.  The same message gives the same bytes: day and Message-ID come from the caller.
 *
 * The name of an attachment is told three ways, because QQ Mail and Outlook lose names given in one of them
 * alone (gen/DOMAIN.md §6): `filename*` (RFC 2231; first, so that readers who take the first one get the
 * whole name), an ASCII `filename`, and `name` of the Content-Type as encoded-words.
 */
#ifndef XINGJI_SEND_MIME_H
#define XINGJI_SEND_MIME_H

#include "base/date.h"
#include "send/mailbox.h"

struct buf;

struct mail_attachment {
	struct text name;  /* UTF-8, a file's name: no / \ or control characters, at most 200 characters */
	struct text type;  /* "application/pdf" */
	struct text bytes;
};

struct mail {
	struct mailbox from, to;
	struct date date;       /* told as nine in the morning of that day in China (+0800) */
	struct text message_id; /* left@right without brackets; from batch and copy: the same after a restart */
	struct text copy;       /* the copy's number, ASCII without blanks: X-Xingji-Copy, which reports name */
	struct text subject;    /* one line */
	struct text body;       /* lines end in \n; the only text part, and the first part */
	const struct mail_attachment *attachments;
	size_t attachment_count;
};

enum mail_fault {
	MAIL_GOOD, MAIL_FROM, MAIL_TO, MAIL_DATE, MAIL_MESSAGE_ID, MAIL_COPY, MAIL_SUBJECT, MAIL_BODY,
	MAIL_ATTACHMENT_NAME, MAIL_ATTACHMENT_TYPE, MAIL_ATTACHMENTS,
	MAIL_FAULT_COUNT
};

enum { MAIL_ATTACHMENTS_MOST = 50, MAIL_SUBJECT_MOST = 400, MAIL_NAME_MOST = 200 };

/*
 * The first thing in a message that must not be written: a line end, NUL or other control character in a
 * header, text that is no UTF-8, an address with a fault, something missing.
 */
enum mail_fault mail_check(const struct mail *mail);
/* What that is, "中文", U+001F, "English". */
struct text mail_fault_words(enum mail_fault fault);

/* Appends the message; mail_check must have found it good (asserted). */
void mail_write(struct buf *buf, const struct mail *mail);
/* Bytes that mail_write will write: what a server's SIZE is held against (RFC 1870 §4; its dots are not counted). */
size_t mail_size(const struct mail *mail);

#endif
