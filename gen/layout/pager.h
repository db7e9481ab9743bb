/* SPDX-License-Identifier: MIT
 *
 * Pages being filled: what fits on the one in hand, which floats and footnotes wait,
 * and how well the pages have come out so far.  Decides nothing: paginate.c tries the
 * ways that are open (pager_save, pager_restore) and takes the best.
 *
 * Floats wait in their order and never come between the parts of a table.  A footnote
 * begins on the page of its mark; what does not fit there goes on at the next page's
 * foot, two lines at least on either side.
 *
 * All lengths are points, from the top of the type area downwards; slices are named by their
 * index in flow.slices, ranges are half open.  The pager belongs to paginate.c, its output to
 * whoever called that; nothing here fails.  Each call takes time in proportion to the slices
 * that it names and the footnotes called in them.
 */
#ifndef XINGJI_LAYOUT_PAGER_H
#define XINGJI_LAYOUT_PAGER_H

#include "layout/flow.h"
#include "layout/paginate.h"

enum { PAGER_FLOATS_MOST = 32 };

struct pager {
	struct pagination *out;
	const struct flow *flow;
	double spacing;     /* factor of spaces between blocks */
	bool snaps;
	double y, after;    /* where the last slice ended; the space it asks for */
	double height;      /* of this page's type area */
	double notes;       /* height of the footnotes so far, with their rule */
	size_t note, page_note;              /* in out.called: the next to be set; the page's first */
	uint32_t note_line, page_note_line;  /* the next line of that footnote */
	uint32_t floats[PAGER_FLOATS_MOST];  /* first slices of floats that wait for the next page */
	size_t float_count;
	uint32_t block_first, block_end;     /* the table begun last */
	uint32_t group_end;                  /* of the group begun last */
	bool is_open;       /* something stands on this page */
	bool floats_wait;   /* the page began with the rest of a table: floats come after it */
	double cost;        /* of holes, torn tables and groups, late floats: 1 = a third of a page left empty */
	int depth;          /* how far choices look ahead */
};

/* Whether the slices [first, end) with their footnotes can follow here. */
bool pager_fits(const struct pager *pager, uint32_t first, uint32_t end);
/* Whether they would fit on an empty page of their own kind. */
bool pager_fits_page(const struct pager *pager, uint32_t first, uint32_t end);
/* The slice cannot stand on the page in hand: it begins one, or wants the other orientation. */
bool pager_begins(const struct pager *pager, const struct slice *slice);
/* Puts the slices [first, end) on the page in hand, whether they fit or not: ask pager_fits first. */
void pager_place(struct pager *pager, uint32_t first, uint32_t end);
/*
 * A new page for the slice: waiting floats first, or the head of the table that it
 * continues.  `is_free`: the page before was to end there, its hole costs nothing.
 */
void pager_turn(struct pager *pager, uint32_t next, bool is_free);
/* Floats that wait since the page began, now that the table before them has ended. */
void pager_floats_resume(struct pager *pager, uint32_t next);
/* Floats that still wait get pages of their own before what must follow them. */
void pager_flush(struct pager *pager);
/* Whether a float of that kind waits: one of a kind must not overtake another. */
bool pager_waits(const struct pager *pager, enum slice_block block);
/* Whether the float at `first` may leave the flow and wait for the next page. */
bool pager_can_defer(const struct pager *pager, uint32_t first);
/* Lets it wait; only where pager_can_defer. */
void pager_defer(struct pager *pager, uint32_t first);
/* Ends the last page, with further pages for the floats and footnotes that are left.  Call it once. */
void pager_finish(struct pager *pager);

/*
 * A pager and how far its output has come, to go back to after an attempt.  A copy of a few
 * hundred bytes, without an owner; what was placed since is forgotten by the way back.
 */
struct pager_state {
	struct pager pager;
	size_t placed_count, page_count, called_count;
};
struct pager_state pager_save(const struct pager *pager);
void pager_restore(struct pager *pager, const struct pager_state *state);

#endif
