/* SPDX-License-Identifier: MIT
 *
 * The public downloads data/listed.csv, .json and .xlsx (data/FORMATS.md §6).  Their
 * columns and order are a contract with those who read them by program, so they
 * stand here and not in a theme.  A field that schema.def calls PUBLIC and that is not
 * among them comes behind 链接, under its heading.
 */
#ifndef XINGJI_COMPOSE_DOWNLOADS_H
#define XINGJI_COMPOSE_DOWNLOADS_H

#include <stdbool.h>

#include "base/text.h"
#include "compose/datum.h"

struct arena;
struct site_options;

/* data/listed.<name> as it was written. */
struct download {
	const char *name; /* csv, json, xlsx */
	size_t size;      /* bytes */
	char hash[65];    /* sha256 */
};
enum { DOWNLOADS = 3 };

/* The fields behind 链接, a list of objects: name (the heading) and type (string, integer). */
struct datum downloads_fields(struct arena *arena);
/* False after reporting. */
bool downloads_write(struct arena *arena, const struct site_options *options, struct download downloads[DOWNLOADS]);

#endif
