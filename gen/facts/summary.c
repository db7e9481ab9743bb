/* SPDX-License-Identifier: MIT */
#include "facts/summary.h"

#include "assess/closure_days.h"
#include "base/arena.h"
#include "facts/listing.h"
#include "facts/view.h"
#include "model/parts.h"
#include "model/track.h"

/* A missing choice is counted behind the last one. */
static int place_or_missing(int value, int count)
{
	return value >= 0 && value < count ? value : count;
}

/* ---- one participation, one enterprise ---------------------------------------- */

static void count_finished(struct view *view, struct group *group, int32_t index)
{
	const struct decision *decision = &view->assessment->decisions[index];
	int track = view->model->participations[index].track;
	const int32_t *risks = view_risks(view, index);
	group->finished++;
	group->at_level[track][decision->level]++;
	group->met += tally_met(&decision->total);
	group->applicable += tally_applicable(&decision->total);
	for (int r = 0; r < ROUNDS; r++) {
		group->finished_looked[r] += decision->round_items[r] != NULL;
		group->round_met[r] += decision->round_items[r] ? tally_met(&decision->round_total[r]) : 0;
		group->round_applicable[r] += decision->round_items[r] ? tally_applicable(&decision->round_total[r]) : 0;
	}
	group->findings += (int64_t)decision->finding_count;
	for (int k = 0; k < RISKS; k++) {
		group->by_risk[k] += risks[k];
		group->at_risk[k] += risks[k] > 0;
	}
}

static void count_participation(struct view *view, struct group *group, int32_t index)
{
	const struct decision *decision = &view->assessment->decisions[index];
	const struct participation *participation = &view->model->participations[index];
	group->participants++;
	group->by_track[participation->track]++;
	group->movements[decision->movement]++;
	group->observations += (int64_t)participation->observation_count;
	for (int r = 0; r < ROUNDS; r++)
		group->looked[r] += decision->round_items[r] != NULL;
	group->unfinished += decision->outcome == OUTCOME_UNFINISHED;
	group->not_reached += decision->outcome == OUTCOME_NOT_REACHED;
	group->several_platforms += participation->ordinal == 1;
	group->listed += assessment_lists(view->assessment, index);
	group->listed_by_track[participation->track] += assessment_lists(view->assessment, index);
	if (decision->outcome != OUTCOME_UNFINISHED)
		count_finished(view, group, index);
}

static bool has_self(const struct view *view, const struct enterprise *enterprise)
{
	EACH_PART(part, view->model, enterprise)
		if (view->assessment->decisions[part].round_items[ROUND_SELF])
			return true;
	return false;
}

static void count_enterprise(const struct view *view, struct group *group, const struct enterprise *enterprise)
{
	const struct city *city = enterprise->city >= 0 ? &view->model->cities[enterprise->city] : NULL;
	bool is_assessed = has_self(view, enterprise);
	group->enterprises++;
	group->several_tracks += parts_count_tracks(view->model, enterprise) > 1;
	group->several_listed += view_set_size(view_listed_tracks(view, enterprise)) > 1;
	group->self_assessed += is_assessed;
	group->covered += is_assessed && city && city->enterprises >= 0;
	group->aimed += city && city->target >= 0;
	group->key_enterprises += enterprise->is_key == YESNO_YES;
	group->committed_enterprises += !date_is_missing(enterprise->committed);
	group->listed_enterprises += assessment_lists_enterprise(view->assessment, enterprise);
}

/* ---- the province, its cities, tracks and kinds ----------------------------------- */

enum { GROUPS_MOST = 12 };

/* The groups of an enterprise; cities, industries … at their index. */
static size_t groups_of(struct summary *summary, const struct enterprise *enterprise, struct group *groups[GROUPS_MOST])
{
	size_t count = 0;
	groups[count++] = &summary->all;
	if (!enterprise)
		return count;
	if (enterprise->city >= 0)
		groups[count++] = &summary->by_city[enterprise->city];
	groups[count++] = &summary->by_industry[place_or_missing(enterprise->industry, INDUSTRIES)];
	groups[count++] = &summary->by_size[place_or_missing(enterprise->size, SIZES)];
	groups[count++] = &summary->by_origin[place_or_missing(enterprise->origin, ORIGINS)];
	groups[count++] = &summary->by_grade[place_or_missing(enterprise->grade, GRADES)];
	return count;
}

