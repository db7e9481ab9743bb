/* SPDX-License-Identifier: MIT
 *
 * Paths to content streams: fills, hatches, strokes.
 */
#include <math.h>

#include "render/haru.h"
#include "render/hatch.h"

static int64_t hundredths(double value)
{
	return haru_round(value * 100);
}

static void put_point(struct haru *haru, struct path_point point)
{
	haru_write_length(&haru->content, point.x);
	haru_write_units(&haru->content, hundredths(haru->height_pt - point.y), 2);
}

static void put_path(struct haru *haru, const struct path *path)
{
	static const struct {
		uint8_t points;
		const char *operator;
	} verbs[] = { [PATH_MOVE] = { 1, "m\n" }, [PATH_LINE] = { 1, "l\n" }, [PATH_CURVE] = { 3, "c\n" },
	              [PATH_CLOSE] = { 0, "h\n" } };
	const struct path_point *point = path->points;
	for (size_t i = 0; i < path->verb_count; i++) {
		for (int k = 0; k < verbs[path->verbs[i]].points; k++)
			put_point(haru, *point++);
		buf_string(&haru->content, verbs[path->verbs[i]].operator);
	}
}

static struct haru_box extents(const struct path *path)
{
	struct haru_box box = { path->points[0].x, path->points[0].y, path->points[0].x, path->points[0].y };
	for (size_t i = 1; i < path->point_count; i++) {
		box.x0 = fmin(box.x0, path->points[i].x);
		box.x1 = fmax(box.x1, path->points[i].x);
		box.y0 = fmin(box.y0, path->points[i].y);
		box.y1 = fmax(box.y1, path->points[i].y);
	}
	return box;
}

static void put_dash(struct buf *out, const double dash_pt[2])
{
	buf_byte(out, '[');
	if (dash_pt[0] > 0) {
		haru_write_length(out, dash_pt[0]);
		haru_write_length(out, dash_pt[1]);
	}
	buf_string(out, "]0 d\n");
}

static void fill_hatched(struct haru *haru, const struct draw_op *op, struct haru_box box)
{
	struct buf *out = &haru->content;
	struct haru_state before = haru->state;
	buf_string(out, "q\n");
	put_path(haru, &op->path);
	buf_string(out, "W n\n");
	haru_set_fill(haru, hatch_ground(op->colour));
	put_point(haru, (struct path_point){ box.x0, box.y1 });
	haru_write_length(out, box.x1 - box.x0);
	haru_write_length(out, box.y1 - box.y0);
	buf_string(out, "re f\n");
	haru_set_stroke(haru, op->colour);
	struct hatch hatch = hatch_over(op->path.pattern, (struct hatch_box){ box.x0, box.y0, box.x1, box.y1 });
	haru_write_length(out, hatch.width_pt);
	buf_string(out, "w\n");
	put_dash(out, hatch.dash_pt);
	for (struct hatch_line line; hatch_next(&hatch, &line);) {
		put_point(haru, (struct path_point){ line.x0, line.y0 });
		buf_string(out, "m\n");
		put_point(haru, (struct path_point){ line.x1, line.y1 });
		buf_string(out, "l\n");
	}
	buf_string(out, "S\nQ\n");
	haru->state = before;
}

static void fill(struct haru *haru, const struct draw_op *op, struct haru_box box)
{
	if (op->path.pattern) {
		fill_hatched(haru, op, box);
		return;
	}
	haru_set_fill(haru, op->colour);
	put_path(haru, &op->path);
	buf_string(&haru->content, "f\n");
}

static void stroke(struct haru *haru, const struct draw_op *op)
{
	struct buf *out = &haru->content;
	bool is_dashed = op->path.dash_pt[0] > 0;
	haru_set_stroke(haru, op->colour);
	haru_write_length(out, op->path.width_pt);
	buf_string(out, "w\n");
	if (is_dashed)
		put_dash(out, op->path.dash_pt);
	put_path(haru, &op->path);
	buf_string(out, "S\n");
	if (is_dashed)
		put_dash(out, (const double[2]){ 0, 0 });
}

void haru_path(struct haru *haru, const struct draw_op *op)
{
	if (op->path.point_count == 0 || (!op->path.is_filled && op->path.width_pt <= 0))
		return;
	haru_open_content(haru, op->tag, false);
	haru_close_text(haru);
	haru_set_opacity(haru, op->opacity);
	struct haru_box box = extents(&op->path);
	if (op->path.is_filled)
		fill(haru, op, box);
	if (op->path.width_pt > 0)
		stroke(haru, op);
	haru_add_ink(haru, op->tag, box);
}
