/* SPDX-License-Identifier: MIT
 *
 * What exports, workbooks and web pages leave in a text instead of a character: _x000D_, &#22270;, <br>.
 */
#ifndef XINGJI_CHECK_RESIDUE_H
#define XINGJI_CHECK_RESIDUE_H

#include "base/text.h"

/*
 * The first of it, borrowed, or missing.  In a name also □ and 〓, which stand for a character that
 * was not to be had; elsewhere they are boxes to tick.
 */
struct text residue_of(struct text text, bool is_name);

/* A character that only the font of who typed it knows. */
bool residue_has_private(struct text text);

/* A radical or a compatibility ideograph (⼯) for the character that it looks like (工). */
struct look_alike {
	struct text text;         /* as it stands there, borrowed */
	uint32_t character, meant; /* meant 0: there is none */
	char words[8];            /* what is meant, as UTF-8 */
};

/* The first in a text. */
struct look_alike residue_look_alike(struct text text);

#endif
