/* SPDX-License-Identifier: MIT
 *
 * One CSV file of a year, row by row: what the readers of the tables share.
 */
#ifndef XINGJI_CHECK_SHEET_H
#define XINGJI_CHECK_SHEET_H

#include "check/field.h"

struct sheet {
	struct check *check;
	struct table table;
	struct map by_key;   /* row key → index */
	size_t rows;         /* data rows seen */
	bool is_there;       /* the file exists */
};

/* Opens data/<year>/<file of the entity>; false when it is not there (reported when required) or cannot be read. */
bool sheet_open(struct sheet *sheet, struct check *check, enum entity_kind kind, bool is_required);
/*
 * The same for a list that ships with the program and that the data folder may bring of its own
 * (tracks.csv, regions.csv): the data's counts alone, else the one in check->shared is read.
 */
bool sheet_open_list(struct sheet *sheet, struct check *check, enum entity_kind kind, bool is_required);
/*
 * The next sound row into record; rows that are too long or cut are reported,
 * blaming nobody who is in the model, and passed over.
 */
bool sheet_next(struct sheet *sheet, struct record *record);
/* Says when there was no row, gives the map back. */
void sheet_close(struct sheet *sheet);

/* Two records of an entity with the same values in every field. */
bool sheet_equal(const struct entity *entity, const void *a, const void *b);
/* A second row under the same key: a note when it is equal, else an error that names both places. */
void sheet_report_twice(struct check *check, bool is_equal, struct span place, struct span older);

#endif
