/* SPDX-License-Identifier: MIT
 *
 * Pages onto Cairo: pictures for messages, share cards and the preview, and the reference
 * PDF that tests compare the real one with.  Glyphs are drawn by id from the face's own
 * file, never hinted and in shades of grey, whatever the machine's own settings are, so what
 * is measured is what is drawn.
 */
#include <cairo-ft.h>
#include <cairo-pdf.h>
#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "render/canvas.h"
#include "render/hatch.h"
#include "render/png.h"

enum { GLYPH_CHUNK = 128, SIDE_MOST_PX = 20000 };

struct picture {
	struct canvas canvas;
	struct buf *output;
	cairo_font_face_t **faces; /* by theme index, opened when first used */
	cairo_surface_t *surface;
	cairo_t *cairo;            /* NULL while the page is not the wanted one */
	bool is_pdf;
	struct picture_options options; /* of a PNG */
	size_t page;               /* 0-based; counts up */
	struct buf words;          /* painted so far, a line for each tag */
	int32_t tag;               /* of the words before, and where they stand */
	double baseline;
};

static struct picture *picture_of(struct canvas *canvas)
{
	return (struct picture *)(void *)canvas;
}

static void check_status(struct picture *picture, cairo_status_t status)
{
	if (status != CAIRO_STATUS_SUCCESS)
		canvas_fail(&picture->canvas, "Cairo: %s", cairo_status_to_string(status));
}

static cairo_status_t write_bytes(void *closure, const unsigned char *bytes, unsigned int size)
{
	struct buf *output = closure;
	buf_add(output, bytes, size);
	return output->overflowed ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

/* By file and index through Fontconfig's pattern, so that Cairo owns FreeType's objects and their life. */
static cairo_font_face_t *face_of(struct picture *picture, uint16_t index)
{
	if (picture->faces[index])
		return picture->faces[index];
	const struct face *face = &picture->canvas.theme->faces[index];
	FcPattern *pattern = FcPatternCreate();
	if (!pattern) {
		canvas_fail(&picture->canvas, "out of memory");
		return NULL;
	}
	FcPatternAddString(pattern, FC_FILE, (const FcChar8 *)face->file);
	FcPatternAddInteger(pattern, FC_INDEX, face->index);
	FcPatternAddBool(pattern, FC_HINTING, FcFalse);
	FcPatternAddBool(pattern, FC_AUTOHINT, FcFalse);
	FcPatternAddBool(pattern, FC_EMBEDDED_BITMAP, FcFalse);
	picture->faces[index] = cairo_ft_font_face_create_for_pattern(pattern);
	FcPatternDestroy(pattern);
	check_status(picture, cairo_font_face_status(picture->faces[index]));
	return picture->faces[index];
}

/* "D:"-free ISO date for Cairo; without one Cairo asks the clock and output differs from run to run. */
static void set_metadata(struct picture *picture, const struct pages *pages)
{
	struct buf text;
	buf_init(&text, 4096);
	const struct {
		cairo_pdf_metadata_t kind;
		struct text text;
		const char *tail;
	} rows[] = {
		{ CAIRO_PDF_METADATA_TITLE, pages->title, "" },
		{ CAIRO_PDF_METADATA_AUTHOR, pages->author, "" },
		{ CAIRO_PDF_METADATA_CREATE_DATE, pages->date.size == 10 ? pages->date : TEXT("2000-01-01"), "T00:00:00+08:00" },
		{ CAIRO_PDF_METADATA_MOD_DATE, pages->date.size == 10 ? pages->date : TEXT("2000-01-01"), "T00:00:00+08:00" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		buf_reset(&text);
		buf_text(&text, rows[i].text);
		buf_string(&text, rows[i].tail);
		cairo_pdf_surface_set_metadata(picture->surface, rows[i].kind, text.at);
	}
	buf_clear(&text);
}

static void begin(struct canvas *canvas, const struct pages *pages)
{
	struct picture *picture = picture_of(canvas);
	if (!picture->is_pdf) {
		if (picture->options.page >= pages->count)
			canvas_fail(canvas, "page %zu of %zu", picture->options.page + 1, pages->count);
		return;
	}
	picture->surface = cairo_pdf_surface_create_for_stream(write_bytes, picture->output, 595, 842);
	set_metadata(picture, pages);
	picture->cairo = cairo_create(picture->surface);
	check_status(picture, cairo_status(picture->cairo));
}

static void begin_png(struct picture *picture, const struct page *page)
{
	struct picture_area area = picture->options.area;
	if (area.width_pt <= 0)
		area = (struct picture_area){ 0, 0, page->width_pt, page->height_pt };
	double scale = picture->options.dpi / 72;
	double width = ceil(area.width_pt * scale - 1e-6), height = ceil(area.height_pt * scale - 1e-6);
	if (!(scale > 0 && width >= 1 && height >= 1 && width <= SIDE_MOST_PX && height <= SIDE_MOST_PX)) {
		canvas_fail(&picture->canvas, "a picture with sides above %d pixels", SIDE_MOST_PX);
		return;
	}
	picture->surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)width, (int)height);
	picture->cairo = cairo_create(picture->surface);
	cairo_set_antialias(picture->cairo, CAIRO_ANTIALIAS_GRAY);
	cairo_set_source_rgb(picture->cairo, 1, 1, 1);
	cairo_paint(picture->cairo);
	cairo_scale(picture->cairo, scale, scale);
	cairo_translate(picture->cairo, -area.x_pt, -area.y_pt);
	check_status(picture, cairo_status(picture->cairo));
}

