/* SPDX-License-Identifier: MIT
 *
 * The tasks of a year cut into jobs: report and site are one each, the diagnoses lie in ranges of about the same work.
 */
#ifndef XINGJI_BUILD_PLAN_CUT_H
#define XINGJI_BUILD_PLAN_CUT_H

#include "build/plan_book.h"

enum { PLAN_JOB_SIZE = 200 }; /* enterprises: six seconds of work, of which 0.2 are the job's own */

/* Into how many jobs, or how many enterprises in each: --job-count, --job-size.  0, or EXIT_USAGE after saying why. */
struct plan_cut {
	size_t count, size; /* one of them is 0 */
};
int plan_cut_parse(struct plan_cut *cut, const struct options *options);
/* book->jobs, in arena; no job is empty, so there may be fewer than asked for. */
void plan_cut(struct plan_book *book, struct arena *arena, const struct plan *plan, const struct run *run,
	      struct plan_cut cut);

#endif
