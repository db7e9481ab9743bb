/* SPDX-License-Identifier: MIT
 *
 * Where pages end, for the least cost of all pages together.
 *
 * A page may end between any two chunks: slices that nothing holds together.  A way is the row of
 * pages up to such an end; two ways that go on with the same slice and leave the same floats and
 * footnotes waiting differ in nothing but their cost, so the cheaper is kept.  From each way on,
 * every page is tried that is nearly full or ends where it must: with a float here, or waiting for
 * the next page; with a table torn, or whole.  What costs how much stands in pager.c.
 *
 * Bounds: a page is followed from each chunk once for every set of floats that waits (SAME_MOST at
 * most), so time grows with the flow's slices times the slices of a page; ways much dearer than one
 * that has got further are given up; after WAYS_MOST ways the best so far is settled and the rest
 * forgotten, which bounds the memory.
 */
#ifndef XINGJI_LAYOUT_SEARCH_H
#define XINGJI_LAYOUT_SEARCH_H

#include "layout/pager.h"

enum { SEARCH_WAITS_MOST = 8 };

/* What happens between two ends of pages. */
struct search_step {
	uint32_t next;                      /* the page ends before this slice */
	uint32_t waits[SEARCH_WAITS_MOST];  /* floats that leave the flow before that, first slices */
	uint32_t wait_count;
	bool is_free;                       /* the page was to end there */
};

struct search_steps {
	LIST(struct search_step) steps;
};

/*
 * Appends the steps of the cheapest way through the flow, spaces between blocks times `spacing`.
 * The steps are the caller's, to be freed with LIST_FREE.  Never fails.
 */
void search_pages(struct search_steps *steps, const struct flow *flow, double spacing);

/*
 * From the page's end before `first` along a step: turns, fills and closes the page (seldom more
 * than one: what is taller than a page is cut).
 */
void search_go(struct pager *pager, uint32_t first, const struct search_step *step);

/* A pager that has no page yet.  `out` is the caller's. */
struct pager search_pager(struct pagination *out, const struct flow *flow, double spacing);

#endif
