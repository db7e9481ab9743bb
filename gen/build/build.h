/* SPDX-License-Identifier: MIT
 *
 * What one build holds, and its parts: build.c drives, make_*.c make one kind of
 * output each, files.c brings the texts of content/.
 */
#ifndef XINGJI_BUILD_BUILD_H
#define XINGJI_BUILD_BUILD_H

#include "build/edition.h"
#include "build/issued.h"
#include "build/plan.h"
#include "build/press.h"
#include "build/run.h"
#include "compose/site.h"
#include "doc/doc.h"
#include "publish/tree.h"

struct pages;
struct plan_book;
struct planned;
struct receipts;

struct build {
	struct run run;         /* the data, decided */
	const struct options *options;
	struct arena *scratch;  /* cleared after every task */
	struct plan plan;       /* what is made */
	struct press press;     /* with what */
	struct edition edition; /* what is told, and where it goes */
	struct issued issued;   /* what left the house before */
	struct receipts *receipts; /* of what need not be made again; NULL of jobs and merges */
	const struct plan_book *book;  /* planned.h: of a job of a plan, or a merge; NULL of every other run */
	const struct planned *planned; /* its data; NULL: they were read from the inputs */
	bool is_merge;                 /* part.h: the files were made by others */
	struct build *earlier_day; /* as_of.h: this build as it was then, and so on; NULL: none was asked for */
};

/* make_document.c: documents to PDF and HTML files.  False after reporting. */
/* The pages of a composed document, in build->scratch; what does not fit or has no glyph is reported. */
const struct pages *make_pages(struct build *build, const struct doc *doc);
/*
 * The composed report, its public edition and a diagnosis as of build->run.today, in build->scratch; the diagnosis
 * NULL after reporting that there are no facts.  `issue` NULL: what a run that writes nothing shows.
 */
const struct doc *make_report_document(struct build *build, const struct issue *issue);
const struct doc *make_public_document(struct build *build, const struct issue *issue);
const struct doc *make_diagnosis_document(struct build *build, int32_t enterprise, const struct issue *issue);
/* The letter to a city or an agency, chosen in the facts of its scope; its text sees the datum as {{letter}}. */
struct datum;
const struct doc *make_letter_document(struct build *build, enum facts_scope scope, const struct datum *letter);
/* A paper of a pack (handout.h), of whom the facts of its scope tell; its text sees the datum as {{brief}}. */
const struct doc *make_brief_document(struct build *build, const struct document_template *template,
				      enum facts_scope scope, const struct datum *brief);
bool make_report(struct build *build);
bool make_diagnosis(struct build *build, int32_t enterprise);
/* The path of an enterprise's diagnosis below out/<year>, in arena. */
struct text make_diagnosis_path(struct arena *arena, const struct model *model, int32_t enterprise);

/* The path of its tear-out sheets, which only --tear-out makes and only for findings of high risk. */
struct text make_tear_out_path(struct arena *arena, const struct model *model, int32_t enterprise);

/* The path of the form in which it answers (reply_form.h), which only --reply-forms makes. */
struct text make_reply_path(struct arena *arena, const struct model *model, int32_t enterprise);

/* The path of the picture of its first, second … result. */
enum { PICTURES_MOST = TRACKS_MOST };
struct text make_picture_path(struct arena *arena, const struct model *model, int32_t enterprise, size_t number);

/* A name as a part of a path: letters, digits, ideographs and （） stay, all else becomes "_"; at most 48 characters. */
void make_file_name(struct buf *buf, struct text name);
/* As PDF; false after reporting with `path`, which is only what it is called there. */
bool make_pdf(struct build *build, const struct pages *pages, struct text path, struct buf *pdf);

/* make_picture.c: the pages of the laid out diagnosis that show a result (doc.h: picture), as PNG; false after reporting. */
bool make_pictures(struct build *build, const struct doc *doc, const struct pages *pages, int32_t enterprise);
/* One page as the options say, as PNG; false after reporting with `name`. */
struct picture_options;
bool make_picture(struct build *build, const struct pages *pages, const struct picture_options *options,
		  struct text name, struct buf *png);

/*
 * make_recipient.c: appends a page with nothing but the recipient mark as PDF, for send/protect.h; false after
 * reporting.  Scratch is not cleared.
 */
bool make_recipient(struct build *build, struct text words, struct span span, struct buf *pdf);

/* make_html.c */
bool make_html(struct build *build, const struct doc *doc, struct text path);
/* The document alone, without a page around it: for site_options.html; context is the build. */
void make_html_body(void *context, const struct doc *doc, struct buf *out);

/* Does this run make the site?  What is kept of an earlier one was searched and compared by that. */
bool build_makes_site(const struct build *build);

/* Does it make anything for outside the house? */
bool build_is_for_outside(const struct build *build);

/* make_card.c: appends a share card as PNG, as site_options.card wants it; context is the build. */
bool make_card(void *context, const struct site_card *words, struct buf *png);
/* make_site.c: with what the site is composed; it is written into the output. */
struct site_options make_site_options(struct build *build);
bool make_site(struct build *build);
/*
 * make_style.c: appends the style sheet of the theme's site, without what it asks of the data: for pages that
 * belong to no year.  False, with nothing appended, where theme or sheet cannot be used; what is wrong is not told.
 */
bool make_style(const struct options *options, struct buf *css);
/* The whole of xingji build; returns the exit code after reporting everything. */
int build_run(const struct options *options);
/* make_years.c: the sites of all years as one; returns the exit code after reporting everything. */
int build_all_years(const struct options *options);
/* Its parts, for who opened the run otherwise (part.h): from the press to the exchange; false after reporting. */
bool build_make(struct build *build);
/* What is to be done of build->plan in processes (receipt.h), or the tasks of the merge; false after reporting. */
bool build_run_tasks(struct build *build);
/* build_report, and the closing words of a build. */
int build_finish(struct build *build, bool is_done);
/* Prints what there is to complain of (after an interrupt nothing but that) and returns the exit code. */
int build_report(struct build *build, bool is_done);
void build_close(struct build *build);
/* make_leak.c: searches public/ for everything confidential; false after reporting a leak. */
bool make_leak_scan(struct build *build);
/* Adds what is confidential in this year to a store (leak_store_new). */
void make_leak_collect(struct build *build, struct leak *store);
/*
 * make_check.c: reads the numbers of the finished files back, and the level that a composed diagnosis
 * states; false after reporting a difference.
 */
bool make_crosscheck(struct build *build);
bool make_check_diagnosis(struct build *build, const struct doc *doc, int32_t enterprise);

#endif
