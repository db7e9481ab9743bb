/* SPDX-License-Identifier: MIT
 *
 * The mail of one envelope: its words are those of content/dispatch/mail-notice.md and mail-attachment.md, which
 * can ask for what everybody may know and for `copy` (forms.h); here it gets its addresses, its day and its
 * attachment.
 */
#ifndef XINGJI_BUILD_ENVELOPE_MAIL_H
#define XINGJI_BUILD_ENVELOPE_MAIL_H

#include "build/forms.h"

struct envelope_mail {
	struct build *build;
	struct copy_form copy;
	struct text attachment; /* the protected document; missing: the mail announces it */
};

/*
 * Appends the message.  What speaks against it ("中文", U+001F, "English"), and nothing is appended; missing: nothing
 * does.  What is wrong in the words is reported beside, at its place.  Scratch is cleared.
 */
struct text envelope_mail_write(const struct envelope_mail *mail, struct buf *bytes);

#endif
