/* SPDX-License-Identifier: MIT
 *
 * Which certificates there are: the list in force on the day D against those that are on record.
 */
#ifndef XINGJI_BUILD_CERTIFICATE_LIST_H
#define XINGJI_BUILD_CERTIFICATE_LIST_H

#include "compose/workbook.h"
#include "model/recorded.h"

struct run;

struct listed_certificate {
	struct recorded_certificate certificate;
	struct text page; /* address of the enterprise's public page; missing: base-url is not known */
	struct text now;  /* of a void one: the number in its place; missing: none */
	bool is_valid;
};

struct certificate_list {
	struct listed_certificate *at; /* all that there have been, by number */
	size_t count, valid_count;
	struct recorded_certificate *fresh; /* what is to be recorded: new ones, and numbers that became void */
	size_t fresh_count;
	size_t added, replaced, voided;
};

/* In the run's arena.  False after reporting: the list is not final, or certificates were made as of a later day. */
bool certificate_list_make(struct run *run, struct certificate_list *list);
/* Replaces the contents of buf by the rows as CSV, with the mark that spreadsheets want before UTF-8. */
void certificate_list_csv(const struct rows *rows, struct buf *buf);

#endif
