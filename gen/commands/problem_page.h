/* SPDX-License-Identifier: MIT
 *
 * What there is to complain of, as the inside of a page of the preview: by file, or by who has to mend it.
 *
 * Causes come first, as in `check`; equal complaints are one entry with their true number, their first places shown
 * and the others to be opened.  Everything is escaped; personal numbers are masked by diag_entries.
 */
#ifndef XINGJI_COMMANDS_PROBLEM_PAGE_H
#define XINGJI_COMMANDS_PROBLEM_PAGE_H

#include <stddef.h>

#include "base/diag.h"

struct buf;
struct model;
struct owner;

struct problem_page {
	enum diag_language language;
	const struct model *model; /* of firms that a row does not name; NULL: there is none */
	const struct diag_entry *entries;
	size_t count;
	size_t total;              /* of complaints, also of those that no entry tells */
	const struct owner *owners; /* of each entry: grouped by who mends it; NULL: by file */
	const char *prefix;        /* of ids, for who writes two lists into one page */
};

/* Appends the list; nothing for no entries. */
void problem_page_write(const struct problem_page *page, struct buf *body);

/* "C12", "（核查日期）", the enterprise: one place of an entry, without its file. */
void problem_place_write(const struct problem_page *page, const struct diag_entry *entry, struct buf *body);
/* "error", "warning", "note": of classes; and the word for people. */
const char *problem_class(enum diag_kind kind);
const char *problem_word(enum diag_kind kind, enum diag_language language);

#endif
