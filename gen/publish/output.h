/* SPDX-License-Identifier: MIT
 *
 * The set of files of a run: written to a sibling folder, exchanged at once.
 *
 * out/2021 is made as out/.2021.next and takes its place in one step, so a run that
 * fails, is killed or finds the disk full leaves the previous output whole.  Files
 * under internal/ are 0600 in folders 0700, the rest 0644 and 0755.  A lock file
 * keeps two runs out of the same folder.  Workers in forked processes write through
 * output_write and send their records home (output_export, output_import).
 */
#ifndef XINGJI_PUBLISH_OUTPUT_H
#define XINGJI_PUBLISH_OUTPUT_H

#include <stdint.h>

#include "base/text.h"

struct arena;
struct buf;
struct diag;
struct output;

struct output_file {
	struct text path; /* relative to out/<year>, '/' between parts */
	char hash[65];    /* sha256 */
	uint64_t size;
};

struct output_options {
	const char *folder;    /* "out/2021": what will be replaced */
	/* Keep a file of the previous output (partial builds)?  NULL: start empty.  Kept files are hard-linked. */
	bool (*keeps)(const void *context, struct text path);
	const void *context;
	const char *manifest; /* its name; NULL: manifest.txt */
};

/* NULL after reporting (folder not writable, another run in progress). */
struct output *output_open(struct arena *arena, const struct output_options *options, struct diag *diag);
/*
 * Write one file; parts of the path are checked (no "..", no empty part, no
 * control characters).  False after reporting; the output is then dead.
 */
bool output_write(struct output *output, struct text path, struct text bytes);
/* Records made since open or the last export, and their way into another process's output. */
void output_export(struct output *output, struct buf *records);
bool output_import(struct output *output, struct text records);
/* All files so far, sorted by path. */
const struct output_file *output_files(struct output *output, size_t *count);
/* The bytes of a file written before, until the next call (mapped; for the leak scan and the cross-check). */
bool output_map(struct output *output, struct text path, struct text *bytes);
/*
 * Write the manifest (head lines first, then the files) and exchange.  It is 0600
 * where it names files of internal/: their names tell who took part.  False after
 * reporting, the previous output untouched.
 */
bool output_publish(struct output *output, struct text manifest_head);
/* Drop what was not published and release the lock.  Safe in any state, NULL allowed. */
void output_close(struct output *output);
/* What will be replaced: the folder of the options, where the previous output is. */
const char *output_target(const struct output *output);
/* The path of the sibling folder: what a signal handler's clean-up removes. */
const char *output_folder(const struct output *output);

#endif
