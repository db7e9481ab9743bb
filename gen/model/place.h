/* SPDX-License-Identifier: MIT
 *
 * The 13 cities (GB/T 2260) in their official order and the divisions of industry
 * (GB/T 4754, C13–C43 and D44–D46).  gen/DOMAIN.md §3.
 */
#ifndef XINGJI_MODEL_PLACE_H
#define XINGJI_MODEL_PLACE_H

#include "base/text.h"

struct place_name {
	const char *code, *name; /* "320500", "苏州市"; "C13", "农副食品加工业" */
};

enum { CITIES = 13, INDUSTRIES = 34 };
_Static_assert(CITIES <= 16, "model.cities has room");

extern const struct place_name cities[CITIES];
extern const struct place_name industries[INDUSTRIES];

/* 苏州, 苏州市, 江苏省苏州市, 320500 → index; -1 when unknown. */
int city_find(struct text text);
/* C13, c13, 13, "C13 农副食品加工业", 农副食品加工业, a four-digit class "C1311" → index of its division; -1 when unknown. */
int industry_find(struct text text);

#endif