static const struct enterprise *enterprise_of(const struct view *view, int32_t participation)
{
	int32_t enterprise = view->model->participations[participation].enterprise;
	return enterprise >= 0 ? &view->model->enterprises[enterprise] : NULL;
}

/* The same of one track, behind those that are there. */
static size_t track_groups_of(struct view *view, int32_t index, struct group *groups[GROUPS_MOST], size_t count)
{
	const struct summary *summary = view->summary;
	const struct enterprise *enterprise = enterprise_of(view, index);
	int track = view->model->participations[index].track, tracks = view->model->campaign.track_count;
	groups[count++] = &view->summary->by_track[track];
	if (!enterprise)
		return count;
	if (enterprise->city >= 0)
		groups[count++] = &summary->city_track[enterprise->city * tracks + track];
	groups[count++] = &summary->industry_track[place_or_missing(enterprise->industry, INDUSTRIES) * tracks + track];
	groups[count++] = &summary->size_track[place_or_missing(enterprise->size, SIZES) * tracks + track];
	groups[count++] = &summary->origin_track[place_or_missing(enterprise->origin, ORIGINS) * tracks + track];
	groups[count++] = &summary->grade_track[place_or_missing(enterprise->grade, GRADES) * tracks + track];
	return count;
}

static void make_track_groups(struct view *view, struct summary *summary)
{
	const size_t cities = (size_t)view->model->prefectures.count;
	const struct {
		struct group **groups;
		size_t count;
	} all[] = {
		{ &summary->city_track, cities }, { &summary->industry_track, INDUSTRIES + 1 },
		{ &summary->size_track, SIZES + 1 },
		{ &summary->origin_track, ORIGINS + 1 }, { &summary->grade_track, GRADES + 1 },
		{ &summary->listed_city_track, cities }, { &summary->listed_industry_track, INDUSTRIES + 1 },
	};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		*all[i].groups = ARENA_ARRAY(view->arena, struct group,
			all[i].count * (size_t)view->model->campaign.track_count);
}

static void count_all(struct view *view, struct summary *summary)
{
	const struct model *model = view->model;
	struct group *groups[GROUPS_MOST];
	for (size_t i = 0; i < model->participation_count; i++) {
		size_t count = groups_of(summary, enterprise_of(view, (int32_t)i), groups);
		count = track_groups_of(view, (int32_t)i, groups, count);
		for (size_t k = 0; k < count; k++)
			count_participation(view, groups[k], (int32_t)i);
	}
	for (size_t i = 0; i < model->enterprise_count; i++) {
		const struct enterprise *enterprise = &model->enterprises[i];
		if (parts_count_tracks(view->model, enterprise) == 0)
			continue;
		size_t count = groups_of(summary, enterprise, groups);
		for (size_t k = 0; k < count; k++)
			count_enterprise(view, groups[k], enterprise);
	}
}

/* ---- what stands beside the participations -------------------------------------------- */

static void add_known(int64_t *sum, int64_t number)
{
	if (number >= 0)
		*sum = (*sum < 0 ? 0 : *sum) + number;
}

static void count_cities(const struct model *model, struct summary *summary)
{
	summary->all.scale_enterprises = summary->all.target = -1;
	for (int32_t c = 0; c < model->prefectures.count; c++) {
		struct group *group = &summary->by_city[c];
		group->scale_enterprises = model->cities[c].enterprises;
		group->target = model->cities[c].target;
		add_known(&summary->all.scale_enterprises, group->scale_enterprises);
		add_known(&summary->all.target, group->target);
		summary->all.cities_on_target += group->target > 0 && group->enterprises >= group->target;
	}
}

static void count_agency(const struct agency *agency, struct group *group)
{
	group->agencies++;
	group->provincial_agencies += agency->is_provincial == YESNO_YES;
}

