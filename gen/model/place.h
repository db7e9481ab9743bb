/* SPDX-License-Identifier: MIT
 *
 * Names of places: the cities of the province, which come from regions.csv (GB/T 2260,
 * data/FORMATS.md §2), and the divisions of industry (GB/T 4754, C13–C43 and D44–D46).
 * gen/DOMAIN.md §3.
 */
#ifndef XINGJI_MODEL_PLACE_H
#define XINGJI_MODEL_PLACE_H

#include "base/text.h"
#include "model/model.h"

/* The biggest province of the file that ships has 38; check/ refuses a larger one than this. */
enum { CITIES_MOST = 64, INDUSTRIES = 34 };
_Static_assert(CITIES_MOST <= INT8_MAX, "MODEL_CITY counts them");

struct industry_name {
	const char *code, *name; /* "C13", "农副食品加工业" */
};

extern const struct industry_name industries[INDUSTRIES];

/*
 * Does `text` mean it?  Its code, its name, each of its short forms, and these with the
 * plain word for what it is: 320500, 苏州市, 苏州; 恩施土家族苗族自治州, 恩施州, 恩施.
 */
bool prefecture_is_called(const struct prefecture *prefecture, struct text text);
/* What it is shown as where there is little room: the first of its short forms. */
struct text prefecture_short(const struct prefecture *prefecture);

/*
 * The rows of a province, by its name or by a beginning of it of two characters or more
 * that no other province has: 江苏省, 江苏.  None when it is unknown.
 */
struct prefectures prefectures_of(struct prefectures everywhere, struct text province);
/* Are both the rows of one province?  No rows are none. */
bool prefectures_are_same(struct prefectures one, struct prefectures other);

/* Index of what `text` means in one province, also behind the province's own name (江苏省苏州市, 江苏苏州); -1 when unknown. */
int city_find(struct prefectures province, struct text text);
/* C13, c13, 13, "C13 农副食品加工业", 农副食品加工业, a four-digit class "C1311" → index of its division; -1 when unknown. */
int industry_find(struct text text);

#endif
