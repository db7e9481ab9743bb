/* SPDX-License-Identifier: MIT
 *
 * A table of shades: categories down, series across, the number in each cell.  One
 * hue by opacity, so that it stays right on a dark ground and in grey; negative
 * numbers take a second hue.
 */
#include <math.h>

#include "chart/plot_kinds.h"
#include "chart/plot_label.h"

#define LABEL_SHARE 0.32
#define SMALLEST_TYPE 5.5
enum { HEAD_LINES = 3, SHADES = 16, WIDEST_CELL = 96 };

struct heat {
	double column, head; /* width of the labels, height of the heads */
	double x, y, width, height; /* of the cells; of one */
	double largest;
	bool shows_numbers;
	struct plot_font label, value;
};

/* In steps, so that a file needs few opacities; never so faint that a cell looks empty. */
struct plot_fill plot_heat_shade(const struct plotter *p, double largest, double value)
{
	double share = fmin(fabs(value) / largest, 1), step = floor(share * sqrt(share) * SHADES + 0.5) / SHADES;
	return (struct plot_fill){ value < 0 ? p->colours[2] : p->accent, 0, (uint8_t)(14 + 226 * step) };
}

static void measure(struct plotter *p, struct heat *h)
{
	double widest = 0, line = plot_leading(h->label);
	h->label = plot_font_label(p);
	for (size_t c = 0; c < p->categories; c++)
		widest = fmax(widest, plot_text_width(p, p->category[c], plot_font_category(p, c)));
	h->column = fmin(widest, p->width * LABEL_SHARE);
	h->x = h->column > 0 ? h->column + 6 : 0;
	h->width = fmin((p->width - h->x) / (double)p->series, WIDEST_CELL);
	size_t lines = 0;
	for (size_t s = 0; s < p->series; s++) {
		size_t count = plot_wrap(p, p->name[s], h->label, h->width - 3, HEAD_LINES).count;
		lines = count > lines ? count : lines;
	}
	h->head = lines ? (double)lines * line + 3 : 0;
	h->y = p->top + h->head;
	h->height = fmax(plot_room(p, h->head + 15.0 * (double)p->categories) - h->head, 4) / (double)p->categories;
	h->largest = fmax(p->high, -p->low);
}

static void set_type(struct plotter *p, struct heat *h)
{
	double widest = 0;
	h->label.size_pt = fmin(h->label.size_pt, fmax(h->height / 1.12, SMALLEST_TYPE));
	h->value = plot_font_value(p);
	h->value.size_pt = fmin(h->value.size_pt, fmax(h->height / 1.15, SMALLEST_TYPE));
	for (size_t i = 0; i < p->series * p->categories; i++)
		widest = fmax(widest, plot_text_width(p, p->labels[i], h->value));
	while (widest > h->width - 2 && h->value.size_pt - 0.5 >= SMALLEST_TYPE) {
		widest *= (h->value.size_pt - 0.5) / h->value.size_pt;
		h->value.size_pt -= 0.5;
	}
	h->shows_numbers = widest <= h->width - 2 && h->height >= h->value.size_pt * 1.1;
}

static void draw_cell(struct plotter *p, const struct heat *h, size_t s, size_t c)
{
	double value = plot_value(p, s, c), gap = fmin(1, fmin(h->width, h->height) / 6);
	struct plot_box box = { h->x + h->width * (double)s, h->y + h->height * (double)c, h->width - gap,
	                        h->height - gap };
	struct path_point middle = { box.x + box.width / 2, box.y + box.height / 2 };
	struct plot_font font = plot_is_stressed(p, c) ? plot_font_bold(h->value) : h->value;
	if (isnan(value)) {
		if (h->shows_numbers)
			plot_text(p, plot_label(p, s, c), plot_font_coloured(font, p->soft),
			          (struct plot_at){ middle.x, middle.y, PLOT_MIDDLE });
		return;
	}
	struct plot_fill fill = plot_heat_shade(p, h->largest, value);
	plot_rect(p, box, fill);
	if (h->shows_numbers)
		plot_text_upon(p, plot_label(p, s, c), font, middle, fill);
}

static void draw_heads(struct plotter *p, const struct heat *h)
{
	struct plot_font font = plot_font_coloured(plot_font_label(p), p->soft);
	for (size_t s = 0; s < p->series; s++) {
		struct plot_lines lines = plot_wrap(p, p->name[s], font, h->width - 3, HEAD_LINES);
		double y = h->y - 3 - (double)lines.count * plot_leading(font) / 2;
		plot_text_lines(p, &lines, font,
		                (struct plot_at){ h->x + h->width * ((double)s + 0.5) - 0.5, y, PLOT_MIDDLE });
	}
}

void plot_heat(struct plotter *p)
{
	struct heat h = { .label = plot_font_label(p) };
	measure(p, &h);
	set_type(p, &h);
	draw_heads(p, &h);
	double bottom = h.y + h.height * (double)p->categories;
	size_t step = (size_t)ceil(h.label.size_pt * 1.1 / h.height);
	for (size_t c = 0; c < p->categories; c++) {
		struct plot_font font = plot_font_sized(plot_font_category(p, c), h.label.size_pt);
		double y = h.y + h.height * ((double)c + 0.5) - 0.5;
		if (step < 2 || (c % step == 0 && (c == 0 || y + font.size_pt / 2 <= bottom)))
			plot_text(p, plot_shorten(p, p->category[c], font, h.column), font,
				  (struct plot_at){ h.column, fmin(y, bottom - font.size_pt / 2), PLOT_END });
		for (size_t s = 0; s < p->series; s++)
			draw_cell(p, &h, s, c);
	}
	p->height = bottom;
}
