/* SPDX-License-Identifier: MIT
 *
 * Text to atoms: the smallest pieces that a line may be cut between.
 *
 * A Han character, a punctuation mark, ——, ……, a Latin word, a number, a space.
 * What may stand beside what, and how much blank a mark carries, is decided here
 * by class (W3C clreq); where lines break is decided in break.c.
 */
#ifndef XINGJI_LAYOUT_ATOM_H
#define XINGJI_LAYOUT_ATOM_H

#include "layout/page.h"
#include "layout/shape.h"

enum atom_class {
	ATOM_HAN,
	ATOM_DASH,    /* —— and ……: one atom, without gaps beside it */
	ATOM_OPEN,    /* （《“: blank on its left */
	ATOM_CLOSE,   /* ，。、）》”: blank on its right */
	ATOM_STOP,    /* ？！％ …: never at a line start, no blank to give */
	ATOM_WORD,    /* Latin letters and mixtures such as GB/T */
	ATOM_NUMBER,
	ATOM_PREFIX,  /* ¥ $ № before a number */
	ATOM_SUFFIX,  /* % ℃ after a number */
	ATOM_SPACE,
	ATOM_NEWLINE, /* a forced break */
	ATOM_MARK,    /* a footnote mark: sticks to what stands before it */
	ATOM_CLASSES
};

/* A stretch of text in one manner. */
struct piece {
	struct text text;
	struct shape_font font;
	double size_pt, rise_pt;
	double track_pt; /* added to the advance of every full-width character */
	struct colour colour;
	int32_t tag;    /* -1: an artifact */
	int32_t link;   /* index that the caller understands, or -1 */
	struct span span;
	bool is_mark;   /* one ATOM_MARK, whatever it says */
	bool is_code;   /* no gaps beside it and breakable anywhere */
};

struct atom {
	const struct shaped *shaped;
	struct text text;     /* in the piece, with invisible characters that follow */
	uint32_t piece;
	uint8_t class;        /* enum atom_class */
	bool may_break;       /* a line may end before this atom */
	uint8_t reluctance;   /* 0–255: how much a break before it is disliked */
	float width;          /* pt, without gaps */
	float trim_left, trim_right; /* blank that a line edge or a neighbour may take */
	float gap;            /* before this atom: + Han–Latin, − closed-up punctuation */
	float shrink;         /* that may be taken from this atom and the gap before it, when not at an edge */
	float stretch;        /* that may be added there before Han characters move apart */
	bool suits_gap;       /* not code: Han–Latin gaps belong beside it */
	bool is_spread;       /* the place before it may be widened without limit */
};

struct atoms {
	struct atom *at;
	size_t count, capacity;
};

/*
 * Appends the atoms of the pieces (in reading order) to `atoms` (over malloc: the
 * caller frees .at).  A word wider than measure_pt is cut so that its parts fit.
 */
void atoms_add(struct atoms *atoms, struct shaper *shaper, const struct piece *pieces, size_t piece_count, double measure_pt);
/* For titles: makes breaks inside words of the trade (防护, 企业) disliked. */
void atoms_bind(struct atoms *atoms);

#endif
