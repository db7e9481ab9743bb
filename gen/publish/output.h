/* SPDX-License-Identifier: MIT
 *
 * The set of files of a run: written beside the previous one, exchanged at once (slot.h).
 *
 * A run that fails, is killed or finds the disk full leaves the previous output whole.  Files
 * under internal/ are 0600 in folders 0700, the rest 0644 and 0755.  Workers in forked
 * processes write through output_write and send their records home (output_export,
 * output_import).  A run that makes only a part keeps what others made: those files are
 * hashed again on the way, and the manifest says from which inputs they came (manifest.h).
 */
#ifndef XINGJI_PUBLISH_OUTPUT_H
#define XINGJI_PUBLISH_OUTPUT_H

#include <stdint.h>

#include "publish/manifest.h"

struct output;

/* What is known of a file of the previous output when a run decides whether to keep it. */
struct output_previous {
	struct text path;
	bool is_same_head; /* made from what this run is made from: the same bytes */
	bool is_whole;     /* with this run all shards of what it makes are there */
};

struct output_options {
	const char *folder;    /* "out/2021": what will be replaced */
	/* Keep a file of the previous output?  NULL: start empty. */
	bool (*keeps)(const void *context, const struct output_previous *previous);
	const void *context;
	bool is_secret;        /* all files are 0600 in folders 0700, not only those of internal/ */
	bool makes_all;        /* nothing must be kept: a manifest that is not whole is no hindrance then */
	struct text head;      /* of the manifest, without its first line; may come with output_publish when nothing is kept */
	struct text made;      /* "all", "diagnosis", "only 9132…": for the manifest */
	int64_t shard, shards; /* of it; 0 of 0 and 1 of 1 are the same */
};

/* NULL after reporting: folder not writable or not ours, another run in progress, something kept was altered. */
struct output *output_open(struct arena *arena, const struct output_options *options, struct diag *diag);
/*
 * Write one file; parts of the path are checked (no "..", no empty part, no
 * control characters).  False after reporting; the output is then dead.
 */
bool output_write(struct output *output, struct text path, struct text bytes);
/*
 * The same bytes once more, of a file that is there (kept or made): a hard link where the disk has them.  As
 * output_write.
 */
bool output_copy(struct output *output, struct text from, struct text to);
/*
 * A file of the previous output as it is: linked, where the disk has no links copied, and one that this run made from
 * then on.  That its bytes have the hash is the caller's word.  False where it is not to be had; where the new tree has
 * no room for it, that is reported, too, and the output is dead.
 */
bool output_take(struct output *output, const struct output_file *file);
/* The files made so far in this process, in their order; valid until the next is made. */
const struct output_file *output_made(const struct output *output, size_t *count);
/* What was recorded so far is this process's own: workers forked from now on send home what they make, no more. */
void output_export_from_here(struct output *output);
/* Records made since open or the last export, and their way into another process's output. */
void output_export(struct output *output, struct buf *records);
bool output_import(struct output *output, struct text records);
/* The files that this run made so far, sorted by path; kept ones are not among them. */
const struct output_file *output_files(struct output *output, size_t *count);
/* Is it kept from a run of the same inputs?  Then it can be compared with what this run makes. */
bool output_keeps_same(const struct output *output, struct text path);
/* The bytes of a file written before, until the next call (mapped; for the leak scan and the cross-check). */
bool output_map(struct output *output, struct text path, struct text *bytes);
/*
 * Write the manifests and exchange.  A manifest is 0600 where it names files of internal/:
 * their names tell who took part.  With `head` missing, that of the options.  False after
 * reporting, the previous output untouched.
 */
bool output_publish(struct output *output, struct text head);
/* Drop what was not published and release the lock.  Safe in any state, NULL allowed. */
void output_close(struct output *output);
/* Where the new tree is while it is made. */
const char *output_folder(const struct output *output);
/* After output_publish: the SHA-256 of the manifest that this run wrote, and its name. */
const char *output_manifest_hash(const struct output *output);
const char *output_manifest_name(const struct output *output);

#endif
