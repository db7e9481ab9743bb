/* SPDX-License-Identifier: MIT
 *
 * The text of a page of the site: Markdown of content/site/, which may use whatever else the page knows, as HTML.
 * What it claims is held against its rows as in any document, and told to site_options.heard.
 */
#ifndef XINGJI_COMPOSE_SITE_PROSE_H
#define XINGJI_COMPOSE_SITE_PROSE_H

#include <stdbool.h>

struct datum;
struct site_composer;
struct site_kind;

/* Compiles the Markdown into kind->text, where the page has one; false after reporting. */
bool site_prose_prepare(struct site_composer *composer, struct site_kind *kind);
/*
 * page: an object of what the page knows.  *text becomes the HTML, which lies in composer->text until the next page,
 * and stays as it is where the page has none.  False after reporting.
 */
bool site_prose_make(struct site_composer *composer, const struct site_kind *kind, const struct datum *page,
		     struct datum *text);

#endif
