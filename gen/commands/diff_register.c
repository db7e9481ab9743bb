/* SPDX-License-Identifier: MIT */
#include "commands/diff_register.h"

#include "base/arena.h"
#include "build/record.h"
#include "model/track.h"

static struct compare_entry entry_of(struct arena *arena, const struct model *model,
				     const struct recorded_entry *recorded)
{
	struct text id = recorded->track, platform = NO_TEXT;
	track_split(recorded->track, &id, &platform);
	bool is_withdrawn = text_is(recorded->status, choice_word(SET_STANDING, STANDING_WITHDRAWN));
	int64_t level = 0;
	text_to_integer(recorded->level, &level);
	return (struct compare_entry){
		.code = recorded->code, .track = id, .platform = platform, .platform_name = platform,
		 .name = recorded->name, .city = recorded->city,
		.track_word = record_track_word(arena, &model->campaign, recorded->track),
		.label = is_withdrawn ? text_from(choice_word(SET_STANDING, STANDING_WITHDRAWN)) : recorded->label,
		.level = (int8_t)(is_withdrawn || level < 0 || level > LEVELS_MOST ? 0 : level),
		.outcome = is_withdrawn ? OUTCOME_NOT_REACHED : OUTCOME_REACHED,
		.city_order = INT16_MAX, .participation = -1,
	};
}

bool diff_register_side(struct arena *arena, const struct model *model, struct compare_side *side)
{
	const struct recorded *last = record_last(model);
	*side = (struct compare_side){ 0 };
	if (!last)
		return false;
	side->entries = ARENA_ARRAY(arena, struct compare_entry, last->entry_count);
	side->count = last->entry_count;
	for (size_t i = 0; i < last->entry_count; i++)
		side->entries[i] = entry_of(arena, model, &last->entries[i]);
	return true;
}
