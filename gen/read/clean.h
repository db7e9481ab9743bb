/* SPDX-License-Identifier: MIT
 *
 * Cleaning cells: what spreadsheets, input methods and web pages leave in them
 * (gen/DOMAIN.md §4).  Clean text is returned as it is; a copy is made only where
 * something had to change.
 */
#ifndef XINGJI_READ_CLEAN_H
#define XINGJI_READ_CLEAN_H

#include "base/text.h"

struct arena;

/*
 * For names and prose: without control and invisible characters, BOMs and text
 * guards ('123, ="123"); white space of any kind trimmed at the ends and made one
 * plain space inside (nothing between two Han characters or full-width marks where
 * it was a line break, a tab or a no-break space).  Full-width forms stay.
 */
struct text clean_text(struct arena *arena, struct text cell);
/*
 * For codes, dates, numbers and fixed words: the same, and full-width letters,
 * digits, brackets and spaces become ASCII, dashes become '-', radicals and
 * compatibility ideographs the characters that they look like.
 */
struct text clean_code(struct arena *arena, struct text cell);
/* Without any space: for codes in groups of four. */
struct text clean_spaces(struct arena *arena, struct text cleaned);
/* ASCII letters in upper case. */
struct text clean_upper(struct arena *arena, struct text cleaned);

/* Nothing but white space and invisible characters. */
bool clean_is_blank(struct text cell);
/* Empty, — —— - / 无 N/A NULL: nothing was said.  不适用 was said. */
bool clean_is_missing(struct text cleaned);
/* #REF! #N/A #VALUE! …: a formula that failed before the file was saved. */
bool clean_is_formula_error(struct text cleaned);
/* 9.14E+17: a code or a telephone number that a spreadsheet took for a number. */
bool clean_is_scientific(struct text cleaned);

#endif
