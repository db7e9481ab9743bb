/* SPDX-License-Identifier: MIT
 *
 * As much of HTTP/1.1 as a preview on one's own machine needs: one request a
 * connection, GET and HEAD, no bodies.
 *
 * Everything comes from outside and is refused unless it is plainly good.  The Host
 * must name this machine, so that a page of another site cannot read the preview by
 * giving its own name this address (DNS rebinding).
 */
#ifndef XINGJI_SERVE_HTTP_H
#define XINGJI_SERVE_HTTP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

struct buf;

enum { HTTP_HEAD_MOST = 8192, HTTP_TARGET_MOST = 2000 };

enum http_status {
	HTTP_INCOMPLETE = 0, /* the head has not ended yet */
	HTTP_LATER = 1,      /* from the caller: nothing to answer yet, ask again (server.h) */
	HTTP_OK = 200, HTTP_MOVED = 301, HTTP_BAD = 400, HTTP_FORBIDDEN = 403, HTTP_NOT_FOUND = 404, HTTP_WRONG_METHOD = 405,
	HTTP_TARGET_LONG = 414, HTTP_HEAD_LONG = 431, HTTP_UNAVAILABLE = 503, HTTP_WRONG_VERSION = 505,
};

struct http_request {
	bool is_head;
	char path[HTTP_TARGET_MOST + 1]; /* decoded, relative, no empty part, none that starts with '.'; "" or "a/b/": a folder */
	struct text query;               /* behind '?', undecoded; borrows the head */
	uint64_t waited_ms;              /* since the first HTTP_LATER; set by the server */
};

/* HTTP_OK with *request filled, HTTP_INCOMPLETE, or the status to refuse with. */
enum http_status http_parse(struct text head, struct http_request *request);

struct http_answer {
	enum http_status status;
	struct text type;    /* missing: by the path (http_type) */
	struct text place;   /* Location of HTTP_MOVED */
	size_t size;         /* of the body */
};

/* "text/html; charset=utf-8" for "a/index.html"; "application/octet-stream" for what is not known. */
struct text http_type(struct text path);
/* Appends the head of an answer, with the security headers that a published site should have. */
void http_write_head(const struct http_answer *answer, struct buf *out);
/* "404 Not Found" */
const char *http_status_line(enum http_status status);

#endif