static void begin_page(struct canvas *canvas, const struct page *page)
{
	struct picture *picture = picture_of(canvas);
	if (picture->is_pdf)
		cairo_pdf_surface_set_size(picture->surface, page->width_pt, page->height_pt);
	else if (picture->page == picture->options.page)
		begin_png(picture, page);
}

static void set_colour(cairo_t *cairo, struct colour colour, uint8_t opacity)
{
	cairo_set_source_rgba(cairo, colour.red / 255.0, colour.green / 255.0, colour.blue / 255.0, opacity / 255.0);
}

static void show(cairo_t *cairo, const struct glyph_run *run)
{
	cairo_glyph_t chunk[GLYPH_CHUNK];
	for (size_t done = 0; done < run->count;) {
		int count = 0;
		for (; count < GLYPH_CHUNK && done < run->count; count++, done++)
			chunk[count] = (cairo_glyph_t){ run->glyphs[done].id, run->glyphs[done].x, run->glyphs[done].y };
		cairo_show_glyphs(cairo, chunk, count);
	}
}

static bool is_ascii(char byte)
{
	return (unsigned char)byte < 0x80;
}

/*
 * A tag's lines are one line of words, so that a name cut by a line's end is found whole;
 * between Latin words a line's end is the space.
 */
static void note_words(struct picture *picture, const struct draw_op *op)
{
	if (!picture->options.has_words)
		return;
	struct text text = op->run.text;
	const struct buf *words = &picture->words;
	bool is_next_line = op->run.glyphs[0].y > picture->baseline;
	bool is_between_letters = words->size && text.size && is_ascii(words->at[words->size - 1]) && is_ascii(text.at[0]);
	if (words->size && (op->tag < 0 || op->tag != picture->tag))
		buf_byte(&picture->words, '\n');
	else if (is_next_line && is_between_letters)
		buf_byte(&picture->words, ' ');
	buf_text(&picture->words, text);
	picture->tag = op->tag;
	picture->baseline = op->run.glyphs[0].y;
}

static void glyphs(struct canvas *canvas, const struct draw_op *op)
{
	struct picture *picture = picture_of(canvas);
	cairo_t *cairo = picture->cairo;
	cairo_font_face_t *face = cairo ? face_of(picture, op->run.face) : NULL;
	if (!face)
		return;
	note_words(picture, op);
	cairo_save(cairo);
	cairo_set_font_face(cairo, face);
	cairo_set_font_size(cairo, op->run.size_pt);
	cairo_font_options_t *options = cairo_font_options_create();
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
	cairo_set_font_options(cairo, options);
	cairo_font_options_destroy(options);
	set_colour(cairo, op->colour, op->opacity);
	double x = op->run.glyphs[0].x, y = op->run.glyphs[0].y;
	cairo_translate(cairo, x, y);
	cairo_rotate(cairo, op->run.angle * 3.14159265358979323846 / 180);
	cairo_translate(cairo, -x, -y);
	show(cairo, &op->run);
	cairo_restore(cairo);
	check_status(picture, cairo_status(cairo));
}

static void trace_path(cairo_t *cairo, const struct path *path)
{
	const struct path_point *p = path->points;
	cairo_new_path(cairo);
	for (size_t i = 0; i < path->verb_count; i++)
		switch ((enum path_verb)path->verbs[i]) {
		case PATH_MOVE:
			cairo_move_to(cairo, p->x, p->y);
			p++;
			break;
		case PATH_LINE:
			cairo_line_to(cairo, p->x, p->y);
			p++;
			break;
		case PATH_CURVE:
			cairo_curve_to(cairo, p[0].x, p[0].y, p[1].x, p[1].y, p[2].x, p[2].y);
			p += 3;
			break;
		case PATH_CLOSE:
			cairo_close_path(cairo);
			break;
		}
}

static void set_dash(cairo_t *cairo, const double dash_pt[2])
{
	cairo_set_dash(cairo, dash_pt, dash_pt[0] > 0 ? 2 : 0, 0);
}

