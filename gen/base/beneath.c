/* SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700 /* realpath */
#include "base/beneath.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/text.h"

/* NULL with errno. */
static const char *real_path(struct arena *arena, const char *path)
{
	char *at = realpath(path, NULL);
	if (!at)
		return NULL;
	const char *real = text_string(arena, text_from(at));
	free(at);
	return real;
}

/* Both without links. */
static bool is_inside(const char *folder, const char *path)
{
	size_t size = strlen(folder);
	return strncmp(folder, path, size) == 0 && (path[size] == '/' || path[size] == '\0' || (size && folder[size - 1] == '/'));
}

static bool is_link(const char *path)
{
	struct stat status;
	return lstat(path, &status) == 0 && S_ISLNK(status.st_mode);
}

/* The first link of the path that leads out of `root`: backwards from its end to what still lies inside. */
static void name_link(struct arena *arena, const char *root, const char *path, struct beneath *found)
{
	for (size_t i = strlen(path); i > 0; i--) {
		if (path[i] != '/' && path[i] != '\0')
			continue;
		const char *part = text_string(arena, (struct text){ path, i });
		const char *target = real_path(arena, part);
		if (!target || is_inside(root, target))
			break; /* whatever stands before is inside */
		if (is_link(part))
			found->link = part, found->target = target;
	}
}

int beneath_find(struct arena *arena, const char *folder, const char *path, struct beneath *found)
{
	const char *root = real_path(arena, folder), *real = root ? real_path(arena, path) : NULL;
	*found = (struct beneath){ .real = real ? real : path, .link = path, .target = real };
	if (!real)
		return errno;
	if (is_inside(root, real))
		return 0;
	name_link(arena, root, path, found);
	return EXDEV;
}
