/* SPDX-License-Identifier: MIT
 *
 * manifest.txt: what a run left, and from what it was made.
 *
 * Head lines begin with '#'; then one line a file, sorted by path:
 *	<sha256> <size> <path>
 * A shard's is manifest-K-of-N.txt, so that the shards of a year, copied into one
 * folder, stand side by side: together they are the manifest of that folder.
 */
#ifndef XINGJI_PUBLISH_MANIFEST_H
#define XINGJI_PUBLISH_MANIFEST_H

#include "publish/output.h"

#define MANIFEST_NAME "manifest.txt"

struct manifest {
	struct output_file *files;
	size_t count;
};

void manifest_write_line(struct buf *buf, const struct output_file *file);
/* file->path borrows from line. */
bool manifest_parse_line(struct text line, struct output_file *file);
/* "manifest.txt", or where parts is above 1 "manifest-2-of-3.txt". */
const char *manifest_name(struct arena *arena, int64_t part, int64_t parts);
/* All manifests of the folder as one, sorted by path, each line once.  False when it has none that is readable; bad lines are skipped. */
bool manifest_load(struct arena *arena, const char *folder, struct manifest *manifest);
/*
 * Compare a published tree with its manifest: every listed file present with its
 * bytes, nothing beside them.  Reports each difference; false when there is one.
 * Warns of shards that are not there.
 */
bool manifest_verify(struct arena *arena, const char *folder, struct diag *diag);

#endif
