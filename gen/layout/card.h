/* SPDX-License-Identifier: MIT
 *
 * Share cards: the picture of 1200 × 630 pixels that a messenger or a search engine shows
 * beside a link, as one page of draw ops.
 *
 * Messengers show it two thumbs wide, so there are few words and none is small: nothing below
 * 28 pixels.  The title is as large as fits on three lines; colours and faces are the theme's.
 */
#ifndef XINGJI_LAYOUT_CARD_H
#define XINGJI_LAYOUT_CARD_H

#include "layout/page.h"
#include "setting/shape.h"

struct arena;

#define CARD_WIDTH_PX 1200.0
#define CARD_HEIGHT_PX 630.0
/* One point of the page is one pixel of the picture at this resolution. */
#define CARD_DPI 72.0

struct card {
	struct text over;  /* above the title: province, year */
	struct text title;
	struct text line;  /* below it: what it is, of which day */
	struct text note;  /* at the foot: who publishes it */
	struct span span;  /* where the words come from, for complaints */
};

/*
 * One page in arena; NULL when the words do not fit.  A missing text leaves its place empty.
 * A character that no face has is reported by the shaper (shape.h).
 */
const struct pages *card_set(struct arena *arena, struct shaper *shaper, const struct theme *theme,
			     const struct card *card);

#endif
