/* SPDX-License-Identifier: MIT
 *
 * The Mandarin readings of Han characters, without tones, for finding names as they are
 * typed: by initials (重 → c, z) and in full (chong, zhong).  The table is pinyin.def.
 */
#ifndef XINGJI_FACTS_PINYIN_H
#define XINGJI_FACTS_PINYIN_H

#include <stddef.h>
#include <stdint.h>

struct text;

enum { PINYIN_MOST = 8 }; /* readings of a character; a few have more, and lose the rarest */

/* Numbers of its readings, the customary one first; returns how many, 0 where none is known. */
size_t pinyin_of(uint32_t character, uint16_t readings[PINYIN_MOST]);
/* By number, in the order of the alphabet; ü is v. */
struct text pinyin_reading(uint16_t number);

#endif
