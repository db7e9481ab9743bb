/* SPDX-License-Identifier: MIT
 *
 * A server for one person: loopback only, one poll loop, every connection bounded in
 * bytes and time.  What is answered is the caller's affair.
 */
#ifndef XINGJI_SERVE_SERVER_H
#define XINGJI_SERVE_SERVER_H

#include <stdbool.h>
#include <stdint.h>

#include "serve/http.h"

struct buf;
struct server;

/*
 * When all connections are taken, a new one ends the one that asks for longest, or an answer stuck for SERVER_STUCK_MS,
 * or else the one that has waited longest for its answer.
 */
enum { SERVER_CONNECTIONS_MOST = 64, SERVER_TICK_MS = 200, SERVER_ALSO_MOST = 8 };
enum { SERVER_REQUEST_MS = 10 * 1000, SERVER_ANSWER_MS = 60 * 1000, SERVER_STUCK_MS = 1000 };

struct server_options {
	int port;                 /* 0: any that is free */
	uint64_t (*milliseconds)(void); /* since some moment; never goes back */
	void *context;
	/*
	 * Fills status (and type, place) and appends the body.  With HTTP_LATER the connection waits,
	 * at most SERVER_ANSWER_MS, and the caller is asked again after every tick; the others are
	 * answered meanwhile.
	 */
	void (*answer)(void *context, const struct http_request *request, struct http_answer *answer, struct buf *body);
	/* What else wakes the loop when it can be read: fills up to SERVER_ALSO_MOST and counts them.  NULL: nothing. */
	size_t (*also)(void *context, int *descriptors);
	/*
	 * Called whenever something has happened, and at the latest after as many milliseconds as it returned, at most
	 * SERVER_TICK_MS; negative: ends the loop.
	 */
	int (*tick)(void *context);
};

/* Listens on 127.0.0.1.  NULL with errno set when it cannot. */
struct server *server_open(const struct server_options *options);
int server_port(const struct server *server);
/* Runs until tick says no; false with errno set when the system fails. */
bool server_run(struct server *server);
/* Also for a forked child that must not keep the port. */
void server_close(struct server *server);

#endif
