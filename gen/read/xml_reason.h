/* SPDX-License-Identifier: MIT
 *
 * What libxml2 found wrong, in words for who writes XML by hand.
 */
#ifndef XINGJI_READ_XML_REASON_H
#define XINGJI_READ_XML_REASON_H

#include "base/text.h"

struct arena;

/*
 * "中文", U+001F, "English" for an error by its number in libxml2, whose own words (English,
 * and different from version to version) are used where the number is not known here, behind
 * a general sentence that names it.  In the arena, or static.
 */
struct text xml_reason(struct arena *arena, int code, struct text words);

#endif