static void count_agencies(struct view *view, struct summary *summary)
{
	const struct model *model = view->model;
	summary->agencies = ARENA_ARRAY(view->arena, struct agency_count, model->agency_count);
	for (size_t i = 0; i < model->agency_count; i++) {
		count_agency(&model->agencies[i], &summary->all);
		if (model->agencies[i].city >= 0)
			count_agency(&model->agencies[i], &summary->by_city[model->agencies[i].city]);
	}
	for (size_t i = 0; i < model->enterprise_count; i++)
		if (model->enterprises[i].consultant >= 0)
			summary->agencies[model->enterprises[i].consultant].consulted++;
	for (size_t i = 0; i < model->participation_count; i++) {
		int32_t checker = model->participations[i].checker;
		if (checker < 0)
			continue;
		summary->agencies[checker].checked++;
		summary->agencies[checker].reached += assessment_lists(view->assessment, (int32_t)i);
	}
}

/* group_of: per closure its city. */
static void set_speeds(struct view *view, int32_t *group_of, struct summary *summary)
{
	const struct assessment *assessment = view->assessment;
	size_t cities = (size_t)view->model->prefectures.count;
	const struct closure_speed *speeds = closure_speeds(view->arena, assessment, group_of, cities);
	for (size_t c = 0; c < cities; c++)
		summary->by_city[c].closures.speed = speeds[c];
	memset(group_of, 0, assessment->closure_count * sizeof *group_of);
	summary->all.closures.speed = *closure_speeds(view->arena, assessment, group_of, 1);
}

static void count_closures(struct view *view, struct summary *summary)
{
	const struct assessment *assessment = view->assessment;
	int32_t *city_of = ARENA_ARRAY(view->arena, int32_t, assessment->closure_count);
	for (size_t i = 0; i < assessment->closure_count; i++) {
		const struct closure *closure = &assessment->closures[i];
		const struct enterprise *enterprise = enterprise_of(view, closure->participation);
		const struct rectification *claim = &view->model->rectifications[closure->last];
		bool is_late = closure_is_late(claim, view->options->today);
		city_of[i] = enterprise ? enterprise->city : -1;
		closure_add(&summary->all.closures, closure, claim, is_late);
		if (enterprise && enterprise->city >= 0)
			closure_add(&summary->by_city[enterprise->city].closures, closure, claim, is_late);
	}
	set_speeds(view, city_of, summary);
}

/* The most recent earlier year; its participants are known only where it names those without a star too. */
static void count_earlier(const struct view *view, struct summary *summary)
{
	const struct model *model = view->model;
	bool names_all = false;
	struct group *all = &summary->all;
	for (size_t i = 0; i < model->earlier_count; i++) {
		const struct earlier *row = &model->earlier[i];
		if (row->year != view->previous_year || row->track < 0)
			continue;
		all->previous_participants++;
		names_all |= row->level == 0;
		if (row->level <= 0)
			continue;
		all->previous_listed++;
		if (track_is_held(&model->campaign, row->track)) {
			all->previous_at[row->track][row->level <= LEVELS_MOST ? row->level : LEVELS_MOST]++;
			summary->by_track[row->track].previous_listed++;
		}
		if (row->city >= 0)
			summary->by_city[row->city].previous_listed++;
	}
	if (!names_all)
		all->previous_participants = -1;
	if (view->previous_year >= 0)
		return;
	all->previous_listed = -1;
	for (int t = 0; t < TRACKS_MOST; t++)
		summary->by_track[t].previous_listed = -1;
	for (int32_t c = 0; c < model->prefectures.count; c++)
		summary->by_city[c].previous_listed = -1;
}

static void count_classes(struct view *view, struct summary *summary)
{
	const size_t cities = (size_t)view->model->prefectures.count;
	for (int t = 0; t < view->model->campaign.track_count; t++) {
		size_t count = (size_t)view->assessment->rules[t]->catalogue->class_count;
		summary->classes[t] = ARENA_ARRAY(view->arena, struct class_count, count * cities);
		for (int32_t i = view->first_of_track[t]; i < view->first_of_track[t + 1]; i++) {
			const struct decision *decision = &view->assessment->decisions[i];
			const struct enterprise *enterprise = enterprise_of(view, i);
			if (!enterprise || enterprise->city < 0 || decision->outcome == OUTCOME_UNFINISHED)
				continue;
			struct class_count *row = &summary->classes[t][(size_t)enterprise->city * count];
			for (size_t c = 0; c < count; c++) {
				row[c].met += tally_met(&decision->classes[c]);
				row[c].applicable += tally_applicable(&decision->classes[c]);
			}
		}
	}
}

