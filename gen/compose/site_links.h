/* SPDX-License-Identifier: MIT
 *
 * What a page knows of itself and of the others: its name and address, the menus,
 * the trail down to it.
 */
#ifndef XINGJI_COMPOSE_SITE_LINKS_H
#define XINGJI_COMPOSE_SITE_LINKS_H

#include "compose/datum.h"

struct arena;
struct site;
struct site_page;

struct site_links {
	struct arena *arena; /* for everything that is made here */
	const struct site *site;
	const struct site_page *here;
	const bool *shown;   /* per page: site_shown.h */
	struct text root;    /* what links to the site's root start with */
};

/* id, title, description, path, address. */
struct datum site_links_self(const struct site_links *links, struct text path);
/* title, link, is_here, is_above of each entry of the menu or of the foot. */
struct datum site_links_menu(const struct site_links *links, bool is_foot);
/* From the top down to the page above. */
struct datum site_links_crumbs(const struct site_links *links);
/* `path` of each page made so far that is an address of its own ("", "cities/"), in order; for sitemap.xml. */
struct datum site_links_made(struct arena *arena, const struct text *paths, size_t count);

#endif
