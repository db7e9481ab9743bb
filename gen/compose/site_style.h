/* SPDX-License-Identifier: MIT
 *
 * The style sheet of the site in its colours, without the rows that it asks for: for pages that belong to no year.
 */
#ifndef XINGJI_COMPOSE_SITE_STYLE_H
#define XINGJI_COMPOSE_SITE_STYLE_H

#include <stdbool.h>

#include "compose/document.h"

struct arena;
struct buf;
struct diag;
struct theme;

/*
 * Appends the sheet, which is a template; false after reporting, with nothing appended.  What it makes on the
 * way lives in arena.
 */
bool site_style(struct arena *arena, struct diag *diag, const struct document_file *sheet, const struct theme *theme,
		struct buf *css);

#endif
