/* SPDX-License-Identifier: MIT
 *
 * A published tree against its manifest, and the manifest against the inputs.
 *
 * Nothing is taken on trust: the last line of a manifest must fit what stands above it, every
 * file named must be a plain file with its bytes and its mode, nothing may stand beside them,
 * all shards must be there.  Links are never followed.  Of the inputs the register may have
 * grown since.
 */
#ifndef XINGJI_PUBLISH_VERIFY_H
#define XINGJI_PUBLISH_VERIFY_H

#include "base/text.h"

struct arena;
struct buf;
struct diag;

/* Where a file right in the folder of that name may have come from instead: with the program.  NULL: from nowhere. */
struct verify_place {
	const char *name, *folder;
};

/* Where the inputs of a manifest may lie now: "data/2021/x.csv" in `folder` of the root "data", or in `others`. */
struct verify_root {
	const char *name, *folder;
	bool is_given; /* by the user: then what differs is an error, one by one; else one warning */
	struct verify_place others[2];
};

/*
 * Reports each difference; false when there is one.  `hashes` (NULL: not wanted) gets a line
 * "<sha256>  manifest.txt" for each manifest.
 */
bool verify_tree(struct arena *arena, const char *folder, const struct verify_root *roots, size_t root_count, struct diag *diag, struct buf *hashes);

#endif
