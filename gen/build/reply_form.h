/* SPDX-License-Identifier: MIT
 *
 * The form in which an enterprise answers the advice: a workbook (or CSV) with its own open items, sent
 * with the diagnosis, filled in, and put into data/<year>/rectifications/ (check/rectifications.h).
 *
 * It is made from what the enterprise may know (SCOPE_FIRM) and nothing else.
 */
#ifndef XINGJI_BUILD_REPLY_FORM_H
#define XINGJI_BUILD_REPLY_FORM_H

#include "base/buf.h"
#include "facts/facts.h"

struct model;

struct reply_form {
	const struct model *model; /* for the deadline of the stage rectify */
	struct facts *facts;       /* of SCOPE_FIRM, the enterprise chosen */
	struct date today;         /* from which on it is awaited: a deadline that is past is not printed */
	struct text number;        /* of the document that it answers; missing: of the first that the enterprise gets */
	bool is_csv;
};

/*
 * Replaces the contents of buf; *count becomes the number of open items (a form without any is written all
 * the same).  False after reporting.
 */
bool reply_form_write(const struct reply_form *form, struct arena *arena, struct buf *buf, size_t *count);

#endif
