/* SPDX-License-Identifier: MIT */
#include "render/hatch.h"

#include <math.h>

/* Directions, in the order in which they are drawn. */
enum { RISING = 1, FALLING = 2, LEVEL = 4, UPRIGHT = 8 };

static const struct {
	uint8_t families;
	double pitch_pt, width_pt, dash_pt[2];
} kinds[HATCHES] = {
	{ RISING, 5.0, 0.8, { 0, 0 } },
	{ FALLING, 3.2, 0.6, { 0, 0 } },
	{ LEVEL, 3.2, 0.7, { 0, 0 } },
	{ RISING | FALLING, 5.6, 0.6, { 0, 0 } },
	{ UPRIGHT, 4.2, 0.8, { 0, 0 } },
	{ LEVEL, 2.8, 1.0, { 1.0, 2.6 } },
};

/* Distance along the counting axis of the direction's lines: x + y, x − y, y or x. */
static void range_of(const struct hatch *hatch, double *from, double *to)
{
	const struct hatch_box *box = &hatch->box;
	if (hatch->families & RISING) {
		*from = box->x0 + box->y0;
		*to = box->x1 + box->y1;
	} else if (hatch->families & FALLING) {
		*from = box->x0 - box->y1;
		*to = box->x1 - box->y0;
	} else if (hatch->families & LEVEL) {
		*from = box->y0;
		*to = box->y1;
	} else {
		*from = box->x0;
		*to = box->x1;
	}
}

static void begin_direction(struct hatch *hatch)
{
	double from, to;
	range_of(hatch, &from, &to);
	hatch->step = (int64_t)floor(from / hatch->pitch_pt);
	hatch->last = (int64_t)ceil(to / hatch->pitch_pt);
}

struct hatch hatch_over(uint8_t pattern, struct hatch_box box)
{
	int kind = (pattern + HATCHES - 1) % HATCHES;
	struct hatch hatch = { .families = kinds[kind].families, .pitch_pt = kinds[kind].pitch_pt,
			       .width_pt = kinds[kind].width_pt, .box = box,
			       .dash_pt = { kinds[kind].dash_pt[0], kinds[kind].dash_pt[1] } };
	begin_direction(&hatch);
	return hatch;
}

static struct hatch_line line_at(const struct hatch *hatch, double at)
{
	const struct hatch_box *box = &hatch->box;
	if (hatch->families & RISING)
		return (struct hatch_line){ at - box->y1, box->y1, at - box->y0, box->y0 };
	if (hatch->families & FALLING)
		return (struct hatch_line){ at + box->y0, box->y0, at + box->y1, box->y1 };
	if (!(hatch->families & LEVEL))
		return (struct hatch_line){ at, box->y0, at, box->y1 };
	double start = box->x0, period = hatch->dash_pt[0] + hatch->dash_pt[1];
	if (period > 0) /* dots stand on the page's grid, every other row shifted by half */
		start = (floor(start / period) - (hatch->step % 2 ? 0.5 : 1.0)) * period;
	return (struct hatch_line){ start, at, box->x1, at };
}

bool hatch_next(struct hatch *hatch, struct hatch_line *line)
{
	while (hatch->families && hatch->step > hatch->last) {
		hatch->families &= (uint8_t)(hatch->families - 1); /* the lowest direction is done */
		if (hatch->families)
			begin_direction(hatch);
	}
	if (!hatch->families)
		return false;
	*line = line_at(hatch, (double)hatch->step * hatch->pitch_pt);
	hatch->step++;
	return true;
}

struct colour hatch_ground(struct colour colour)
{
	enum { SHARE = 5 }; /* one part colour in five */
	return (struct colour){ (uint8_t)(255 - (255 - colour.red) / SHARE), (uint8_t)(255 - (255 - colour.green) / SHARE),
				(uint8_t)(255 - (255 - colour.blue) / SHARE) };
}
