/* SPDX-License-Identifier: MIT
 *
 * Pieces of text to lines of draw ops: broken, justified, placed.
 *
 * Slack goes where clreq sends it: first into word spaces and Han–Latin gaps, then
 * between all characters alike, and before that is seen, into the blanks of marks; a line
 * too wide gives up word spaces, then the blanks of its punctuation (brackets, commas, full
 * stops), then the gaps, and last a fiftieth of an em between its characters.  Its last mark
 * may stand in the margin.  Words are divided where a line would otherwise be looser than
 * the theme's <hyphenation loosest="…">.
 */
#ifndef XINGJI_SETTING_LINE_H
#define XINGJI_SETTING_LINE_H

#include "base/list.h"
#include "setting/box.h"
#include "setting/break.h"
#include "setting/draw_op.h"

struct arena;

struct line_link {
	struct text target, description;
};

/* Everything line setting needs and reuses from paragraph to paragraph. */
struct typesetter {
	struct arena *arena;   /* glyphs and points of draw ops live here */
	struct shaper *shaper;
	struct colour accent;  /* of links */
	LIST(struct draw_op) ops;
	LIST(struct line_link) links; /* what piece.link counts in */
	LIST(struct tag) tags;        /* what piece.tag and draw_op.tag count in */
	LIST(struct piece) pieces;    /* of the paragraph that is being gathered (piece_collect) */
	/* scratch */
	struct boxes boxes;
	struct broken_lines broken;
	LIST(struct placed_glyph) glyphs;
	LIST(struct set_line) lines;
};
void typesetter_clear(struct typesetter *typesetter);
/* Adds a tag, a child of `parent`, and returns its index; `type` is static. */
int32_t typesetter_tag(struct typesetter *typesetter, const char *type, int32_t parent);

/* One line: its draw ops in typesetter.ops; x as asked, y from the top of the line's pitch. */
struct set_line {
	size_t first_op, op_count;
	double left_pt, right_pt; /* of what is inked */
	double slack_pt;          /* what justification added (+) or took (−) */
	double glue_pt;           /* of that, between Han characters: each */
};

struct line_options {
	double x_pt, width_pt;
	double first_indent_pt;
	double size_pt, line_pt;
	int8_t align; /* enum align */
	bool is_balanced; /* lines of like length: titles */
};

/*
 * Sets the pieces as one paragraph into typesetter.lines (overwritten: use them before
 * the next call) and typesetter.ops (appended).  There is always at least one line.
 */
void line_set_paragraph(struct typesetter *typesetter, const struct piece *pieces, size_t piece_count,
			const struct line_options *options);
/* Widths of a paragraph set on one line, of its widest unbreakable part, and of its widest between marks and blanks. */
struct line_extent {
	double most_pt, least_pt, calm_pt;
};
struct line_extent line_measure(struct typesetter *typesetter, const struct piece *piece);
/* One piece on one line without breaking, its baseline at (x, y).  Returns its width. */
double line_set_text(struct typesetter *typesetter, const struct piece *piece, struct path_point baseline);
/* From the top of a line's pitch to its baseline: the em box stands in the middle. */
double line_baseline(double size_pt, double line_pt);

#endif
