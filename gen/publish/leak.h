/* SPDX-License-Identifier: MIT
 *
 * The second lock: after rendering and before publishing, every byte under public/
 * and of the public edition of the report is searched for what must not be there.
 * The first lock is the scope (facts/).
 *
 * One pass over the bytes whatever the number of values: positions are looked up by
 * a hash of the first LEAK_KEY bytes.  Values shorter than that are too short to be
 * telling and are not hunted.
 */
#ifndef XINGJI_PUBLISH_LEAK_H
#define XINGJI_PUBLISH_LEAK_H

#include "base/text.h"

struct arena;
struct diag;
struct leak;
struct output;

enum {
	LEAK_KEY = 9,    /* bytes: three Han characters, or half a telephone number */
	LEAK_REMARK = 18, /* bytes: a remark of five Han characters is what anybody would write */
};

struct leak_summary {
	uint64_t bytes, files, values, too_short, hits;
};

struct leak *leak_new(struct arena *arena);
/*
 * Hunt for `value`.  `what` (static) says what kind of value it is, for the message;
 * the value itself is never printed whole.  Searched as UTF-8 and in the forms HTML
 * and JSON escaping would give it.
 */
void leak_add(struct leak *leak, struct text value, const char *what);
/*
 * Hunt for free text (a note, a measure).  It may be words that the site says anyway, as
 * 现场核查 or the name of a department: what is shorter than LEAK_REMARK, or stands in a
 * text given to leak_know, is not hunted.
 */
void leak_add_remark(struct leak *leak, struct text value, const char *what);
/* Words of the site itself, as its templates and the names of levels.  Borrowed until the scan. */
void leak_know(struct leak *leak, struct text text);
/* Texts that are public by themselves (names of listed enterprises): an occurrence inside one of them is no leak. */
void leak_allow(struct leak *leak, struct text value);
/* Reports every leak (file, byte offset, kind) and returns true when there is none. */
bool leak_scan(struct leak *leak, struct output *output, struct diag *diag, struct leak_summary *summary);

#endif
