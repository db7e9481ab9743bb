/* SPDX-License-Identifier: MIT
 *
 * A year that was read, checked and decided in another process: what model.bin of a plan holds, and what is made of it.
 *
 * `xingji plan` reads once (planned_make); each job and the merge (part.h) then have the same data at the
 * same addresses, of which they read what they touch.  Where the addresses are taken, they read the inputs like any
 * other run, and refuse to go on where those are not the ones of the plan.
 */
#ifndef XINGJI_BUILD_PLANNED_H
#define XINGJI_BUILD_PLANNED_H

#include "build/build.h"
#include "build/plan_book.h"

/* The root of the model: everything in it lies there, too. */
struct planned {
	struct run run;                   /* its options are those of nobody */
	struct task *tasks;
	size_t task_count;
	uint32_t source_count;            /* of the data */
	const uint64_t *characters;       /* FONTS_SET_WORDS: what stands in them */
	const struct facts_year *newest;  /* edition.newest */
};

/*
 * Opens the plan that build->options name as the run of `build`, with all its tasks; from then on its options are
 * book->options.  The book lives in `books`.  0, or the exit code after printing what is wrong.
 */
int planned_open(struct build *build, struct plan_book *book, struct arena *books);
/* Are texts, theme and data those of the plan?  Of the press the theme is there.  False after reporting. */
bool planned_compare(struct build *build);
/* "3, 7-12", of jobs in ascending order; in arena. */
struct text planned_ranges(struct arena *arena, const size_t *jobs, size_t count);

#endif
