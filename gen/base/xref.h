/* SPDX-License-Identifier: MIT
 *
 * Where the objects of a PDF lie, as rows of the table that stands at its end (ISO 32000-2, 7.5.8):
 * written by the canvas and by who makes a copy of what it wrote, read by the latter.
 *
 * A row is seven bytes: kind, place, index (/W[1 4 2]). Each is stored as the difference to the row
 * above (PNG's filter "up", /Predictor 12/Columns 7): most rows are then the same.
 */
#ifndef XINGJI_BASE_XREF_H
#define XINGJI_BASE_XREF_H

#include "base/text.h"

struct buf;

enum { XREF_ROW = 7, XREF_STORED = XREF_ROW + 1 /* bytes: with the filter before */ };
/* What a dictionary says of such rows. */
#define XREF_SHAPE "/W[1 4 2]/DecodeParms<</Predictor 12/Columns 7>>"

enum xref_kind { XREF_FREE, XREF_STREAM /* an object of its own */, XREF_HELD /* in an object stream */ };

struct xref_place {
	uint8_t kind;    /* enum xref_kind */
	uint32_t where;  /* byte offset, or number of the object stream */
	uint16_t index;  /* in that stream */
};

/* Appends the stored rows, one an object from number 0 on. */
void xref_write(struct buf *out, const struct xref_place *places, size_t count);
/* False where the rows are not `count` of this form; kinds are not looked at. */
bool xref_read(struct text rows, struct xref_place *places, size_t count);

#endif
