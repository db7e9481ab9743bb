/* SPDX-License-Identifier: MIT
 *
 * Where the texts, themes, catalogues, regions and fonts of a run lie: what an option says, else the
 * folder of the working directory, else what came with the program.
 *
 * What came with the program is found from where the program itself lies, so an installation
 * may be moved: <prefix>/bin/xingji has <prefix>/share/xingji; out/bin/xingji of a checkout has
 * the checkout.
 */
#ifndef XINGJI_BUILD_FOLDERS_H
#define XINGJI_BUILD_FOLDERS_H

#include "base/text.h"

struct arena;
struct options;

/* Folders are in arena, or borrowed from the options; they need not exist. */
const char *folders_content(struct arena *arena, const struct options *options);
/* Holds themes by name; one that is not there may lie in folders_more_themes (NULL: nowhere else). */
const char *folders_themes(const struct options *options);
const char *folders_more_themes(struct arena *arena, const struct options *options);
/* Catalogues for data that bring none of their own (no models/ in --data); NULL: there are none. */
const char *folders_models(struct arena *arena, const struct options *options);
/* Holds the lists that came with the program (tracks.csv, regions.csv), for data without their own; NULL: there are none. */
const char *folders_shared(struct arena *arena, const struct options *options);
/* NULL-terminated, in the order in which they are searched. */
const char *const *folders_fonts(struct arena *arena, const struct options *options);

/* "content, /opt/xingji/share/xingji/content": every place where the texts were looked for. */
struct text folders_content_places(struct arena *arena, const struct options *options);

#endif
