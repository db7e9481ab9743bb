/* SPDX-License-Identifier: MIT
 *
 * Which kinds of pages are shown.  A page whose text is a draft (draft: yes), or is dated
 * later than the day of the list (date: 2021-12-20), does not exist yet: not as a page, and
 * in no menu, trail, feed or sitemap.
 */
#ifndef XINGJI_COMPOSE_SITE_SHOWN_H
#define XINGJI_COMPOSE_SITE_SHOWN_H

#include "compose/document.h"

struct arena;
struct site;
struct site_file;
struct site_options;

/* One flag per page of the site, in arena; NULL after reporting a date that cannot be read. */
const bool *site_shown(struct arena *arena, const struct site_options *options, const struct site *site);

/* A text of the site with the queries that it names: in the .sql file of the same name; the name lives in arena. */
struct document_file site_text(struct arena *arena, const struct site *site, const struct site_file *file);

#endif
