/* SPDX-License-Identifier: MIT
 *
 * What left the house, written down: data/<year>/register.jsonl, to which lines are appended
 * and in which nothing else is ever changed (base/chain.h says what a line is).
 *
 * One at a time: the file itself is locked while a line is added, and who comes second waits.
 * The lines that are there are read again under the lock; where they are not sound nothing is
 * added.  A line that a power cut left unfinished is cut off first: nobody was told of it.
 * True is returned only when line and folder are on the disk.
 */
#ifndef XINGJI_PUBLISH_REGISTER_H
#define XINGJI_PUBLISH_REGISTER_H

#include "base/chain.h"

enum { REGISTER_ANY = -1 };

struct register_entry {
	struct chain_event event;
	int64_t after; /* the lines that the caller has read and goes by; REGISTER_ANY: he does not care */
	int64_t patience_ms; /* how long to wait for another run that writes; 0: 20 seconds */
	bool *has_grown; /* NULL: more lines than `after` are reported; else set instead, for him to read them */
};

/*
 * The folder must be there. *n (NULL: not wanted) is the line's number. False after reporting; the
 * file is as it was then.
 */
bool register_append(struct arena *arena, const char *path, const struct register_entry *entry, int64_t *n,
		     struct diag *diag);

/* Is this the hash of all the register's lines up to one of them?  So it is of every form that it had before. */
bool register_begins_with(struct text text, struct text hash);
/* How many lines it had then; -1: it never was so. */
int64_t register_lines_then(struct text text, struct text hash);

#endif
