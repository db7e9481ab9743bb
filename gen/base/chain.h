/* SPDX-License-Identifier: MIT
 *
 * Lines of JSON of which none can be changed, taken out or moved unnoticed: each carries its
 * number and the hash of the line before.
 *
 *	{"n":2,"day":"2021-12-20","kind":"published",…,"previous":"<64 hex digits>","sha256":"<64>"}
 *
 * `previous` is the SHA-256 of the line before without its line end, 64 zeros in the first;
 * `sha256`, which is of ours and may be missing, is that of everything before it in its own
 * line, so that a change of the last line shows too.  What a line is about stands between
 * kind and previous and is the business of who writes and reads it.
 *
 * A line is finished by its line end.  What stands behind the last one is what a power cut
 * left of a line that nobody was told of: no data, unless it is a whole line after all (an
 * editor that drops the last line end).
 */
#ifndef XINGJI_BASE_CHAIN_H
#define XINGJI_BASE_CHAIN_H

#include "base/date.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "base/source.h"

struct diag;

/* Such lines in the folder of a year: what left the house. */
#define REGISTER_NAME "register.jsonl"

enum chain_fault {
	CHAIN_SOUND,
	CHAIN_TORN,     /* the last line was never finished: not taken */
	CHAIN_NO_LINE,  /* no JSON object with n, day, kind and previous */
	CHAIN_NUMBER,   /* another number than the one that comes next */
	CHAIN_PREVIOUS, /* does not fit the line before */
	CHAIN_CHANGED,  /* does not fit its own hash */
};

struct chain {
	struct arena *arena;   /* for texts with escapes */
	struct text text;      /* borrowed */
	size_t taken;          /* bytes of it that are sound lines, with the line end of the last where it has one */
	struct text line;      /* the last one read, or the one at fault; without its line end */
	int64_t n;             /* number of the last sound one */
	struct date day;       /* of it */
	struct text kind;      /* of it */
	char hash[65];         /* of it; zeros before the first */
	enum chain_fault fault;
};

void chain_init(struct chain *chain, struct arena *arena, struct text text);
/* The next sound line; false at the end and at a fault, which chain->fault then tells. */
bool chain_next(struct chain *chain);
/* To the end or the first fault. */
void chain_read(struct chain *chain);
/*
 * Reports the fault, if there is one, with the line's number; a torn line is a warning. `span`: the
 * line, where it has a place.
 */
void chain_report(const struct chain *chain, struct text file, struct span span, struct diag *diag);

/* What is to be written: `write` adds members to the object. */
struct chain_event {
	struct date day;
	const char *kind;
	void (*write)(const void *context, struct json_write *json);
	const void *context;
};
/* Appends the line that comes after the last sound one of `after`, with its line end. */
void chain_write(const struct chain *after, const struct chain_event *event, struct buf *buf);

#endif
