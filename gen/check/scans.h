/* SPDX-License-Identifier: MIT
 *
 * The results of scanners (data/FORMATS.md §8): data/<year>/scans/<credit code>/ → model.scans,
 * model.scan_results and model.scan_words, by way of scan-map.csv.
 *
 * A scan decides nothing, so what is wrong with one blames nobody's level; only a folder that is
 * nobody's and a file that cannot be read are errors.
 */
#ifndef XINGJI_CHECK_SCANS_H
#define XINGJI_CHECK_SCANS_H

#include "check/check.h"

/* Reads map and scans; needs the enterprises and participations. */
void scans_read(struct check *check);
#endif
