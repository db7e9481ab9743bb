/* SPDX-License-Identifier: MIT */
#include "layout/card.h"

#include "base/arena.h"
#include "layout/flow.h"
#include "setting/line.h"

/* Pixels.  A band at the left, where a cut to a square takes nothing of the words' beginnings but the band. */
#define BAND 40.0
#define STRIPE 8.0
#define LEFT 104.0
#define RIGHT 1120.0
#define TOP 64.0
#define FOOT 572.0
#define GAP 26.0
#define LEADING 1.32

enum { SIZES_MOST = 9, BLOCKS = 4 };
enum block_kind { CARD_OVER, CARD_TITLE, CARD_LINE, CARD_WHO };

/* A paragraph: the sizes that it may have, the largest first. */
struct manner {
	double sizes_px[SIZES_MOST];
	size_t lines_most;
	const char *colour;
	enum role role;
	bool is_bold;
};

static const struct manner manners[BLOCKS] = {
	[CARD_OVER] = { { 40, 36, 32, 28 }, 2, "soft", ROLE_HEI, false },
	[CARD_TITLE] = { { 92, 84, 76, 68, 60, 52, 46, 40 }, 3, "accent", ROLE_TITLE, true },
	[CARD_LINE] = { { 36, 32, 28 }, 2, "soft", ROLE_HEI, false },
	[CARD_WHO] = { { 34, 30, 28 }, 3, "ink", ROLE_HEI, true },
};

struct set_block {
	size_t first_op, op_count;
	double height_px;
};

struct sheet {
	struct typesetter typesetter;
	struct arena *arena;
	const struct theme *theme;
	struct tag *tags;
	size_t tag_count;
	struct set_block blocks[BLOCKS];
};

static void fill(struct sheet *sheet, double x, double width, const char *colour)
{
	static const uint8_t verbs[] = { PATH_MOVE, PATH_LINE, PATH_LINE, PATH_LINE, PATH_CLOSE };
	struct path_point *points = ARENA_ARRAY(sheet->arena, struct path_point, 4);
	points[0] = (struct path_point){ x, 0 };
	points[1] = (struct path_point){ x + width, 0 };
	points[2] = (struct path_point){ x + width, CARD_HEIGHT_PX };
	points[3] = (struct path_point){ x, CARD_HEIGHT_PX };
	LIST_PUSH(&sheet->typesetter.ops, ((struct draw_op){
		.kind = DRAW_PATH, .tag = -1, .colour = theme_colour(sheet->theme, colour), .opacity = 255,
		.path = { .verbs = verbs, .verb_count = 5, .points = points, .point_count = 4, .is_filled = true },
	}));
}

/* Sets the paragraph at the top in one size, and places its lines below each other. */
static size_t set_lines(struct sheet *sheet, const struct manner *manner, struct piece piece, double size_px)
{
	struct typesetter *typesetter = &sheet->typesetter;
	piece.size_pt = size_px;
	const struct line_options options = {
		.x_pt = LEFT, .width_pt = RIGHT - LEFT, .size_pt = size_px, .line_pt = size_px * LEADING,
		.align = ALIGN_LEFT, .is_balanced = manner->role == ROLE_TITLE,
	};
	line_set_paragraph(typesetter, &piece, 1, &options);
	for (size_t i = 0; i < typesetter->lines.count; i++) {
		const struct set_line *line = &typesetter->lines.at[i];
		struct path_point down = { 0, (double)i * options.line_pt };
		flow_move(typesetter->ops.at + line->first_op, line->op_count, down);
	}
	return typesetter->lines.count;
}

