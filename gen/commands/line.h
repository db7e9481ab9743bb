/* SPDX-License-Identifier: MIT
 *
 * A line from the preview to a process that makes pages (desk.h): one wish at a time; who wants something else waits.
 */
#ifndef XINGJI_COMMANDS_LINE_H
#define XINGJI_COMMANDS_LINE_H

#include <stdint.h>

#include "base/buf.h"
#include "serve/http.h"

/* Before the body, from the process to the preview. */
struct line_reply {
	enum http_status status;
	bool is_picture;
	uint64_t size;
};

enum line_stage { LINE_IDLE, LINE_BUSY, LINE_DONE };

struct line {
	char what;                     /* enum desk_line */
	int socket;                    /* -1: nobody is at the other end */
	bool is_used;                  /* something was ever asked */
	enum line_stage stage;
	char asked[HTTP_TARGET_MOST + 2]; /* of what is being made, or made and not yet fetched */
	uint64_t done_ms;
	struct buf in;                 /* the reply so far */
};

void line_init(struct line *line, char what);
/* Asks the desk at the other end of `desk` for somebody who makes pages; false when it does not answer. */
bool line_open(struct line *line, int desk);
/* Can be read when there is something to hear; -1: there is nothing to come. */
int line_descriptor(const struct line *line);
/* Takes what has come. */
void line_hear(struct line *line, uint64_t now_ms);
/* Hangs up: what is asked for next is asked of the desk that there is then. */
void line_close(struct line *line);
/*
 * What the process makes of the path (http.h); HTTP_LATER while it is being made, HTTP_UNAVAILABLE when it ended
 * instead, after saying why on the terminal.
 */
struct line_reply line_ask(struct line *line, int desk, const char *path, uint64_t now_ms, struct buf *body);

#endif
