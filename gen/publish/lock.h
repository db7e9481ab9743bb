/* SPDX-License-Identifier: MIT
 *
 * One run at a time: a lock file beside the output.
 *
 * Where the disk has locks (flock) the file stays and means nothing by itself: the lock goes
 * with the last process that holds it, whatever kills it.  On disks without locks (some
 * shares, memory sticks) the file itself is the lock: it names machine and process, is taken
 * over when that process is dead on this machine, and else must be removed by a person.
 */
#ifndef XINGJI_PUBLISH_LOCK_H
#define XINGJI_PUBLISH_LOCK_H

#include "base/text.h"

struct arena;

struct lock {
	const char *path;
	int descriptor; /* -1: not held by flock */
	bool is_file;   /* the file is the lock: to be removed by the process that made it */
};
#define LOCK_NONE ((struct lock){ NULL, -1, false })

enum lock_result { LOCK_TAKEN, LOCK_BUSY, LOCK_FAILED };

/*
 * LOCK_BUSY: another run has it; *holder is "machine 4711" where that is known, else missing.
 * LOCK_FAILED: *error is the errno.  The lock is LOCK_NONE then.
 */
enum lock_result lock_take(struct arena *arena, const char *path, struct lock *lock, struct text *holder, int *error);
/* By the process that took it. */
void lock_release(struct lock *lock);

#endif
