/* SPDX-License-Identifier: MIT
 *
 * The published star list: site.xml's pages, filled with facts.
 *
 * Templates are compiled once; queries that share their rows out among pages are
 * asked once.  Every template is rendered with MUSTACHE_NO_RAW: there is no way to
 * write a value into a page unescaped; only the HTML made from a page's Markdown
 * passes as it is.  What templates see, beside the rows of the queries:
 *
 *	root     "./", "../", … : what links to the site's root start with
 *	page     id, title, description, path, address (path without index.html)
 *	menu, foot, crumbs    lists of title, link, is_here, is_above
 *	assets   their addresses by name: {{root}}{{assets.style}}
 *	downloads   bytes, hash and digest (sha256: and the hash) of csv, json, xlsx:
 *	            {{downloads.csv.hash}}; over the years of csv and xlsx; fields: a list of the
 *	            columns that schema.def adds behind 链接, name and type (string, integer)
 *	text     the page's Markdown as HTML
 *	made     for .xml files: path of each page made before
 *	card     of the page's share card: path, words; missing where it has none
 */
#ifndef XINGJI_COMPOSE_SITE_H
#define XINGJI_COMPOSE_SITE_H

#include "base/source.h"
#include "base/text.h"
#include "compose/compose_source.h"

struct arena;
struct buf;
struct diag;
struct doc;
struct site;
struct site_page;
struct sources;
struct theme;

/* The words of a share card: layout/card.h says where each stands. */
struct site_card {
	struct text over, title, line, note;
	struct span span; /* of the query that they come from */
};

/* A claim that a page makes; all of it lives while it is told. */
struct site_claim {
	struct text kind, subject, words; /* as in the tag; as they are read */
	struct text path;             /* of the page, relative to public/ */
	struct text query;            /* that gave the rows, of the page's text; missing: one of site.xml */
	struct span span;             /* of the tag */
	const struct rows *rows;      /* what its query answered; NULL: it has none */
	const struct site_page *page;
};

struct site_options {
	/*
	 * What site_load made.  Workers are given it, because files opened after a fork have
	 * no places in the parent.  NULL: loaded from the three folders below.
	 */
	const struct site *site;
	const char *theme_folder, *default_folder; /* default_folder: inherited theme, or NULL */
	const char *content;                       /* content folder; texts in content/site */
	const struct theme *theme;                 /* colours; NULL: none */
	struct compose_source source;              /* facts in scope public, never another */
	bool is_over_years;                        /* the root over the years: its downloads are of all of them */
	struct sources *sources;
	struct diag *diag;
	/* Appends a text as HTML, without a page around it (render/html.h).  NULL: pages have no texts. */
	void (*html)(void *context, const struct doc *doc, struct buf *out);
	void *html_context;
	/* Appends a share card as PNG that tells its words (render/png.h); false after reporting.  NULL: no cards. */
	bool (*card)(void *context, const struct site_card *card, struct buf *out);
	void *card_context;
	bool (*write)(void *context, struct text path, struct text bytes); /* path relative to public/ */
	void *write_context;
	void (*heard)(void *context, const struct site_claim *claim); /* told what pages claim; NULL: nobody asks */
	void *heard_context;
};

/*
 * Makes the whole site: pages, assets, downloads.  False when something was reported
 * that stops it; some files may have been written then.
 */
bool site_compose(struct arena *arena, const struct site_options *options);

#endif
