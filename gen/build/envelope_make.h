/* SPDX-License-Identifier: MIT
 *
 * The file of one envelope: the finished document as it is for paper, protected for platform and medium, in
 * a mail message or announced by one; and the guard's look at the finished bytes (send/guard.h).
 *
 * No key goes anywhere, and a password only into the encryption and into the letter that brings it (forms.h).
 */
#ifndef XINGJI_BUILD_ENVELOPE_MAKE_H
#define XINGJI_BUILD_ENVELOPE_MAKE_H

#include <stdbool.h>

#include "base/date.h"
#include "base/text.h"

struct buf;
struct build;
struct envelope;
struct envelope_maker;

/* NULL after reporting: the key, texts or faces. */
struct envelope_maker_options {
	const char *folder; /* out/<year> */
	const char *key;
	const char *next;   /* the batch's folder, into which forms are written */
	struct text batch;
	struct date day;
};
struct envelope_maker *envelope_maker_open(struct build *build, const struct envelope_maker_options *options);
/*
 * Appends the file's bytes, names it in envelope->copy.file and writes the forms that go with it.
 * False after reporting a doubt: nothing may leave.
 */
bool envelope_make(struct envelope_maker *maker, struct envelope *envelope, struct buf *bytes);
/* Fingerprint of its key, valid until it is closed. */
struct text envelope_maker_key(const struct envelope_maker *maker);
/* That knows the names and codes of all enterprises; it lives as long as the maker. */
struct guard;
struct guard *envelope_maker_guard(struct envelope_maker *maker);
/* NULL allowed. */
void envelope_maker_close(struct envelope_maker *maker);

#endif
