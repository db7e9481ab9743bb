/* SPDX-License-Identifier: MIT
 *
 * A file of notes from one run to the next, beside an output: sealed with something of that output or its inputs.
 *
 *	# xingji store 2
 *	<salt: 32 bytes> <check: 32 bytes> <notes>
 *
 * The notes are mixed with the stream of ChaCha20 whose key is the SHA-256 of salt and seal, and `check` is the SHA-256
 * of the same key and of what stands in the file.  So who has this file and not its seal (publish/manifest.h, which
 * names every document with its hash) learns nothing from it, not even whether two of them say the same; and a file
 * that was cut, changed, or belongs to another output cannot be opened.  It is disposable: whoever cannot open it does
 * without.
 */
#ifndef XINGJI_PUBLISH_STORE_H
#define XINGJI_PUBLISH_STORE_H

#include "base/text.h"

struct arena;

/* The notes, in arena; false where there are none, or none that the seal opens. */
bool store_read(struct arena *arena, const char *path, struct text seal, struct text *notes);
/* Replaces the file at once, readable to its owner alone; where that fails, there is none.  Returns 0 or an errno. */
int store_write(struct arena *arena, const char *path, struct text seal, struct text notes);

#endif
