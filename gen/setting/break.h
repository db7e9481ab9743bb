/* SPDX-License-Identifier: MIT
 *
 * Where a paragraph's lines end: the best of all ways, by dynamic programming.
 */
#ifndef XINGJI_SETTING_BREAK_H
#define XINGJI_SETTING_BREAK_H

#include "setting/box.h"

#define BREAK_TIGHTEST_EM 0.02 /* that Han characters may stand closer, once marks and gaps have given what they have */
#define BREAK_SOLID_EM 0.05    /* between Han characters: what a line has over that goes into box.reserve first */

/* One line: boxes [first, end) are shown; the spaces between end and the next line's first vanish. */
struct broken_line {
	size_t first, end;
	double natural_pt;   /* set without adjustment, edges trimmed, and without what hangs */
	double hang_pt;      /* of its last mark, beyond the measure: 0, or what is inked of a comma or full stop */
	bool is_last;        /* of the paragraph or before a forced break: not justified */
};

struct break_options {
	double width_pt;
	double first_indent_pt; /* taken from the first line */
	double em_pt;
	double loosest_em; /* a word is divided only where Han characters would stand further apart */
	bool is_justified;
};

/*
 * Breaks boxes[0 … count) into lines, appended to a growing array over malloc.
 * There is always at least one line.  A word wider than the line overflows alone.
 */
struct broken_lines {
	struct broken_line *at;
	size_t count, capacity;
};
void break_lines(struct broken_lines *lines, const struct box *boxes, size_t count,
		 const struct break_options *options);

/* Width of boxes [first, end) set naturally, the blanks of marks at both edges trimmed. */
double break_natural_width(const struct box *boxes, size_t first, size_t end);

#endif
