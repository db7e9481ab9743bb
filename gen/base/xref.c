/* SPDX-License-Identifier: MIT */
#include "base/xref.h"

#include "base/buf.h"

enum { FILTER_UP = 2 };

void xref_write(struct buf *out, const struct xref_place *places, size_t count)
{
	unsigned char above[XREF_ROW] = { 0 };
	for (size_t i = 0; i < count; i++) {
		const struct xref_place *place = &places[i];
		const unsigned char row[XREF_ROW] = {
			place->kind, (unsigned char)(place->where >> 24), (unsigned char)(place->where >> 16),
			(unsigned char)(place->where >> 8), (unsigned char)place->where,
			(unsigned char)(place->index >> 8), (unsigned char)place->index,
		};
		char stored[XREF_STORED] = { FILTER_UP };
		for (int k = 0; k < XREF_ROW; k++) {
			stored[k + 1] = (char)(row[k] - above[k]);
			above[k] = row[k];
		}
		buf_add(out, stored, sizeof stored);
	}
}

bool xref_read(struct text rows, struct xref_place *places, size_t count)
{
	unsigned char row[XREF_ROW] = { 0 };
	if (rows.size / XREF_STORED != count || rows.size % XREF_STORED)
		return false;
	for (size_t i = 0; i < count; i++) {
		const char *stored = rows.at + i * XREF_STORED;
		if (stored[0] != FILTER_UP)
			return false;
		for (int k = 0; k < XREF_ROW; k++)
			row[k] = (unsigned char)(row[k] + (unsigned char)stored[k + 1]);
		places[i] = (struct xref_place){
			.kind = row[0], .index = (uint16_t)(row[5] << 8 | row[6]),
			.where = (uint32_t)row[1] << 24 | (uint32_t)row[2] << 16 | (uint32_t)row[3] << 8 | row[4],
		};
	}
	return true;
}
