/* SPDX-License-Identifier: MIT
 *
 * The public downloads data/listed.csv, .json and .xlsx (data/FORMATS.md §6).  Their
 * columns and order are a contract with those who read them by program, so they
 * stand here and not in a theme.  A field that schema.def calls PUBLIC and that is not
 * among them comes behind 链接, under its heading.  The root over the years has data/listed-all.csv and .xlsx: what
 * each year's list shows now.
 */
#ifndef XINGJI_COMPOSE_DOWNLOADS_H
#define XINGJI_COMPOSE_DOWNLOADS_H

#include <stdbool.h>

#include "base/text.h"
#include "compose/datum.h"

struct arena;
struct site_options;

/*
 * Writes them, and makes what templates see as `downloads`: bytes, hash and digest of each by its kind
 * (csv, json, xlsx), and fields: a list of those behind 链接, name (the heading) and type (string, integer).  False after reporting.
 */
bool downloads_write(struct arena *arena, const struct site_options *options, struct datum *downloads);

#endif
