/* SPDX-License-Identifier: MIT
 *
 * Arenas whose every allocation is a block of its own, so that the address sanitizer sees a
 * step past its end and a use after arena_clear or arena_free.  Slower, so only where asked for.
 *
 * The linker gives arena_alloc, arena_array, arena_clear and arena_free to loose.c (--wrap in
 * the Makefile).
 */
#ifndef XINGJI_TESTS_LOOSE_H
#define XINGJI_TESTS_LOOSE_H

/* From now on; before any arena is in use. */
void loose_begin(void);

#endif
