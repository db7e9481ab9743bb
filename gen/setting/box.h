/* SPDX-License-Identifier: MIT
 *
 * Text to boxes: the smallest pieces that a line may be cut between.  (Box, glue and
 * penalty mean what they mean in TeX.)
 *
 * A Han character, a punctuation mark, ——, ……, a Latin word, a number, a space.
 * What may stand beside what, and how much blank a mark carries, is decided here
 * by class (class.h, join.h); where lines break is decided in break.c.
 */
#ifndef XINGJI_SETTING_BOX_H
#define XINGJI_SETTING_BOX_H

#include "setting/class.h"
#include "setting/piece.h"
#include "setting/shape.h"

struct hyphenator;

/* How much a line's end inside what belongs together is disliked; break.c has the costs. */
enum break_penalty {
	PENALTY_NONE,
	PENALTY_PART, /* after the slash of Modbus/TCP */
	PENALTY_WORD, /* inside a word of the trade, in titles */
	PENALTY_CODE, /* GB/T 41400 */
	PENALTY_KEEP, /* 30 日, 图 2-3, 220 V: only where nothing else is bearable */
	PENALTIES
};

/* What gives way first in a line too long (clreq 行内调整): ranks of what a box can shrink. */
enum squeeze { SQUEEZE_SPACE, SQUEEZE_BRACKET, SQUEEZE_COMMA, SQUEEZE_FULL_STOP, SQUEEZE_GAP, SQUEEZES };

struct box {
	const struct shaped *shaped;
	struct text text;     /* in the piece, with invisible characters that follow */
	uint32_t piece;
	uint8_t class;        /* enum box_class */
	bool may_break;       /* a line may end before this box */
	uint8_t penalty;      /* enum break_penalty: to the one before */
	uint8_t squeeze;      /* enum squeeze: what shrink takes from */
	float width;          /* pt, without gaps */
	float trim_left, trim_right; /* blank that a line edge or a neighbour may take */
	float gap;            /* before this box: + Han–Latin, − closed-up punctuation */
	float shrink;         /* that may be taken from this box and the gap before it, when not at an edge */
	float stretch;        /* that may be added there before Han characters move apart */
	float reserve;        /* that may be added besides before they are seen to stand apart */
	float hyphen;         /* width of the hyphen that a line gains by ending before this box; 0: none */
	bool suits_gap;       /* not code: Han–Latin gaps belong beside it */
	bool has_glue;        /* the place before it may be widened without limit, once all stretch is used */
	bool may_hang;        /* ，。、: at a line's end it may stand in the margin */
	bool is_ordinal;      /* a numeral after 第 */
};

struct boxes {
	struct box *at;
	size_t count, capacity;
};

struct box_options {
	/* a word wider than that is cut so that its parts fit; whatever else is two ems wider, too */
	double measure_pt;
	struct hyphenator *hyphenator; /* words may be hyphenated; NULL: not even those that are cut */
	bool hyphenates;               /* not only words wider than the measure */
};

/* Appends the boxes of the pieces (in reading order) to `boxes` (over malloc: the caller frees .at). */
void boxes_add(struct boxes *boxes, struct shaper *shaper, const struct piece *pieces, size_t piece_count,
	       const struct box_options *options);
/* For titles and cells: makes breaks inside words of the trade (防护, 有限公司) disliked, or no longer so. */
void boxes_bind(struct boxes *boxes, bool binds);

#endif
