/* SPDX-License-Identifier: MIT
 *
 * The theme's colours as templates see them.
 */
#ifndef XINGJI_COMPOSE_SITE_COLOURS_H
#define XINGJI_COMPOSE_SITE_COLOURS_H

#include "compose/datum.h"

struct arena;
struct theme;

/* As a list and by name: {{#colours}}{{name}} {{light}}{{/colours}}, {{colour.star.dark}}.  theme NULL: none. */
struct datum site_colours(struct arena *arena, const struct theme *theme);

#endif
