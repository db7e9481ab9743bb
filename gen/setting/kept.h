/* SPDX-License-Identifier: MIT
 *
 * What was set before is not set again: the same words in the same manner give the same glyphs at the
 * same places, and the documents of a year say the same of the same items.
 *
 * Kept is what one plain piece came to: its lines from their own left ends, or its widths.  A paragraph that fits
 * on one line with room to spare is kept whatever the measure, so that columns of all widths share it.  What is
 * kept is put down by one function, whether it was found or just made, so a hit changes no byte.
 *
 * Bounded: at half of KEPT_MOST bytes what there is becomes old, and what was old is forgotten unless it was asked
 * for since: the words of the catalogue stay, those of an enterprise go.  Each process fills its own (what it saves:
 * `valgrind --tool=callgrind --toggle-collect=make_diagnosis` on builds of a few and of many diagnoses).
 */
#ifndef XINGJI_SETTING_KEPT_H
#define XINGJI_SETTING_KEPT_H

#include "setting/line.h"

enum { KEPT_MOST = 8 << 20 };

enum kept_kind {
	KEPT_LINE,      /* a paragraph of one line: of the key's lengths only those of the type count */
	KEPT_PARAGRAPH,
	KEPT_TEXT,      /* one line that is not broken */
	KEPT_EXTENT,
};

struct kept_key {
	struct text text;
	struct shape_font font;
	uint8_t kind;   /* enum kept_kind */
	int8_t align;
	bool is_code, is_balanced;
	double size_pt, rise_pt, track_pt;          /* of the piece */
	double width_pt, first_indent_pt, em_pt, line_pt;
};

struct kept_run {
	uint32_t from, size;                /* in the key's text */
	const struct placed_glyph *glyphs;  /* from the paragraph's left edge and the line's top; or from a baseline */
	size_t count;
	uint16_t face;
	double size_pt, width_pt;
};

struct kept_line {
	size_t first_run, run_count;
	double start_pt, right_pt;          /* from the paragraph's left edge; from there to its last ink */
	double slack_pt, glue_pt;           /* struct set_line */
};

struct kept_set {
	const struct kept_run *runs;
	const struct kept_line *lines;
	size_t run_count, line_count;
	double natural_pt;                  /* of a line; the width of text */
	struct line_extent extent;
};

struct kept;
struct kept *kept_new(void);
void kept_free(struct kept *kept); /* NULL allowed */
/* NULL where it is not kept; borrowed until the next kept_add. */
const struct kept_set *kept_find(struct kept *kept, const struct kept_key *key);
/* Copies the key and all that the set holds; returns the copy. */
const struct kept_set *kept_add(struct kept *kept, const struct kept_key *key, const struct kept_set *set);
/* For tests: whether anything is found (true at the start). */
void kept_use(struct kept *kept, bool is_used);
size_t kept_count(const struct kept *kept);

#endif
