/* SPDX-License-Identifier: MIT */
#include "model/observed.h"

struct span observed_place(const struct observation *row)
{
	return (struct span){ row->source, row->start, row->start + row->size };
}

void observed_set_place(struct observation *row, struct span place)
{
	uint32_t size = place.end - place.start;
	row->source = place.source;
	row->start = place.start;
	row->size = (uint16_t)(size < OBSERVED_SIZE_MOST ? size : OBSERVED_SIZE_MOST);
}
