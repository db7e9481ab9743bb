/* SPDX-License-Identifier: MIT */
#include "build/entries.h"

#include <stdlib.h>

#include "base/arena.h"
#include "model/place.h"

struct alike {
	int8_t city, track, level, movement, industry; /* city, industry: -1 none */
	int32_t count;
};

struct entries {
	struct alike *alike;
	size_t count;
	int64_t enterprises, by_city[CITIES_MOST];
};

/* A number for each set of entries that are alike. */
static size_t number_of(const struct model *model, const struct alike *of)
{
	size_t number = (size_t)(of->city + 1);
	number = number * (size_t)model->campaign.track_count + (size_t)of->track;
	number = number * (LEVELS_MOST + 1) + (size_t)of->level;
	number = number * MOVEMENTS + (size_t)of->movement;
	return number * (INDUSTRIES + 1) + (size_t)(of->industry + 1);
}

static size_t numbers(const struct model *model)
{
	return (size_t)(model->prefectures.count + 1) * (size_t)model->campaign.track_count * (LEVELS_MOST + 1) *
	       MOVEMENTS * (INDUSTRIES + 1);
}

static void add_entry(struct entries *entries, const struct model *model, const struct alike *of, uint32_t *places)
{
	uint32_t *place = &places[number_of(model, of)];
	if (!*place) {
		entries->alike[entries->count++] = *of;
		*place = (uint32_t)entries->count;
	}
	entries->alike[*place - 1].count++;
}

static void add_entries(struct entries *entries, const struct assessment *list)
{
	const struct model *model = list->model;
	uint32_t *places = memory_resize(NULL, (numbers(model) + 1) * sizeof *places); /* 1 + index; 0: none yet */
	memset(places, 0, (numbers(model) + 1) * sizeof *places);
	for (size_t i = 0; i < model->participation_count; i++) {
		const struct participation *participation = &model->participations[i];
		const struct enterprise *enterprise = &model->enterprises[participation->enterprise];
		const struct decision *decision = &list->decisions[i];
		const struct alike of = { (int8_t)enterprise->city, participation->track, decision->level,
					  (int8_t)decision->movement, (int8_t)enterprise->industry, 0 };
		if (assessment_lists(list, (int32_t)i))
			add_entry(entries, model, &of, places);
	}
	free(places);
}

const struct entries *entries_of(struct arena *arena, const struct assessment *list)
{
	const struct model *model = list->model;
	struct entries *entries = ARENA_NEW(arena, struct entries);
	entries->alike = ARENA_ARRAY(arena, struct alike, model->participation_count);
	add_entries(entries, list);
	for (size_t i = 0; i < model->enterprise_count; i++) {
		const struct enterprise *enterprise = &model->enterprises[i];
		if (!assessment_lists_enterprise(list, enterprise))
			continue;
		entries->enterprises++;
		if (enterprise->city >= 0)
			entries->by_city[enterprise->city]++;
	}
	return entries;
}

static bool is_of_industry(const struct alike *alike, int wanted)
{
	return wanted == INDUSTRY_ANY || alike->industry + 1 == (wanted == INDUSTRY_NONE ? 0 : wanted);
}

int64_t entries_count(const struct entries *entries, struct choice_of_entries wanted)
{
	int64_t count = 0;
	for (size_t i = 0; i < entries->count; i++) {
		const struct alike *alike = &entries->alike[i];
		if ((wanted.track < 0 || alike->track == wanted.track) &&
		    (wanted.level < 0 || alike->level == wanted.level) &&
		    (wanted.movement < 0 || alike->movement == wanted.movement) &&
		    is_of_industry(alike, wanted.industry) && (wanted.city < 0 || alike->city == wanted.city))
			count += alike->count;
	}
	return count;
}

int64_t entries_count_enterprises(const struct entries *entries, int city)
{
	return city < 0 ? entries->enterprises : entries->by_city[city];
}
