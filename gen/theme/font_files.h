/* SPDX-License-Identifier: MIT
 *
 * Where font files lie: an index by file name over the font folders.
 *
 * Fonts are the only inputs that stay mapped: FreeType opens them by path and maps
 * them itself, tens of megabytes that all workers share.  Packages and copies replace
 * them by renaming, which a mapping does not notice; nobody saves into a font.
 */
#ifndef XINGJI_THEME_FONT_FILES_H
#define XINGJI_THEME_FONT_FILES_H

#include "base/text.h"

struct arena;
struct font_files;

/*
 * Lists the folders recursively (NULL-terminated; missing ones are skipped).  Of two
 * files of one name the one in the earlier folder wins.  Bounded in depth and number.
 */
struct font_files *font_files_new(struct arena *arena, const char *const *folders);
/* The path of a file of that name, or NULL. */
char *font_files_find(const struct font_files *files, struct text name);

#endif
