/* SPDX-License-Identifier: MIT
 *
 * PNG files from finished pixels (PNG, third edition; W3C).
 *
 * Cairo's own writer takes five times as long and makes files three times as large, because it
 * keeps three bytes for each pixel of pages that are nearly all white.  Here a picture gets a
 * palette: where it has more than 256 colours, they are rounded to 32 shades a channel (16 or 8
 * where that is not enough), which on the edges of letters nobody sees.  Black and white stay
 * as they are.  Same pixels, same bytes, with the same libdeflate.
 */
#ifndef XINGJI_RENDER_PNG_H
#define XINGJI_RENDER_PNG_H

#include <stdint.h>

#include "base/text.h"

struct buf;

struct png {
	const unsigned char *pixels; /* rows of native 32-bit words 0x..RRGGBB; the top byte does not matter */
	int width, height;           /* pixels, both above 0 */
	size_t stride;               /* bytes from row to row */
	/*
	 * What is written on the picture, line by line: goes into the file as its description (a
	 * chunk iTXt), which the leak scan reads and which screen readers of viewers tell.  Missing:
	 * none, as for pictures that somebody may black out before passing them on.
	 */
	struct text words;
};

/* The keyword of that chunk. */
#define PNG_WORDS "Description"

/* Appends the file; false when it does not fit. */
bool png_write(const struct png *png, struct buf *out);

#endif
