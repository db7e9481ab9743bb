/* SPDX-License-Identifier: MIT
 *
 * Inside of the output; only output*.c include this.
 */
#ifndef XINGJI_PUBLISH_OUTPUT_INSIDE_H
#define XINGJI_PUBLISH_OUTPUT_INSIDE_H

#include <sys/types.h>

#include "base/diag.h"
#include "base/file.h"
#include "base/list.h"
#include "base/map.h"
#include "publish/output.h"
#include "publish/slot.h"

struct kept_file {
	struct output_file file;
	size_t part; /* its index in output->before.parts */
};

enum { OUTPUT_ROOM = 65536 };

struct output {
	struct arena *arena;
	struct diag *diag;
	struct slot slot;
	struct manifest before; /* of the previous output */
	struct text head, made;
	const char *manifest;   /* the name of this run's */
	char manifest_hash[65];
	pid_t owner;            /* forked workers must not remove the folder */
	bool is_dead, is_secret;
	LIST(struct output_file) files; /* made by this run */
	LIST(struct kept_file) kept;
	size_t exported;
	struct map folders;       /* made already */
	struct map carried;       /* paths of kept files, which stand in the new tree → 1 where of the same head */
	struct file_bytes mapped; /* what output_map gave last; what is small in `room` */
	char *room;               /* OUTPUT_ROOM bytes */
	struct text first_other;  /* of the kept files that other inputs gave */
	size_t other_count;
};

/* Reports, and the output is dead; false. */
bool output_fail(struct output *output, enum diag_kind kind, const char *path, int error);
/* Dead, or an interrupt came in between, which is then reported. */
bool output_is_stopped(struct output *output);
/* Is the file for its owner alone? */
bool output_is_secret(const struct output *output, struct text path);

/* For qsort: by path. */
int output_compare_files(const void *left, const void *right);

/* output_manifest.c: the manifests of the new tree, false after reporting; and word of what was kept of other inputs. */
bool output_write_manifests(struct output *output);
void output_tell_of_others(const struct output *output);

#endif
