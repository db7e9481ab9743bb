/* SPDX-License-Identifier: MIT
 *
 * What the preview knows while it runs: serve.c brings it about, preview_answer.c tells it to browsers.
 */
#ifndef XINGJI_COMMANDS_PREVIEW_H
#define XINGJI_COMMANDS_PREVIEW_H

#include "commands/desk.h"
#include "commands/line.h"
#include "commands/watch.h"

struct arena;
struct http_answer;
struct http_request;
struct server;

struct preview {
	const struct options *options;
	struct server *server;
	struct watch *watch;
	struct arena *arena;      /* the command */
	struct arena *scratch;    /* one answer */
	const char *out;          /* <out>/preview/<port> */

	struct desk now, next;    /* the generation that serves, and the one that is reading */
	struct line site, paper;  /* to the one that serves */
	struct reading data;      /* what was read last */
	struct reading looks;     /* what is wrong beside the data: of the last generation, then of its build */
	bool is_behind;           /* what was read last cannot be shown */
	bool is_lost;             /* the one that served has died; what is asked for waits for the next */
	unsigned restarts;        /* readings in a row that were given up because something was saved */

	int builder;              /* what the build of the whole site tells; -1: none is running */
	struct reading found;     /* what it has told */
	uint64_t built;           /* number of the inputs (watch.h) of the running build, or the last */
	int64_t now_year, built_year; /* that is served; that is built */
	int64_t year;             /* of the last good build, whose files are there; 0: none */
	uint64_t build_ms;        /* not before */
	bool is_proven, has_failed; /* as in struct panel */

	unsigned site_number, number; /* as in struct panel */
};

/* In a forked child: closes what is the preview's alone. */
void preview_leave(struct preview *preview);
/* As server_options.answer; context: the preview. */
void preview_answer(void *context, const struct http_request *request, struct http_answer *answer, struct buf *body);

#endif
