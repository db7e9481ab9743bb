/* SPDX-License-Identifier: MIT
 *
 * What each city bureau and each agency has to mend, ready to be handed out (data/FORMATS.md §11).
 *
 *	DIR/<city>/问题.xlsx          its own rows that have a problem, cells marked and explained
 *	DIR/<city>/函.pdf             the letter that goes with it, one page
 *	DIR/<code>-<agency>/…         the same of an agency
 *	DIR/<province>/问题.xlsx      the rest, for the province itself; no letter
 *	DIR/已发问题.csv              what was handed out: from it the next run tells what was mended
 *	                              and the manifest (publish/manifest.h)
 *
 * Each pack is searched for everybody else's names, codes and contacts before anything is exchanged: a
 * hit stops all.  Written whole or not at all (publish/output.h), 0600 in folders 0700.
 */
#ifndef XINGJI_BUILD_PACKS_H
#define XINGJI_BUILD_PACKS_H

#include "base/buf.h"
#include "build/build.h"
#include "check/owner.h"

struct pack_past;
struct row_at;

/* A complaint that somebody has to mend. */
struct pack_problem {
	const struct diag_line *line;
	const struct row_at *row;
	struct owner owner;
	struct text id;    /* what makes it the same problem in the next run */
	struct text place; /* "enterprises.csv B12", or the file, or nothing */
	struct text first; /* the day on which it was first handed out */
	bool is_open,
		is_new; /* handed out before; not, though this was not the first time; of a first time neither */
};

/* A problem that was handed out and is there no more. */
struct pack_mended {
	struct text id, message, place, first;
};

/* Of one owner. */
struct pack {
	struct owner owner;
	struct text folder; /* "苏州市", below DIR */
	struct pack_problem *problems;
	size_t count;
	struct pack_mended *mended;
	size_t mended_count;
	bool has_past; /* packs were handed out before, to whomever */
	size_t open, fresh;
	size_t errors;
};

struct packs {
	struct build *build;
	struct pack *at; /* also those who have nothing to mend any more */
	size_t count;
	bool has_past;
	struct text past_day;
};

/*
 * Makes the packs of all complaints so far.  What goes wrong is reported to run->diag, and nothing is changed
 * then; says on standard error what each owner mended, has open and new.  False after reporting.
 */
bool packs_make(struct run *run);

/* pack_state.c: compares with what was handed out before, and writes what is now. */
#define PACK_STATE "已发问题.csv"
void pack_state_compare(struct packs *packs, const char *folder);
void pack_state_write(const struct packs *packs, struct buf *buf);

/* pack_book.c: the workbook. */
#define PACK_BOOK "问题.xlsx"
void pack_book_write(struct arena *arena, const struct run *run, const struct pack *pack, struct buf *buf);

/* pack_letter.c: the letter as PDF, and its words as HTML for the search; false after reporting. */
#define PACK_LETTER "函.pdf"
bool pack_letter_write(const struct packs *packs, const struct pack *pack, struct buf *pdf, struct buf *html);

/* "苏州市", "JG001-示例机构", in arena. */
struct text pack_folder(struct arena *arena, struct owner owner);

/* pack_leak.c: searches the pack, and the words of its letter; false after reporting. */
bool pack_leak_scan(struct build *build, const struct pack *pack, struct text letter);
/* Files that are not written yet, of a city or an agency, and the words of those that are paper. */
struct pack_given {
	struct owner owner;
	struct text folder, words;
	const struct leak_given *files;
	size_t count;
};
bool pack_leak_scan_given(struct build *build, const struct pack_given *given);

#endif
