/* SPDX-License-Identifier: MIT
 *
 * One year on many machines: the plan (make_plan.c), one job of it (part.c), and the parts put together (merge.c).
 *
 *	P/plan.txt    plan_book.h
 *	P/model.bin   planned.h
 *	P/parts/J/    what job J made: as it will stand in out/<year>, its complaints (PART_COMPLAINTS), and its
 *	              manifest, whose head names plan and job
 *
 * A part is written as an output is, beside its place and exchanged at once: a job that is killed leaves nothing of it,
 * and one that is repeated leaves the same bytes.  The merge makes nothing itself: it takes the files in place of the
 * tasks of a build, and from there on it is that build: leak scan, cross-check, manifest, exchange.
 */
#ifndef XINGJI_BUILD_PART_H
#define XINGJI_BUILD_PART_H

#include "build/plan_book.h"

struct build;

#define PART_COMPLAINTS "complaints"

/* xingji plan; returns the exit code after reporting everything. */
int build_plan(const struct options *options);
/* xingji build --plan; the same. */
int build_part(const struct options *options);
/* xingji merge; the same. */
int build_merge(const struct options *options);

/* P/parts, or where --output has them; in arena. */
const char *part_folder(struct arena *arena, const struct plan_book *book, size_t job);
/* Of the part of that job: "# plan …\n# job …\n". */
struct text part_head(struct arena *arena, const struct plan_book *book, size_t job);
/* A task of the merge: the files and complaints of that part are taken over; false after reporting. */
bool merge_take(struct build *build, size_t job);

#endif
