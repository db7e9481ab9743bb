/* SPDX-License-Identifier: MIT */
#include "check/drop.h"

#include "base/arena.h"
#include "base/diag.h"
#include "model/parts.h"
#include "model/track.h"

/* Where each participation goes: its new index, or -1. */
static size_t plan(const struct model *model, const struct diag *diag, int32_t *moved)
{
	int32_t kept = 0;
	for (size_t i = 0; i < model->participation_count; i++)
		moved[i] = diag_touches(diag, i) ? -1 : kept++;
	return model->participation_count - (size_t)kept;
}

static void name_dropped(const struct model *model, struct arena *arena, struct diag *diag, const int32_t *moved)
{
	for (size_t i = 0; i < model->participation_count; i++) {
		const struct participation *participation = &model->participations[i];
		if (moved[i] >= 0)
			continue;
		struct text name = participation->enterprise >= 0 ? model->enterprises[participation->enterprise].name : NO_TEXT;
		DIAG(diag, DIAG_PARTICIPATION_LEFT_OUT, .span = participation->place, .a = name,
			.b = parts_label(arena, model, participation));
	}
}

/* Those of each participation that stays, before they are moved themselves. */
static void move_observations(struct model *model, const int32_t *moved)
{
	struct observation *seen = model->observations, *superseded = model->superseded;
	for (size_t i = 0; i < model->participation_count; i++) {
		const struct participation *row = &model->participations[i];
		if (moved[i] < 0)
			continue;
		if (row->observation_count)
			memmove(seen, &model->observations[row->first_observation],
				row->observation_count * sizeof *seen);
		if (row->superseded_count)
			memmove(superseded, &model->superseded[row->first_superseded],
				row->superseded_count * sizeof *superseded);
		seen += row->observation_count;
		superseded += row->superseded_count;
	}
	model->observation_count = (size_t)(seen - model->observations);
	model->superseded_count = (size_t)(superseded - model->superseded);
}

static void move_rectifications(struct model *model, const int32_t *moved)
{
	size_t kept = 0;
	for (size_t i = 0; i < model->rectification_count; i++) {
		struct rectification rectification = model->rectifications[i];
		if (rectification.participation >= 0 && moved[rectification.participation] < 0)
			continue;
		if (rectification.participation >= 0)
			rectification.participation = moved[rectification.participation];
		model->rectifications[kept++] = rectification;
	}
	model->rectification_count = kept;
}

static void move_ledger(struct model *model, const int32_t *moved)
{
	size_t kept = 0;
	for (size_t i = 0; i < model->ledger_count; i++) {
		struct ledger ledger = model->ledger[i];
		if (moved[ledger.participation] < 0)
			continue;
		ledger.participation = moved[ledger.participation];
		model->ledger[kept++] = ledger;
	}
	model->ledger_count = kept;
}

static void move_scan_results(struct model *model, const int32_t *moved)
{
	size_t kept = 0;
	for (size_t i = 0; i < model->scan_result_count; i++) {
		struct scan_result result = model->scan_results[i];
		result.participation = moved[result.participation];
		if (result.participation >= 0)
			model->scan_results[kept++] = result;
	}
	model->scan_result_count = kept;
}

/* Observations keep their order, so a participation's range only shifts. */
static void move_participations(struct model *model, const int32_t *moved)
{
	size_t first = 0, superseded = 0, count = model->participation_count, kept = 0;
	for (size_t i = 0; i < count; i++) {
		struct participation participation = model->participations[i];
		if (moved[i] < 0)
			continue;
		participation.first_observation = first;
		first += participation.observation_count;
		participation.first_superseded = superseded;
		superseded += participation.superseded_count;
		model->participations[kept++] = participation;
	}
	model->participation_count = kept;
	parts_link(model);
}

size_t drop_touched(struct model *model, struct arena *arena, struct diag *diag)
{
	int32_t *moved = ARENA_ARRAY(arena, int32_t, model->participation_count);
	size_t dropped = plan(model, diag, moved);
	if (dropped == 0)
		return 0;
	name_dropped(model, arena, diag, moved);
	move_observations(model, moved);
	move_rectifications(model, moved);
	move_ledger(model, moved);
	move_scan_results(model, moved);
	move_participations(model, moved);
	return dropped;
}
