/* SPDX-License-Identifier: MIT
 *
 * The head of manifest.txt: from what the output was made.
 */
#ifndef XINGJI_BUILD_MANIFEST_HEAD_H
#define XINGJI_BUILD_MANIFEST_HEAD_H

#include "build/run.h"

struct buf;
struct build;

/*
 * Lines "# …" below the first: program and its sources' hash, year, date, rules and
 * catalogues, theme, the options that change bytes, and every input (sha256, path relative
 * to its folder, so that a moved project gives the same bytes).  The inputs are what was read
 * of the data, and all of the texts and the theme, whatever part is made: the parts of one
 * state of the inputs have the same head.
 */
void manifest_head_write(const struct build *build, struct buf *buf);
/* The same without the inputs, whose names and hashes are nobody's business outside. */
void manifest_head_write_public(const struct run *run, const char *theme_hash, struct buf *buf);

/* The same without the inputs of the data: what there is of a job of a plan beside its model (planned.h). */
void manifest_head_write_around(const struct build *build, struct buf *buf);

/* The inputs alone: needs the folders of the press (press_choose_folders) and nothing else of it. */
void manifest_head_write_inputs(const struct build *build, struct buf *buf);

/*
 * For a run that makes diagnoses or packs alone.  Of the register these show which document is whose and under
 * which number: lines that were added since the output in `folder` was made, and say of each diagnosis what lies
 * there, change nothing of them (as those of publish and dispatch do).  Where nothing but such lines came between,
 * *head becomes the head of that output, so that the run adds to it; else it stays.
 */
void manifest_head_as_before(struct build *build, const char *folder, struct buf *head);

/* An option's value as one word: blanks and % as %20 and %25. */
void manifest_head_write_word(const char *value, struct buf *buf);

#endif
