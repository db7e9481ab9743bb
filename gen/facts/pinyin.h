/* SPDX-License-Identifier: MIT
 *
 * The first letters of a Han character's Mandarin readings, for finding names by
 * their initials (重 → "zc").  The table is pinyin.def.
 */
#ifndef XINGJI_FACTS_PINYIN_H
#define XINGJI_FACTS_PINYIN_H

#include <stdint.h>

struct pinyin {
	char letters[8]; /* a-z, the customary reading's first, NUL-terminated; empty: none known */
};

struct pinyin pinyin_of(uint32_t character);

#endif
