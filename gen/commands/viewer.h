/* SPDX-License-Identifier: MIT
 *
 * The preview's pages of paper: the report and each diagnosis as pictures below /__pages/,
 * for who works on their words.
 *
 *	/__pages/                          the documents by name
 *	/__pages/report/                   the report, its pages one below the other
 *	/__pages/report/3.png              its third page
 *	/__pages/diagnosis/<code>/         the same of one enterprise
 *
 * A forked process reads the data when the first of them is asked for, and keeps them and one
 * document's pages until the inputs change: so a document is laid out once, each page painted
 * when the browser comes to it, and all memory goes with the process.  It shows everything that
 * is confidential; nothing of it is ever written to a file.
 */
#ifndef XINGJI_COMMANDS_VIEWER_H
#define XINGJI_COMMANDS_VIEWER_H

#include <sys/types.h>

#include "base/buf.h"
#include "build/options.h"
#include "serve/http.h"

struct server;

#define VIEWER_ROOT "__pages"
#define VIEWER_STYLES \
	"<link rel=\"stylesheet\" href=\"/__theme.css\">\n" \
	"<link rel=\"stylesheet\" href=\"/" VIEWER_ROOT "/style.css\">\n"

/* Before the body, from the process to the preview. */
struct viewer_reply {
	enum http_status status;
	bool is_picture;
	uint64_t size;
};

enum viewer_stage { VIEWER_IDLE, VIEWER_BUSY, VIEWER_DONE };

struct viewer {
	const struct options *options; /* of the preview */
	struct server *server;         /* which the process must not keep */
	pid_t child;                   /* 0: none */
	int socket;
	enum viewer_stage stage;
	char asked[HTTP_TARGET_MOST + 1]; /* of what is being made, or made and not yet fetched */
	uint64_t done_at;              /* ms */
	struct buf in;                 /* the reply so far */
};

void viewer_open(struct viewer *viewer, const struct options *options, struct server *server);
/* Is the path (http.h) below VIEWER_ROOT? */
bool viewer_owns(struct text path);
/* As server_options.answer, for such a path, from the data of `year`; HTTP_LATER while it is being made. */
void viewer_answer(struct viewer *viewer, const char *path, int64_t year, struct http_answer *answer, struct buf *body);
/* Ends the process: what is asked for next is made from the inputs as they are then. */
void viewer_forget(struct viewer *viewer);
/* For a forked child that is not the viewer's: closes its end of the socket. */
void viewer_leave(struct viewer *viewer);

/* viewer_child.c: what the process does; ends with the socket. */
_Noreturn void viewer_child(const struct options *options, int socket);

#endif
