/* SPDX-License-Identifier: MIT
 *
 * The public downloads data/listed.csv, .json and .xlsx (FORMATS.md §6).  Their
 * columns and order are a contract with those who read them by program, so they
 * stand here and not in a theme.
 */
#ifndef XINGJI_COMPOSE_DOWNLOADS_H
#define XINGJI_COMPOSE_DOWNLOADS_H

#include <stdbool.h>

struct arena;
struct site_options;

/* False after reporting. */
bool downloads_write(struct arena *arena, const struct site_options *options);

#endif
