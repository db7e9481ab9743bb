/* SPDX-License-Identifier: MIT
 *
 * Memory kept in a file, and found again by another process at the same address, so that pointers in it hold.
 *
 * What is built lies in a range of addresses that nothing else uses (image_reserve) and is written as it stands.
 * Whoever opens the file gets the range with nothing in it: a block is read when it is first touched, and held against
 * its hash before anything sees it.  So opening costs the same whatever the size, and a byte that was damaged on the
 * way between machines ends the program (exit code 3, one line) and is never believed.
 *
 *	head     what is here, for which program, the hash of the table
 *	blocks   the memory
 *	table    SHA-256 of each block, in hex
 *
 * Pointers into the program itself (texts that stand in its code, its tables) hold in the same program file alone,
 * which is linked to a fixed address for that; the head names it by its hash.  Pointers to anywhere else there must
 * be none: two images of the same inputs, made by two processes whose other addresses differ, are the same bytes
 * (tests/jobs/run).
 *
 * A kernel that is handed memory of a block that nobody has touched gives EFAULT: what goes to a system call is copied
 * or touched first.
 */
#ifndef XINGJI_PUBLISH_IMAGE_H
#define XINGJI_PUBLISH_IMAGE_H

#include "base/text.h"

struct arena;

enum image_state {
	IMAGE_SOUND,
	IMAGE_UNREADABLE,    /* by the errno */
	IMAGE_EXPOSED,       /* others than the owner's group may write it */
	IMAGE_DAMAGED,       /* no image, cut, or its head or table is not what it was */
	IMAGE_OTHER_PROGRAM, /* made by another program file */
	IMAGE_TAKEN,         /* this process uses the addresses for something else */
};

struct image {
	const char *path;
	const void *root; /* what image_write was given */
	size_t size;      /* bytes of the blocks */
	int error;        /* IMAGE_UNREADABLE */
};

/* Zeroed pages at the address of images, as many as the system gives (*size); NULL where it gives none. */
void *image_reserve(size_t *size);
/*
 * Writes the first `used` bytes of what image_reserve gave as `path`, beside it first, synced, 0600.  `head` becomes
 * the hash of its head, by which image_open knows it.  0 or an errno; after a failure `path` is as it was.
 */
struct image_contents {
	size_t used;
	const void *root;        /* in it: where whoever opens it begins */
	const char *program;     /* program_hash */
};
int image_write(struct arena *arena, const char *path, const struct image_contents *contents, char head[65]);
/* The pieces, one behind the other, as `path`: beside it first, synced, 0600.  As image_write. */
int image_write_beside(struct arena *arena, const char *path, const struct text *pieces, size_t count);
/* Until the process ends; one image at a time.  `head` as image_write gave it. */
enum image_state image_open(struct image *image, const char *path, const char *program, const char *head);
/* Reads and holds against their hashes all blocks that were not touched yet: for whoever needs them all. */
void image_load(void);

#endif
