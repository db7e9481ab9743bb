/* SPDX-License-Identifier: MIT
 *
 * A catalogue filled in as a table: a sheet of items and one of what else models/<id>.xml says (track, edition,
 * basis, note, levels).
 *
 * The rows become the same tree that the XML gives, and the same code reads it (check/catalogue.h): what is wrong
 * with a catalogue is wrong here too, and is told at the cell.  Classes and areas come in the order in which they
 * first appear, items in that of their rows within the area.  The name of a class or an area need stand only once.
 */
#ifndef XINGJI_CHECK_ITEM_TABLE_H
#define XINGJI_CHECK_ITEM_TABLE_H

#include "model/model.h"
#include "read/input.h"

struct item_table {
	const char *items;        /* a CSV file or a workbook */
	const char *head;         /* the other table; NULL: the second sheet of that workbook */
	const char *data, *shared; /* where tracks.csv lies (check/tracks.h); shared may be NULL */
	struct text id;           /* of the catalogue to be */
};

/* In the reader's arena; NULL after reporting errors. */
const struct catalogue *item_table_read(const struct reader *reader, const struct item_table *from);

/* A catalogue by its file, to be shown as a table; NULL after reporting errors. */
const struct catalogue *item_table_catalogue(const struct reader *reader, struct text id, const char *path);

#endif
