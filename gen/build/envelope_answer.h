/* SPDX-License-Identifier: MIT
 *
 * The form in which an enterprise answers (reply_form.h) as it travels within the protected copy of its diagnosis:
 * unprotected it would show findings.
 */
#ifndef XINGJI_BUILD_ENVELOPE_ANSWER_H
#define XINGJI_BUILD_ENVELOPE_ANSWER_H

#include <stdbool.h>

#include "base/date.h"

struct buf;
struct build;
struct envelope;

#define ENVELOPE_ANSWER_TYPE "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

/*
 * Replaces the contents of buf by the form, of which name and hash are in envelope->copy from then on; both stay
 * missing where the enterprise has nothing to answer.  `day`: on which it leaves.  False after reporting; scratch is
 * cleared.
 */
bool envelope_answer_make(struct build *build, struct envelope *envelope, struct date day, struct buf *buf);

#endif
