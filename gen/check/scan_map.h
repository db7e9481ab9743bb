/* SPDX-License-Identifier: MIT
 *
 * scan-map.csv (data/FORMATS.md §8): which rules of scanners speak of which items.
 */
#ifndef XINGJI_CHECK_SCAN_MAP_H
#define XINGJI_CHECK_SCAN_MAP_H

#include "check/check.h"

/* Reads the file into model.scan_map; rows without a rule or a known item are reported and left out. */
void scan_map_read(struct check *check);

/*
 * Is `text` what the pattern describes?  '*' stands for any characters, also none; letters of
 * ASCII are the same in both cases.  At worst as many steps as both are long, multiplied.
 */
bool scan_map_matches(struct text pattern, struct text text);

/* Does the 来源 of a row name the scanner, its benchmark, its profile or the format?  Missing: any. */
bool scan_map_has_source(const struct scan_map *row, const struct text *names, size_t count);

#endif
