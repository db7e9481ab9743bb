/* SPDX-License-Identifier: MIT */
#include "layout/recipient.h"

#include <math.h>

#include "base/arena.h"
#include "setting/line.h"

#define A4_WIDTH_PT (210 * 72 / 25.4)
#define A4_HEIGHT_PT (297 * 72 / 25.4)
#define SIZE_PT 7.0
#define SIZE_LEAST_PT 4.0
#define MARGIN_PT 28.0

const struct pages *recipient_set(struct arena *arena, struct shaper *shaper, const struct theme *theme,
				  const struct recipient *recipient)
{
	struct typesetter typesetter = { .arena = arena, .shaper = shaper };
	struct piece piece = { .text = recipient->words, .font = { ROLE_HEI, false }, .size_pt = 1, .tag = -1, .link = -1,
			       .colour = theme_colour(theme, "soft"), .span = recipient->span };
	double width = recipient->width_pt > 0 ? recipient->width_pt : A4_WIDTH_PT;
	double height = recipient->height_pt > 0 ? recipient->height_pt : A4_HEIGHT_PT;
	double ems = fmax(shape_text(shaper, piece.text, piece.font, piece.span)->width, 1);
	piece.size_pt = fmax(fmin(SIZE_PT, (width - 2 * MARGIN_PT) / ems), SIZE_LEAST_PT);
	const struct path_point baseline = { (width - ems * piece.size_pt) / 2, height - RECIPIENT_FOOT_PT };
	line_set_text(&typesetter, &piece, baseline);
	struct pages *pages = ARENA_NEW(arena, struct pages);
	struct page *page = ARENA_NEW(arena, struct page);
	struct tag *root = ARENA_NEW(arena, struct tag);
	*root = (struct tag){ .type = "Document", .parent = -1 };
	*page = (struct page){ .width_pt = width, .height_pt = height, .op_count = typesetter.ops.count,
			       .ops = LIST_SETTLE(arena, &typesetter.ops) };
	*pages = (struct pages){ .pages = page, .count = 1, .tags = root, .tag_count = 1 };
	typesetter_clear(&typesetter);
	return pages;
}
