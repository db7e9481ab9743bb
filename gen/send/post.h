/* SPDX-License-Identifier: MIT
 *
 * The sending of a batch: each message claimed on the disk, sent once, and what became of it noted.
 *
 * The order is the safety.  A message is noted CLAIMED, durably, before a connection is asked for it; only
 * when its result is noted does the next one begin.  A message found CLAIMED was on its way when a run
 * ended: it is noted UNCERTAIN and not sent.  Before each one its file must still have the SHA-256 that was
 * recorded, name this copy (X-Xingji-Copy) and be written to exactly this address (To).
 */
#ifndef XINGJI_SEND_POST_H
#define XINGJI_SEND_POST_H

#include "send/pace.h"
#include "send/smtp.h"
#include "send/state.h"

struct post_job {
	struct text copy, code;  /* number of the copy; the enterprise */
	struct text address;     /* without a fault (mailbox.h) */
	const char *path;        /* its .eml */
	struct text sha256;      /* of that file: 64 lower-case hex digits */
	enum send_state state;   /* now; PREPARED and DEFERRED are sent */
	uint64_t waited_ms;      /* since it was first put off, as far as known */
	struct text held;        /* why it must not go: "中文", U+001F, "English"; missing: it may */
};

enum post_note {
	POST_NOTED,
	POST_OVERTAKEN,   /* somebody else has settled the copy meanwhile: it is not sent */
	POST_NOTE_FAILED, /* it could not be noted, and the run ends */
};

enum post_mode {
	POST_DRY,  /* nothing is connected to or noted; files are looked at */
	POST_TEST, /* everything goes to one address; nothing is noted */
	POST_LIVE,
};

struct post_tally {
	size_t jobs;       /* of the batch */
	size_t to_send;    /* PREPARED or DEFERRED at the beginning */
	size_t settled;    /* in another state at the beginning, but for was_claimed */
	size_t was_claimed; /* on their way when an earlier run ended: UNCERTAIN now */
	size_t accepted, deferred, refused, uncertain; /* by this run; each message once, as its last */
	size_t unfit;      /* file missing, changed, or to somebody else; held; overtaken: not sent, not noted */
	size_t stopped;    /* left out because their domain answered 554 */
	size_t bytes, bytes_most; /* of the files to send, all and the largest (POST_DRY) */
};

struct post_clock {
	uint64_t (*milliseconds)(void);        /* since some moment; never goes back */
	void (*sleep)(uint64_t milliseconds);  /* may return early */
};

/* How a run ended. */
enum post_end {
	POST_FINISHED,    /* nothing left to send */
	POST_LEFT,        /* some were put off or stopped: run again later */
	POST_COUNT,       /* live_count is not the number of jobs: nothing was done */
	POST_UNREACHABLE, /* the server could not be reached or did not let us in (reply) */
	POST_SILENT,      /* POST_SILENT_MOST messages in a row got no answer: something is wrong with server or net */
	POST_UNNOTED,     /* a state could not be noted */
	POST_INTERRUPTED, /* between two messages */
	POST_END_COUNT
};

enum { POST_SILENT_MOST = 3, POST_INTERRUPT_S = 60 };
#define POST_MESSAGE_LIMIT ((size_t)200 << 20)

struct post_options {
	enum post_mode mode;
	size_t live_count;         /* what the clerk says the batch holds */
	struct text test_address;  /* without a fault */
	struct text sender;        /* address of the envelope, without a fault */
	struct smtp_server server; /* good (smtp_check) */
	struct pace_rules pace;
	struct post_clock clock;
	void *context;
	/* Durable when it returns POST_NOTED.  Detail may be missing. */
	enum post_note (*note)(void *context, const struct post_job *job, enum send_state state, struct text detail);
	/* A message that will not be sent, and why: "中文", U+001F, "English". */
	void (*unfit)(void *context, const struct post_job *job, struct text reason);
	/* After each message, and before a wait of more than a second (wait_ms > 0).  May be NULL. */
	void (*progress)(void *context, const struct post_tally *tally, uint64_t wait_ms);
};

/*
 * Sends what is to be sent; fills tally in any case, and reply with the server's last word where the end is
 * UNREACHABLE or SILENT.  A first SIGINT is heeded between two messages (base/interrupt.h, which the caller
 * has set to catch), at the latest after POST_INTERRUPT_S.
 */
enum post_end post_run(const struct post_options *options, const struct post_job *jobs, size_t count,
		       struct post_tally *tally, struct smtp_reply *reply);

#endif
