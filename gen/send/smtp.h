/* SPDX-License-Identifier: MIT
 *
 * One message after another to a mail server (SMTP over TLS), and what is known of each afterwards.
 *
 * The only user of libcurl.  What became of a message is not taken from curl's error but from the
 * conversation itself: which command was sent last and what the server answered to it.  Once the server has
 * asked for the text (354), a connection that breaks or a time that runs out before the final answer leaves
 * it UNCERTAIN; before that moment nothing has left.
 *
 * TLS: smtps, or smtp with STARTTLS, which must be offered; the certificate must be good for the host's
 * name.  Only to a server on this machine (127.0.0.0/8, ::1, localhost) plain smtp is spoken where it offers
 * no STARTTLS, and never with a password.  No proxy and no .netrc is asked, no address but the URL's spoken to.
 */
#ifndef XINGJI_SEND_SMTP_H
#define XINGJI_SEND_SMTP_H

#include <stdbool.h>

#include "base/text.h"

struct smtp;

struct smtp_server {
	const char *url;      /* smtp://HOST[:PORT] or smtps://HOST[:PORT] */
	const char *ca_file;  /* PEM; NULL: the system's */
	const char *user;     /* NULL: without */
	const char *password; /* shown nowhere */
	const char *hello;    /* the domain that says hello; NULL: the machine's name */
	unsigned reply_s, message_s; /* patience for one answer and for one message; 0: SMTP_REPLY_S, SMTP_MESSAGE_S */
};

/*
 * RFC 5321 §4.5.3.2 gives a server five to ten minutes for an answer, but somebody sits and waits here: two, as
 * curl has it.  One given up too early is one more that is uncertain, and three in a row end the run (post.h).
 */
enum { SMTP_CONNECT_S = 30, SMTP_REPLY_S = 120, SMTP_MESSAGE_S = 1200, SMTP_TEXT_MOST = 240 };

enum smtp_fault {
	SMTP_GOOD,
	SMTP_BAD_URL,         /* not smtp[s]://HOST[:PORT] */
	SMTP_BAD_USER,        /* a user without password or the other way round, or control characters in one */
	SMTP_BAD_CA,          /* the file of certificates cannot be read */
	SMTP_FAULT_COUNT
};

enum smtp_result {
	SMTP_ACCEPTED,  /* 2xx after the text */
	SMTP_DEFERRED,  /* 4xx */
	SMTP_REFUSED,   /* 5xx, or larger than the server takes */
	SMTP_UNCERTAIN, /* text asked for, no final answer */
	SMTP_NOT_BEGUN, /* no connection, no TLS, not let in: nothing left, and it was not this message's fault */
	SMTP_RESULT_COUNT
};

/* How far the conversation was when it ended. */
enum smtp_stage {
	SMTP_CONNECT, SMTP_GREETING, SMTP_HELLO, SMTP_STARTTLS, SMTP_AUTH, SMTP_MAIL, SMTP_RCPT, SMTP_DATA, SMTP_TEXT,
	SMTP_STAGE_COUNT
};

struct smtp_reply {
	enum smtp_result result;
	enum smtp_stage stage;
	int code;                  /* 250, 450, 554 …; 0: the server said nothing */
	char text[SMTP_TEXT_MOST]; /* what it said, or why nothing; for a terminal (base/plain.h), cut, with a NUL */
};

struct smtp_letter {
	struct text from, to; /* addresses without a fault (mailbox.h): asserted */
	struct text bytes;    /* CRLF; dots are doubled on the way */
};

/* What in it cannot be used; nothing is connected to. */
enum smtp_fault smtp_check(const struct smtp_server *server);
/* Is the server on this machine?  By its name alone. */
bool smtp_is_loopback(const struct smtp_server *server);
/* "中文", U+001F, "English". */
struct text smtp_fault_words(enum smtp_fault fault);
struct text smtp_stage_words(enum smtp_stage stage);

/* The server must have been found good and must outlive it (asserted).  Nothing is connected to. */
struct smtp *smtp_open(const struct smtp_server *server);
/* Connects, is let in, and does nothing: ACCEPTED or NOT_BEGUN.  Before anything is claimed. */
void smtp_hello(struct smtp *smtp, struct smtp_reply *reply);
/* Sends one message, over the connection of the one before where it still stands. */
void smtp_send(struct smtp *smtp, const struct smtp_letter *letter, struct smtp_reply *reply);
/* Says QUIT where somebody still listens; NULL is allowed. */
void smtp_close(struct smtp *smtp);

#endif
