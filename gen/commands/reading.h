/* SPDX-License-Identifier: MIT
 *
 * The preview's reading: a forked process reads and checks the data and hands home, in one piece, what the pages of
 * problems and of progress show; the site is built after that.
 *
 * The pages are made in the process, so its memory goes with it; nothing of them is ever written to a file.  A second
 * kind comes from the build of the site: what it complained of beside the data.
 */
#ifndef XINGJI_COMMANDS_READING_H
#define XINGJI_COMMANDS_READING_H

#include "base/buf.h"
#include "build/options.h"

struct run;

enum reading_part {
	READING_SUMMARY,   /* how many, what is mended and what is new; as HTML */
	READING_BY_FILE,   /* the list (problem_page.h) */
	READING_BY_OWNER,
	READING_BY_CITY,   /* progress (state_page.h) */
	READING_BY_AGENCY,
	READING_STYLE,     /* the theme's style sheet, or the last that could be used */
	READING_LIST,      /* for the next reading (problem_change.h) */
	READING_MENDED, READING_APPEARED,
	READING_PARTS
};

struct reading_head {
	int64_t year;       /* 0: no year can be read */
	int64_t code;       /* exit code that the data call for */
	uint64_t is_good;   /* a site can be built */
	uint64_t errors, warnings, notes;
	uint64_t sizes[READING_PARTS];
};

/* Zeroed: nothing has been read yet. */
struct reading {
	bool is_there;
	struct reading_head head;
	struct buf bytes; /* the parts, one after the other */
};

struct text reading_part(const struct reading *reading, enum reading_part part);
void reading_clear(struct reading *reading);

/* ---- in the process ---- */

/*
 * Reads, checks, writes to the pipe and closes it; then what is wrong is printed where no site can be built, as
 * the build would.  `before` is what the last one told.  Returns the exit code.
 */
int reading_make(const struct options *options, const struct reading *before, int pipe);
/* Of the build of the site: writes to the pipe what the reading `data` has not told, and closes it. */
void reading_make_site(struct run *run, const struct reading *data, int pipe);

/* ---- in the preview ---- */

/*
 * Takes what has come through *pipe, to its end, closes it and sets it to -1; what is not whole leaves the
 * reading as it was.  False while nothing has come.
 */
bool reading_take(int *pipe, struct reading *reading);

#endif
