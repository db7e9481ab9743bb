/* SPDX-License-Identifier: MIT
 *
 * Receipts: what a run made and from what, noted for the next run, so that nothing is made twice.
 *
 * Notes lie in out/.<year>.receipts (publish/store.h), which is written when a tree has been published:
 *
 * 1. Of the run: the footprint (publish/footprint.h) of everything that it may have read (data, content, themes, fonts,
 *    the program and its libraries) with all its options; the footprint of the tree that it left; what it said, and its
 *    exit code.  Where a run finds both as they were, there is nothing to do: it says the same and ends.
 *
 * 2. Of each task (a diagnosis, the report, the site): its files with their hashes, and digests of all that it can
 *    depend on.
 *      key    program, theme, texts, options, the day; every input that is not row by row about enterprises; number and
 *             history of the documents (issued.h); of a diagnosis its path, its remarks and the rows that are about its
 *             enterprise, byte for byte (receipt_own.c).
 *      among  what follows from the data: of the tables and columns that its queries asked (facts_asked), all that its
 *             connection shows of them (facts_digest).  Everything that a document or page sees of the data passes
 *             through such a connection.  Of a diagnosis, tables whose rows follow from the key say so in their list
 *             and are left out; others are few and short: medians, peers, entries of the list.
 *      facts  everything that any diagnosis can see but the words beside results, of which it says its own alone, that
 *             are in its key: where it is equal, among is, and need not be looked at.
 *    Where both are equal and the files are as they were left, they are linked into the new tree.  The note of report
 *    and site holds what was reported of them, too, which is reported again; a diagnosis of which something was reported
 *    has no note, nor have they where it was about the data.
 *
 * 3. Of the comparison of pages and report with the decisions (publish/crosscheck.h): the digest of both; its counts.
 *
 * Beside them, in out/.<year>.searched.receipts: what the leak scan found clean (publish/leak_memory.h); in
 * out/.<year>.fonts.receipts what the faces were cut to (receipt_fonts.c); and in
 * out/.<year>.read.receipts/ what was read of each file of results (check/kept.h), each sealed with the key of what it
 * depends on, so that there is nothing in it for who has not the very same inputs.  The preview has such a folder, too.
 *
 * What makes it safe: a note that cannot be opened, or belongs to another tree, is none; a file whose stamp differs is
 * hashed; a change that the clock of the file system cannot tell from the one before counts as one.  And one task
 * in a hundred (--trust all: each) is done all the same and compared (receipt_sample.c): where it differs, that is
 * reported as an error, all are done, and nothing is noted; --trust all looks through every page and compares every
 * number, too.
 *
 * A job of a plan and a merge (part.h) have no receipts: build->receipts is NULL, which every function below but
 * receipts_repeat takes, and all their tasks are to be done.  A merge publishes new files, whose stamps no older
 * note has, so that the next build looks at their bytes.
 */
#ifndef XINGJI_BUILD_RECEIPT_H
#define XINGJI_BUILD_RECEIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct buf;
struct build;
struct receipts;

/* 0, or EXIT_USAGE after saying that --trust has another word. */
struct options;
int receipts_check(const struct options *options);

/*
 * Before anything is read: takes the footprint of what there is to read.  Lives with the build; never NULL.
 * `may_repeat` is false for who wants to hear the run itself.
 */
struct receipts *receipts_open(const struct build *build, bool may_repeat);
void receipts_close(struct receipts *receipts); /* NULL allowed */

/* Nothing has changed: appends what the run said, and *code is its exit code.  False: there is something to do. */
bool receipts_repeat(struct receipts *receipts, struct buf *said, int *code);

/*
 * For who reads again and again and publishes elsewhere or nothing: what is read is kept in the folder.  After
 * reading, receipts_keep_read writes it.  Close it as ever.
 */
struct receipts *receipts_open_reading(const struct options *options, const char *folder);
void receipts_keep_read(struct receipts *receipts);
/*
 * Opens build->run (run_open) with what was kept of the results (check/kept.h).  Where something was kept that is not
 * so, all of it is read once more, and receipts_tell reports it.
 */
int receipts_read_data(struct build *build, struct receipts *receipts);

/* Before the output is opened: how the files of the tree lie there. */
void receipts_look(struct build *build);
/*
 * When the output is open: takes over what need not be made, and leaves in build->plan.left which tasks are to be done.
 * False after reporting.
 */
bool receipts_reuse(struct build *build);

/* Before fonts are cut: takes those that the run before cut (render/fonts.h); where there are none, nothing. */
void receipts_take_fonts(struct build *build);

/* Around a task, in the process that does it. */
void receipts_begin(struct build *build, size_t task);
void receipts_end(struct build *build, size_t task, bool is_good);
/* The notes made since, and their way into another process's (build/workers.h). */
void receipts_export(struct build *build, struct buf *records);
bool receipts_import(struct build *build, struct text records);
/* What of this process's complaints the notes have taken off (diag_export) already; before the rest. */
void receipts_export_words(struct build *build, struct buf *records);

/*
 * After the tasks: what was made to be compared is as it was.  False where one differs: that is told at the end
 * (receipts_tell), and build->plan.left are all that had been taken over.
 */
bool receipts_hold(struct build *build);
/* Reports what receipts_hold found. */
void receipts_tell(struct build *build);

/* What the leak scan of the run before found clean, if that is known; lives with the receipts.  NULL: nothing is. */
struct leak_memory;
struct leak_memory *receipts_scan_memory(struct build *build);

/*
 * Did the run before compare the very same (crosscheck_digest), and was all as it should be?  Then *summary is what it
 * counted.
 */
struct crosscheck_summary;
bool receipts_compared(struct build *build, const char digest[65], struct crosscheck_summary *summary);
void receipts_note_compared(struct build *build, const char digest[65], const struct crosscheck_summary *summary);

/* After publishing: writes the store.  `said` is what the run printed when it ended with `code`. */
void receipts_write(struct build *build, struct text said, int code);

/* receipt_own.c: the digests of the data, row by row about enterprises and else. */
struct receipt_digest {
	unsigned char at[32];
};
struct receipt_data {
	struct receipt_digest common; /* what is no enterprise's */
	struct receipt_digest *own;   /* of each of model.enterprises; NULL where nobody asks by enterprise */
	struct receipt_digest facts;  /* likewise: of everything but the words beside results */
};
/*
 * In the run's arena; false where a record does not say where it stands.  `by_enterprise` is for diagnoses: their
 * digests take a look at every observation, of which report and site see nothing but the facts.
 */
struct run;
bool receipt_data_open(const struct run *run, bool by_enterprise, struct receipt_data *data);

#endif
