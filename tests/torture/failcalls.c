/* SPDX-License-Identifier: MIT
 *
 * To be preloaded: the nth call that touches the output fails, kills, or stops the process.
 *
 *	CALL_UNDER=/abs/out   only calls on paths and files below it count
 *	CALL_NAME=rename      which call; "any": all of them
 *	CALL_AT=n             the nth, over all processes of a run; 0: none
 *	CALL_FROM=1           the nth and all after it
 *	CALL_ERROR=28         errno that it fails with, or
 *	CALL_SIGNAL=9         the signal that it raises before it is made
 *	CALL_COUNTS=file      at the end of the first process: how often each was made
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum call { OPEN, WRITE, CLOSE, RENAME, EXCHANGE, LINK, FLOCK, FCHMOD, CHMOD, MKDIR, RMDIR, UNLINK, FSYNC, SYNCFS, CALLS };
static const char *const names[CALLS] = {
	[OPEN] = "open", [WRITE] = "write", [CLOSE] = "close", [RENAME] = "rename", [EXCHANGE] = "exchange", [LINK] = "link", [FLOCK] = "flock",
	[FCHMOD] = "fchmod", [CHMOD] = "chmod", [MKDIR] = "mkdir", [RMDIR] = "rmdir", [UNLINK] = "unlink", [FSYNC] = "fsync", [SYNCFS] = "syncfs",
};

static atomic_long *counts; /* by call, then of those that are wanted; shared by all processes */
static const char *under, *wanted;
static long at, error, raised;
static int has_from;
static pid_t first;

#define REAL(name) __typeof__(&name) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

static long number(const char *name)
{
	const char *value = getenv(name);
	return value ? strtol(value, NULL, 10) : 0;
}

__attribute__((constructor)) static void start(void)
{
	counts = mmap(NULL, (CALLS + 1) * sizeof *counts, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	under = getenv("CALL_UNDER");
	wanted = getenv("CALL_NAME");
	at = number("CALL_AT");
	error = number("CALL_ERROR");
	raised = number("CALL_SIGNAL");
	has_from = getenv("CALL_FROM") != NULL;
	first = getpid();
}

__attribute__((destructor)) static void finish(void)
{
	const char *path = getenv("CALL_COUNTS");
	long all = 0; /* a program that only starts the one that counts has none */
	for (int i = 0; i < CALLS; i++)
		all += counts[i];
	FILE *file = path && all && getpid() == first ? fopen(path, "w") : NULL;
	for (int i = 0; file && i < CALLS; i++)
		fprintf(file, "%s %ld\n", names[i], (long)counts[i]);
	if (file)
		fclose(file);
}

static int is_under(const char *path)
{
	return under && strncmp(path, under, strlen(under)) == 0;
}

static int is_open_under(int fd)
{
	char link[64], path[4096];
	int saved = errno;
	snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
	ssize_t size = fd > 2 ? readlink(link, path, sizeof path - 1) : -1;
	errno = saved;
	if (size < 0)
		return 0;
	path[size] = '\0';
	return is_under(path);
}

/* True when this one is to fail; errno is set. */
static int fails(enum call call, int counts_here)
{
	if (!counts_here || !counts)
		return 0;
	atomic_fetch_add(&counts[call], 1);
	if (!wanted || (strcmp(wanted, names[call]) != 0 && strcmp(wanted, "any") != 0))
		return 0;
	long now = atomic_fetch_add(&counts[CALLS], 1) + 1;
	if (!at || (now != at && !(has_from && now > at)))
		return 0;
	if (raised)
		raise((int)raised);
	errno = (int)error;
	return error != 0;
}

int open(const char *path, int flags, ...)
{
	va_list args;
	va_start(args, flags);
	mode_t mode = flags & O_CREAT ? va_arg(args, mode_t) : 0;
	va_end(args);
	REAL(open);
	return fails(OPEN, is_under(path)) ? -1 : real(path, flags, mode);
}

ssize_t write(int fd, const void *bytes, size_t size)
{
	REAL(write);
	return fails(WRITE, is_open_under(fd)) ? -1 : real(fd, bytes, size);
}

int close(int fd)
{
	REAL(close);
	int failing = fails(CLOSE, is_open_under(fd)), saved = errno, result = real(fd);
	errno = failing ? saved : errno;
	return failing ? -1 : result;
}

int rename(const char *from, const char *to)
{
	REAL(rename);
	return fails(RENAME, is_under(to)) ? -1 : real(from, to);
}

int renameat2(int from_fd, const char *from, int to_fd, const char *to, unsigned flags)
{
	REAL(renameat2);
	return fails(EXCHANGE, is_under(to)) ? -1 : real(from_fd, from, to_fd, to, flags);
}

int link(const char *from, const char *to)
{
	REAL(link);
	return fails(LINK, is_under(to)) ? -1 : real(from, to);
}

int flock(int fd, int operation)
{
	REAL(flock);
	return fails(FLOCK, is_open_under(fd)) ? -1 : real(fd, operation);
}

int fchmod(int fd, mode_t mode)
{
	REAL(fchmod);
	return fails(FCHMOD, is_open_under(fd)) ? -1 : real(fd, mode);
}

int chmod(const char *path, mode_t mode)
{
	REAL(chmod);
	return fails(CHMOD, is_under(path)) ? -1 : real(path, mode);
}

int mkdir(const char *path, mode_t mode)
{
	REAL(mkdir);
	return fails(MKDIR, is_under(path)) ? -1 : real(path, mode);
}

int rmdir(const char *path)
{
	REAL(rmdir);
	return fails(RMDIR, is_under(path)) ? -1 : real(path);
}

int unlink(const char *path)
{
	REAL(unlink);
	return fails(UNLINK, is_under(path)) ? -1 : real(path);
}

int unlinkat(int fd, const char *path, int flags)
{
	REAL(unlinkat);
	return fails(UNLINK, path[0] == '/' ? is_under(path) : is_open_under(fd)) ? -1 : real(fd, path, flags);
}

int fsync(int fd)
{
	REAL(fsync);
	return fails(FSYNC, is_open_under(fd)) ? -1 : real(fd);
}

int syncfs(int fd)
{
	REAL(syncfs);
	return fails(SYNCFS, is_open_under(fd)) ? -1 : real(fd);
}
