/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* flock */
#include "publish/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"

static bool is_unsupported(int error)
{
	return error == ENOLCK || error == ENOSYS || error == EOPNOTSUPP || error == EINVAL;
}

/* "machine 4711" */
static struct text self(struct arena *arena)
{
	struct utsname system;
	return text_format(arena, "%s %ld", uname(&system) == 0 ? system.nodename : "?", (long)getpid());
}

/* Written by a process of this machine that is not there any more? */
static bool is_dead(struct text holder)
{
	struct utsname system;
	struct text machine, rest = holder;
	int64_t process;
	if (uname(&system) || !text_next(&rest, ' ', &machine) || !text_is(machine, system.nodename) ||
	    !text_to_integer(rest, &process))
		return false;
	return process > 0 && kill((pid_t)process, 0) != 0 && errno == ESRCH;
}

static struct text read_holder(struct arena *arena, const char *path)
{
	struct file_bytes bytes;
	if (file_map(path, 256, &bytes))
		return NO_TEXT;
	struct text holder = text_copy(arena, text_trim(bytes.text));
	file_release(&bytes);
	return holder;
}

static enum lock_result make_file(struct arena *arena, struct lock *lock, struct text *holder, int *error)
{
	for (int tries = 0; tries < 2; tries++) {
		int fd = open(lock->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
		if (fd >= 0) {
			struct text me = self(arena);
			bool is_written = write(fd, me.at, me.size) == (ssize_t)me.size;
			*error = is_written ? 0 : errno;
			if (close(fd) && is_written)
				*error = errno;
			lock->is_file = !*error;
			if (*error)
				unlink(lock->path);
			return *error ? LOCK_FAILED : LOCK_TAKEN;
		}
		*error = errno;
		if (*error != EEXIST)
			return LOCK_FAILED;
		*holder = read_holder(arena, lock->path);
		if (!is_dead(*holder))
			return LOCK_BUSY;
		unlink(lock->path);
	}
	return LOCK_BUSY;
}

enum lock_result lock_take(struct arena *arena, const char *path, struct lock *lock, struct text *holder, int *error)
{
	*holder = NO_TEXT;
	*lock = (struct lock){ path, open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600), false };
	*error = errno;
	if (lock->descriptor >= 0) {
		if (flock(lock->descriptor, LOCK_EX | LOCK_NB) == 0)
			return LOCK_TAKEN;
		*error = errno;
		close(lock->descriptor);
		lock->descriptor = -1;
		if (*error == EWOULDBLOCK)
			return LOCK_BUSY;
		if (is_unsupported(*error)) {
			lock->path = text_format(arena, "%s-file", path).at;
			return make_file(arena, lock, holder, error);
		}
	}
	*lock = LOCK_NONE;
	return LOCK_FAILED;
}

void lock_release(struct lock *lock)
{
	if (lock->is_file)
		unlink(lock->path);
	if (lock->descriptor >= 0)
		close(lock->descriptor);
	*lock = LOCK_NONE;
}
