/* SPDX-License-Identifier: MIT
 *
 * Many pages on one picture: contact-sheet OUT.png COLUMNS PAGE.png …
 * Every cell is as large as the largest page; pages stand at the top left of theirs.
 */
#include <cairo.h>
#include <stdio.h>
#include <stdlib.h>

enum { GAP = 12, PAGES_MOST = 100 };

struct size {
	int width, height;
};

static cairo_surface_t *load(const char *path, struct size *most)
{
	cairo_surface_t *page = cairo_image_surface_create_from_png(path);
	if (cairo_surface_status(page) != CAIRO_STATUS_SUCCESS) {
		fprintf(stderr, "%s: %s\n", path, cairo_status_to_string(cairo_surface_status(page)));
		exit(EXIT_FAILURE);
	}
	if (cairo_image_surface_get_width(page) > most->width)
		most->width = cairo_image_surface_get_width(page);
	if (cairo_image_surface_get_height(page) > most->height)
		most->height = cairo_image_surface_get_height(page);
	return page;
}

static cairo_surface_t *arrange(cairo_surface_t **pages, int count, int columns, struct size cell)
{
	int rows = (count + columns - 1) / columns;
	cairo_surface_t *sheet = cairo_image_surface_create(CAIRO_FORMAT_RGB24, columns * (cell.width + GAP) + GAP, rows * (cell.height + GAP) + GAP);
	cairo_t *cairo = cairo_create(sheet);
	cairo_set_source_rgb(cairo, 0.55, 0.57, 0.6);
	cairo_paint(cairo);
	for (int i = 0; i < count; i++) {
		double x = GAP + (i % columns) * (cell.width + GAP), y = GAP + (i / columns) * (cell.height + GAP);
		cairo_set_source_surface(cairo, pages[i], x, y);
		cairo_paint(cairo);
	}
	cairo_destroy(cairo);
	return sheet;
}

int main(int argc, char **argv)
{
	cairo_surface_t *pages[PAGES_MOST];
	struct size cell = { 0, 0 };
	int count = argc - 3, columns = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 0;
	if (count < 1 || count > PAGES_MOST || columns < 1) {
		fputs("usage: contact-sheet OUT.png COLUMNS PAGE.png ...\n", stderr);
		return 2;
	}
	for (int i = 0; i < count; i++)
		pages[i] = load(argv[i + 3], &cell);
	cairo_surface_t *sheet = arrange(pages, count, columns < count ? columns : count, cell);
	cairo_status_t status = cairo_surface_write_to_png(sheet, argv[1]);
	cairo_surface_destroy(sheet);
	for (int i = 0; i < count; i++)
		cairo_surface_destroy(pages[i]);
	if (status != CAIRO_STATUS_SUCCESS)
		fprintf(stderr, "%s: %s\n", argv[1], cairo_status_to_string(status));
	return status == CAIRO_STATUS_SUCCESS ? EXIT_SUCCESS : EXIT_FAILURE;
}
