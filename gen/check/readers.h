/* SPDX-License-Identifier: MIT
 *
 * The files of a year's results read side by side: processes read them in the order of their names and leave behind
 * what the rows said, in the form in which it is kept for the next run (check/kept.h).  This process puts that down
 * file by file, so that numbers, places and words are those of one reader.
 *
 * What is left behind is rows and nothing else: a file of which anything was told is read here as if nobody had, and
 * so is one that nobody has finished, because its reader died or its room did not suffice.
 */
#ifndef XINGJI_CHECK_READERS_H
#define XINGJI_CHECK_READERS_H

#include <sys/types.h>

#include "check/kept.h"

struct input_names;

/* Results of fewer bytes are sooner read by one process than others are begun; `make bench` measures reading. */
#define READERS_LEAST ((size_t)2 << 20)

struct readers {
	struct observer *observer;
	/* Reads one file as ever; in one of the processes with check->kept that of the readers. */
	void (*read)(void *context, const char *path, struct text name);
	void *context;
	struct reader_file *files;     /* as they will be asked for */
	size_t count, next;            /* next: behind the one asked for last */
	struct readers_shared *shared; /* NULL: nobody else reads */
	size_t shared_size;
	pid_t *pids;
	int started;
	int pipe;                      /* a byte for each file that is finished; its end: nobody reads any more */
	const struct kept_store *outer; /* of this process, which a reader asks first; or NULL */
	struct reader_file *reading;   /* in a reader: the file being read */
	struct kept_store own;         /* in a reader: what stands in for check->kept */
};

/* Begins the reading of what lies in the folder of results, by check->readers processes; by none where it is little. */
void readers_start(struct readers *readers, const char *folder, const struct input_names *names);
/* True: all rows of the file were taken.  False: it is to be read. */
bool readers_take(struct readers *readers, const struct kept_file *file);
/* When every file was asked for. */
void readers_end(struct readers *readers);

#endif
