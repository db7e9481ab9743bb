/* SPDX-License-Identifier: MIT
 *
 * A map of tiles: every category is a square that stands about where it lies.  The first series is what it shows, the
 * second and third are its column and row.
 */
#include <math.h>

#include "chart/plot_kinds.h"
#include "chart/plot_label.h"

#define TILE_HEIGHT 36.0
#define TILE_WIDEST 72.0
enum { SERIES_VALUE, SERIES_COLUMN, SERIES_ROW, SERIES_ALL, PLACE_MOST = 40 };

static double farthest(const struct plotter *p, size_t series)
{
	double most = 0;
	for (size_t c = 0; c < p->categories; c++)
		most = fmax(most, plot_value(p, series, c));
	return most;
}

bool plot_tiles_fits(struct plotter *p)
{
	if (p->series != SERIES_ALL)
		return false;
	for (size_t i = 0; i < 2 * p->categories; i++) {
		double place = p->values[p->categories * SERIES_COLUMN + i];
		if (!(place >= 1 && place <= PLACE_MOST && place == floor(place)))
			return false;
	}
	return true;
}

void plot_tiles(struct plotter *p)
{
	double largest = fmax(farthest(p, SERIES_VALUE), 1), columns = farthest(p, SERIES_COLUMN);
	double rows = farthest(p, SERIES_ROW), gap = 2;
	double width = fmin(p->width / columns, TILE_WIDEST);
	double height = plot_room(p, TILE_HEIGHT * rows) / rows, left = (p->width - width * columns) / 2;
	struct plot_font name = plot_font_label(p), number = plot_font_bold(plot_font_value(p));
	name.size_pt = fmin(name.size_pt, height / 2.6);
	number.size_pt = fmin(number.size_pt, height / 2.6);
	for (size_t c = 0; c < p->categories; c++) {
		double value = plot_value(p, SERIES_VALUE, c);
		struct plot_box box = { left + width * (plot_value(p, SERIES_COLUMN, c) - 1),
		                        p->top + height * (plot_value(p, SERIES_ROW, c) - 1),
		                        width - gap, height - gap };
		struct plot_fill fill = plot_heat_shade(p, largest, isnan(value) ? 0 : value);
		double middle = box.x + box.width / 2;
		plot_rect(p, box, fill);
		plot_text_upon(p, plot_shorten(p, p->category[c], name, box.width - 2), name,
		               (struct path_point){ middle, box.y + box.height * 0.3 }, fill);
		struct text said = plot_label(p, SERIES_VALUE, c);
		struct plot_font fitted = number;
		fitted.size_pt *= fmin(1, (box.width - 2) / fmax(plot_text_width(p, said, number), 1));
		plot_text_upon(p, said, fitted,
		               (struct path_point){ middle, box.y + box.height * 0.7 }, fill);
	}
	p->height = p->top + height * rows;
}
