/* SPDX-License-Identifier: MIT
 *
 * Straight quotes that people type among Chinese, shown as “ ” and ‘ ’ (GB/T 15834—2011).
 *
 * Only what is shown changes, never the data; who copies from the page gets what it shows.
 * A pair is two of a kind within one paragraph and one line of it, in turn.  It is curled
 * when Chinese stands inside of it at an edge, or on both sides of it; 19" and it's are
 * no quotes.  What has no partner stays as it was typed, and so does code.
 */
#ifndef XINGJI_SETTING_QUOTE_H
#define XINGJI_SETTING_QUOTE_H

#include "setting/piece.h"

struct arena;

/* The pieces of a paragraph as they are shown: the same ones, or as many in the arena where a quote is curled. */
const struct piece *quotes_curl(struct arena *arena, const struct piece *pieces, size_t piece_count);
/* The same for a text that is a paragraph of its own. */
struct text quotes_curl_text(struct arena *arena, struct text text);

#endif
