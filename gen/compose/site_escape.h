/* SPDX-License-Identifier: MIT
 *
 * Values of templates in the scripts and JSON files of the site.
 */
#ifndef XINGJI_COMPOSE_SITE_ESCAPE_H
#define XINGJI_COMPOSE_SITE_ESCAPE_H

#include "compose/mustache.h"

/* Numbers as they are; texts as JSON, quotes included, in which no markup stands: a browser may come across it. */
mustache_escape site_escape_script;

#endif
