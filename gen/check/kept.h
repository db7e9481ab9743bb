/* SPDX-License-Identifier: MIT
 *
 * What the rows of one file of results said, kept for the next run: of a year's results only the files that
 * changed are gone through row by row.
 *
 * There is one reader of rows (observer.h).  What comes out of it is written down while it reads, and put down
 * instead of reading again where everything is the same that it depends on: the key of a file digests the program,
 * the file's bytes, name and encoding, the texts of all tables that were read before the results (campaign,
 * catalogues, enterprises, participations, agencies …) and the encodings that were asked for.  A file is opened,
 * decoded and its header is read as ever, so that what is told of that is told each time; but for one of which nothing
 * was told, and that by all that the disk says of it is the same: that need not be opened at all, and its text is had
 * when somebody asks for a place in it.
 *
 * Nothing is kept of a file of which a row was complained of, not taken, or mended, nor where the tables have
 * errors: what is put down is rows and remarks, and there is nothing else to repeat.
 */
#ifndef XINGJI_CHECK_KEPT_H
#define XINGJI_CHECK_KEPT_H

#include "base/buf.h"
#include "check/check.h"
#include "check/gathered.h"

/* Where it is kept; whoever has load_model called knows that.  NULL in load_options: nowhere. */
struct kept_store {
	void *context;
	const char *program; /* a digest of what reads; never empty */
	/*
	 * What was kept of the file `name` (source.inside) under the key, in the arena; false: nothing, or something
	 * else.  *is_doubted: it is of the sample that is read all the same and compared.
	 */
	bool (*find)(void *context, struct arena *arena, struct text name, const char key[65], struct text *bytes,
		     bool *is_doubted);
	/* Of this file there is to be kept this; where it was found, `bytes` is missing. */
	void (*keep)(void *context, struct text name, const char key[65], struct text bytes);
	/* What was found is not what was read. */
	void (*differs)(void *context, struct text name);
	/*
	 * What an earlier run knew of the file, of which nothing was told, where by all that the disk says of `real`
	 * it is the same; and this run does.
	 */
	bool (*known)(void *context, struct text name, const char *real, struct input_known *known);
	void (*note)(void *context, struct text name, const char *real, const struct input_known *known);
	bool is_fleeting; /* nothing is kept longer than this run: no key is made, and no hash for it */
};

struct observer;
struct moment;

/*
 * One file of results, not yet open.  kept_pass_over: true where it need not be opened at all, and all its rows were
 * taken.  Else kept_was_read when it was read and closed, with what kept_pass_over set.
 */
struct kept_file {
	const char *path;
	enum input_kind kind;
	size_t complaints;
	uint32_t source; /* the first that was opened after it */
};
bool kept_pass_over(struct observer *observer, struct kept_file *file);
/* By all that the disk says of it, the file of this path will be passed over; that it is not costs time alone. */
bool kept_is_known(const struct check *check, const char *path, const char *real);
void kept_was_read(struct observer *observer, const struct kept_file *file);

/* What another process, begun by this one, read of a file of which nothing was told (check/readers.h). */
struct kept_left {
	struct text bytes;
	const struct input_known *known;
	const struct moment *moment; /* when it was as it is known */
	const char *key;
	bool is_new; /* the bytes are to be kept, and were not found */
};
/* In the place of kept_pass_over.  False, and nothing was done, where it cannot be so. */
bool kept_take_left(struct observer *observer, const struct kept_file *file, const struct kept_left *left);

/* One file, from its first row to its last. */
struct kept {
	const struct kept_store *store; /* NULL: nothing of it is kept */
	uint32_t source, size;          /* bytes of its text */
	char key[65];
	struct arena *arena;            /* of was */
	struct text was;                /* what it is compared with; missing: nothing */
	struct buf heads, rows;         /* remarks and rows, as they are written */
	uint32_t *numbers;              /* of remarks: from those of the model to those of the file; 0: not met */
	size_t number_room;
	uint32_t remark_count;
	size_t row_count, seen;
	struct gathered_row last;       /* the row before */
	bool is_lost;                   /* something that cannot be written down */
	bool is_sound;                  /* it is kept: for kept_was_read */
	size_t complaints;              /* when it began */
};

/* Before the results of a year, when its tables are read; the sources of this year begin behind `before`. */
void kept_open(struct check *check, const struct kept_store *store, uint32_t before);

/* Takes all rows of a file that is open from what was kept.  False: they are to be read, and then kept_end. */
bool kept_take(struct observer *observer, uint32_t source);
/* `is_whole`: all there is was read.  Before the text is let go. */
void kept_end(struct observer *observer, bool is_whole);
/* For observer.c: a record was looked at, what stands beside its result, and as what it was taken; NULL: it was not. */
void kept_row(struct observer *observer, struct remark written, const struct gathered_row *row);

#endif
