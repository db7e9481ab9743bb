/* SPDX-License-Identifier: MIT
 *
 * Bytes folded as names, codes and numbers are compared (base/fold.h), with the way back to
 * their places; and how a hunted value may be written there.
 *
 * Folding passes over all that stands between the characters, so a value is also met where
 * nobody wrote it: digits of a drawing in a row, two words of two cells.  The manner says what
 * may stand between for it to be that value.
 */
#ifndef XINGJI_PUBLISH_LEAK_FOLD_H
#define XINGJI_PUBLISH_LEAK_FOLD_H

#include "base/list.h"
#include "base/text.h"
#include "publish/leak_view.h"

struct leak_folded {
	struct text raw; /* borrowed */
	char *at;
	size_t size, room;
	bool is_utf8;                 /* are the raw bytes? */
	LIST(struct leak_mark) marks; /* one a stretch */
};

void leak_folded_set(struct leak_folded *folded, struct text raw);
/* The same in parts, each behind the last, that end between characters: folded (is it UTF-8?), or their form put. */
void leak_folded_begin(struct leak_folded *folded, struct text raw);
bool leak_folded_add(struct leak_folded *folded, size_t start, size_t end);
void leak_folded_put(struct leak_folded *folded, size_t start, struct text form);
/* Valid until the next set. */
struct text leak_folded_text(const struct leak_folded *folded);
void leak_folded_free(struct leak_folded *folded);
/* Where in the raw bytes the folded byte `offset` comes from. */
size_t leak_folded_place(const struct leak_folded *folded, size_t offset);

enum leak_manner {
	LEAK_LOOSE, /* a long name: whatever is passed over may stand within */
	LEAK_TIGHT, /* a short name, a sentence, a mail address: blanks only, and what has its punctuation there */
	LEAK_CODE,  /* a code, a telephone number: in groups, as such are written */
};

/* The manner of a value; `is_remark`: it is a sentence. */
enum leak_manner leak_manner_of(struct text value, bool is_remark);
/* Does the folded value stand at `start` of the folded bytes? */
bool leak_stands_folded(struct text folded, size_t start, struct text value);
/* Is what stands at `start` of the raw bytes, and is equal when folded, the value?  Then *end is behind it. */
bool leak_is_written(struct text raw, size_t start, struct text value, enum leak_manner manner, size_t *end);

#endif