/* Fills the current path with the hatch and keeps it. */
static void fill_hatched(cairo_t *cairo, const struct draw_op *op)
{
	struct hatch_box box;
	cairo_path_extents(cairo, &box.x0, &box.y0, &box.x1, &box.y1);
	cairo_path_t *outline = cairo_copy_path(cairo);
	cairo_save(cairo);
	cairo_clip(cairo);
	set_colour(cairo, hatch_ground(op->colour), op->opacity);
	cairo_paint(cairo);
	set_colour(cairo, op->colour, op->opacity);
	struct hatch hatch = hatch_over(op->path.pattern, box);
	cairo_set_line_width(cairo, hatch.width_pt);
	set_dash(cairo, hatch.dash_pt);
	for (struct hatch_line line; hatch_next(&hatch, &line);) {
		cairo_move_to(cairo, line.x0, line.y0);
		cairo_line_to(cairo, line.x1, line.y1);
	}
	cairo_stroke(cairo);
	cairo_restore(cairo);
	cairo_append_path(cairo, outline);
	cairo_path_destroy(outline);
}

static void path(struct canvas *canvas, const struct draw_op *op)
{
	struct picture *picture = picture_of(canvas);
	cairo_t *cairo = picture->cairo;
	if (!cairo)
		return;
	trace_path(cairo, &op->path);
	set_colour(cairo, op->colour, op->opacity);
	if (op->path.is_filled && op->path.pattern) {
		fill_hatched(cairo, op);
		set_colour(cairo, op->colour, op->opacity);
	} else if (op->path.is_filled) {
		cairo_fill_preserve(cairo);
	}
	if (op->path.width_pt > 0) {
		cairo_set_line_width(cairo, op->path.width_pt);
		set_dash(cairo, op->path.dash_pt);
		cairo_stroke_preserve(cairo);
	}
	cairo_new_path(cairo);
	check_status(picture, cairo_status(cairo));
}

/* A picture cannot be clicked, and Cairo's links outside a structure tag damage its files. */
static void paint_link(struct canvas *canvas, const struct draw_op *op)
{
	(void)canvas;
	(void)op;
}

static void write_png(struct picture *picture)
{
	cairo_surface_t *surface = picture->surface;
	cairo_surface_flush(surface);
	const struct png png = {
		.pixels = cairo_image_surface_get_data(surface),
		.stride = (size_t)cairo_image_surface_get_stride(surface),
		.width = cairo_image_surface_get_width(surface), .height = cairo_image_surface_get_height(surface),
		.words = buf_view(&picture->words),
	};
	if (!png_write(&png, picture->output))
		canvas_fail(&picture->canvas, "a picture too large for its buffer");
}

static void end_page(struct canvas *canvas)
{
	struct picture *picture = picture_of(canvas);
	if (picture->is_pdf) {
		cairo_show_page(picture->cairo);
		check_status(picture, cairo_status(picture->cairo));
	} else if (picture->cairo) {
		cairo_destroy(picture->cairo);
		picture->cairo = NULL;
		write_png(picture);
	}
	picture->page++;
}

static bool finish(struct canvas *canvas)
{
	struct picture *picture = picture_of(canvas);
	cairo_surface_finish(picture->surface);
	check_status(picture, cairo_surface_status(picture->surface));
	return !canvas->error[0] && !picture->output->overflowed;
}

static void release(struct canvas *canvas)
{
	struct picture *picture = picture_of(canvas);
	if (picture->cairo)
		cairo_destroy(picture->cairo);
	if (picture->surface)
		cairo_surface_destroy(picture->surface);
	for (size_t i = 0; i < canvas->theme->face_count; i++)
		if (picture->faces[i])
			cairo_font_face_destroy(picture->faces[i]);
	free(picture->faces);
	buf_clear(&picture->words);
	free(picture);
}

static const struct canvas_ops operations = {
	.begin = begin, .begin_page = begin_page, .glyphs = glyphs, .path = path,
	.link = paint_link, .end_page = end_page, .close = finish, .free = release,
};

static struct picture *picture_new(const struct theme *theme, struct buf *output)
{
	struct picture *picture = memory_resize(NULL, sizeof *picture);
	*picture = (struct picture){ .canvas = { .ops = &operations, .theme = theme }, .output = output };
	buf_init(&picture->words, BUF_LIMIT_PAGE);
	size_t count = theme->face_count ? theme->face_count : 1;
	picture->faces = memory_resize(NULL, count * sizeof *picture->faces);
	for (size_t i = 0; i < count; i++)
		picture->faces[i] = NULL;
	return picture;
}

struct canvas *cairo_canvas_png(const struct theme *theme, const struct picture_options *options, struct buf *output)
{
	struct picture *picture = picture_new(theme, output);
	picture->options = *options;
	return &picture->canvas;
}

struct canvas *cairo_canvas_pdf(const struct theme *theme, struct buf *output)
{
	struct picture *picture = picture_new(theme, output);
	picture->is_pdf = true;
	return &picture->canvas;
}
