/* SPDX-License-Identifier: MIT
 *
 * Hatch patterns as plain lines, so that every canvas draws the same ones: clip to
 * the path, lay the ground, stroke the lines.  Told apart in grey and without
 * colour by direction and density.  Lines are anchored at the page's corner, so
 * neighbouring areas of one pattern join.
 */
#ifndef XINGJI_RENDER_HATCH_H
#define XINGJI_RENDER_HATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "theme/theme.h"

enum { HATCHES = 6 };

struct hatch_box {
	double x0, y0, x1, y1;
};

struct hatch_line {
	double x0, y0, x1, y1;
};

struct hatch {
	uint8_t families; /* directions still to do, as bits */
	double pitch_pt, width_pt;
	double dash_pt[2]; /* 0 0 = solid */
	struct hatch_box box;
	int64_t step, last; /* of the current direction */
};

/* Lines of pattern (1 … HATCHES, others wrap) that cover box. */
struct hatch hatch_over(uint8_t pattern, struct hatch_box box);
/* False when there are no more.  At most (width + height) / pitch lines a direction. */
bool hatch_next(struct hatch *hatch, struct hatch_line *line);
/* The ground under the lines: a light tint of the colour. */
struct colour hatch_ground(struct colour colour);

#endif
