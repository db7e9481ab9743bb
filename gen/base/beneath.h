/* SPDX-License-Identifier: MIT
 *
 * Whether a file lies beneath a folder once links are followed.
 *
 * Data, content and themes come from other people, as ZIP files.  A symbolic link
 * among them could bring any file of this machine into what is published, so a link
 * may lead to wherever it likes inside its folder and nowhere else.  The folder
 * itself may be a link: it is what the user named.
 */
#ifndef XINGJI_BASE_BENEATH_H
#define XINGJI_BASE_BENEATH_H

struct arena;

struct beneath {
	const char *real; /* the file without any links, to be opened instead of the path */
	/* After EXDEV: the first link of the path that leaves the folder, and where it leads. */
	const char *link, *target;
};

/*
 * Follows `path`, which starts with `folder` as it is written.  Returns 0, EXDEV when
 * it ends outside, or another errno (nothing there, links in a circle).  Nothing is
 * opened, so nothing blocks.
 */
int beneath_find(struct arena *arena, const char *folder, const char *path, struct beneath *found);

#endif
