/* SPDX-License-Identifier: MIT */
#include "assess/movement.h"

#include "base/arena.h"
#include "model/track.h"

static const char *const words[MOVEMENTS] = {
	[MOVEMENT_NONE] = "", [MOVEMENT_NEW] = "新达标", [MOVEMENT_UP] = "提升",
	[MOVEMENT_KEPT] = "保持", [MOVEMENT_DOWN] = "下降", [MOVEMENT_OUT] = "退出",
};

const char *movement_word(enum movement movement)
{
	return words[movement];
}

static bool lists(const struct earlier *row, const struct model *model)
{
	return row->level > 0 && track_is_held(&model->campaign, row->track) && row->enterprise >= 0 &&
		(size_t)row->enterprise < model->enterprise_count && row->year < model->campaign.year;
}

int32_t *movement_index(struct arena *arena, const struct model *model)
{
	int32_t *index = ARENA_ARRAY(arena, int32_t, model->enterprise_count * TRACKS_MOST);
	for (size_t i = 0; i < model->enterprise_count * TRACKS_MOST; i++)
		index[i] = -1;
	for (size_t i = 0; i < model->earlier_count; i++) {
		const struct earlier *row = &model->earlier[i];
		if (!lists(row, model))
			continue;
		int32_t *best = &index[(size_t)row->enterprise * TRACKS_MOST + (size_t)row->track];
		if (*best < 0 || model->earlier[*best].year < row->year)
			*best = (int32_t)i;
	}
	return index;
}

enum movement movement_of(int8_t level, int8_t before)
{
	if (before < 0)
		return MOVEMENT_NEW;
	if (level == before)
		return MOVEMENT_KEPT;
	return level > before ? MOVEMENT_UP : MOVEMENT_DOWN;
}

void movement_decide(const struct earlier *row, const struct catalogue *catalogue, struct decision *decision)
{
	decision->earlier_level = -1;
	if (row) {
		decision->earlier_level = row->level;
		decision->earlier_year = (int16_t)row->year;
		decision->earlier_label = row->level_label;
		/* A row that came without its year's model still has a name in this one's. */
		if (row->level_label.size == 0 && row->level <= catalogue->level_count)
			decision->earlier_label = catalogue->levels[row->level].label;
	}
	if (decision->outcome == OUTCOME_REACHED)
		decision->movement = (int8_t)movement_of(decision->level, decision->earlier_level);
	else if (decision->outcome == OUTCOME_NOT_REACHED && row)
		decision->movement = MOVEMENT_OUT;
	else
		decision->movement = MOVEMENT_NONE;
}
