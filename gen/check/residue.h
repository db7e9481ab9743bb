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

#endif
