/* SPDX-License-Identifier: MIT
 *
 * The preview's reading: a forked process (desk.h) reads and checks the data and hands home, in one piece, what the
 * pages of problems and of progress show; what is made of the data comes after that.
 *
 * The pages are made in the process; nothing of them is ever written to a file.  A second kind comes from who makes the
 * site: what there is to complain of beside the data.
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
 * Writes to the pipe what there is to tell of a run that was opened; `before` is what the last one told.  Appends the
 * READING_LIST to `list`.
 */
void reading_tell(struct run *run, const struct reading *before, int pipe, struct buf *list);
/* The same of what is not in the list, found in texts, theme or what was made; is_good: nothing that stops it. */
void reading_tell_site(struct run *run, struct text list, bool is_good, int pipe);

/* ---- in the preview ---- */

enum reading_news { READING_NOTHING, READING_CAME, READING_ENDED };
/*
 * Takes the next that has come through *pipe, and waits until it is whole.  At the end closes the pipe and sets it to
 * -1.  The reading stays as it was but for READING_CAME.
 */
enum reading_news reading_take(int *pipe, struct reading *reading);

#endif
