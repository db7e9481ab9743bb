/* SPDX-License-Identifier: MIT
 *
 * Documents to pages: Chinese line setting, tables, floats, contents, footnotes.
 */
#ifndef XINGJI_LAYOUT_LAYOUT_H
#define XINGJI_LAYOUT_LAYOUT_H

#include "doc/doc.h"
#include "layout/page.h"
#include "setting/shape.h"

struct arena;
struct diag;

/*
 * Lay out a numbered document with the theme's page style of that name.  Never
 * fails: content too wide is reported and clipped to its box, missing characters
 * are reported by the shaper.  Everything lives in arena.
 */
const struct pages *layout_document(struct arena *arena, struct shaper *shaper, const struct theme *theme,
				    const struct doc *doc, struct diag *diag);

#endif
