/* SPDX-License-Identifier: MIT
 *
 * The page being filled: what fits on it, which floats and footnotes wait, and what the
 * pages so far cost.  Decides nothing: search.c tries the ways that are open, each in a
 * copy of the pager, and paginate.c goes the best of them.
 *
 * Floats wait in their order and never come between the parts of a table.  A footnote
 * begins on the page of its mark; what does not fit there goes on at the next page's
 * foot, two lines at least on either side.
 *
 * All lengths are points, from the top of the type area downwards; slices are named by their
 * index in flow.slices, ranges are half open.  The pager belongs to who made it, its output to
 * whoever called paginate; nothing here fails.  Each call takes time in proportion to the slices
 * that it names and the footnotes called in them.
 */
#ifndef XINGJI_LAYOUT_PAGER_H
#define XINGJI_LAYOUT_PAGER_H

#include "layout/flow.h"
#include "layout/paginate.h"

enum { PAGER_FLOATS_MOST = 8 };

/* Plain memory: a copy goes its own way, but for the footnotes called in `out`, which the copier cuts back. */
struct pager {
	struct pagination *out; /* a trial uses nothing of it but `called` */
	const struct flow *flow;
	double spacing;     /* factor of spaces between blocks */
	double y, after;    /* where the last slice ended; the space it asks for */
	double height;      /* of this page's type area */
	double notes;       /* height of the footnotes so far, with their rule */
	double cost;        /* of holes, torn tables and groups, late floats: 1 = a third of a page left empty */
	size_t note, page_note;              /* in out.called: the next to be set; the page's first */
	uint32_t note_line, page_note_line;  /* the next line of that footnote */
	uint32_t floats[PAGER_FLOATS_MOST];  /* first slices of floats that wait for the next page */
	uint32_t float_count;
	uint32_t block_first, block_end;     /* the table begun last */
	uint32_t group_end;                  /* of the group begun last */
	uint32_t page_first, before_first;   /* where the text of this page and of the one before begins */
	bool snaps;         /* lines keep to the page's grid */
	bool is_trial;      /* nothing is noted down */
	bool is_landscape, is_bare;
	bool is_closed;     /* no page is in hand: turn before anything is placed */
	bool is_open;       /* something stands on this page */
	bool has_text;      /* … besides floats at its top and the head of a table that goes on */
	bool floats_wait;   /* the page began with the rest of a table: floats come after it */
};

/* Whether the slices [first, end) with their footnotes can follow here. */
bool pager_fits(const struct pager *pager, uint32_t first, uint32_t end);
/* Whether they would fit on an empty page of their own kind. */
bool pager_fits_page(const struct pager *pager, uint32_t first, uint32_t end);
/* The slice cannot stand on the page in hand: it wants the other orientation, or a page without furniture. */
bool pager_begins(const struct pager *pager, const struct slice *slice);
/* Puts the slices [first, end) on the page in hand, whether they fit or not: ask pager_fits first. */
void pager_place(struct pager *pager, uint32_t first, uint32_t end);
/* Ends the page in hand before slice `next`.  `is_free`: it was to end there, its hole costs nothing. */
void pager_close(struct pager *pager, uint32_t next, bool is_free);
/*
 * A new page for the slice, the one before being closed: the head of the table that it continues, or
 * as many of the waiting floats as it holds, one at least.  Where floats wait, `next` may be the flow's end.
 */
void pager_turn(struct pager *pager, uint32_t next);
/* Floats that wait since the page began, now that the table before them has ended. */
void pager_floats_resume(struct pager *pager, uint32_t next);
/* Whether a float of that kind waits: one of a kind must not overtake another. */
bool pager_waits(const struct pager *pager, enum slice_block block);
/* Whether the float at `first` may leave the flow and wait for the next page. */
bool pager_can_defer(const struct pager *pager, uint32_t first);
/* Lets it wait; only where pager_can_defer. */
void pager_defer(struct pager *pager, uint32_t first);
/* Ends the last page, with further pages for the footnotes that are left.  Call it once. */
void pager_finish(struct pager *pager);

#endif
