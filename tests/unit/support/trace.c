/* SPDX-License-Identifier: MIT
 *
 * Each call of a canvas is a line, numbers have two decimals.
 */
#include "trace.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "render/canvas.h"

struct trace {
	struct canvas canvas;
	struct buf *output;
	size_t page;
};

static struct trace *trace_of(struct canvas *canvas)
{
	return (struct trace *)(void *)canvas;
}

static void number(struct buf *out, double value)
{
	buf_byte(out, ' ');
	buf_fixed(out, value, 2);
}

static void tag_lines(struct buf *out, const struct pages *pages)
{
	for (size_t i = 0; i < pages->tag_count; i++) {
		const struct tag *tag = &pages->tags[i];
		buf_format(out, "tag %zu %s parent %d", i, tag->type, (int)tag->parent);
		if (tag->scope)
			buf_format(out, " scope %s", tag->scope);
		if (tag->column_span > 1 || tag->row_span > 1)
			buf_format(out, " span %dx%d", tag->column_span, tag->row_span);
		const struct {
			const char *name;
			struct text text;
		} texts[] = { { "id", tag->id }, { "alternative", tag->alternative }, { "actual", tag->actual_text } };
		for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
			if (texts[k].text.size) {
				buf_format(out, " %s ", texts[k].name);
				buf_json(out, texts[k].text);
			}
		buf_byte(out, '\n');
	}
}

static void begin(struct canvas *canvas, const struct pages *pages)
{
	struct buf *out = trace_of(canvas)->output;
	buf_string(out, "document ");
	buf_json(out, pages->title);
	buf_format(out, " pages %zu tags %zu\n", pages->count, pages->tag_count);
	tag_lines(out, pages);
	for (size_t i = 0; i < pages->outline_count; i++) {
		buf_format(out, "outline %d page %u y", pages->outline[i].level, (unsigned)pages->outline[i].page + 1);
		number(out, pages->outline[i].y);
		buf_byte(out, ' ');
		buf_json(out, pages->outline[i].title);
		buf_byte(out, '\n');
	}
	for (size_t i = 0; i < pages->anchor_count; i++) {
		buf_string(out, "anchor ");
		buf_json(out, pages->anchors[i].id);
		buf_format(out, " page %u y", (unsigned)pages->anchors[i].page + 1);
		number(out, pages->anchors[i].y);
		buf_byte(out, '\n');
	}
}

static void begin_page(struct canvas *canvas, const struct page *page)
{
	struct trace *trace = trace_of(canvas);
	buf_format(trace->output, "page %zu", ++trace->page);
	number(trace->output, page->width_pt);
	number(trace->output, page->height_pt);
	buf_string(trace->output, " label ");
	buf_json(trace->output, page->label);
	buf_byte(trace->output, '\n');
}

static void paint(struct buf *out, const struct draw_op *op)
{
	if (op->tag < 0)
		buf_string(out, " artifact");
	else
		buf_format(out, " tag %d", (int)op->tag);
	if (op->kind != DRAW_LINK)
		buf_format(out, " #%02x%02x%02x", op->colour.red, op->colour.green, op->colour.blue);
	if (op->kind != DRAW_LINK && op->opacity != 255)
		buf_format(out, " opacity %d", op->opacity);
}

static void glyphs(struct canvas *canvas, const struct draw_op *op)
{
	struct trace *trace = trace_of(canvas);
	struct buf *out = trace->output;
	const struct glyph_run *run = &op->run;
	const struct face *face = &canvas->theme->faces[run->face];
	buf_string(out, "text");
	number(out, run->glyphs[0].x);
	number(out, run->glyphs[0].y);
	buf_string(out, " width");
	number(out, run->width_pt);
	buf_string(out, " size");
	number(out, run->size_pt);
	buf_byte(out, ' ');
	buf_json(out, face->family);
	buf_byte(out, ' ');
	buf_json(out, face->style);
	if (run->angle < 0 || run->angle > 0) {
		buf_string(out, " angle");
		number(out, run->angle);
	}
	paint(out, op);
	buf_byte(out, ' ');
	buf_json(out, run->text);
	buf_string(out, " at"); /* x of each glyph from the first; y only where it leaves the baseline */
	for (size_t i = 0; i < run->count; i++) {
		number(out, run->glyphs[i].x - run->glyphs[0].x);
		double rise = run->glyphs[i].y - run->glyphs[0].y;
		if (rise < -0.005 || rise > 0.005) {
			buf_byte(out, '/');
			buf_fixed(out, rise, 2);
		}
	}
	buf_byte(out, '\n');
}

static void path(struct canvas *canvas, const struct draw_op *op)
{
	static const char letters[] = { [PATH_MOVE] = 'M', [PATH_LINE] = 'L', [PATH_CURVE] = 'C', [PATH_CLOSE] = 'Z' };
	static const uint8_t points_of[] = { [PATH_MOVE] = 1, [PATH_LINE] = 1, [PATH_CURVE] = 3, [PATH_CLOSE] = 0 };
	struct buf *out = trace_of(canvas)->output;
	const struct path *path = &op->path;
	buf_string(out, path->is_filled ? "fill" : "stroke");
	if (path->width_pt > 0) {
		buf_string(out, " width");
		number(out, path->width_pt);
	}
	if (path->dash_pt[0] > 0) {
		buf_string(out, " dash");
		number(out, path->dash_pt[0]);
		number(out, path->dash_pt[1]);
	}
	if (path->pattern)
		buf_format(out, " pattern %d", path->pattern);
	paint(out, op);
	const struct path_point *point = path->points;
	for (size_t i = 0; i < path->verb_count; i++) {
		buf_byte(out, ' ');
		buf_byte(out, letters[path->verbs[i]]);
		for (int k = 0; k < points_of[path->verbs[i]]; k++, point++) {
			number(out, point->x);
			number(out, point->y);
		}
	}
	buf_byte(out, '\n');
}

static void paint_link(struct canvas *canvas, const struct draw_op *op)
{
	struct buf *out = trace_of(canvas)->output;
	buf_string(out, "link");
	number(out, op->link.x);
	number(out, op->link.y);
	number(out, op->link.width);
	number(out, op->link.height);
	paint(out, op);
	buf_byte(out, ' ');
	buf_json(out, op->link.target);
	buf_byte(out, ' ');
	buf_json(out, op->link.description);
	buf_byte(out, '\n');
}

static void end_page(struct canvas *canvas)
{
	buf_string(trace_of(canvas)->output, "end\n");
}

static bool finish(struct canvas *canvas)
{
	return !trace_of(canvas)->output->overflowed;
}

static void release(struct canvas *canvas)
{
	free(trace_of(canvas));
}

static const struct canvas_ops operations = {
	.begin = begin, .begin_page = begin_page, .glyphs = glyphs, .path = path,
	.link = paint_link, .end_page = end_page, .close = finish, .free = release,
};

struct canvas *trace_canvas_new(const struct theme *theme, struct buf *output)
{
	struct trace *trace = memory_resize(NULL, sizeof *trace);
	*trace = (struct trace){ .canvas = { .ops = &operations, .theme = theme }, .output = output };
	return &trace->canvas;
}
