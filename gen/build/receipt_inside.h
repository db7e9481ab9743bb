/* SPDX-License-Identifier: MIT
 *
 * Inside of the receipts; only receipt*.c include this.
 */
#ifndef XINGJI_BUILD_RECEIPT_INSIDE_H
#define XINGJI_BUILD_RECEIPT_INSIDE_H

#include "base/buf.h"
#include "base/list.h"
#include "base/map.h"
#include "build/plan.h"
#include "build/receipt.h"
#include "check/kept.h"
#include "publish/crosscheck.h"
#include "publish/footprint.h"
#include "publish/leak_memory.h"
#include "publish/manifest.h"

enum trust { TRUST_NONE, TRUST_SAMPLE, TRUST_ALL };

struct receipt_file {
	struct output_file file;
	struct text stamp; /* of the file in the tree (publish/footprint.h); missing: not known */
};

/* Of one task. */
struct receipt_note {
	struct text name;       /* receipt_name */
	char key[65], among[65];
	char facts[65];         /* receipts.facts of a run in which `among` was so; none: not known */
	struct text asked;      /* receipt_asked */
	struct text words;      /* what it reported, as diag_export writes it */
	size_t count;
	struct receipt_file *files;
	bool is_there;          /* of those of the last run: every file lies as it was left */
};

/* What is noted of a whole run. */
struct receipt_run {
	char inputs[65], tree[65];
	int64_t newest_ns, took_ms, code;
	bool is_coarse;
	struct text also;  /* a file of the system that was read, too, and its stamp: "<stamp> <path>"; missing: none */
	struct text said;
};

/* Of a comparison (publish/crosscheck.h) in which all was as it should be. */
struct receipt_check {
	char program[65], digest[65]; /* none: it was not so, or is not known */
	struct crosscheck_summary summary;
};

/* Of what was read of one file of results. */
struct receipt_read {
	struct text file;
	char key[65];
	struct buf bytes; /* none: they lie there */
};

/* A file of results that was read without a word, by what the disk says of it. */
struct receipt_known {
	struct text name, stamp; /* source.inside; publish/footprint.h */
	struct input_known known;
};

struct receipts {
	struct arena *arena;
	const struct options *options;
	enum trust trust;
	bool is_whole;           /* the run makes all there is, so that its repetition does */
	bool may_repeat;
	const char *target;      /* out/2021 without links */
	const char *store, *searched, *fonts, *read_folder;
	struct text seal;        /* of the tree before */
	char inputs[65], program[65];
	struct footprint found;  /* of the inputs, when the run began */
	uint64_t began_ms;
	bool has_run;
	struct receipt_run run;  /* of the run before */
	LIST(struct receipt_note) before, made;
	struct map by_name;      /* → index in before */
	size_t exported;
	/* Of this run. */
	bool is_off;             /* nothing is reused and nothing noted */
	struct receipt_data data;
	char setup[65], whole_setup[65]; /* of diagnoses; of site and report */
	char facts[65];          /* what any diagnosis can see but words beside its results; none: not known */
	size_t told, files;      /* when the task began */
	struct leak_memory scan; /* where has_scan */
	bool has_scan, has_looked_for_fonts;
	struct receipt_check checked, check; /* of the run before; of this one */
	struct buf words;        /* exported already, on their way to the parent */
	uint32_t *expected;      /* by task: 1 + index in before of what is made only to be compared; 0: none */
	uint32_t *taken;         /* tasks that were taken over */
	size_t taken_count;
	int64_t wrong_count;
	struct text wrong;       /* path of the first */
	struct kept_store kept;
	LIST(struct receipt_read) read;
	LIST(struct receipt_known) known, noted; /* of the reading before; of this one */
	int64_t known_ns;        /* when the reading before began, by the clock of the disk */
	int64_t read_wrong;      /* files of which something else was kept than was read */
	struct text read_name;   /* the first of them */
};

/*
 * receipt_depends.c: what a task depends on.  False where something is not to be known, so that nothing may be reused.
 */
bool receipt_depends_open(struct build *build);
/* What a note calls the task, in build->scratch: the path of the diagnosis, "site", "report"; missing: it has none. */
struct text receipt_name(struct build *build, const struct task *task);
void receipt_key(struct build *build, const struct task *task, char key[65]);
/* What was asked since receipt_forget_asked, in receipts->arena: "<scope>:<facts_asked_write> …". */
void receipt_forget_asked(struct build *build);
struct text receipt_asked(struct build *build);
/* The digest of all that these show; false: it is no such text. */
bool receipt_among(struct build *build, const struct task *task, struct text asked, char among[65]);
/* The note's `among` holds, as everything else that the task can see is what it was: it need not be looked at. */
bool receipt_is_among_the_same(const struct build *build, const struct task *task, const struct receipt_note *note);
/* Does a place in this source stay where it is while the key stays? */
bool receipt_is_steady(const struct build *build, uint32_t source);
/* Of every option that can change a file or a word; of the command line. */
void receipt_add_options(struct hash *hash, const struct options *options);

/* receipt_note.c: notes as lines of text. */
void receipt_write_note(struct buf *buf, const struct receipt_note *note);
void receipt_write_run(struct buf *buf, const struct receipt_run *run);
void receipt_write_check(struct buf *buf, const struct receipt_check *check);
/* All that stands there, in receipts->arena, whatever it is; what is no note is passed over. */
void receipt_read(struct receipts *receipts, struct text lines, bool is_store);

/* receipt.c: the digest of the program, where it is to be known. */
void receipt_find_program(struct receipts *receipts);

/* receipt_sample.c: is what has this key read all the same, and compared? */
bool receipt_is_in_sample(const struct receipts *receipts, const char key[65]);
/* Is it the turn of everything that is for outside to be searched for leaks? */
bool receipt_scan_is_drawn(const struct receipts *receipts);
/* Of the tasks that have a note (by task; NULL: none) those that are done all the same. */
void receipt_draw_sample(const struct build *build, struct receipt_note *const *notes, bool *is_drawn);

/* receipt_fonts.c */
void receipt_write_fonts(const struct build *build);

/* receipt_kept.c */
void receipt_forget_read(struct receipts *receipts);

#endif
