/* SPDX-License-Identifier: MIT
 *
 * A generation of the preview: a forked process that reads and checks the data, tells what is wrong with them
 * (reading.h) and, when they and the looks of the site are good, becomes the desk at which pages are ordered.
 *
 * It stays as it is then, and forks a process for whoever hands it the end of a line (line.h): one that makes pages of
 * the site, one that makes pages of paper; or one that builds the whole site and tells through a pipe.  They have its
 * data without a copy being made, load what else they need, and may fail without harm: another is forked.  With the
 * desk they all end; the generation before serves until it is there, so there are never more than two.
 */
#ifndef XINGJI_COMMANDS_DESK_H
#define XINGJI_COMMANDS_DESK_H

#include <sys/types.h>

#include "build/options.h"
#include "commands/reading.h"

enum desk_line { DESK_SITE = 's', DESK_PAPER = 'p', DESK_BUILD = 'b' };

/* As the preview sees it. */
struct desk {
	pid_t pid;      /* 0: there is none */
	bool has_told;  /* the reading */
	int told;       /* what it tells: the reading, then of the looks; -1: closed */
	int socket;     /* for line_open; -1: none */
	uint64_t begun_ms;
	uint64_t of;    /* number of the inputs (watch.h) that it has read */
};

struct preview;
/* Forks one that reads the inputs of that number.  False after saying why it cannot; then .pid is 0. */
bool desk_start(struct preview *preview, struct desk *desk, uint64_t of);
/* False when the process is gone, or about to be. */
bool desk_is_there(const struct desk *desk);
/* It has ended. */
void desk_forget(struct desk *desk);
/* Ends it at once, with all its processes; it has nothing to put away.  Who waits for children buries it. */
void desk_end(struct desk *desk);

/*
 * desk_run.c, the process: reads, tells through `told` and, when there is something to show, serves `socket` until that
 * is closed.  `before` is what the last reading told; a build goes into `out`.  Whatever stops a site is printed.
 */
_Noreturn void desk_run(const struct options *options, const struct reading *before, const char *out, int told,
			int socket);

#endif
