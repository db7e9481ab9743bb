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
 *	text     the page's Markdown as HTML
 */
#ifndef XINGJI_COMPOSE_SITE_H
#define XINGJI_COMPOSE_SITE_H

#include "base/source.h"
#include "base/text.h"
#include "compose/compose_source.h"
#include "compose/datum.h"

struct arena;
struct buf;
struct diag;
struct node;
struct sources;
struct theme;

/* A Markdown file of content/site that is to become HTML. */
struct site_text {
	struct text text;
	uint32_t source;
	const struct datum *datum; /* what its bindings mean */
};

struct site_options {
	const char *theme_folder, *default_folder; /* default_folder: inherited theme, or NULL */
	const char *content;                       /* content folder; texts in content/site */
	const struct theme *theme;                 /* colours; NULL: none */
	struct compose_source source;              /* facts in scope public, never another */
	struct sources *sources;
	struct diag *diag;
	/* Appends the HTML of a Markdown text.  False after reporting. */
	bool (*text)(void *context, struct arena *arena, const struct site_text *text, struct buf *out);
	void *text_context;
	bool (*write)(void *context, struct text path, struct text bytes); /* path relative to public/ */
	void *write_context;
};

/*
 * Makes the whole site: pages, assets, downloads.  False when something was reported
 * that stops it; some files may have been written then.
 */
bool site_compose(struct arena *arena, const struct site_options *options);

#endif
