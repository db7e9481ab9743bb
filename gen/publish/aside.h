/* SPDX-License-Identifier: MIT
 *
 * What lies in a year's output and is no part of it: the batches that were prepared to be sent (TREE_DISPATCH), and
 * the certificates (TREE_CERTIFICATES).
 *
 * No manifest names them, since two runs never make the same ones (their encryption is random); every
 * build takes them along as they are, and nobody who verifies a tree complains of them.  What they were
 * stands in the register.
 */
#ifndef XINGJI_PUBLISH_ASIDE_H
#define XINGJI_PUBLISH_ASIDE_H

#include "base/text.h"

struct arena;

/* Is it such a folder or in one?  `path` is relative to out/<year>. */
bool aside_holds(struct text path);
/*
 * Brings all of it from one tree into another beside it, by hard links, or where the disk has none by copies.
 * Links are not followed.  Returns 0 or an errno; where there is nothing, nothing is made.
 */
int aside_carry(struct arena *arena, const char *from, const char *to);
/* Takes it away from a tree that is nobody's any more.  Returns 0 or an errno. */
int aside_remove(struct arena *arena, const char *tree);

#endif
