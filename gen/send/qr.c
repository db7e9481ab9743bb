/* SPDX-License-Identifier: MIT */
#include "send/qr.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/list.h"
#include "send/pdf_content.h"

#define HEAD "XJ1|"
enum { PARTS = 4, SHA256_SHOWN = 32 };

/* ---- the payload ------------------------------------------------------------------------------ */

static bool is_part(struct text part)
{
	for (size_t i = 0; i < part.size; i++)
		if (part.at[i] <= ' ' || part.at[i] > '~' || part.at[i] == '|')
			return false;
	return part.size > 0;
}

struct text qr_payload(struct arena *arena, const struct qr_payload *payload)
{
	struct text sha256 = text_slice(payload->sha256, 0, SHA256_SHOWN);
	assert(is_part(payload->number) && is_part(sha256) && is_part(payload->batch) && is_part(payload->copy));
	return text_format(arena, HEAD "%.*s|%.*s|%.*s|%.*s", TEXT_ARGS(payload->number), TEXT_ARGS(sha256),
	                   TEXT_ARGS(payload->batch), TEXT_ARGS(payload->copy));
}

bool qr_payload_parse(struct text text, struct qr_payload *payload)
{
	struct text *const parts[PARTS] = { &payload->number, &payload->sha256, &payload->batch, &payload->copy };
	*payload = (struct qr_payload){ .number = NO_TEXT };
	if (!text_starts(text, HEAD))
		return false;
	struct text rest = text_slice(text, sizeof HEAD - 1, text.size), piece;
	size_t count = 0;
	for (; text_next(&rest, '|', &piece); count++) {
		if (count == PARTS || !is_part(piece))
			return false;
		*parts[count] = piece;
	}
	return count == PARTS && payload->sha256.size == SHA256_SHOWN;
}

/* ---- drawn codes -------------------------------------------------------------------------------- */

struct run {
	double x0, y0, x1, y1;
};

/* One marked content: runs of dark modules, or something else. */
struct drawing {
	LIST(struct run) runs;
	struct run path;   /* what is being drawn: its extents */
	size_t points;     /* of the path */
	bool is_other;     /* a line, a curve or a letter was drawn */
};

static void extend(struct drawing *drawing, double x, double y)
{
	struct run *path = &drawing->path;
	if (!drawing->points++)
		*path = (struct run){ x, y, x, y };
	path->x0 = fmin(path->x0, x);
	path->x1 = fmax(path->x1, x);
	path->y0 = fmin(path->y0, y);
	path->y1 = fmax(path->y1, y);
}

static void take_operation(struct drawing *drawing, const struct pdf_operation *operation)
{
	static const char *const others[] = { "c", "v", "y", "S", "s", "B", "b", "B*", "b*", "Tj", "TJ", "'", "\"", "Do", "sh", "cm" };
	double numbers[4] = { 0 };
	struct text operator = operation->operator;
	for (size_t i = 0; i < operation->count && i < 4; i++)
		numbers[i] = pdf_number(operation->operands[i]);
	if (text_is(operator, "m") || text_is(operator, "l")) {
		extend(drawing, numbers[0], numbers[1]);
	} else if (text_is(operator, "re")) {
		extend(drawing, numbers[0], numbers[1]);
		extend(drawing, numbers[0] + numbers[2], numbers[1] + numbers[3]);
	} else if (text_is(operator, "f") || text_is(operator, "f*")) {
		if (drawing->points)
			LIST_PUSH(&drawing->runs, drawing->path);
		drawing->points = 0;
	}
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		drawing->is_other |= text_is(operator, others[i]);
}

static double height_of(const struct run *run)
{
	return run->y1 - run->y0;
}

/* The side in modules of what may be a code; 0 for anything else. */
static size_t find_side(const struct drawing *drawing, struct run *all)
{
	double module = 0;
	if (drawing->is_other || drawing->runs.count < QR_SIDE_LEAST)
		return 0;
	*all = drawing->runs.at[0];
	module = height_of(all);
	for (size_t i = 0; i < drawing->runs.count; i++) {
		const struct run *run = &drawing->runs.at[i];
		if (fabs(height_of(run) - module) > module / 8)
			return 0;
		*all = (struct run){ fmin(all->x0, run->x0), fmin(all->y0, run->y0), fmax(all->x1, run->x1), fmax(all->y1, run->y1) };
	}
	double side = (all->x1 - all->x0) / module, other = (all->y1 - all->y0) / module;
	if (!(module > 0) || !(side < QR_SIDE_MOST + 0.5) || !(fabs(side - other) < 0.5))
		return 0;
	size_t modules = (size_t)lround(side);
	return modules >= QR_SIDE_LEAST && modules % 4 == 1 ? modules : 0;
}

static bool read_code(const struct drawing *drawing, const struct run *all, size_t side, struct buf *out)
{
	unsigned char *modules = memory_resize(NULL, side * side);
	double module = (all->x1 - all->x0) / (double)side;
	memset(modules, 0, side * side);
	for (size_t i = 0; i < drawing->runs.count; i++) {
		const struct run *run = &drawing->runs.at[i];
		size_t y = (size_t)lround((all->y1 - run->y1) / module);
		size_t first = (size_t)lround((run->x0 - all->x0) / module), end = (size_t)lround((run->x1 - all->x0) / module);
		for (size_t x = first; x < end && x < side && y < side; x++)
			modules[y * side + x] = 1;
	}
	bool is_read = qr_decode(&(struct qr){ side, modules }, out);
	free(modules);
	return is_read;
}

static void close_drawing(struct drawing *drawing, struct buf *out, size_t *found, size_t *read)
{
	struct run all;
	size_t side = find_side(drawing, &all);
	*found += side > 0;
	if (side && read_code(drawing, &all, side, out)) {
		buf_byte(out, '\n');
		++*read;
	}
	drawing->runs.count = drawing->points = 0;
	drawing->is_other = false;
}

size_t qr_read_content(struct text content, struct buf *out, size_t *read)
{
	struct drawing drawing = { .points = 0 };
	struct pdf_operation operation;
	size_t found = 0;
	*read = 0;
	for (size_t at = 0; pdf_operation_next(content, &at, &operation);) {
		struct text operator = operation.operator;
		if (text_is(operator, "BDC") || text_is(operator, "BMC") || text_is(operator, "EMC"))
			close_drawing(&drawing, out, &found, read);
		else
			take_operation(&drawing, &operation);
	}
	close_drawing(&drawing, out, &found, read);
	LIST_FREE(&drawing.runs);
	return found;
}
