/* SPDX-License-Identifier: MIT
 *
 * The recipient mark: one small grey line that names for whom a copy was made, alone on a page, at its very foot.
 *
 * It is laid over every page of a finished document (send/protect.h) without that being set again, so it keeps to the margin below
 * the page number, which no theme prints on: its baseline is RECIPIENT_FOOT_PT above the edge.
 */
#ifndef XINGJI_LAYOUT_RECIPIENT_H
#define XINGJI_LAYOUT_RECIPIENT_H

#include "layout/page.h"
#include "setting/shape.h"

struct arena;

#define RECIPIENT_FOOT_PT 17.0 /* 6 mm: printers leave 4 to 5 mm white */

struct recipient {
	struct text words; /* the enterprise's name, the number of the copy, the day */
	struct span span;  /* where they come from, for complaints */
	double width_pt, height_pt; /* of the page; A4 where it is 0 */
};

/*
 * One page in arena, the line in its middle; a line that is too long is set smaller, down to 4 pt, and then goes over the margins.
 * A character that no face has is reported by the shaper (shape.h).
 */
const struct pages *recipient_set(struct arena *arena, struct shaper *shaper, const struct theme *theme,
				  const struct recipient *recipient);

#endif
