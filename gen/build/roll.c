/* SPDX-License-Identifier: MIT */
#include "build/roll.h"

#include "assess/chronicle.h"
#include "build/build.h"
#include "build/expected.h"
#include "build/record.h"
#include "model/parts.h"
#include "model/place.h"
#include "model/track.h"
#include "publish/crosscheck.h"

static struct text told(struct text text)
{
	return text.at ? text : TEXT("");
}

static bool is_there(const struct expected_entry *entry)
{
	return entry->is_decided && !entry->is_absent;
}

/* Where the list has another platform of the enterprise in the track, each is told by its name. */
static struct text platform_in(const struct run *run, const struct expected_entry *all, size_t participation)
{
	const struct model *model = run->model;
	const struct participation *own = &model->participations[participation];
	bool is_one_of_several = false;
	EACH_PART(part, model, &model->enterprises[own->enterprise])
		is_one_of_several |= (size_t)part != participation && is_there(&all[part]) &&
				     model->participations[part].track == own->track;
	return is_one_of_several ? own->platform : NO_TEXT;
}

/* Of the changes since earlier years only those of the day D are looked at. */
static struct crosscheck_entry entry_of(const struct run *run, const struct expected_entry *all, size_t participation,
					bool is_now)
{
	const struct model *model = run->model;
	const struct expected_entry *found = &all[participation];
	const struct participation *own = &model->participations[participation];
	const struct enterprise *enterprise = &model->enterprises[own->enterprise];
	struct crosscheck_entry entry = { .is_withdrawn = found->is_withdrawn };
	entry.of[CROSSCHECK_NAME] = parts_word(run->arena, found->name, platform_in(run, all, participation));
	entry.of[CROSSCHECK_TRACK] = track_label(&model->campaign, own->track);
	entry.of[CROSSCHECK_LABEL] = model->catalogues[own->track]->levels[found->level].label;
	if (enterprise->city >= 0)
		entry.of[CROSSCHECK_CITY] = told(model->prefectures.at[enterprise->city].name);
	entry.of[CROSSCHECK_INDUSTRY] = TEXT("");
	if (enterprise->industry >= 0)
		entry.of[CROSSCHECK_INDUSTRY] = text_from(industries[enterprise->industry].name);
	if (is_now && !found->is_withdrawn)
		entry.of[CROSSCHECK_MOVEMENT] =
			text_from(movement_word((enum movement)run->shown->decisions[participation].movement));
	return entry;
}

static struct crosscheck_roll roll_of(const struct run *run, struct date day, bool is_now)
{
	const struct model *model = run->model;
	struct expected_entry *found = ARENA_ARRAY(run->arena, struct expected_entry, model->participation_count);
	struct crosscheck_entry *entries = ARENA_ARRAY(run->arena, struct crosscheck_entry, model->participation_count);
	struct crosscheck_roll roll = { .date = is_now ? NO_TEXT : record_iso(run->arena, day), .entries = entries };
	expected_entries(run->assessment, day, found);
	for (size_t i = 0; i < model->participation_count; i++)
		if (is_there(&found[i]))
			entries[roll.count++] = entry_of(run, found, i, is_now);
	return roll;
}

const struct crosscheck_roll *roll_all(const struct run *run)
{
	const struct chronicle *chronicle = run->shown->chronicle;
	struct crosscheck_roll *rolls = ARENA_ARRAY(run->arena, struct crosscheck_roll, 1 + chronicle->version_count);
	rolls[0] = roll_of(run, run->today, true);
	for (size_t i = 0; i < chronicle->version_count; i++)
		rolls[1 + i] = roll_of(run, chronicle->versions[i].date, false);
	return rolls;
}
