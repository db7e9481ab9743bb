/* SPDX-License-Identifier: MIT
 *
 * The flow: a document as one long column of slices, not yet cut into pages.
 *
 * A slice is what a page never cuts: a line of text, a row of a table, a figure.
 * Blocks (block.c, table.c, …) append slices; paginate.c gives each a page and a
 * height; emit.c then moves the draw ops there.  Those of a slice are placed from the
 * type area's left edge and the slice's own top.  Every draw op belongs to exactly one
 * slice, so it is moved once.
 */
#ifndef XINGJI_LAYOUT_FLOW_H
#define XINGJI_LAYOUT_FLOW_H

#include "base/map.h"
#include "doc/doc.h"
#include "layout/page.h"
#include "setting/line.h"

struct diag;

enum slice_flags {
	SLICE_KEEP = 1 << 0,      /* no page ends after it */
	SLICE_NEW_PAGE = 1 << 1,  /* begins a page */
	SLICE_SNAP = 1 << 2,      /* its top stands on the page's grid */
	SLICE_SNAP_END = 1 << 3,  /* lead_pt below its top lies on the grid (headings) */
	SLICE_FLOAT = 1 << 4,     /* what stays whole may move to the next page's top */
	SLICE_BARRIER = 1 << 5,   /* floats come before it (chapters) */
	SLICE_LANDSCAPE = 1 << 6,
	SLICE_BARE = 1 << 7,      /* on a page without running head and number (a cover) */
	SLICE_FILL = 1 << 8,      /* the foot of a cover: as low as the page allows */
	SLICE_OPENS = 1 << 9,     /* begins a page when the one before is nearly full */
	SLICE_LOOSE = 1 << 10,    /* the space above it may grow a little to fill a page */
	SLICE_ALONE = 1 << 11,    /* of a page that is seen at a glance (fit.h) */
};

/* What a slice begins; blocks of a kind keep their order. */
enum slice_block { BLOCK_NONE, BLOCK_FIGURE, BLOCK_TABLE };

enum slice_rule { RULE_NONE, RULE_HAIR, RULE_THIN, RULE_THICK };

struct slice {
	size_t first_op, op_count; /* in typesetter.ops */
	double height_pt, before_pt, after_pt; /* the larger of two neighbouring spaces counts */
	double lead_pt;           /* for SLICE_SNAP_END */
	unsigned flags;
	uint32_t whole_count;     /* that many slices from here are never torn (figures, small tables) */
	uint32_t block_count;     /* slices of the figure or table that begins here, with captions and remarks */
	uint32_t group_count;     /* that many slices from here want one page */
	uint32_t mention;         /* of a block: the slice that first speaks of it, or its own (flow_mentions) */
	int32_t table, ground;    /* indexes, or -1 */
	uint8_t rule;             /* enum slice_rule: above a row of a table */
	uint8_t block;            /* enum slice_block */
	uint32_t first_note, note_count; /* footnotes called in this slice */
};

/* A table's head, drawn again on every further page. */
struct flow_table {
	size_t first_op, op_count; /* 续表 caption and head; copied as artifacts */
	double head_pt, caption_pt;    /* height of both, of the caption alone */
	double x_pt, width_pt;         /* of its rules */
	uint32_t first_body, end;      /* slices */
};

/* A ground or bar behind consecutive slices. */
struct flow_ground {
	double x_pt, width_pt, pad_pt; /* pad above the first and below the last slice */
	struct colour fill, bar;
	bool has_fill, has_bar;
};

struct flow_note {
	struct text id;
	uint32_t first_line, line_count; /* in flow.note_lines */
};

/* A line of a footnote, as high as its style says. */
struct flow_note_line {
	size_t first_op, op_count;
	uint32_t note;
};

struct flow_anchor {
	struct text id;
	uint32_t slice;
};

struct flow_outline {
	struct text title;
	int level;
	uint32_t slice;
};

