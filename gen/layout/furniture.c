/* SPDX-License-Identifier: MIT */
#include "layout/furniture.h"

#include <math.h>

#include "layout/words.h"

static double piece_width(struct flow *flow, const struct piece *piece)
{
	return shape_text(flow->typesetter.shaper, piece->text, piece->font, piece->span)->width * piece->size_pt;
}

/* ---- watermark ---------------------------------------------------------------------- */

/* Turns the runs since `first`, set along y = 0 from x = 0, about the start of the whole. */
static void runs_turn(struct flow *flow, size_t first, struct path_point start, double degrees)
{
	const double pi = 3.14159265358979323846;
	double cosine = cos(degrees * pi / 180), sine = sin(degrees * pi / 180);
	for (size_t i = first; i < flow->typesetter.ops.count; i++) {
		struct draw_op *op = &flow->typesetter.ops.at[i];
		double along = op->run.count ? op->run.glyphs[0].x : 0;
		op->run.angle = degrees;
		op->opacity = 70;
		flow_move(op, 1, (struct path_point){ start.x + along * cosine - along, start.y + along * sine });
	}
}

/* ---- frame and folds -------------------------------------------------------------------- */

/* Four thin rectangles, `inset` from the page's edges. */
static void frame_draw(struct flow *flow, const struct furniture_page *page, double inset, double thick)
{
	struct colour colour = flow_colour(flow, "accent");
	double width = page->width_pt - 2 * inset, height = page->height_pt - 2 * inset;
	flow_fill(flow, (struct rectangle){ inset, inset, width, thick }, colour);
	flow_fill(flow, (struct rectangle){ inset, inset + height - thick, width, thick }, colour);
	flow_fill(flow, (struct rectangle){ inset, inset + thick, thick, height - 2 * thick }, colour);
	flow_fill(flow, (struct rectangle){ inset + width - thick, inset + thick, thick, height - 2 * thick }, colour);
}

static void frame_set(struct flow *flow, const struct furniture_page *page)
{
	const double outer = 1.4, inner = 0.5, gap = 4; /* points */
	if (flow->page->frame_pt <= 0)
		return;
	frame_draw(flow, page, flow->page->frame_pt, outer);
	frame_draw(flow, page, flow->page->frame_pt + outer + gap, inner);
}

/* In three, as a letter goes into an envelope 110 mm high. */
static void folds_set(struct flow *flow, const struct furniture_page *page)
{
	const double from = 12, length = 10; /* printers leave 4 to 5 mm white */
	if (!flow->page->has_folds)
		return;
	for (int i = 1; i < 3; i++)
		flow_rule(flow, (struct path_point){ from, page->height_pt * i / 3 }, length,
			  flow_colour(flow, "hairline"), 0.5);
}

void furniture_set_behind(struct flow *flow, const struct furniture_page *page)
{
	frame_set(flow, page);
	folds_set(flow, page);
	if (!flow->doc->watermark.size)
		return;
	enum { DEGREES = -35, SIZE_MOST = 64 };
	struct piece piece = { .text = flow->doc->watermark, .font = { ROLE_HEI, true }, .size_pt = 1, .tag = -1,
	                       .link = -1,
	                       .colour = flow_colour(flow, "hairline") };
	double ems = fmax(piece_width(flow, &piece), 1);
	piece.size_pt = fmin(SIZE_MOST, page->width_pt * 0.8 / ems);
	double half = ems * piece.size_pt / 2;
	size_t first = flow->typesetter.ops.count;
	line_set_text(&flow->typesetter, &piece, (struct path_point){ 0, 0 });
	struct path_point start = { page->width_pt / 2 - half * 0.8192, page->height_pt / 2 + half * 0.5736 };
	runs_turn(flow, first, start, DEGREES);
}

/* ---- head and number ------------------------------------------------------------------ */

static void head_set(struct flow *flow, const struct furniture_page *page)
{
	const struct style *style = flow_style(flow, STYLE_RUNNING_HEAD);
	struct text words = flow->doc->running_head;
	if (!words.size)
		return;
	double y = flow->page->head_pt;
	struct piece piece = piece_from(style, words, -1, NO_SPAN);
	line_set_text(&flow->typesetter, &piece, (struct path_point){ page->left_pt, y });
	if (flow->doc->mark.size) {
		piece.text = flow->doc->mark;
		line_set_text(&flow->typesetter, &piece,
		              (struct path_point){ page->right_pt - piece_width(flow, &piece), y });
	}
	flow_rule(flow, (struct path_point){ page->left_pt, y + style->size_pt * 0.65 }, page->right_pt - page->left_pt,
		  flow_colour(flow, "hairline"), 0.4);
}

static void number_set(struct flow *flow, const struct furniture_page *page)
{
	const struct style *style = flow_style(flow, STYLE_PAGE_NUMBER);
	bool is_outside = flow->page->numbers_outside;
	struct text words = is_outside ? text_format(flow->arena, WORDS_PAGE_DASHED, page->number)
				       : text_format(flow->arena, WORDS_PAGE_OF, page->number, page->count);
	struct piece piece = piece_from(style, words, -1, NO_SPAN);
	double width = piece_width(flow, &piece), x = (page->left_pt + page->right_pt - width) / 2;
	if (is_outside)
		x = page->number % 2 ? page->right_pt - width - style->size_pt : page->left_pt + style->size_pt;
	line_set_text(&flow->typesetter, &piece, (struct path_point){ x, page->height_pt - flow->page->foot_pt });
}

void furniture_set_around(struct flow *flow, const struct furniture_page *page)
{
	if (page->is_bare || flow->page->is_bare)
		return;
	head_set(flow, page);
	number_set(flow, page);
}
