/* SPDX-License-Identifier: MIT
 *
 * Who is written to next, and when: so many a minute for each domain, what was put off again later.
 *
 * Pure: it is told the time and what became of each message, and says which one comes next or how long to
 * wait.  Times are milliseconds since any moment.  Messages come in the order given, but for domains that
 * must rest.
 *
 *	554        the provider takes this for bulk mail (163 does): its domain gets nothing more in this run
 *	421        the server wants a rest: its domain rests for PACE_REST_MS
 *	other 4xx  the message is tried again after 15 minutes, 30, 60 … up to 8 hours; after 72 hours in all
 *	           (RFC 5321 §4.5.4.1 gives servers four to five days; paper is begun sooner) it is given up
 */
#ifndef XINGJI_SEND_PACE_H
#define XINGJI_SEND_PACE_H

#include <stdbool.h>

#include "base/text.h"

struct pace;

enum { PACE_PER_MINUTE = 20 };
#define PACE_FIRST_MS ((uint64_t)15 * 60 * 1000)
#define PACE_LONGEST_MS ((uint64_t)8 * 3600 * 1000)
#define PACE_GIVEN_UP_MS ((uint64_t)72 * 3600 * 1000)
#define PACE_REST_MS ((uint64_t)60 * 1000)
#define PACE_PATIENCE_MS ((uint64_t)2 * 60 * 1000)

struct pace_rules {
	unsigned per_minute;  /* messages to one domain; 0: as fast as they go */
	uint64_t patience_ms; /* a run that would have to wait longer for the next message ends */
};

enum pace_step {
	PACE_SEND, /* *job, now */
	PACE_WAIT, /* *wait_ms, then ask again */
	PACE_REST, /* nothing within the patience: what is left is left to a later run, *wait_ms from now */
	PACE_DONE, /* nothing left that may be sent */
};

/* What became of a message. */
enum pace_news {
	PACE_OVER,    /* accepted, refused, uncertain: it is not sent again */
	PACE_BULK,    /* 554: over, and the domain too */
	PACE_LATER,   /* 4xx, or nothing left */
	PACE_LATER_REST, /* 421 */
};

/* For at most so many messages. */
struct pace *pace_new(const struct pace_rules *rules, size_t most);
void pace_free(struct pace *pace);
/* One more message to an address (borrowed), put off for waited_ms already by earlier runs; its number, from 0. */
size_t pace_add(struct pace *pace, struct text address, uint64_t waited_ms);
enum pace_step pace_next(struct pace *pace, uint64_t now_ms, size_t *job, uint64_t *wait_ms);
/* Of the message that pace_next gave.  False for PACE_LATER when 72 hours are over: it is given up. */
bool pace_tell(struct pace *pace, size_t job, enum pace_news news, uint64_t now_ms);
/* Messages that were not sent yet or are to be sent again; and those of them whose domain was stopped. */
size_t pace_left(const struct pace *pace);
size_t pace_stopped(const struct pace *pace);

#endif
