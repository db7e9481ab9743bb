/* SPDX-License-Identifier: MIT
 *
 * What the web site consists of, from themes/<name>/site.xml (years.xml: the root over the years): its pages, the queries
 * behind them, its assets; and the files of theme and content that they name.
 *
 *	<site card="share">                                            share cards: query of that name (compose/site_card.h)
 *	  <asset name="style" file="site.css" template="yes"/>
 *	  <asset name="index" file="search.js" template="yes"><query name="rows">select …</query></asset>
 *	  <query name="campaign">select …</query>                        every page gets these rows
 *	  <page id="cities" path="cities/index.html" template="cities.html" title="设区市" menu="设区市"/>
 *	  <page id="city" path="cities/{slug}/index.html" template="city.html" title="设区市" parent="cities">
 *	    <repeat name="this">select …</repeat>                        one page for each row
 *	    <query name="listed" by="city_code">select …</query>         asked once; each page gets the rows
 *	                                                                 whose city_code is its own
 *	    <query name="others">select … where city_code != :city_code</query>   asked for each page
 *	  </page>
 *	</site>
 *
 * A page kind is added here without C.  Everything is read when it is loaded, so what
 * follows touches no disk.  A theme without a site.xml has the default one; any single
 * file of a theme stands before the default theme's file of that name.
 */
#ifndef XINGJI_THEME_SITE_H
#define XINGJI_THEME_SITE_H

#include "base/source.h"
#include "base/text.h"

struct arena;
struct diag;

/* Rows that templates see under `name`.  :column in the SQL stands for the value in the page's row. */
struct site_query {
	struct text name;
	struct text sql;
	struct text by;   /* column that says which page a row belongs to; missing: asked for each page */
	struct span span; /* of the SQL */
};

struct site_page {
	struct text id;
	struct text path;        /* relative to the site's root; {column} stands for the value in the page's row */
	struct text template;    /* file of the theme */
	struct text title, description; /* plain text; description may be missing */
	struct text content;     /* Markdown file of the content folder, or missing */
	/*
	 * What its links start with instead of "../": "/stars/" for an error page that is shown at any depth;
	 * "{column}": the value in the page's row, if it has one; or missing.
	 */
	struct text root;
	struct text card;        /* query whose first row is drawn as its share card; missing: the site's */
	struct text menu, foot;  /* its words in the menu and at the foot of all pages, or missing */
	struct site_query repeat; /* name missing: one page */
	struct site_query *queries;
	size_t query_count;
	struct text parent;      /* id of the page above, for the trail of links, or missing */
	int above;               /* its index; -1 none */
	struct span span, path_span;
	struct span title_span, description_span, menu_span, foot_span; /* no source: not written */
};

/*
 * Published as assets/<stem>.<hash of its bytes>.<suffix>, so it may be cached for ever; one with a path lies
 * there, and its address ends in "?v=<hash>": a page of yesterday, still open or in some cache, finds what is there today.
 */
struct site_asset {
	struct text name; /* what templates call its address */
	struct text file;
	struct text path; /* or missing */
	/*
	 * "yes": a template that sees colours (name, light, dark), colour.<name> and the rows of
	 * its queries; values in a .js or .json file come out as JSON, quotes included.
	 */
	struct text template;
	struct site_query *queries;
	size_t query_count;
	struct span span;
};

struct site_file {
	struct text name;
	struct text text;
	uint32_t source;
};

struct site {
	struct text card;        /* query of all pages that is drawn as share card, or missing: <site card="…"> */
	struct span span;
	struct site_query *queries;
	struct site_page *pages;
	struct site_asset *assets;
	struct site_file *files, *contents; /* of the theme (*.html *.css *.js …), of content/site (*.md and *.sql) */
	struct site_file phrases;           /* content/phrases.txt; no text: there is none */
	size_t query_count, page_count, asset_count, file_count, content_count;
};

struct site_folders {
	const char *theme;
	const char *inherited; /* the default theme's folder, or NULL */
	const char *content;   /* holds site/, or NULL */
	const char *pages;     /* the file that says what there is: "years.xml"; NULL: "site.xml" */
};

/*
 * Lives in arena.  Registers its files as sources, so it must be called before workers
 * are forked for their complaints to have places.  NULL after reporting that a file cannot be read or that
 * site.xml is not good.
 */
struct site *site_load(struct arena *arena, struct sources *sources, struct diag *diag, const struct site_folders *folders);
/* A file of the theme by its plain name; NULL for anything else, such as a path. */
const struct site_file *site_file(const struct site *site, struct text name);
/* The same for texts. */
const struct site_file *site_content(const struct site *site, struct text name);

#endif
