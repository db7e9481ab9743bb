/* SPDX-License-Identifier: MIT
 *
 * What a QR code of level M says, as its codewords: modes, counts, padding, Reed–Solomon correction.  For qr.c alone.
 */
#ifndef XINGJI_BASE_QR_WORDS_H
#define XINGJI_BASE_QR_WORDS_H

#include "base/text.h"

struct arena;

struct qr_words {
	size_t version;             /* 1 to 40: the smallest that holds the text */
	size_t count;
	const unsigned char *bytes; /* in the order in which they are placed */
};

/* In arena; the text is not empty and has no NUL.  False when no version holds it. */
bool qr_words_make(struct arena *arena, struct text text, struct qr_words *words);

#endif
