/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* MAP_ANONYMOUS */
#include "base/memory.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/text.h"

enum { STACK_SIZE = 256 << 10, PAGE_LEAST = 4096 };
#define CHECK_SIZE ((size_t)4 << 20) /* a library's module, a font's tables */

static bool is_silent;

void memory_leave_to_parent(void)
{
	is_silent = true;
}

static _Noreturn void end(struct text line)
{
	ssize_t ignored = is_silent ? 0 : write(STDERR_FILENO, line.at, line.size);
	(void)ignored;
	_Exit(MEMORY_EXIT);
}

void memory_end(void)
{
	end(TEXT("xingji: 内存不足，可减少 --jobs 或放宽内存限制 out of memory: lower --jobs, or the limit must go up\n"));
}

void *memory_pages(size_t size)
{
	/* cppcheck-suppress invalidFunctionArg ; -1 goes with MAP_ANONYMOUS */
	void *at = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (at == MAP_FAILED)
		memory_end();
	return at;
}

void memory_pages_free(void *at, size_t size)
{
	munmap(at, size);
}

void memory_check(void)
{
	memory_pages_free(memory_pages(CHECK_SIZE), CHECK_SIZE);
}

/* A stack that cannot grow is a crash without a word. */
__attribute__((noinline)) void memory_prepare(void)
{
	volatile char stack[STACK_SIZE];
	for (size_t i = 0; i < sizeof stack; i += PAGE_LEAST)
		stack[i] = 0;
}

/* ---- for everyone --------------------------------------------------------------- */

#ifdef __has_feature
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer) || __has_feature(thread_sanitizer)
#define MEMORY_IS_TAKEN 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define MEMORY_IS_TAKEN 1
#endif

#if defined(__GLIBC__) && !defined(MEMORY_IS_TAKEN)

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *block, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
int posix_memalign(void **block, size_t alignment, size_t size);

static void *checked(void *block, size_t size)
{
	if (!block && size && size <= PTRDIFF_MAX)
		memory_end();
	return block;
}

void *malloc(size_t size)
{
	return checked(__libc_malloc(size), size);
}

void *calloc(size_t count, size_t size)
{
	size_t bytes;
	if (__builtin_mul_overflow(count, size, &bytes))
		bytes = SIZE_MAX;
	return checked(__libc_calloc(count, size), bytes);
}

void *realloc(void *block, size_t size)
{
	return checked(__libc_realloc(block, size), size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
	return checked(__libc_memalign(alignment, size), size);
}

void *memalign(size_t alignment, size_t size);
void *memalign(size_t alignment, size_t size)
{
	return checked(__libc_memalign(alignment, size), size);
}

int posix_memalign(void **block, size_t alignment, size_t size)
{
	if (alignment < sizeof(void *) || alignment & (alignment - 1))
		return EINVAL;
	void *made = checked(__libc_memalign(alignment, size), size);
	if (!made)
		return ENOMEM;
	*block = made;
	return 0;
}

#endif
