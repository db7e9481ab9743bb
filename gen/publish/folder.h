/* SPDX-License-Identifier: MIT
 *
 * A folder of small files that people will go on writing in, made at once: beside its place
 * first, brought to the disk, then called by its name.  Nothing that is there is ever
 * replaced.  Permissions are what the user's umask leaves, as for files of their own.
 */
#ifndef XINGJI_PUBLISH_FOLDER_H
#define XINGJI_PUBLISH_FOLDER_H

#include "base/text.h"

struct arena;

struct folder_file {
	struct text name;  /* "campaign.xml"; one that ends in '/' is an empty folder */
	struct text bytes;
};

/*
 * Makes `path` with these files.  Returns 0 or an errno: EEXIST where there is something by
 * that name, whatever it is.  After a failure nothing of it is left, but the folder
 * ".<name>.next" where not even that can be removed.
 */
int folder_make(struct arena *arena, const char *path, const struct folder_file *files, size_t count);

#endif
