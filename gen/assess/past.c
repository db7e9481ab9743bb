/* SPDX-License-Identifier: MIT */
#include "assess/past.h"

#include "assess/movement.h"
#include "base/arena.h"
#include "base/diag.h"
#include "model/address.h"
#include "model/parts.h"
#include "model/place.h"
#include "model/track.h"

struct past {
	struct arena *arena;
	const struct past_options *options;
	struct model *model;
	struct diag *diag;
	int8_t *levels; /* per participation */
};

/* The title of the later year, with this year's number. */
static struct text title_of(struct arena *arena, const struct campaign *later, int64_t year)
{
	struct text number = text_format(arena, "%lld", (long long)later->year);
	size_t at = text_find(later->title, number);
	if (at == later->title.size)
		return later->title;
	return text_format(arena, "%.*s%lld%.*s", (int)at, later->title.at, (long long)year, TEXT_ARGS(text_slice(later->title, at + number.size, later->title.size)));
}

/* Who published what and when is not known; it stands beside the later year. */
static void set_campaign(struct past *past)
{
	const struct past_options *options = past->options;
	struct model *model = past->model;
	const struct model *like = options->own ? options->own : options->later;
	model->campaign = like->campaign;
	memcpy(model->catalogues, like->catalogues, sizeof model->catalogues);
	model->prefectures = options->later->prefectures; /* by which the rows of the list were read */
	bool is_same = prefectures_are_same(like->prefectures, model->prefectures);
	model->cities = is_same ? like->cities : options->later->cities;
	if (options->own)
		return;
	struct campaign *campaign = &model->campaign;
	campaign->year = options->year;
	campaign->title = title_of(past->arena, &options->later->campaign, options->year);
	campaign->publication.state = STATE_PUBLISHED;
	campaign->publication.date = campaign->publication.proposed = campaign->publication.objection_until = (struct date){ 0 };
	struct text root = address_of_root(campaign->publication.base_url);
	campaign->publication.base_url = address_of_year(past->arena, root, options->year);
	campaign->publication.document_number = NO_TEXT;
	campaign->publication.valid_until = (struct date){ 0 };
	campaign->stage_count = campaign->region_count = 0;
}

/* What the public knows of the enterprise from the later year. */
static const struct enterprise *later_self(const struct past *past, const struct earlier *row)
{
	const struct past_options *options = past->options;
	const struct enterprise *self = row->enterprise >= 0 ? &options->later->enterprises[row->enterprise] : NULL;
	bool is_public = self && options->decided &&
			 chronicle_shows_enterprise(options->decided, options->chronicle, self);
	return is_public ? self : NULL;
}

static int32_t add_enterprise(struct past *past, const struct earlier *row)
{
	struct model *model = past->model;
	uint32_t number = (uint32_t)model->enterprise_count, index = map_add(&model->enterprise_by_code, row->code, number);
	if (index != number)
		return (int32_t)index;
	const struct enterprise *later = later_self(past, row);
	struct enterprise *enterprise = &model->enterprises[model->enterprise_count++];
	*enterprise = (struct enterprise){
		.code = row->code, .name = row->name, .city = row->city, .industry = MISSING, .size = MISSING, .origin = MISSING,
		.grade = MISSING, .is_key = MISSING, .consultant = MISSING, .region = MISSING, .first_part = MISSING,
		.place = row->place,
	};
	if (!enterprise->name.size && later)
		enterprise->name = later->name;
	if (enterprise->city < 0 && later)
		enterprise->city = later->city;
	return (int32_t)index;
}

/* Its index in this model, whose campaign may hold other tracks than the later one; -1: no room. */
static int track_of(const struct past *past, const struct earlier *row)
{
	return track_adopt(&past->model->campaign, &past->options->later->campaign.tracks[row->track]);
}

static void add_participation(struct past *past, const struct earlier *row, int track)
{
	struct model *model = past->model;
	const struct catalogue *catalogue = model->catalogues[track];
	int32_t index = add_enterprise(past, row);
	const struct enterprise *enterprise = &model->enterprises[index];
	if (!catalogue || !track_is_held(&model->campaign, track) || row->level > catalogue->level_count ||
		!enterprise->name.size || enterprise->city < 0) {
		DIAG(past->diag, DIAG_PAST_ROW, .span = row->place, .a = row->code, .n = past->options->year);
		return;
	}
	past->levels[model->participation_count] = row->level;
	model->participations[model->participation_count++] = (struct participation){
		.enterprise = index, .track = (int8_t)track, .target = MISSING, .checker = MISSING,
			.given = MISSING, .platform = row->platform, .place = row->place,
	};
}

/* Participations stand by track, so the rows are gone through once for each. */
static void take_rows(struct past *past)
{
	const struct model *later = past->options->later;
	struct model *model = past->model;
	model->enterprises = ARENA_ARRAY(past->arena, struct enterprise, later->earlier_count);
	model->participations = ARENA_ARRAY(past->arena, struct participation, later->earlier_count);
	model->earlier = ARENA_ARRAY(past->arena, struct earlier, later->earlier_count);
	past->levels = ARENA_ARRAY(past->arena, int8_t, later->earlier_count);
	for (int track = 0; track < model->campaign.known_count; track++)
		for (size_t i = 0; i < later->earlier_count; i++)
			if (later->earlier[i].year == past->options->year &&
				track_of(past, &later->earlier[i]) == track)
				add_participation(past, &later->earlier[i], track);
	parts_link(model);
	for (size_t i = 0; i < later->earlier_count; i++) {
		struct earlier row = later->earlier[i];
		row.track = (int8_t)track_of(past, &row);
		if (row.year >= past->options->year || row.track < 0)
			continue;
		const uint32_t *found = map_find(&model->enterprise_by_code, row.code);
		row.enterprise = found ? (int32_t)*found : MISSING;
		model->earlier[model->earlier_count++] = row;
	}
}

static void decide(const struct past *past, struct assessment *assessment)
{
	const struct model *model = past->model;
	const int32_t *before = movement_index(past->arena, model);
	for (size_t i = 0; i < model->participation_count; i++) {
		const struct participation *participation = &model->participations[i];
		struct decision *decision = &assessment->decisions[i];
		int32_t row = before[i];
		decision->level = past->levels[i];
		decision->outcome = decision->level > 0 ? OUTCOME_REACHED : OUTCOME_NOT_REACHED;
		movement_decide(row >= 0 ? &model->earlier[row] : NULL, model->catalogues[participation->track], decision);
	}
}

struct assessment *past_assess(struct arena *arena, const struct past_options *options, struct diag *diag, struct model **model)
{
	struct past past = { .arena = arena, .options = options, .model = ARENA_NEW(arena, struct model), .diag = diag };
	*model = past.model;
	set_campaign(&past);
	take_rows(&past);
	struct assessment *assessment = assess_model(arena, past.model, diag);
	decide(&past, assessment);
	return assessment;
}
