/* SPDX-License-Identifier: MIT
 *
 * Just enough of the OpenType container to know which face a file holds: the
 * collection header, the table directory and the name table.  Every offset is
 * checked; a damaged file has no faces or no names.
 */
#ifndef XINGJI_THEME_SFNT_H
#define XINGJI_THEME_SFNT_H

#include "base/text.h"

struct arena;

/* How many faces the bytes of a .ttf, .otf, .ttc or .otc hold; 0 when they are no font. */
size_t sfnt_count(struct text bytes);

struct sfnt_names {
	struct text family, style; /* in English; the typographic names where there are any */
};
/* False when face `index` or its name table is damaged.  The names live in arena. */
bool sfnt_names(struct arena *arena, struct text bytes, size_t index, struct sfnt_names *names);

/*
 * The table directory of a face: tags, check sums, offsets and sizes of all tables.
 * It differs when anything in the font differs, and hashing it does not touch the
 * other 20 MB.  Missing when damaged.
 */
struct text sfnt_directory(struct text bytes, size_t index);

#endif
