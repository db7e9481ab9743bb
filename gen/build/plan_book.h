/* SPDX-License-Identifier: MIT
 *
 * plan.txt: what a plan is made from, with which options, and which jobs it has.
 *
 *	# xingji plan 1
 *	# model <sha256>          the head of model.bin (publish/image.h)
 *	# binary <sha256>         the program file and its libraries (publish/program.h)
 *	# make all                as on the command line
 *	# option date 2021-12-01  one a line, blanks and % as %20 and %25
 *	# program …               the head of the manifest that is to be (manifest_head.h)
 *	0 report 0 1              a job: number, kind, its first task and how many
 *	2 diagnosis 2 200
 *	# end <jobs> <sha256 of everything above>
 *
 * It holds the names of input files, and so of enterprises: 0600.  Its own hash is what a plan is known by: each part
 * names it, and every byte of the model hangs on it.
 */
#ifndef XINGJI_BUILD_PLAN_BOOK_H
#define XINGJI_BUILD_PLAN_BOOK_H

#include "build/plan.h"

struct buf;
struct diag;

#define PLAN_BOOK  "plan.txt"
#define PLAN_MODEL "model.bin"
#define PLAN_PARTS "parts"
#define PLAN_JOBS_MOST 1000000

struct plan_job {
	enum task_kind kind;  /* a diagnosis: of one enterprise or of many */
	size_t first, count;  /* in the tasks of the plan */
};

struct plan_book {
	const char *folder;
	char id[65];
	const char *model, *binary; /* hashes */
	struct text head;
	struct options options;     /* of the plan, and of the run what belongs to its machine */
	struct plan_job *jobs;
	size_t job_count;
};

/* What is between the first line and the jobs, of which `book` has the rest; and the end. */
void plan_book_write(const struct plan_book *book, const struct options *options, struct buf *buf);
/*
 * Reads folder/plan.txt.  The book lives in arena; its options are those of the plan, and of `options` the folders
 * that this machine has elsewhere, and how it works and talks.  False after reporting: there is no plan, it is not
 * whole, or this is not the program that made it.
 */
bool plan_book_load(struct plan_book *book, struct arena *arena, const char *folder, const struct options *options,
		    struct diag *diag);
/*
 * What reading the data may see of the options, in arena: all that changes what is made, or says where the data lie,
 * and nothing of how this run works, so that two plans of the same inputs are the same bytes.
 */
const struct options *plan_book_keep(struct arena *arena, const struct options *options);
/* The first option given that the plan has decided; NULL: none. */
const char *plan_book_decided(const struct options *options);

/* "report", "site", "diagnosis". */
const char *plan_book_kind(enum task_kind kind);

#endif
