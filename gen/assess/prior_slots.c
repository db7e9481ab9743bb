/* SPDX-License-Identifier: MIT */
#include "assess/prior_slots.h"

#include "assess/rule.h"
#include "base/arena.h"
#include "base/list.h"
#include "model/track.h"

typedef LIST(struct prior_slot) slot_list;

/* ---- which years ----------------------------------------------------------------------------- */

static int compare_slots(const void *left, const void *right)
{
	const struct prior_slot *a = left, *b = right;
	return (a->year > b->year) - (a->year < b->year);
}

static bool has_year(const slot_list *slots, int64_t year)
{
	for (size_t i = 0; i < slots->count; i++)
		if (slots->at[i].year == year)
			return true;
	return false;
}

static void add_year(slot_list *slots, int64_t year, const struct prior_year *full)
{
	if (!has_year(slots, year))
		LIST_PUSH(slots, ((struct prior_slot){ .year = year, .full = full }));
}

/* Rows of the list are sorted by year, so each year is asked for once only. */
static void add_listed_years(const struct model *model, slot_list *slots)
{
	for (size_t i = 0; i < model->earlier_count; i++)
		if ((i == 0 || model->earlier[i].year != model->earlier[i - 1].year) &&
		    model->earlier[i].year < model->campaign.year)
			add_year(slots, model->earlier[i].year, NULL);
}

/* ---- what they were measured with ---------------------------------------------------------------- */

static bool is_same_rule(const struct rule *a, const struct rule *b)
{
	bool is_same = a->method == b->method && a->round_count == b->round_count &&
		memcmp(a->rounds, b->rounds, a->round_count * sizeof *a->rounds) == 0;
	if (!is_same || a->method != METHOD_THRESHOLD)
		return is_same;
	for (int level = 1; level <= LEVELS_MOST; level++)
		is_same &= a->has_share[level] == b->has_share[level] &&
			(!a->has_share[level] || decimal_compare(a->share[level], b->share[level]) == 0);
	return is_same && decimal_compare(a->partial, b->partial) == 0;
}

/* What decides a level; words may be corrected without another ruler. */
static bool is_same_item(const struct item *a, const struct item *b)
{
	return text_equal(a->id, b->id) && a->level == b->level && a->veto == b->veto &&
		decimal_compare(a->weight, b->weight) == 0;
}

static bool has_same_items(const struct catalogue *a, const struct catalogue *b)
{
	if (a->item_count != b->item_count)
		return false;
	for (int32_t i = 0; i < a->item_count; i++)
		if (!is_same_item(&a->items[i], &b->items[i]))
			return false;
	return true;
}

static const struct track *held_track(const struct prior_slot *slot, int track)
{
	int held = slot->tracks[track].held;
	return held < 0 ? NULL : &slot->full->model->campaign.tracks[held];
}

static const struct catalogue *held_catalogue(const struct prior_slot *slot, int track)
{
	int held = slot->tracks[track].held;
	return held < 0 ? NULL : slot->full->model->catalogues[held];
}

/* Against the year before it on record for the track. */
static void compare_ruler(const struct prior_slot *before, struct prior_slot *slot, int track)
{
	struct prior_ruler *ruler = &slot->tracks[track];
	const struct text then = before->tracks[track].edition;
	const struct track *rule_then = held_track(before, track), *rule_now = held_track(slot, track);
	const struct catalogue *items_then = held_catalogue(before, track), *items_now = held_catalogue(slot, track);
	bool knows_editions = then.size && ruler->edition.size;
	if (knows_editions && !text_equal(then, ruler->edition))
		ruler->what |= RULER_EDITION;
	if (rule_then && rule_now && !is_same_rule(&rule_then->rule, &rule_now->rule))
		ruler->what |= RULER_RULE;
	if (items_then && items_now && !has_same_items(items_then, items_now))
		ruler->what |= RULER_ITEMS;
	if (ruler->what)
		ruler->changed = 1;
	else if (knows_editions || (items_then && items_now))
		ruler->changed = 0;
}

