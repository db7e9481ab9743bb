/* SPDX-License-Identifier: MIT
 *
 * The characters of texts, each once, and what a search must know of them: the index of the
 * site has no more than this of its names.
 */
#ifndef XINGJI_FACTS_HAN_H
#define XINGJI_FACTS_HAN_H

#include <stdint.h>

#include "base/text.h"

struct buf;

enum { HAN_END = 0x40000 }; /* behind the last plane of Han characters */

struct han_set {
	uint8_t has[HAN_END / 8];
};

void han_add(struct han_set *set, struct text text);
/* By reading, in the order of the alphabet: "chong重hang行xing行zhong重". */
void han_write_readings(const struct han_set *set, struct buf *out);
/*
 * In which other forms its characters are written (base/fold.def), traditional ones above all:
 * "机機 万萬" with a blank between, each plain form first.
 */
void han_write_forms(const struct han_set *set, struct buf *out);

#endif
