/* SPDX-License-Identifier: MIT
 *
 * Memory that there is not: told once, by its name, with exit code 3.
 *
 * memory.c defines malloc, calloc, realloc and their like for the whole program.  Every
 * library that it loads calls them too, so none ever sees a failure: some would wait for
 * ever, some abort, and most go on with something empty, which ends as a
 * complaint about a font or an input that has nothing wrong, or as a document that
 * lacks something.  A size that no machine has is the caller's mistake and fails as ever.
 * Under a sanitizer, and where the C library is not glibc, libraries are on their own.
 */
#ifndef XINGJI_BASE_MEMORY_H
#define XINGJI_BASE_MEMORY_H

#include <stddef.h>

enum { MEMORY_EXIT = 3 };

/* Before anything else: takes the stack that the program needs while there is room for it. */
void memory_prepare(void);
/* In a worker: it ends without a word, with MEMORY_EXIT, and its parent tells. */
void memory_leave_to_parent(void);
/* One line and the end. */
_Noreturn void memory_end(void);
/*
 * Zeroed pages of their own, and the same given back: the system has them again at once, which it has not
 * of what is freed in the middle of a heap.  Ends the program when memory is out.
 */
void *memory_pages(size_t size);
void memory_pages_free(void *at, size_t size);
/* After a failure whose cause a library does not tell: ends the program where memory is short. */
void memory_check(void);

#endif
