/* SPDX-License-Identifier: MIT
 *
 * A site whose pages are made one by one, when they are asked for: the same bytes as site_compose makes.
 */
#ifndef XINGJI_COMPOSE_SITE_SINGLE_H
#define XINGJI_COMPOSE_SITE_SINGLE_H

#include "compose/site.h"

struct site_single;

/*
 * Knows every page by its path; assets and downloads are handed to options->write at once.  Lives as long as the
 * process that makes pages of it.  NULL after reporting; `options` is borrowed.
 */
struct site_single *site_single_open(struct arena *arena, const struct site_options *options);
bool site_single_has(const struct site_single *single, struct text path);
/* Hands a page that it has, and a share card that is first seen there, to options->write; false after reporting. */
bool site_single_make(struct site_single *single, struct text path);

#endif
