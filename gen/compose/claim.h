/* SPDX-License-Identifier: MIT
 *
 * Claims: sentences that compare, rank or generalise, held against the rows that they speak of.
 *
 *	{{?max city_rates}}苏州市达标率最高，为83.3%{{/max}}
 *
 * The rows have columns that are known by their names: `name` as the text prints it, `value` (a number),
 * `shown` (the value as the text prints it; only where it is to be compared), `holds` (true or not).  What
 * the words say is read back from the composed text, whatever query gave them: the names that stand in it,
 * or how many ("3个设区市").  The kinds, each for rows as its comment in claim.c says:
 *
 *	max min   of two or more, not all equal: exactly those that are named
 *	top       of one or more: those that are named have the greatest
 *	equal     of two or more, all the same
 *	all none  one or more were looked at, and it holds of all, of none
 *	most      it holds of more than half of three or more (of the sum of `value`, where there is one)
 *	empty     there are no rows at all: for what does not exist, never for what was looked at
 *	zero      something was counted, and it is 0: of a value, {{?zero overview.late}}
 *	ordered   two or more are named, from the greatest down, and nothing greater is left out
 *	rises falls   the last row against the first one
 *	more less same   the first row against the second one
 *	first     it holds of the last of two or more rows, and of none before
 *	plain     no claim: why stands in place of the rows' name
 */
#ifndef XINGJI_COMPOSE_CLAIM_H
#define XINGJI_COMPOSE_CLAIM_H

#include "base/text.h"

struct arena;
struct rows;

enum claim_kind {
	CLAIM_MAX, CLAIM_MIN, CLAIM_TOP, CLAIM_EQUAL, CLAIM_ALL, CLAIM_NONE, CLAIM_MOST, CLAIM_EMPTY, CLAIM_ZERO,
	CLAIM_ORDERED,
	CLAIM_RISES, CLAIM_FALLS, CLAIM_MORE, CLAIM_LESS, CLAIM_SAME, CLAIM_FIRST, CLAIM_PLAIN,
	CLAIM_KINDS
};

/* CLAIM_KINDS when there is no such kind. */
enum claim_kind claim_kind_of(struct text word);
struct text claim_word(enum claim_kind kind);

/* "name value" or so: the columns that rows of that kind need. */
const char *claim_columns(enum claim_kind kind);

enum claim_result {
	CLAIM_TRUE,
	CLAIM_FALSE,
	CLAIM_NO_COLUMN, /* one of claim_columns is missing, or a value is no number */
};

struct claim_judgement {
	enum claim_result result;
	struct text why; /* of CLAIM_FALSE, "中文", U+001F, "English": what the rows say instead */
};

/*
 * printed: the words as they are read, without marks of Markdown or HTML.  Costs rows × size of the words;
 * texts live in arena.
 */
struct claim_judgement claim_judge(struct arena *arena, enum claim_kind kind, const struct rows *rows,
				   struct text printed);

#endif
