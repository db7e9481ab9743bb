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

struct observed_rows observed_of(const struct model *model, const struct participation *own, bool is_superseded)
{
	const struct observation *all = is_superseded ? model->superseded : model->observations;
	size_t first = is_superseded ? own->first_superseded : own->first_observation;
	size_t count = is_superseded ? own->superseded_count : own->observation_count;
	return (struct observed_rows){ count ? &all[first] : NULL, count };
}
