/* SPDX-License-Identifier: MIT
 *
 * Documents that left the house, by what the register says, and under which number a run makes one.
 *
 * A document that nothing has touched since is made again as of the day that is recorded of it, with
 * the same number and the same bytes.  One that a row of the ledger touched, or whose bytes come out
 * otherwise, is a 更正版: the number of the one before with "更1", "更2" … behind it, and a page
 * (content/replaced.md) that names what it replaces and why.  A run for a day before that of the record does not know
 * of it, but leaves its numbers alone: what it makes has its day behind the number (2021-BG-20211120).
 * So no number ever stands on two contents.
 *
 * A draft neither knows of the register nor replaces anything.
 */
#ifndef XINGJI_BUILD_ISSUED_H
#define XINGJI_BUILD_ISSUED_H

#include "base/map.h"
#include "compose/datum.h"
#include "model/copy_number.h"
#include "model/recorded.h"

struct build;
struct model;
struct run;

/* Whose: an enterprise's diagnosis, or an edition of the report, of which `word` is its name in the register. */
struct subject {
	int32_t enterprise; /* -1: the report */
	const char *word;   /* RECORDED_REPORT, RECORDED_REPORT_PUBLIC; NULL of a diagnosis */
};

/* One that left, and which of the same subject it replaced. */
struct issued_paper {
	const struct recorded_document *document;
	const struct issued_paper *before; /* NULL: the first */
};

/* By the lines of the register up to the day D. */
struct issued {
	struct map by_code;                 /* → latest */
	const struct issued_paper **latest;
	struct map later; /* the numbers that are on documents recorded after D */
};

/* What a document is made as. */
struct issue {
	struct subject subject;
	struct text number;
	struct date day;                     /* as of which it is made */
	const struct recorded_document *was; /* that it replaces; NULL: none, it is no 更正版 */
	bool is_by_ledger;                   /* why: rows of the ledger since; else the content was made anew */
};

/* Lives in the run's arena, the maps until issued_clear; nothing in it for a draft. */
struct issued issued_open(const struct run *run);
void issued_clear(struct issued *issued);
/* The last that left; NULL: none did. */
const struct issued_paper *issued_last(const struct issued *issued, const struct model *model, struct subject subject);

/* Is what left last still true, so that it is to be made as it was?  Then *issue says how. */
bool issued_stands(const struct run *run, const struct issued *issued, struct subject subject, struct issue *issue);
/* As of the day D: for the first time, or in place of what left last. */
struct issue issued_anew(struct arena *arena, const struct run *run, const struct issued *issued,
			 struct subject subject);
/* "2021-3F9A12C4" → "2021-3F9A12C4更1" → "2021-3F9A12C4更2", in arena. */
struct text issued_next_number(struct arena *arena, struct text number);

/*
 * What the content of a document may say of it, as `document`: number, day, is_report, is_corrected, was_number,
 * was_sha256, was_day, by_ledger, state_before and state_after (where the list went from one to the other),
 * has_changes, and `changes`: a list of day, name, track, kind, before, after, reason.  In arena.
 */
struct datum issued_datum(struct arena *arena, const struct run *run, const struct issue *issue);

/*
 * Warns once of all documents that became a 更正版 though no row of the ledger says why: those
 * of `files` (sorted by path) that are not what left last.
 */
void issued_warn(struct build *build);

#endif
