/* SPDX-License-Identifier: MIT
 *
 * Tasks in forked processes (Pango and Cairo are not for threads).
 *
 * Tasks are numbered; processes take the next number until none is left, so the
 * order of work varies but its results must not.  Each process ends by writing one
 * report (what it made, what it complained of), which the parent gets as bytes.
 * An interrupt (SIGINT, SIGTERM, SIGHUP) stops everything soon and cleanly; where the
 * parent is killed, each process ends with the task that it is at.
 */
#ifndef XINGJI_COMMANDS_WORKERS_H
#define XINGJI_COMMANDS_WORKERS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct buf;

struct workers {
	size_t count;   /* tasks */
	int jobs;       /* processes; 1 works in this process, without fork */
	void *context;
	/* Does one task; false stops this process's work (the reason is in its report). */
	bool (*task)(void *context, size_t index);
	/* Writes the process's report after its last task. */
	void (*report)(void *context, struct buf *records);
	/* In the parent, for each report.  False when it cannot be read. */
	bool (*receive)(void *context, struct text records);
	/* In the parent, now and then: tasks done so far. */
	void (*progress)(void *context, size_t done);
};

enum workers_result { WORKERS_DONE, WORKERS_FAILED /* a task said no */, WORKERS_DIED, WORKERS_INTERRUPTED };

enum workers_result workers_run(const struct workers *workers);

/* Installs the handlers; from then on interrupts only set a flag that workers_run and workers_interrupted see. */
void workers_catch_interrupts(void);
bool workers_interrupted(void);

#endif
