/* SPDX-License-Identifier: MIT
 *
 * What enterprises report of their rectification: rectifications.csv and, beside it, the forms that
 * they sent back in data/<year>/rectifications/ (data/FORMATS.md §4) → model.rectifications.
 *
 * A form (ENTITY_ANSWER; xingji template rectification --for) has a head that names enterprise and
 * year, then a row for every open item, most of whose columns only say what was found.  Of a row
 * the columns of a rectification count, read by the same code as those of the table; rows in
 * which nothing was filled in are passed over with one note a file.
 */
#ifndef XINGJI_CHECK_RECTIFICATIONS_H
#define XINGJI_CHECK_RECTIFICATIONS_H

#include "check/check.h"

/*
 * Reads both, sorted by participation, item and date of completion.  Reported, once a file: rows of
 * another enterprise than the head names (left out), a form of another year (not read), requirements
 * that differ from the catalogue's, files that are no tables.  Rows of one item and one date that differ
 * are an error wherever they stand.
 */
void rectifications_read(struct check *check);

#endif
