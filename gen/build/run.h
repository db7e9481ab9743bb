/* SPDX-License-Identifier: MIT
 *
 * What every command that needs the data does first: read, check, assess.
 */
#ifndef XINGJI_BUILD_RUN_H
#define XINGJI_BUILD_RUN_H

#include "assess/assess.h"
#include "base/arena.h"
#include "base/date.h"
#include "base/diag.h"
#include "build/options.h"
#include "facts/facts.h"

struct kept_store;
struct load_year;

struct run {
	const struct options *options;
	const struct kept_store *kept;   /* check/kept.h; only while it is opened, else NULL */
	struct arena *arena;
	struct sources *sources;
	struct diag *diag;
	struct model *model;             /* NULL when there is no readable campaign */
	struct assessment *assessment;   /* what the results give */
	struct assessment *shown;        /* what the list shows after its ledger, on the day D */
	struct model **earlier;          /* of the earlier years with data, as far as assessment->prior leans on them */
	size_t earlier_count;
	struct date today;               /* the day D: --date, else chronicle_last_day */
	int jobs;                        /* processes that read (check/readers.h): --jobs, else the processors */
	size_t dropped;                  /* participations left out by --keep-going */
	bool is_list_only;               /* made by run_open_past: nothing but the published list is on record */
};

/*
 * Loads and decides; complaints are in run->diag, not yet printed.  Returns 0, or
 * EXIT_USAGE after explaining a wrong option.  Call run_close in any case.
 */
int run_open(struct run *run, const struct options *options);
/* The same for who says in a manifest from what it made: files are hashed as they are read (sources_hash_all). */
int run_open_recorded(struct run *run, const struct options *options);
/* The same, and rows of results that were kept are not gone through again; kept: NULL: none are. */
int run_open_kept(struct run *run, const struct options *options, const struct kept_store *kept);
/* The same as run_open in an arena of the caller's, empty as yet, which run_close gives back; NULL: one of its own. */
int run_open_in(struct run *run, const struct options *options, struct arena *arena);
/* Nothing but a place for complaints: for what goes wrong before there are data. */
void run_open_bare(struct run *run, const struct options *options);
/* All of it lies in its arena from now on, nothing beside it. */
void run_settle(struct run *run);
/*
 * The same for a year of which only listed.csv is on record, read by way of the next year
 * that has data (options->year), whose own complaints are left to its own run.
 */
int run_open_past(struct run *run, const struct options *options, const struct load_year *past);
void run_close(struct run *run);

/* Nothing blocking: no errors (or --keep-going and only blamable ones), no warnings under --strict, no world trouble. */
bool run_is_good(const struct run *run);
/* The exit code that the diagnostics so far call for. */
int run_exit_code(const struct run *run);
/* What has been reported so far, of texts and themes nothing, as the table `problems` shows it; in run->arena. */
const struct facts_problem *run_problems(struct run *run, size_t *count);
/* All diagnostics to standard error with a closing count; returns run_exit_code. */
int run_report(struct run *run);
/* The same into a buffer, as it may stand on a terminal. */
struct buf;
int run_report_write(struct run *run, struct buf *said);
/*
 * The same for commands that answer a question: errors alone, for who asks one does not want to hear
 * each time what check says of the data (under --strict warnings stop it, so they are told).  Nothing at
 * all without errors.
 */
int run_report_errors(struct run *run);
/* The closing line alone: "2 个错误，3 个警告，1 条提示". */
void run_print_counts(const struct run *run);
/* After an answer on standard output: the exit code, with the counts on standard error where the data have errors. */
int run_finish_print(const struct run *run);

/* --data, --out … or their defaults. */
const char *run_data_folder(const struct options *options);
/* --scope: province, public, firm:ID, agency:ID or city:ID (then the ID in *whose); false when it is none of them. */
bool run_parse_scope(const struct options *options, enum facts_scope *scope, struct text *whose);
/* Is there a document for this audience, whose figures could be explained? */
bool run_has_documents(enum facts_scope scope);
/* The enterprise a person means: credit code, full name, or a part of exactly one name; -1 when none or several. */
int32_t run_find_enterprise(const struct model *model, struct text wanted);
/* The same; where there is none, or several, that is reported. */
int32_t run_choose_enterprise(const struct run *run, struct text wanted);
/* The agency of a code or full name; -1 when there is none. */
int32_t run_find_agency(const struct model *model, struct text wanted);

#endif
