/* SPDX-License-Identifier: MIT */
#include "model/parts.h"

#include "base/arena.h"
#include "model/track.h"

int32_t parts_first(const struct enterprise *enterprise)
{
	return enterprise ? enterprise->first_part : MISSING;
}

/* From behind, so that each chain is in the order of the array. */
static void chain(struct model *model)
{
	for (size_t i = 0; i < model->enterprise_count; i++)
		model->enterprises[i].first_part = MISSING;
	for (size_t i = model->participation_count; i > 0; i--) {
		struct participation *participation = &model->participations[i - 1];
		participation->next = MISSING;
		participation->ordinal = 0;
		if (participation->enterprise < 0)
			continue;
		struct enterprise *enterprise = &model->enterprises[participation->enterprise];
		participation->next = enterprise->first_part;
		enterprise->first_part = (int32_t)(i - 1);
	}
}

void parts_link(struct model *model)
{
	chain(model);
	for (size_t i = 0; i < model->participation_count; i++) {
		struct participation *before = &model->participations[i];
		struct participation *next = before->next >= 0 ? &model->participations[before->next] : NULL;
		if (!next || next->track != before->track)
			continue;
		if (before->ordinal == 0)
			before->ordinal = 1;
		next->ordinal = before->ordinal + 1;
	}
}

int parts_count_tracks(const struct model *model, const struct enterprise *enterprise)
{
	int count = 0, track = MISSING;
	EACH_PART(part, model, enterprise) {
		count += model->participations[part].track != track;
		track = model->participations[part].track;
	}
	return count;
}

bool parts_same_platform(struct text one, struct text other)
{
	return track_same_word(one, other);
}

struct parts_found parts_find(const struct model *model, const struct enterprise *enterprise, int track,
			      struct text platform)
{
	struct parts_found found = { MISSING, MISSING, 0 };
	EACH_PART(part, model, enterprise) {
		if (model->participations[part].track != track)
			continue;
		if (found.count++ == 0)
			found.first = part;
		if (platform.size && parts_same_platform(model->participations[part].platform, platform))
			found.part = part;
	}
	if (found.count == 1)
		found.part = found.first;
	return found;
}

struct parts_found parts_find_word(const struct model *model, const struct enterprise *enterprise, struct text cell)
{
	struct text word, platform = NO_TEXT;
	int track = track_find_held(&model->campaign, cell);
	if (track < 0 && track_split(cell, &word, &platform))
		track = track_find_held(&model->campaign, word);
	return parts_find(model, enterprise, track, platform);
}

int32_t parts_match(const struct model *other, const struct enterprise *enterprise, int track,
		    const struct participation *participation)
{
	struct parts_found found = parts_find(other, enterprise, track, participation->platform);
	if (found.part < 0 || (found.count == 1 && participation->ordinal == 0))
		return found.part;
	struct text platform = other->participations[found.part].platform;
	return platform.size && parts_same_platform(platform, participation->platform) ? found.part : MISSING;
}

struct text parts_word(struct arena *arena, struct text track, struct text platform)
{
	return platform.size ? text_format(arena, "%.*s（%.*s）", TEXT_ARGS(track), TEXT_ARGS(platform)) : track;
}

struct text parts_platform(const struct participation *participation)
{
	return participation->ordinal ? participation->platform : NO_TEXT;
}

struct text parts_label(struct arena *arena, const struct model *model, const struct participation *participation)
{
	return parts_word(arena, track_label(&model->campaign, participation->track), parts_platform(participation));
}
