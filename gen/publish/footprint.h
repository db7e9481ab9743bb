/* SPDX-License-Identifier: MIT
 *
 * What lies in some places of the disk, by names and by what the file system says of each file: its number, size,
 * mode, and when it was last changed in any way (ctime, which nobody sets).  No file is opened.
 *
 * Where two footprints are equal and is_settled, every file has the bytes that it had.  Files of which the last change
 * may be as late as the footprint itself are not settled: within one tick of its clock a file system does not tell two
 * changes apart.
 */
#ifndef XINGJI_PUBLISH_FOOTPRINT_H
#define XINGJI_PUBLISH_FOOTPRINT_H

#include "base/hash.h"

struct arena;
struct stat;

struct footprint {
	struct arena *arena;
	struct hash hash;
	/* Leave out a file or folder by its path below the place?  NULL: none. */
	bool (*skips)(struct text inside);
	int64_t newest_ns; /* the latest change, since 1970 */
	size_t count;      /* entries */
	bool is_coarse;    /* whole seconds throughout */
	bool is_lost;      /* too many, too deep, or not readable: equal to nothing */
};

void footprint_init(struct footprint *footprint, struct arena *arena);
/* A file or folder and all below it, links followed; that there is none is noted, too. */
void footprint_add(struct footprint *footprint, const char *path);
/* The program that runs, and every library that it has loaded so far.  Where the system does not tell, it is lost. */
void footprint_add_program(struct footprint *footprint);
/* Something else that must be the same. */
void footprint_add_text(struct footprint *footprint, struct text text);
/* Empty where it is lost.  The footprint is used up. */
void footprint_finish(struct footprint *footprint, char hex[65]);
/* Was everything as it was found by then, since 1970, by the clock of that file system? */
bool footprint_is_settled(const struct footprint *footprint, int64_t then_ns);

/* "<device>:<number>:<size>:<mode>:<written>:<changed>" of a file; false: none, or no regular one (a link is not followed). */
bool footprint_of_file(const char *path, char stamp[160]);
/* Without what a hard link more or less changes. */
struct text footprint_stamp_stem(struct text stamp);

#endif
