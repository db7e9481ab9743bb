/* SPDX-License-Identifier: MIT
 *
 * regions.csv: the cities of all provinces, and which of them are the campaign's.
 *
 * The data folder may bring its own; otherwise the one that ships with the program is read.
 * Nothing in the program names a city or a province.
 */
#ifndef XINGJI_CHECK_REGIONS_H
#define XINGJI_CHECK_REGIONS_H

#include "check/check.h"

/*
 * Reads the file into check->everywhere, once a run.  Rows that are wrong are reported; with any
 * of them there is no table at all, and cities are not looked up.
 */
void regions_read(struct check *check);

/*
 * Chooses the province that campaign.xml names: model->prefectures and, with their numbers
 * missing, model->cities.  The campaign's province becomes the full name.  One that is unknown,
 * too large or has contradictory rows is reported; then there are no cities, and nobody complains of that again.
 */
void regions_choose(struct check *check, struct span province);

/*
 * After the enterprises were read, before what was told of them is reported: where more of their cities are of one
 * other province than of the campaign's, that is told once (province-elsewhere) and no city of it is told any more.
 */
void regions_judge(struct check *check);

/* The province whose city `text` is, where that is another one; else missing. */
struct text regions_elsewhere(const struct check *check, struct text text);
/* The <region> of the campaign that a city cell names (昆山市, 江苏省昆山市, 苏州市昆山市, its code), or NULL. */
const struct region *regions_county(const struct check *check, struct text text);

/* "；最接近的是…": the city of the province whose name is nearly `text`; missing when none is. */
struct text regions_hint(const struct check *check, struct text text);

#endif
