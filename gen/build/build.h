/* SPDX-License-Identifier: MIT
 *
 * What one build holds, and its parts: build.c drives, make_*.c make one kind of
 * output each, files.c brings the texts of content/.
 */
#ifndef XINGJI_BUILD_BUILD_H
#define XINGJI_BUILD_BUILD_H

#include "build/run.h"
#include "compose/document.h"
#include "doc/doc.h"
#include "facts/facts.h"
#include "publish/leak.h"
#include "publish/output.h"
#include "publish/tree.h"

struct fonts;
struct printed;
struct shaper;
struct site;
struct theme;

enum part { PART_SITE = 1 << 0, PART_REPORT = 1 << 1, PART_DIAGNOSIS = 1 << 2, PART_ALL = PART_SITE | PART_REPORT | PART_DIAGNOSIS };

enum task_kind { TASK_REPORT, TASK_SITE, TASK_DIAGNOSIS };

struct task {
	enum task_kind kind;
	int32_t enterprise; /* for a diagnosis: index in model.enterprises */
};

struct build {
	struct run run;
	const struct options *options;
	unsigned parts; /* enum part */
	struct output *output;
	struct theme *theme;
	struct shaper *shaper;
	struct fonts *fonts;
	struct arena *scratch;                        /* cleared after every task */
	struct printed *printed;                      /* as in document_options; NULL: not wanted */
	struct facts *facts[SCOPE_PROVINCE + 1];      /* opened when first asked for, in the process that asks */
	const struct document_template *diagnosis, *report;
	const struct document_template *report_public; /* NULL without --public */
	const struct document_template *tear_out;      /* NULL without --tear-out */
	struct site *site;                            /* site.xml and its files */
	struct document_file phrases;                 /* content/phrases.txt */
	struct document_file frame, frame_css;        /* document.html and document.css of the theme */
	struct map remarks_by_code;
	struct document_file *remarks;                /* content/remarks/<code>.md */
	size_t remark_count;
	struct task *tasks;
	size_t task_count;
	const struct facts_problem *problems;
	size_t problem_count;
	const struct facts_year *years;               /* of a site of several years: facts.h */
	size_t year_count;
	const struct map *pages;
	const struct text *page_paths;                /* the keys of `pages`, in order */
	size_t page_path_count;
	const struct leak *others;                    /* what is confidential in the years of the site; NULL: it has one */
	struct leak_summary leaks;                    /* of make_leak_scan */
	int64_t shard, shards;
	int32_t only;                                 /* --only: the enterprise; -1: all */
	struct map remade;                            /* paths of the diagnoses and sheets that this run makes */
	const char *content, *themes, *theme_folder;
	const char *default_folder;                   /* of the theme that others inherit; NULL when it is the theme */
};

/* --content and --themes or their defaults: the folders of the project, else those installed. */
void build_choose_folders(struct build *build);
/* The connection of a scope, opened on first use; NULL after reporting. */
struct facts *build_facts(struct build *build, enum facts_scope scope);
/* The same as what documents and pages ask; its query fails when the connection could not be opened. */
struct compose_source build_source(struct build *build, enum facts_scope scope);

/* keep.c: opens out/<year>; what of the previous output stays, and what this run's manifest says.  False after reporting. */
bool keep_open_output(struct build *build);
/* "all", "site" … as on the command line. */
const char *build_part_word(unsigned parts);

/* files.c: compiles content/diagnosis.md, tear-out.md and report/, reads the remarks.  False after reporting. */
bool files_load(struct build *build);
/* The texts of the report (with --public, of its public edition too) alone, for who wants its figures and no pages. */
bool files_load_report(struct build *build);

/*
 * characters.c: every text of the data that a document may print is looked through for
 * characters that no face of the theme has; each is reported at its place in the file.
 */
void characters_check(struct build *build);
/* Tells the fonts which characters the run may use; the scratch arena is cleared. */
void characters_note(struct build *build);

/* make_document.c: documents to PDF and HTML files.  False after reporting. */
/* The composed report and its public edition, in build->scratch. */
const struct doc *make_report_document(struct build *build);
const struct doc *make_public_document(struct build *build);
bool make_report(struct build *build);
/* The composed diagnosis, in build->scratch; NULL after reporting that there are no facts. */
const struct doc *make_diagnosis_document(struct build *build, int32_t enterprise);
bool make_diagnosis(struct build *build, int32_t enterprise);
/* The path of an enterprise's diagnosis below out/<year>, in arena. */
struct text make_diagnosis_path(struct arena *arena, const struct model *model, int32_t enterprise);

/* The path of its tear-out sheets, which only --tear-out makes and only for findings of high risk. */
struct text make_tear_out_path(struct arena *arena, const struct model *model, int32_t enterprise);

/* make_html.c */
bool make_html(struct build *build, const struct doc *doc, struct text path);
/* The document alone, without a page around it: for site_options.html; context is the build. */
void make_html_body(void *context, const struct doc *doc, struct buf *out);

/* Does this run make the site?  What is kept of an earlier one was searched and compared by that. */
bool build_makes_site(const struct build *build);

/* make_site.c */
bool make_site(struct build *build);
/* The whole of xingji build; returns the exit code after reporting everything. */
int build_run(const struct options *options);
/* make_years.c: the sites of all years as one; returns the exit code after reporting everything. */
int build_all_years(const struct options *options);
/* Theme, texts and the characters of the data; false when something stops the build. */
bool build_prepare(struct build *build);
/* Prints what there is to complain of (after an interrupt nothing but that) and returns the exit code. */
int build_report(struct build *build, bool is_done);
void build_close(struct build *build);
/* make_leak.c: searches public/ for everything confidential; false after reporting a leak. */
bool make_leak_scan(struct build *build);
/* Adds what is confidential in this year to a store (leak_store_new). */
void make_leak_collect(struct build *build, struct leak *store);
/*
 * make_ledger.c: compares the ledger with what the previous run in `folder` published of it
 * (`path` below it), and writes it down for the next.  False after reporting a rewritten row.
 */
bool make_ledger(struct build *build, struct output *output, const char *folder, struct text path);
/* make_check.c: reads the numbers of the finished files back; false after reporting a difference. */
bool make_crosscheck(struct build *build);

#endif
