/* SPDX-License-Identifier: MIT
 *
 * Which copies are to be sent: of the documents of a finished build, those that have not gone to their
 * enterprise's address.
 *
 * The same document never goes twice to one address, in whatever batch; one that has changed since goes as 更正 and
 * names what it corrects.  Whoever has an open question, or a copy on its way to another address, waits, and
 * is named.
 */
#ifndef XINGJI_BUILD_ENVELOPES_H
#define XINGJI_BUILD_ENVELOPES_H

#include "model/copies.h"

struct build;
struct leaving;

enum { ENVELOPE_FORMS = 3 };

/* A form that goes with a copy (forms.h): its file in the batch, and its hash. */
struct envelope_form {
	struct text file, sha256;
};

struct envelope {
	int32_t enterprise;
	int8_t channel;                           /* enum channel */
	const struct recorded_document *document;
	struct recorded_copy copy;                /* what will be recorded; file and its hash are not known yet */
	struct envelope_form forms[ENVELOPE_FORMS]; /* known when they are made */
	size_t form_count;
};

struct envelopes {
	struct envelope *at; /* in the order of the model */
	size_t count;
	size_t sent;         /* documents that went to their address before, or wait to go */
	size_t held;         /* reported: DISPATCH_HELD */
	size_t missing;      /* enterprises of whom the build holds no document; reported: DISPATCH_MISSING */
};

struct envelope_day {
	struct date day;     /* of the batch */
	struct text batch;
};

/* In the run's arena.  `only`: one enterprise, or -1.  Copies have their numbers. */
struct envelopes envelopes_plan(struct build *build, const struct leaving *leaving, const struct copies *copies,
				const struct envelope_day *day, int32_t only);
/* The next batch of a day, "2021-11-30-2", in arena. */
struct text envelopes_next_batch(struct arena *arena, const struct copies *copies, struct date day);

#endif
