/* SPDX-License-Identifier: MIT
 *
 * Preloaded, lets a chosen request for memory fail, in whichever of the processes that
 * the program forks.  `tests/torture/memory` drives it.
 *
 *	FAIL_WHAT=memory    malloc, calloc, realloc, memalign, posix_memalign, mmap without a file (default)
 *	FAIL_WHAT=process   fork, pipe, poll, pthread_create
 *	FAIL_AT=n           the nth of them, over all processes
 *	FAIL_FROM=n         all from the nth
 *	FAIL_IN=children    counts, and fails, only in what the first process forked
 *	FAIL_COUNT=file     the number of requests goes there when the first process ends
 *
 * A program may define malloc itself and ask glibc by __libc_malloc, so both are caught;
 * what one of ours asks of the other counts once.  glibc's own calls of mmap are not seen.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

static atomic_long *count; /* shared by all processes; NULL until set up */
static long at, from;
static bool wants_processes, only_children;
static pid_t first;

/* dlsym gives data pointers; POSIX promises that they hold functions. */
#define REAL(name) real_##name
#define FIND(name) \
	do { \
		void *found = dlsym(RTLD_NEXT, #name); \
		memcpy(&REAL(name), &found, sizeof found); \
	} while (0)

static void *(*REAL(__libc_malloc))(size_t);
static void *(*REAL(__libc_calloc))(size_t, size_t);
static void *(*REAL(__libc_realloc))(void *, size_t);
static void *(*REAL(__libc_memalign))(size_t, size_t);
static pid_t (*REAL(fork))(void);
static int (*REAL(pipe))(int[2]);
static int (*REAL(poll))(struct pollfd *, nfds_t, int);
static int (*REAL(pthread_create))(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);

static void find_all(void)
{
	if (REAL(__libc_memalign))
		return;
	FIND(__libc_malloc);
	FIND(__libc_calloc);
	FIND(__libc_realloc);
	FIND(fork);
	FIND(pipe);
	FIND(poll);
	FIND(pthread_create);
	FIND(__libc_memalign);
}

static long number_of(const char *name)
{
	const char *value = getenv(name);
	return value ? strtol(value, NULL, 10) : 0;
}

__attribute__((constructor)) static void set_up(void)
{
	find_all();
	const char *what = getenv("FAIL_WHAT"), *in = getenv("FAIL_IN");
	at = number_of("FAIL_AT");
	from = number_of("FAIL_FROM");
	wants_processes = what && strcmp(what, "process") == 0;
	only_children = in && strcmp(in, "children") == 0;
	first = getpid();
	void *page = mmap(NULL, sizeof *count, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	count = page == MAP_FAILED ? NULL : page;
}

__attribute__((destructor)) static void tell(void)
{
	const char *path = getenv("FAIL_COUNT");
	char line[32];
	if (!count || !path || getpid() != first)
		return;
	int size = snprintf(line, sizeof line, "%ld\n", atomic_load(count)), fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	if (fd >= 0 && write(fd, line, (size_t)size) == size)
		close(fd);
}

static bool fails(bool is_process)
{
	if (!count || is_process != wants_processes || (only_children && getpid() == first))
		return false;
	long number = atomic_fetch_add(count, 1) + 1;
	return number == at || (from && number >= from);
}

static void *none(void)
{
	errno = ENOMEM;
	return NULL;
}

/* ---- memory ----------------------------------------------------------------- */

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t number, size_t size);
void *__libc_realloc(void *block, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
void *memalign(size_t alignment, size_t size);

void *__libc_malloc(size_t size)
{
	find_all();
	return fails(false) ? none() : REAL(__libc_malloc)(size);
}

void *__libc_calloc(size_t number, size_t size)
{
	find_all();
	return fails(false) ? none() : REAL(__libc_calloc)(number, size);
}

void *__libc_realloc(void *block, size_t size)
{
	find_all();
	return size && fails(false) ? none() : REAL(__libc_realloc)(block, size);
}

void *__libc_memalign(size_t alignment, size_t size)
{
	find_all();
	return fails(false) ? none() : REAL(__libc_memalign)(alignment, size);
}

/* For a program that leaves malloc to glibc. */
void *malloc(size_t size)
{
	return __libc_malloc(size);
}

void *calloc(size_t number, size_t size)
{
	return __libc_calloc(number, size);
}

void *realloc(void *block, size_t size)
{
	return __libc_realloc(block, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
	return __libc_memalign(alignment, size);
}

void *memalign(size_t alignment, size_t size)
{
	return __libc_memalign(alignment, size);
}

int posix_memalign(void **block, size_t alignment, size_t size)
{
	void *made = __libc_memalign(alignment, size);
	if (!made)
		return ENOMEM;
	*block = made;
	return 0;
}

void *mmap(void *address, size_t size, int protection, int flags, int fd, off_t offset)
{
	if (flags & MAP_ANONYMOUS && fails(false))
		return none(), MAP_FAILED;
	long mapped = syscall(SYS_mmap, address, size, protection, flags, fd, offset);
	return (void *)(intptr_t)mapped;
}

/* ---- processes ---------------------------------------------------------------- */

static int refuse(int error)
{
	errno = error;
	return -1;
}

pid_t fork(void)
{
	find_all();
	return fails(true) ? refuse(EAGAIN) : REAL(fork)();
}

int pipe(int ends[2])
{
	find_all();
	return fails(true) ? refuse(EMFILE) : REAL(pipe)(ends);
}

int poll(struct pollfd *fds, nfds_t number, int timeout)
{
	find_all();
	return fails(true) ? refuse(ENOMEM) : REAL(poll)(fds, number, timeout);
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *), void *argument)
{
	find_all();
	return fails(true) ? EAGAIN : REAL(pthread_create)(thread, attributes, start, argument);
}
