/* SPDX-License-Identifier: MIT */
#include "assess/movement.h"

#include "base/arena.h"
#include "base/diag.h"
#include "model/parts.h"
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

/* ---- which platform ------------------------------------------------------------------------- */

static bool is_beside(const struct earlier *row, const struct earlier *other)
{
	return row->year == other->year && row->track == other->track && text_equal(row->code, other->code);
}

/* Rows of one year, code and track stand together. */
bool movement_row_has_sibling(const struct model *model, const struct earlier *row)
{
	size_t at = (size_t)(row - model->earlier);
	return (at > 0 && is_beside(row, row - 1)) || (at + 1 < model->earlier_count && is_beside(row, row + 1));
}

static bool is_one_of_several(const struct model *model, const struct earlier *row)
{
	return !row->is_alone && (row->platform.size || movement_row_has_sibling(model, row));
}

bool movement_row_is_of(const struct model *model, const struct earlier *row, const struct participation *participation)
{
	if (row->enterprise != participation->enterprise || row->track != participation->track)
		return false;
	if (participation->ordinal == 0 && !is_one_of_several(model, row))
		return true;
	return row->platform.size && parts_same_platform(row->platform, participation->platform);
}

/* The participation that the row is about; -1: none is. */
static int32_t part_of(const struct model *model, const struct earlier *row)
{
	EACH_PART(part, model, &model->enterprises[row->enterprise])
		if (movement_row_is_of(model, row, &model->participations[part]))
			return part;
	return MISSING;
}

int32_t *movement_index(struct arena *arena, const struct model *model)
{
	int32_t *index = ARENA_ARRAY(arena, int32_t, model->participation_count);
	for (size_t i = 0; i < model->participation_count; i++)
		index[i] = -1;
	for (size_t i = 0; i < model->earlier_count; i++) {
		const struct earlier *row = &model->earlier[i];
		int32_t part = lists(row, model) ? part_of(model, row) : MISSING;
		if (part >= 0 && (index[part] < 0 || model->earlier[index[part]].year < row->year))
			index[part] = (int32_t)i;
	}
	return index;
}

static void ask(const struct model *model, const struct earlier *row, const struct participation *participation,
		struct diag *diag)
{
	bool is_named = row->platform.size && participation->platform.size;
	struct diag_args args = {
		.span = row->place, .other = participation->place, .a = model->enterprises[row->enterprise].name,
		.b = track_label(&model->campaign, row->track), .c = row->platform, .d = participation->platform,
		.n = row->year, .participation = is_named ? 0 : 1 + (int32_t)(participation - model->participations),
	};
	diag_report(diag, is_named ? DIAG_PLATFORM_RENAMED : DIAG_PLATFORM_EARLIER, args);
}

void movement_ask(struct arena *arena, const struct model *model, struct diag *diag)
{
	const int32_t *index = movement_index(arena, model);
	for (size_t i = 0; i < model->earlier_count; i++) {
		const struct earlier *row = &model->earlier[i];
		if (!lists(row, model) || part_of(model, row) >= 0)
			continue;
		EACH_PART(part, model, &model->enterprises[row->enterprise]) {
			if (model->participations[part].track != row->track || index[part] >= 0)
				continue;
			ask(model, row, &model->participations[part], diag);
			break;
		}
	}
}

/* ---- what it is against the one before ------------------------------------------------------- */

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