/* A page number to be set once pages are known, with leaders before it. */
struct flow_late {
	struct text target; /* id */
	uint32_t slice;
	struct piece piece; /* everything but the text */
	double from_pt, right_pt, baseline_pt;
};

struct flow {
	struct typesetter typesetter;
	struct arena *arena;
	const struct theme *theme;
	const struct page_style *page;
	const struct doc *doc;
	struct diag *diag;
	LIST(struct slice) slices;
	LIST(struct flow_table) tables;
	LIST(struct flow_ground) grounds;
	LIST(struct flow_note) notes;
	LIST(struct flow_note_line) note_lines;
	struct map notes_set;      /* ids of notes */
	LIST(struct flow_anchor) anchors;
	LIST(struct flow_outline) outline;
	LIST(struct flow_late) lates;
	struct map footnotes;      /* id → index in footnote_nodes */
	LIST(const struct node *) footnote_nodes;
	/* where blocks go now */
	double x_pt, width_pt;
	double track_pt;  /* makes a whole number of body characters fill the type area (GB/T 9704: 28) */
	int32_t tag;      /* parent of new tags */
	int32_t ground;
	unsigned flags;   /* of every new slice: SLICE_LANDSCAPE, SLICE_BARE */
	unsigned next_flags; /* of the next slice only: SLICE_NEW_PAGE, SLICE_OPENS */
	double next_before_pt; /* at least that much above the next slice */
	int tag_level;    /* the last heading's level in the structure: levels never skip */
	int depth;        /* of nested blocks */
	struct text sheet;   /* the place whose boxes are being filled (place.h), and how many are */
	uint32_t sheet_count;
	const struct style *body; /* of paragraphs here: body, list, quote, callout */
	struct piece label;       /* of the list item about to begin, when it runs in; no text: none */
};

/* Width of the type area. */
double flow_page_width(const struct page_style *page, bool is_landscape);
double flow_page_height(const struct page_style *page, bool is_landscape);

/* A child of `parent`; `type` is static. */
int32_t flow_tag(struct flow *flow, const char *type, int32_t parent);
/* Closes a slice over the draw ops since first_op. */
struct slice *flow_slice(struct flow *flow, size_t first_op, double height_pt);
/* Takes room at once for so many rows, with a draw op and a tag for each of `cells` cells in all. */
void flow_reserve(struct flow *flow, size_t rows, size_t cells);
/* The id will point at the next slice. */
void flow_anchor(struct flow *flow, struct text id);
const struct style *flow_style(const struct flow *flow, enum style_kind kind);
struct colour flow_colour(const struct flow *flow, const char *name);

struct flow_paragraph {
	const struct style *style;
	double indent_pt, right_pt;   /* beyond the flow's own column */
	double first_indent_pt;
	bool keeps_with_next;         /* besides the style's own */
	int8_t align;                 /* enum align */
	bool is_balanced;             /* lines of like length: titles */
};
/* Style's indents and alignment. */
struct flow_paragraph flow_paragraph_from(const struct style *style);
/* Sets pieces as slices of a line each, with widows and orphans kept.  Returns the first slice's index. */
uint32_t flow_set(struct flow *flow, const struct piece *pieces, size_t piece_count, const struct flow_paragraph *how);

/*
 * Makes the slices since `first` together with the spaces around them a multiple of
 * the grid's pitch, by changing the spaces: what follows is on the grid again.
 */
void flow_round(struct flow *flow, uint32_t first);

/*
 * Finds for every figure and table the first slice with a link to it, entries of contents left out.
 * Call it once all slices are there.  Time: draw ops and anchors.
 */
void flow_mentions(struct flow *flow);

/* Shapes as draw ops; coordinates as the slice's. */
struct rectangle {
	double x, y, width, height;
};
void flow_fill(struct flow *flow, struct rectangle area, struct colour colour);
void flow_rule(struct flow *flow, struct path_point from, double length_pt, struct colour colour, double width_pt);
/* Moves draw ops in place. */
void flow_move(struct draw_op *ops, size_t count, struct path_point by);

#endif
