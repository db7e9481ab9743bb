/* SPDX-License-Identifier: MIT
 *
 * The tree before the last becomes the next one: folders and hard links that are needed again need not be removed
 * and made again, which of a year that hardly changed is most of what publishing asks of the disk.
 *
 * What stands in such a tree counts for nothing.  A file is left only where it is the very file (device and
 * number) that is to be linked in its place; every other one makes way before something is written, since its
 * bytes may be those of a file that people see.  Folders are entered by name only, never through a link.  At the
 * end whatever nobody asked for goes.
 */
#ifndef XINGJI_PUBLISH_RENEW_H
#define XINGJI_PUBLISH_RENEW_H

#include <stdbool.h>
#include <sys/stat.h>

#include "base/text.h"

struct arena;
struct map;

/*
 * Puts `old`, which is ours, in the place of the empty folder `next`, whose status is `fresh`, with the sign that
 * it is unfinished.  False, and `old` is where it was, for one that somebody else owns.  *error: an errno, after
 * which neither may be used as it is.
 */
bool renew_begin(struct arena *arena, const char *old, const char *next, const struct stat *fresh, int *error);

/* There may be a folder at that path from now on: what stands there and is none is gone.  Returns 0 or an errno. */
int renew_clear_folder(const char *path);
/* There may be a new file. */
int renew_clear_file(const char *path);
/* Does the file itself stand there that `info` is of? */
bool renew_is_same(const char *path, const struct stat *info);

struct renewed {
	const char *next;
	const struct map *wanted; /* paths of files below it; manifests stay, too */
	unsigned mask;            /* mode bits that a folder made now would not have */
	bool (*is_secret)(const void *context, struct text folder); /* "internal/" */
	const void *context;
};

/* Takes away what is not wanted; every folder gets the mode that it would have were it new.  Returns 0 or an errno. */
int renew_end(struct arena *arena, const struct renewed *renewed);

#endif