/* In the largest size that keeps to its lines and to the height. */
static bool set_block(struct sheet *sheet, enum block_kind kind, struct text text, double most_px, struct span span)
{
	const struct manner *manner = &manners[kind];
	struct set_block *block = &sheet->blocks[kind];
	*block = (struct set_block){ .first_op = sheet->typesetter.ops.count };
	if (!text.size)
		return true;
	sheet->tags[sheet->tag_count] = (struct tag){ .type = "P" };
	const struct piece piece = {
		.text = text, .font = { (int8_t)manner->role, manner->is_bold },
		.colour = theme_colour(sheet->theme, manner->colour),
		.tag = (int32_t)sheet->tag_count++, .link = -1, .span = span,
	};
	for (size_t i = 0; i < SIZES_MOST && manner->sizes_px[i] > 0; i++) {
		size_t lines = set_lines(sheet, manner, piece, manner->sizes_px[i]);
		block->height_px = (double)lines * manner->sizes_px[i] * LEADING;
		block->op_count = sheet->typesetter.ops.count - block->first_op;
		if (lines <= manner->lines_most && block->height_px <= most_px)
			return true;
		sheet->typesetter.ops.count = block->first_op;
	}
	return false;
}

static void move_block(struct sheet *sheet, enum block_kind kind, double top_px)
{
	const struct set_block *block = &sheet->blocks[kind];
	flow_move(sheet->typesetter.ops.at + block->first_op, block->op_count, (struct path_point){ 0, top_px });
}

/* What is above the title at the top, who publishes at the foot, the title and its line in the middle between them. */
static bool set_all(struct sheet *sheet, const struct card *card)
{
	double room = FOOT - TOP;
	fill(sheet, 0, BAND, "accent");
	fill(sheet, BAND, STRIPE, "star");
	if (!set_block(sheet, CARD_OVER, card->over, room, card->span) ||
	    !set_block(sheet, CARD_LINE, card->line, room, card->span) ||
	    !set_block(sheet, CARD_WHO, card->note, room, card->span))
		return false;
	const struct set_block *blocks = sheet->blocks;
	room -= blocks[CARD_OVER].height_px + blocks[CARD_LINE].height_px + blocks[CARD_WHO].height_px + 3 * GAP;
	if (!set_block(sheet, CARD_TITLE, card->title, room, card->span))
		return false;
	double top = TOP + blocks[CARD_OVER].height_px + GAP + (room - blocks[CARD_TITLE].height_px) / 2;
	move_block(sheet, CARD_OVER, TOP);
	move_block(sheet, CARD_TITLE, top);
	move_block(sheet, CARD_LINE, top + blocks[CARD_TITLE].height_px + GAP);
	move_block(sheet, CARD_WHO, FOOT - blocks[CARD_WHO].height_px);
	return true;
}

static const struct pages *pages_of(struct sheet *sheet)
{
	struct pages *pages = ARENA_NEW(sheet->arena, struct pages);
	struct page *page = ARENA_NEW(sheet->arena, struct page);
	struct draw_op *ops = ARENA_ARRAY(sheet->arena, struct draw_op, sheet->typesetter.ops.count);
	for (size_t i = 0; i < sheet->typesetter.ops.count; i++)
		ops[i] = sheet->typesetter.ops.at[i];
	*page = (struct page){ .width_pt = CARD_WIDTH_PX, .height_pt = CARD_HEIGHT_PX,
			       .ops = ops, .op_count = sheet->typesetter.ops.count };
	*pages = (struct pages){ .pages = page, .count = 1, .tags = sheet->tags, .tag_count = sheet->tag_count };
	return pages;
}

const struct pages *card_set(struct arena *arena, struct shaper *shaper, const struct theme *theme,
			     const struct card *card)
{
	struct sheet sheet = { .typesetter = { .arena = arena, .shaper = shaper }, .arena = arena, .theme = theme };
	sheet.tags = ARENA_ARRAY(arena, struct tag, BLOCKS + 1);
	sheet.tags[sheet.tag_count++] = (struct tag){ .type = "Document", .parent = -1 };
	const struct pages *pages = set_all(&sheet, card) ? pages_of(&sheet) : NULL;
	typesetter_clear(&sheet.typesetter);
	return pages;
}
