/* SPDX-License-Identifier: MIT
 *
 * Tasks in forked processes (Cairo is not for threads).
 *
 * Tasks are numbered; processes take the next number until none is left, so the
 * order of work varies but its results must not.  Each process ends by writing one
 * report (what it made, what it complained of), which the parent gets as bytes.
 * Every task is tried, whatever became of the others: with one process the first that
 * fails could end the work, but with several others have begun by then, and what a person
 * is told would depend on their number.  Only an interrupt or a failed world (`stops`) ends
 * it early, where the rest would fail of the same.
 *
 * Each process ends at once with an interrupt, which the parent passes on, and with its
 * parent (base/interrupt.h): so the lock of the output, which it inherits, is free the
 * moment that the parent is gone.  Where fewer processes can be had than wished, those
 * do the work, or at worst this one.
 */
#ifndef XINGJI_BUILD_WORKERS_H
#define XINGJI_BUILD_WORKERS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct buf;

struct workers {
	size_t count;   /* tasks */
	int jobs;       /* processes; 1 works in this process, without fork */
	void *context;
	/* Does one task; false: it failed (the reason is in the report). */
	bool (*task)(void *context, size_t index);
	/* Asked after a task that failed: must the others be left?  NULL: no. */
	bool (*stops)(void *context);
	/* Writes the process's report after its last task; one that does not fit its buffer is as bad as a process that died. */
	void (*report)(void *context, struct buf *records);
	/* In the parent, for each report.  False when it cannot be read. */
	bool (*receive)(void *context, struct text records);
	/* In the parent, now and then: tasks done so far. */
	void (*progress)(void *context, size_t done);
};

/* Ascending: of several the worst is told. */
enum workers_result {
	WORKERS_DONE,
	WORKERS_FAILED,    /* a task said no */
	WORKERS_DIED,
	WORKERS_KILLED,    /* by SIGKILL, and not by us: most often the system is short of memory */
	WORKERS_NO_MEMORY, /* base/memory.h */
	WORKERS_INTERRUPTED,
};

enum workers_result workers_run(const struct workers *workers);
struct diag;
/* Reports what became of the processes; true: everything was done. */
bool workers_report(enum workers_result result, struct diag *diag);

#endif