static void set_full(struct prior_slot *slot, struct text id, struct prior_ruler *ruler)
{
	const struct model *model = slot->full->model;
	int held = track_by_id(&model->campaign, id);
	if (!track_is_held(&model->campaign, held))
		return;
	ruler->held = (int8_t)held;
	ruler->listed = 0;
	if (model->catalogues[held])
		ruler->edition = model->catalogues[held]->edition;
}

static void set_listed(const struct model *model, int64_t year, int track, struct prior_ruler *ruler)
{
	for (size_t i = 0; i < model->earlier_count; i++) {
		const struct earlier *row = &model->earlier[i];
		if (row->year != year || row->track != track)
			continue;
		ruler->listed = (ruler->listed < 0 ? 0 : ruler->listed) + (row->level > 0);
		if (!ruler->edition.size)
			ruler->edition = row->edition;
	}
}

static void set_tracks(const struct assessment *assessment, struct prior_slot *slot)
{
	const struct model *model = assessment->model;
	for (int t = 0; t < model->campaign.track_count; t++) {
		struct prior_ruler *ruler = &slot->tracks[t];
		*ruler = (struct prior_ruler){ .changed = -1, .held = -1, .listed = -1 };
		if (slot->full)
			set_full(slot, track_id(&model->campaign, t), ruler);
		if (slot->year == model->campaign.year)
			ruler->listed = assessment->tracks[t].reached;
		else
			set_listed(model, slot->year, t, ruler);
	}
}

void prior_slots_make(struct arena *arena, const struct assessment *assessment, const struct prior_years *years,
		      struct prior *prior)
{
	slot_list slots = { 0 };
	for (size_t i = 0; i < years->count; i++)
		add_year(&slots, years->at[i]->model->campaign.year, years->at[i]);
	add_listed_years(assessment->model, &slots);
	add_year(&slots, assessment->model->campaign.year, prior_year_count(arena, assessment));
	if (slots.count > 1)
		qsort(slots.at, slots.count, sizeof *slots.at, compare_slots);
	for (size_t i = 0; i < slots.count; i++)
		set_tracks(assessment, &slots.at[i]);
	for (int t = 0; t < assessment->model->campaign.track_count; t++) {
		const struct prior_slot *before = NULL;
		for (size_t i = 0; i < slots.count; i++) {
			if (slots.at[i].tracks[t].listed < 0)
				continue;
			if (before)
				compare_ruler(before, &slots.at[i], t);
			before = &slots.at[i];
		}
	}
	prior->slots = LIST_SETTLE(arena, &slots);
	prior->slot_count = slots.count;
	LIST_FREE(&slots);
}

/* ---- asked of them ------------------------------------------------------------------------------- */

const struct tally *prior_area_of(const struct prior_slot *slot, int track, struct text id)
{
	int held = slot->full ? slot->tracks[track].held : -1;
	const struct catalogue *catalogue = held < 0 ? NULL : slot->full->model->catalogues[held];
	for (int32_t a = 0; catalogue && a < catalogue->area_count; a++)
		if (text_equal(catalogue->areas[a].id, id))
			return &slot->full->tracks[held].areas[a];
	return NULL;
}

int32_t prior_last_slot(const struct prior *prior)
{
	for (size_t i = 0; prior->last && i < prior->slot_count; i++)
		if (prior->slots[i].full == prior->last)
			return (int32_t)i;
	return -1;
}

int prior_ruler_since(const struct prior *prior, int32_t slot, int track)
{
	int since = 0;
	for (size_t i = (size_t)slot + 1; i < prior->slot_count; i++) {
		const struct prior_ruler *ruler = &prior->slots[i].tracks[track];
		if (ruler->listed >= 0 && ruler->changed > 0)
			return 1;
		since = ruler->listed >= 0 && ruler->changed < 0 ? -1 : since;
	}
	return since;
}
