/* SPDX-License-Identifier: MIT
 *
 * What is drawn on a page (draw ops): glyphs, paths and links, each in one colour, and
 * the structure that they belong to.
 *
 * Lines and charts are made of draw ops and know no page; layout puts them onto pages
 * (layout/page.h), and the writers of render paint them in order.  Coordinates are
 * points, y down, from a corner that whoever makes them names.  Every one belongs
 * to a tag (a node of the structure tree) or to none (an artifact: rules, backgrounds,
 * running heads).  Plain data in an arena, const once made.
 */
#ifndef XINGJI_SETTING_DRAW_OP_H
#define XINGJI_SETTING_DRAW_OP_H

#include "base/text.h"
#include "theme/theme.h"

enum draw_kind { DRAW_GLYPHS, DRAW_PATH, DRAW_LINK };

struct placed_glyph {
	uint32_t id;      /* in the face's own file */
	uint32_t cluster; /* byte offset into the run's text */
	double x, y;      /* origin on the baseline */
};

/* Glyphs of one face, size and colour that stand for `text`. */
struct glyph_run {
	struct text text;
	const struct placed_glyph *glyphs;
	size_t count;
	uint16_t face;     /* index into theme.faces */
	double size_pt;
	double width_pt;   /* from the first origin to the end of the last advance */
	double angle;      /* degrees clockwise about the first origin; 0 mostly (watermarks) */
};

enum path_verb { PATH_MOVE, PATH_LINE, PATH_CURVE /* cubic: 3 points */, PATH_CLOSE };
struct path_point {
	double x, y;
};
struct path {
	const uint8_t *verbs;            /* enum path_verb */
	const struct path_point *points; /* 1 for MOVE and LINE, 3 for CURVE, 0 for CLOSE */
	size_t verb_count, point_count;
	bool is_filled;
	double width_pt;   /* stroke width; 0 with is_filled = fill only */
	double dash_pt[2]; /* on, off; 0 0 = solid */
	uint8_t pattern;   /* 0 solid; 1–6: hatch patterns, told apart in grey */
};

struct link_area {
	double x, y, width, height;
	struct text target; /* "#id" or a URL */
	struct text description;
};

struct draw_op {
	enum draw_kind kind;
	int32_t tag; /* index of its tag, or -1: artifact */
	struct colour colour;
	uint8_t opacity; /* 0–255; 255 = opaque */
	union {
		struct glyph_run run;
		struct path path;
		struct link_area link;
	};
};

/*
 * Standard structure types, by name: Document Sect H1…H4 P L LI Lbl LBody Table TR TH TD TOC TOCI
 * Figure Caption Link Note BlockQuote Span Reference.
 */
struct tag {
	const char *type; /* static */
	int32_t parent;   /* index of the parent, -1 for the root */
	struct text alternative, actual_text;
	struct text id;   /* of the node, for links */
	const char *scope; /* TH: "Column" or "Row"; else NULL */
	int8_t column_span, row_span; /* 0 or 1 = one */
};

#endif