/* ---- stages ------------------------------------------------------------------------------ */

static const char *const stage_ids[STAGES_KNOWN] = { "self", "rectify", "onsite" };

int summary_stage(struct text id)
{
	for (int k = 0; k < STAGES_KNOWN; k++)
		if (text_is(id, stage_ids[k]))
			return k;
	return -1;
}

/* Who a stage waits for: everybody; who has something to mend; key enterprises. */
static bool is_expected(const struct view *view, int32_t index, int stage)
{
	const struct enterprise *enterprise = enterprise_of(view, index);
	return stage == 0 || (stage == 1 && view_must_rectify(view, index)) ||
	       (stage == 2 && enterprise && enterprise->is_key == YESNO_YES);
}

static void count_stage(const struct view *view, int stage, struct date deadline, struct stage_count *count)
{
	for (size_t i = 0; i < view->model->participation_count; i++) {
		const struct participation *participation = &view->model->participations[i];
		const struct date dates[STAGES_KNOWN] = { participation->self_date, participation->rectify_date, participation->onsite_date };
		if (!is_expected(view, (int32_t)i, stage))
			continue;
		count->expected++;
		if (date_is_missing(dates[stage]))
			continue;
		count->done++;
		count->on_time += date_compare(dates[stage], deadline) <= 0;
		count->late += date_compare(dates[stage], deadline) > 0;
	}
}

static void count_stages(const struct view *view, struct summary *summary)
{
	for (size_t i = 0; i < view->model->campaign.stage_count; i++) {
		const struct stage *stage = &view->model->campaign.stages[i];
		int known = summary_stage(stage->id);
		if (known >= 0 && summary->stages[known].expected == 0)
			count_stage(view, known, stage->deadline, &summary->stages[known]);
	}
}

/* ---- public ------------------------------------------------------------------------------- */

static void count_listed(struct view *view, struct summary *summary)
{
	const struct listing *listing = listing_of(view);
	for (int32_t i = 0; i < listing->count; i++) {
		int32_t index = listing->participations[i];
		const struct enterprise *enterprise = &view->model->enterprises[view->model->participations[index].enterprise];
		count_participation(view, &summary->listed, index);
		count_participation(view, &summary->listed_track[view->model->participations[index].track], index);
		int track = view->model->participations[index].track, tracks = view->model->campaign.track_count;
		int industry = place_or_missing(enterprise->industry, INDUSTRIES);
		count_participation(view, &summary->listed_industry[industry], index);
		count_participation(view, &summary->listed_industry_track[industry * tracks + track], index);
		if (enterprise->city < 0)
			continue;
		count_participation(view, &summary->listed_city[enterprise->city], index);
		count_participation(view, &summary->listed_city_track[enterprise->city * tracks + track], index);
	}
	for (int32_t i = 0; i < listing->firm_count; i++) {
		const struct enterprise *enterprise = &view->model->enterprises[listing->firms[i]];
		count_enterprise(view, &summary->listed, enterprise);
		if (enterprise->city >= 0)
			count_enterprise(view, &summary->listed_city[enterprise->city], enterprise);
	}
	for (int32_t c = 0; c < view->model->prefectures.count; c++)
		summary->listed.cities += summary->listed_city[c].listed > 0;
}

static void make_room(struct view *view, struct summary *summary)
{
	size_t cities = (size_t)view->model->prefectures.count;
	summary->by_city = ARENA_ARRAY(view->arena, struct group, cities);
	summary->listed_city = ARENA_ARRAY(view->arena, struct group, cities);
}

const struct summary *summary_of(struct view *view)
{
	if (view->summary)
		return view->summary;
	struct summary *summary = view->summary = ARENA_NEW(view->arena, struct summary);
	make_room(view, summary);
	make_track_groups(view, summary);
	count_all(view, summary);
	count_cities(view->model, summary);
	count_agencies(view, summary);
	count_closures(view, summary);
	count_earlier(view, summary);
	count_classes(view, summary);
	count_stages(view, summary);
	count_listed(view, summary);
	return summary;
}
