/* SPDX-License-Identifier: MIT */
#include "facts/old_tracks.h"

#include "assess/assess.h"
#include "model/track.h"

#define GETTER(name) void name(const struct row *row, const struct column *column, struct cell *cell)

/* Its index where the campaign holds it, else -1. */
static int held(const struct row *row, const struct column *column)
{
	const struct campaign *campaign = &row->view->model->campaign;
	int track = track_by_id(campaign, text_from(column->a == OLD_ICS ? "ics" : "platform"));
	return track_is_held(campaign, track) ? track : -1;
}

GETTER(old_participants)
{
	int track = held(row, column);
	cell_integer(cell, track < 0 ? 0 : row->group->by_track[track]);
}

GETTER(old_at_level)
{
	int track = held(row, column);
	cell_integer(cell, track < 0 ? 0 : row->group->at_level[track][column->b]);
}

GETTER(old_takes_part)
{
	const struct enterprise *enterprise = row->records[ENTITY_ENTERPRISE];
	int track = held(row, column);
	if (enterprise)
		cell_integer(cell, track >= 0 && enterprise->participation[track] >= 0);
}

static const struct decision *listing(const struct row *row, int track)
{
	const struct enterprise *enterprise = row->records[ENTITY_ENTERPRISE];
	int32_t index = enterprise && track >= 0 ? enterprise->participation[track] : -1;
	return assessment_lists(row->view->assessment, index) ? &row->view->assessment->decisions[index] : NULL;
}

GETTER(old_level)
{
	const struct decision *decision = listing(row, held(row, column));
	if (decision)
		cell_integer(cell, decision->level);
}

GETTER(old_label)
{
	int track = held(row, column);
	const struct decision *decision = listing(row, track);
	if (decision)
		cell_text(cell, level_label(row->view->model->catalogues[track], decision->level));
}

GETTER(old_shown)
{
	int track = held(row, column);
	int64_t count = track < 0 ? 0 : summary_of(row->view)->shown_by_track[row->inner][track];
	if (count >= 0)
		cell_integer(cell, count);
}
