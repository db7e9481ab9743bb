/* SPDX-License-Identifier: MIT
 *
 * Inside of the receipts; only receipt*.c include this.
 */
#ifndef XINGJI_BUILD_RECEIPT_INSIDE_H
#define XINGJI_BUILD_RECEIPT_INSIDE_H

#include "base/list.h"
#include "base/map.h"
#include "build/receipt.h"
#include "publish/footprint.h"
#include "publish/manifest.h"

enum trust { TRUST_NONE, TRUST_SAMPLE, TRUST_ALL };

enum { RECEIPT_FILES_MOST = 16 }; /* of one diagnosis: it, its sheets, its form, pictures of its results */

struct receipt_file {
	struct output_file file;
	struct text stamp; /* of the file in the tree (publish/footprint.h); missing: not known */
};

/* Of one diagnosis, which is its first file. */
struct receipt_note {
	char key[65], among[65];
	uint64_t asked; /* tables: facts_asked */
	size_t count;
	struct receipt_file files[RECEIPT_FILES_MOST];
	bool is_there;  /* of those of the last run: every file lies as it was left */
};

/* What is noted of a whole run. */
struct receipt_run {
	char inputs[65], tree[65];
	int64_t newest_ns, took_ms, code;
	bool is_coarse;
	struct text also;  /* a file of the system that was read, too, and its stamp: "<stamp> <path>"; missing: none */
	struct text said;
};

struct receipts {
	struct arena *arena;
	const struct options *options;
	enum trust trust;
	bool is_whole;           /* the run makes all there is, so that its repetition does */
	bool may_repeat;
	const char *target;      /* out/2021 without links */
	const char *store;
	char inputs[65], program[65];
	struct footprint found;  /* of the inputs, when the run began */
	uint64_t began_ms;
	bool has_run;
	struct receipt_run run;  /* of the run before */
	LIST(struct receipt_note) before, made;
	struct map by_path;      /* → index in before */
	size_t exported;
	/* Of this run. */
	bool is_off;             /* nothing is reused and nothing noted */
	struct receipt_data data;
	char setup[65];
	size_t told, files;      /* when the task began */
	uint32_t *expected;      /* by task: 1 + index in before of what is made only to be compared; 0: none */
	uint32_t *taken;         /* tasks that were taken over */
	size_t taken_count;
	int64_t wrong_count;
	struct text wrong;       /* path of the first */
};

/* receipt_note.c: notes as lines of text. */
void receipt_write_note(struct buf *buf, const struct receipt_note *note);
void receipt_write_run(struct buf *buf, const struct receipt_run *run);
/* All that stands there, in receipts->arena, whatever it is; what is no note is passed over. */
void receipt_read(struct receipts *receipts, struct text lines, bool is_store);

#endif
