/* SPDX-License-Identifier: MIT
 *
 * Fixed forms: what goes with a copy that is sent (letter, receipt, password), what its mail says, the sheets of a
 * batch, certificates.
 *
 * Their words are those of content/dispatch/, content/certificate.md and content/plaques.md, where they stand on
 * the page
 * is in theme.xml; here is what they may be told.
 */
#ifndef XINGJI_BUILD_FORMS_H
#define XINGJI_BUILD_FORMS_H

#include "base/date.h"
#include "compose/datum.h"

struct arena;
struct buf;
struct build;
struct diag;
struct envelope;
struct guard;

enum form {
	FORM_LETTER, FORM_RECEIPT, FORM_PASSWORD, FORM_LABELS, FORM_REGISTER, FORM_NOTICE, FORM_ATTACHMENT,
	FORM_CERTIFICATE, FORM_PLAQUES,
	FORMS
};

/*
 * Compiles the forms from `first` to `last` into press.forms (those of a batch end with FORM_ATTACHMENT); before
 * the faces are opened.  False after reporting.
 */
bool forms_load(struct build *build, enum form first, enum form last);
/*
 * Appends the form as PDF: `extra` are its values beside the facts of its scope, `what` names it in messages.  A letter
 * and a receipt may ask what the chosen enterprise may know, the others what everybody may.  In scratch, which is not
 * cleared; false after reporting.
 */
struct form_wish {
	enum form form;
	struct text what;
	const struct datum *extra;
};
bool forms_make(struct build *build, const struct form_wish *wish, struct buf *pdf);
/* The same; *table: the first that stands in it, in scratch, or NULL. */
struct table;
bool forms_make_table(struct build *build, const struct form_wish *wish, struct buf *pdf, const struct table **table);
/* The form as a mail: its subject, in scratch, and appended its text (doc/plain_text.h).  False after reporting. */
bool forms_make_mail(struct build *build, const struct form_wish *wish, struct text *subject, struct buf *body);

/* What the forms of one copy are made of. */
struct copy_form {
	const struct envelope *envelope;
	struct text batch;
	struct date day;
	size_t page_count;      /* of the document; 0: not known */
	const char *password;   /* for FORM_PASSWORD alone; else NULL */
};
/*
 * `copy` as the forms know it: number, document, batch, day, reply_by, reply_days, sha256, pages, channel, name,
 * code, address, postcode, unit, department, recipient, form (the file for the answer that is within the document),
 * was, qr, and where it is given the password.  In arena; missing ones are empty.
 */
struct datum forms_copy(struct arena *arena, const struct build *build, const struct copy_form *copy);
/* "2021年11月30日", in arena. */
struct text forms_day(struct arena *arena, struct date day);
/*
 * Makes the forms that go with a copy and holds each against the guard; on the disk below `folder` only when all
 * are good.
 * Their names and hashes are in envelope->forms.  False after reporting; scratch is cleared.
 */
struct forms_job {
	struct build *build;
	struct guard *guard;
	const char *folder;
	struct envelope *envelope;
	struct copy_form copy;
};
bool forms_of_copy(const struct forms_job *job);

#endif
