/* SPDX-License-Identifier: MIT
 *
 * The first half of deflate: what stands earlier in the same bytes.
 *
 * One place is remembered for each hash of sixteen bytes, the last one, and one for each
 * of four; that is all there is to search, so a search costs next to nothing.  Content and
 * dictionaries repeat in long pieces with a number in between: sixteen find the piece, four
 * the last of its like (with four alone a diagnosis is larger).  What a match covers is not
 * remembered but for one place of it: the same begins again where it began before.  What is
 * lost against longer chains is won back by weighing: a match must save bits, not bytes, and
 * a longer one behind the next byte wins when it saves more (constants measured on the
 * diagnoses of the sample with `make bench`: size, and the share of deflater_add in
 * `perf report`).
 *
 * Figures before a turn are not searched: their matches are four bytes, not worth the looking
 * (1.7 KB of a diagnosis, and a third of the time of its object streams).
 *
 * Outlines are different: a byte in eight is part of a repetition, and looking for it at
 * each place would cost as much as all else.  Their owner knows the places (struct
 * deflate_mark), and only those are looked at, each once.
 */
#ifndef XINGJI_BASE_DEFLATE_MATCH_H
#define XINGJI_BASE_DEFLATE_MATCH_H

#include "base/deflate_block.h"
#include "base/text.h"

struct deflate_marks;

enum { DEFLATE_MATCH_MOST = 1 << 28 };

/* Starts as { 0 }. */
struct deflate_matcher {
	uint32_t *places;      /* by hash of four: where they stood, counted from `start`; older than start: unknown */
	uint32_t *long_places; /* by hash of sixteen; behind places */
	uint32_t *kinds;       /* the same by kind of mark */
	uint32_t kind_count;
	uint32_t start;        /* so that nothing is cleared between two texts */
	struct deflate_step *steps;
	size_t step_count, capacity;
};

void deflate_matcher_clear(struct deflate_matcher *matcher);
/*
 * Fills matcher.steps for a text under DEFLATE_MATCH_MOST bytes.  What stands before `turn` stands for itself, and
 * no match reaches over it: the step that begins there is returned, so that a block can begin there, too.
 */
size_t deflate_match(struct deflate_matcher *matcher, struct text bytes, size_t turn);
/* The same where only the marked places are looked at. */
void deflate_match_marked(struct deflate_matcher *matcher, struct text bytes, const struct deflate_marks *marks);

#endif
