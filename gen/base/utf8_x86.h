/* SPDX-License-Identifier: MIT
 *
 * Where text stops being UTF-8, sixteen bytes at once, for x86 processors that can look bytes up in a table
 * (SSSE3); utf8.c has the form for all others, which says the same.
 */
#ifndef XINGJI_BASE_UTF8_X86_H
#define XINGJI_BASE_UTF8_X86_H

#include <stdbool.h>
#include <stddef.h>

/* Does this processor have them?  Asked of the processor each time; keep the answer. */
bool utf8_x86_is_here(void);
/*
 * Only where they are: an offset at which a character begins (or a malformed byte stands) and before which all is
 * well; at most 18 bytes before the first malformed byte or the end.  The rest is for the other form.
 */
size_t utf8_x86_skip(const unsigned char *bytes, size_t size);

#endif
