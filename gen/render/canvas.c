/* SPDX-License-Identifier: MIT
 *
 * The checking wrappers.  Writers behind them may trust every index, count and
 * number; what is wrong here is a bug of layout, but it must end the document
 * instead of the program, because the texts inside come from strangers.
 */
#include "render/canvas.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/utf8.h"

void canvas_fail(struct canvas *canvas, const char *format, ...)
{
	if (canvas->error[0])
		return;
	va_list args;
	va_start(args, format);
	vsnprintf(canvas->error, sizeof canvas->error, format, args);
	va_end(args);
	if (!canvas->error[0])
		canvas->error[0] = '?';
}

const char *canvas_error(const struct canvas *canvas)
{
	return canvas->error;
}

void canvas_free(struct canvas *canvas)
{
	if (canvas)
		canvas->ops->free(canvas);
}

static bool is_sane(double value)
{
	return isfinite(value) && fabs(value) <= CANVAS_COORDINATE_MOST;
}

static bool is_length(double value)
{
	return isfinite(value) && value >= 0 && value <= CANVAS_COORDINATE_MOST;
}

static void check_glyphs(struct canvas *canvas, const struct glyph_run *run)
{
	if (run->face >= canvas->theme->face_count)
		canvas_fail(canvas, "face %u of %zu", run->face, canvas->theme->face_count);
	if (!is_length(run->size_pt) || run->size_pt <= 0 || !is_sane(run->width_pt) || !is_sane(run->angle))
		canvas_fail(canvas, "a run's size, width or angle is out of range");
	if (utf8_check(run->text) != run->text.size)
		canvas_fail(canvas, "a run's text is not UTF-8");
	for (size_t i = 0; i < run->count; i++) {
		const struct placed_glyph *glyph = &run->glyphs[i];
		if (!is_sane(glyph->x) || !is_sane(glyph->y))
			canvas_fail(canvas, "glyph %zu of a run is placed out of range", i);
		else if (glyph->id > 0xFFFF)
			canvas_fail(canvas, "glyph id %u is above 65535", (unsigned)glyph->id);
		else if (glyph->cluster > run->text.size)
			canvas_fail(canvas, "glyph %zu stands for text beyond its run", i);
	}
}

static void check_path(struct canvas *canvas, const struct path *path)
{
	static const uint8_t points_of[] = { [PATH_MOVE] = 1, [PATH_LINE] = 1, [PATH_CURVE] = 3, [PATH_CLOSE] = 0 };
	size_t points = 0;
	for (size_t i = 0; i < path->verb_count; i++) {
		if (path->verbs[i] > PATH_CLOSE || (i == 0 && path->verbs[i] != PATH_MOVE)) {
			canvas_fail(canvas, "a path does not begin with a move or has an unknown verb");
			return;
		}
		points += points_of[path->verbs[i]];
	}
	if (points != path->point_count)
		canvas_fail(canvas, "a path needs %zu points and has %zu", points, path->point_count);
	for (size_t i = 0; i < path->point_count; i++)
		if (!is_sane(path->points[i].x) || !is_sane(path->points[i].y)) {
			canvas_fail(canvas, "a path's point is out of range");
			return;
		}
	if (!is_length(path->width_pt) || !is_length(path->dash_pt[0]) || !is_length(path->dash_pt[1]))
		canvas_fail(canvas, "a path's width or dash is out of range");
}

static void check_link(struct canvas *canvas, const struct link_area *link)
{
	if (!is_sane(link->x) || !is_sane(link->y) || !is_length(link->width) || !is_length(link->height))
		canvas_fail(canvas, "a link's area is out of range");
	if (utf8_check(link->target) != link->target.size || utf8_check(link->description) != link->description.size)
		canvas_fail(canvas, "a link's text is not UTF-8");
}

static void paint_op(struct canvas *canvas, const struct pages *pages, const struct draw_op *op)
{
	if (op->tag < -1 || (op->tag >= 0 && (size_t)op->tag >= pages->tag_count)) {
		canvas_fail(canvas, "tag %d of %zu", (int)op->tag, pages->tag_count);
		return;
	}
	switch (op->kind) {
	case DRAW_GLYPHS:
		check_glyphs(canvas, &op->run);
		if (!canvas->error[0] && op->run.count)
			canvas->ops->glyphs(canvas, op);
		break;
	case DRAW_PATH:
		check_path(canvas, &op->path);
		if (!canvas->error[0] && op->path.verb_count)
			canvas->ops->path(canvas, op);
		break;
	case DRAW_LINK:
		check_link(canvas, &op->link);
		if (!canvas->error[0])
			canvas->ops->link(canvas, op);
		break;
	}
}

static void paint_page(struct canvas *canvas, const struct pages *pages, const struct page *page)
{
	canvas->ops->begin_page(canvas, page);
	for (size_t i = 0; i < page->op_count && !canvas->error[0]; i++)
		paint_op(canvas, pages, &page->ops[i]);
	if (!canvas->error[0])
		canvas->ops->end_page(canvas);
}

/* What must hold before the first call; the writers index by these. */
static void check_pages(struct canvas *canvas, const struct pages *pages)
{
	if (pages->count == 0)
		canvas_fail(canvas, "a document without pages");
	for (size_t i = 0; i < pages->count; i++) {
		double width = pages->pages[i].width_pt, height = pages->pages[i].height_pt;
		if (!(width >= 3 && width <= CANVAS_PAGE_MOST && height >= 3 && height <= CANVAS_PAGE_MOST))
			canvas_fail(canvas, "page %zu has no possible size", i + 1);
	}
	for (size_t i = 0; i < pages->tag_count; i++)
		if (!pages->tags[i].type || pages->tags[i].parent < -1 || pages->tags[i].parent >= (int64_t)i)
			canvas_fail(canvas, "tag %zu has no type or stands before its parent", i);
	for (size_t i = 0; i < pages->outline_count; i++)
		if (pages->outline[i].page >= pages->count || !is_sane(pages->outline[i].y) || pages->outline[i].level < 1)
			canvas_fail(canvas, "outline entry %zu points nowhere", i);
	for (size_t i = 0; i < pages->anchor_count; i++)
		if (pages->anchors[i].page >= pages->count || !is_sane(pages->anchors[i].y))
			canvas_fail(canvas, "anchor %zu points nowhere", i);
}

bool canvas_paint(struct canvas *canvas, const struct pages *pages)
{
	if (canvas->is_painted)
		canvas_fail(canvas, "a canvas was painted twice");
	canvas->is_painted = true;
	check_pages(canvas, pages);
	if (!canvas->error[0])
		canvas->ops->begin(canvas, pages);
	for (size_t i = 0; i < pages->count && !canvas->error[0]; i++)
		paint_page(canvas, pages, &pages->pages[i]);
	if (canvas->error[0])
		return false;
	bool is_closed = canvas->ops->close(canvas);
	if (!is_closed)
		canvas_fail(canvas, "the document could not be closed");
	return is_closed && !canvas->error[0];
}
