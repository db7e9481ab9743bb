/* SPDX-License-Identifier: MIT
 *
 * Inside of the composing of a site, the whole of it (site.c) or page by page (site_single.c): only these include this.
 */
#ifndef XINGJI_COMPOSE_SITE_INSIDE_H
#define XINGJI_COMPOSE_SITE_INSIDE_H

#include "base/buf.h"
#include "base/list.h"
#include "base/map.h"
#include "compose/site.h"
#include "compose/site_card.h"
#include "compose/site_rows.h"

struct document_template;
struct mustache;
struct site_page;

struct site_composer {
	const struct site_options *options;
	struct arena *arena;   /* the run */
	struct arena *scratch; /* one page */
	const struct site *site;
	const struct mustache **templates; /* by file of the theme; NULL: not compiled yet */
	struct datum assets, downloads, colours;
	struct rows *common;   /* of the queries that all pages have */
	struct map paths;      /* of pages → index of the page's kind */
	LIST(struct text) made; /* its keys in order */
	size_t made_count;     /* so many of them a page may know: itself and those before it */
	const bool *shown;     /* per page of the site */
	struct site_cards cards;
	struct buf sql, path, root, text, out;
};

/* One kind of page while its pages are made. */
struct site_kind {
	const struct site_page *page;
	struct arena *arena;       /* its rows: let go before the next kind's are asked for */
	struct rows rows;          /* to repeat over */
	struct site_shares *shares; /* per query that shares its rows out */
	int *columns;              /* per query: the column of `rows` that says which share is whose */
	const struct document_template *text; /* NULL: none */
	bool is_prepared;          /* site_kind_prepare */
};

/* Closed with site_composer_close, unless it is false: after reporting that there is no site to be had. */
bool site_composer_open(struct site_composer *composer, struct arena *arena, const struct site_options *options);
/* Assets, the rows that all pages have, which pages are shown; false after reporting. */
bool site_composer_prepare(struct site_composer *composer);
void site_composer_close(struct site_composer *composer);

/* Its rows, by which its pages are named; false after reporting.  Forgotten with site_kind_forget in any case. */
bool site_kind_open(struct site_composer *composer, const struct site_page *page, struct site_kind *kind);
/* What its pages are made with; false after reporting. */
bool site_kind_prepare(struct site_composer *composer, struct site_kind *kind);
void site_kind_forget(struct site_kind *kind);

/* The next of composer->made; false after reporting that it has no path, or one that another has. */
bool site_page_name(struct site_composer *composer, const struct site_page *page, struct site_row row);
/* Makes the page `number` of composer->made; false after reporting. */
bool site_page_make(struct site_composer *composer, const struct site_kind *kind, struct site_row row, size_t number);

#endif
