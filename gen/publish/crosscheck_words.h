/* SPDX-License-Identifier: MIT
 *
 * What the parts of the cross-check share: the comparison under way, and the numbers of prose.
 */
#ifndef XINGJI_PUBLISH_CROSSCHECK_WORDS_H
#define XINGJI_PUBLISH_CROSSCHECK_WORDS_H

#include "base/map.h"
#include "publish/crosscheck.h"

struct crosscheck_pages;
struct crosscheck_reading;
struct diag_args;

struct crosscheck {
	struct arena *arena;
	struct diag *diag;
	const struct crosscheck_options *options;
	struct crosscheck_summary *summary;
	struct map by_name;                  /* → index of figure */
	struct crosscheck_reading *readings; /* one per figure */
	struct crosscheck_list **lists;      /* one per roll */
	struct crosscheck_pages *pages;      /* what they print of the lists */
	struct crosscheck_list *list;        /* what the download read now is compared with; NULL: with none */
	struct text place;                   /* that download */
	bool is_xml;                         /* its cells have their escapes */
	bool is_good;
};

/* Reports DIAG_CROSSCHECK_DIFFERS; {d} is the decisions where it says nothing else. */
void crosscheck_differs(struct crosscheck *check, struct diag_args args);
/* "1,234" with white space around it. */
bool crosscheck_number(struct text text, int64_t *number);
/* Each number of 家 or 条 in the words is a figure whose name begins as one of the prefixes, which spaces part. */
void crosscheck_words(struct crosscheck *check, struct text place, struct text prefixes, struct text words);

#endif
