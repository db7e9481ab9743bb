/* SPDX-License-Identifier: MIT
 *
 * manifest.txt: what a run left, and from what it was made.
 *
 *	# xingji manifest 2
 *	# program …             the head: program, year, day, catalogues, theme, options, inputs
 *	# input <sha256> data/2021/…
 *	# made all              what runs from this head made: all, site, report, diagnosis,
 *	# made diagnosis 2/4    a shard of it, or one enterprise's
 *	<sha256> <size> <path>  its files, sorted by path
 *	# xingji manifest 2     further parts: what was kept from runs of other inputs
 *	# kept
 *	…
 *	# end <files> <sha256 of everything above>
 *
 * A file that is cut, extended or changed does not fit its last line.  A shard's is
 * manifest-K-of-N.txt, so that the shards of a year, copied into one folder, stand side by
 * side: together they are the manifest of that folder.
 */
#ifndef XINGJI_PUBLISH_MANIFEST_H
#define XINGJI_PUBLISH_MANIFEST_H

#include "base/text.h"

#define MANIFEST_NAME "manifest.txt"

struct arena;
struct buf;
struct diag;

struct output_file {
	struct text path; /* relative to out/<year>, '/' between parts */
	char hash[65];    /* sha256 */
	uint64_t size;
};

/* A head and its files. */
struct manifest_part {
	const char *name;  /* of the file that it stands in */
	struct text head;  /* the lines "# …", without made and kept */
	struct text made;  /* the lines "# made …" */
	bool is_kept;
	size_t first, count; /* its files in manifest.files */
};

struct manifest {
	struct output_file *files; /* part by part; shards may name the same file */
	size_t count;
	struct manifest_part *parts;
	size_t part_count;
	const char *bad;      /* the name of a manifest that is not whole, NULL when all are */
	int64_t bad_line;     /* what is wrong: a line of it, or 0: its end does not fit */
	bool is_there;        /* at least one file has the name and the first line of a manifest */
};

#define MANIFEST_FIRST_LINE "# xingji manifest 2\n"

void manifest_write_line(struct buf *buf, const struct output_file *file);
/* file->path borrows from line. */
bool manifest_parse_line(struct text line, struct output_file *file);
/* Head (with its first line), made, files. */
void manifest_write_part(struct buf *buf, const struct manifest_part *part, const struct output_file *files);
/* The last line of what the buffer holds. */
void manifest_write_end(struct buf *buf);

/* "manifest.txt", or where parts is above 1 "manifest-2-of-3.txt". */
const char *manifest_name(struct arena *arena, int64_t part, int64_t parts);
bool manifest_is_name(struct arena *arena, struct text name);
/* All manifests of the folder, none through a link.  What stands in a bad one is there as far as it can be read. */
void manifest_load(struct arena *arena, const char *folder, struct manifest *manifest);

/* Made by the same program from the same inputs on the same day with the same options. */
bool manifest_same_head(const struct manifest_part *part, struct text head);
/*
 * "diagnosis 2/4" → what, 2, 4; "all" → all, 1, 1; false for one enterprise's ("diagnosis
 * only …").  Takes the next line off *made.
 */
bool manifest_next_made(struct text *made, struct text *what, int64_t *shard, int64_t *shards);
/*
 * Which of the N shards of `what` are there from this head: there[0] … there[N - 1] are set,
 * all where a run made `what` as a whole.  Returns how many are missing.
 */
size_t manifest_find_shards(const struct manifest *manifest, struct text head, struct text what, bool *there,
			    size_t count);

#endif
