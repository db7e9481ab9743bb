/* SPDX-License-Identifier: MIT
 *
 * Characters as names, codes and numbers are compared: without regard to width, case,
 * blanks and punctuation, and to the form of a Han character (traditional, radical,
 * compatibility; fold.def).
 */
#ifndef XINGJI_BASE_FOLD_H
#define XINGJI_BASE_FOLD_H

#include "base/text.h"

/* What stands for bytes that are no text: equal to nothing that is compared. */
enum { FOLD_BREAK = 1 };

/* What the character is compared as; 0: it is passed over. */
uint32_t fold_character(uint32_t character);
/* The character that people mean by a radical or a compatibility ideograph (⼯ is 工); 0: it is neither. */
uint32_t fold_look_alike(uint32_t character);
/*
 * Writes the folded form of the text, in UTF-8, from `out` on, where text.size bytes must be
 * free; returns its size.  A malformed byte or a control character is FOLD_BREAK; *is_utf8
 * becomes false where there is a malformed one.
 */
size_t fold_write(struct text text, char *out, bool *is_utf8);

#endif
