/* SPDX-License-Identifier: MIT
 *
 * The list as the pages of the site print it, read back entry by entry.
 *
 * Tables with data-rows: the head of a column says what its cells tell (企业名称, 类型, 级别, 设区市, 行业, 变化,
 * 状态, or the name of a track, whose cells are levels); a row that heads a group (scope="rowgroup") tells by its id
 * the level of those below.  The tables of all pages that name the same figure hold each of its entries once.
 *
 * Pages of enterprises: name is the <h1>, and an element with data-entry="工控" up to its </section>, or
 * data-record="工控" up to its </tr>, holds what stands on the list of that track; within it, and for city and
 * industry anywhere on the page, data-field="label" (movement, city, industry) is said to be that field.
 */
#ifndef XINGJI_PUBLISH_CROSSCHECK_PAGES_H
#define XINGJI_PUBLISH_CROSSCHECK_PAGES_H

#include <stdint.h>

#include "publish/crosscheck_list.h"

struct crosscheck_options;
struct diag;
struct output;

struct table_place;

struct table_places {
	struct table_place *at; /* in arena */
	size_t count, capacity;
};

/* The list as the pages of enterprises have it in the one place or the other: data-entry, data-record. */
enum { CROSSCHECK_FIRM_MARKS = 2 };
struct crosscheck_firms {
	struct crosscheck_list *list; /* NULL: nothing to hold them against */
	uint64_t entries;             /* seen */
};

struct crosscheck_pages {
	struct arena *arena;
	struct diag *diag;
	struct output *output;
	const struct crosscheck_options *options;
	struct crosscheck_list *const *lists; /* one per roll */
	uint64_t entries;                     /* compared so far */
	struct table_places tables;           /* crosscheck_pages_note */
	struct crosscheck_firms firms[CROSSCHECK_FIRM_MARKS];
};

/* When arena, diag and options are set; crosscheck_pages_close frees what the lists hold. */
void crosscheck_pages_open(struct crosscheck_pages *pages);
void crosscheck_pages_close(struct crosscheck_pages *pages);
/*
 * A page of the site, its path borrowed: those of enterprises are read, so that each is fetched from the disk once.
 * False after reporting an entry that is another than on the list.
 */
bool crosscheck_pages_see(struct crosscheck_pages *pages, struct text path, struct text page);

/* On the page is a table whose mark, which ends at `offset`, names the figure. */
void crosscheck_pages_note(struct crosscheck_pages *pages, struct text path, size_t offset, uint32_t figure);
/*
 * When all pages were seen: reads those with the tables that were noted, each once per figure that it names; nothing is
 * kept but what is reported.  False after reporting an entry that is missing, there or on the pages of enterprises,
 * twice or another than on the list.
 */
bool crosscheck_pages_read(struct crosscheck_pages *pages);

#endif
