/* SPDX-License-Identifier: MIT */
#include "assess/compare.h"

#include <stdlib.h>

#include "assess/chronicle.h"
#include "assess/rule.h"
#include "base/arena.h"
#include "base/map.h"
#include "model/parts.h"
#include "model/track.h"

/* ---- a year as a side ---------------------------------------------------------- */

/* How cities are called: all that this file knows of where their names come from. */
static struct text city_of(const struct model *model, const struct enterprise *enterprise)
{
	return enterprise && enterprise->city >= 0 ? model->prefectures.at[enterprise->city].name : TEXT("—");
}

/* What the list shows is called as the list calls it, so that it can be held against a list. */
static struct text platform_of(const struct assessment *shown, size_t index)
{
	const struct chronicle *chronicle = shown->chronicle;
	if (!assessment_lists(shown, (int32_t)index))
		return parts_platform(&shown->model->participations[index]);
	return chronicle_platform(shown, chronicle, chronicle ? chronicle->version_count - 1 : 0, (int32_t)index);
}

static struct compare_entry entry_of(struct arena *arena, const struct assessment *shown, size_t index)
{
	const struct model *model = shown->model;
	const struct participation *participation = &model->participations[index];
	const struct decision *decision = &shown->decisions[index];
	const struct enterprise *enterprise =
		participation->enterprise >= 0 ? &model->enterprises[participation->enterprise] : NULL;
	struct text platform = platform_of(shown, index);
	bool is_unfinished = decision->outcome == OUTCOME_UNFINISHED;
	return (struct compare_entry){
		.code = enterprise ? enterprise->code : NO_TEXT, .name = enterprise ? enterprise->name : NO_TEXT,
		.city = city_of(model, enterprise), .city_order = enterprise ? enterprise->city : -1,
		.track = track_id(&model->campaign, participation->track),
		.track_word = parts_word(arena, track_label(&model->campaign, participation->track), platform),
		.platform = platform, .platform_name = participation->platform,
		.label = is_unfinished ? text_from(outcome_word(OUTCOME_UNFINISHED))
				       : rule_label(shown->rules[participation->track], decision->level),
		.level = decision->level, .outcome = decision->outcome, .participation = (int32_t)index,
	};
}

struct compare_side compare_side_of(struct arena *arena, const struct assessment *decided,
				     const struct assessment *shown)
{
	size_t count = decided->model->participation_count;
	struct compare_side side = { .decided = decided, .shown = shown, .count = count };
	side.entries = ARENA_ARRAY(arena, struct compare_entry, count);
	for (size_t i = 0; i < count; i++)
		side.entries[i] = entry_of(arena, shown, i);
	return side;
}

/* ---- one participation ------------------------------------------------------------ */

bool compare_is_of_level(enum compare_change change)
{
	return change <= CHANGE_NEW;
}

static enum compare_change change_of(const struct compare_entry *before, const struct compare_entry *now)
{
	int8_t old = before ? before->level : 0, new = now ? now->level : 0;
	if (old > 0 && new > 0 && old != new)
		return new > old ? CHANGE_UP : CHANGE_DOWN;
	if ((old > 0) != (new > 0))
		return new > 0 ? CHANGE_NEW : CHANGE_OUT;
	if (!before || !now)
		return before ? CHANGE_ONLY_BEFORE : CHANGE_ONLY_NOW;
	return before->outcome != now->outcome ? CHANGE_OUTCOME : CHANGE_NONE;
}

static struct undo_side undo_side_of(const struct compare_side *side, const struct compare_entry *entry)
{
	const struct participation *participation = &side->decided->model->participations[entry->participation];
	return (struct undo_side){ side->decided->rules[participation->track],
				   &side->decided->decisions[entry->participation] };
}

static void explain(struct arena *arena, struct compare_row *row, const struct compare_side *before,
		    const struct compare_side *now)
{
	if (!row->before || !row->now || !before->decided || !now->decided)
		return;
	if (!compare_is_of_level(row->change) && row->change != CHANGE_OUTCOME)
		return;
	struct undo_side old = undo_side_of(before, row->before), new = undo_side_of(now, row->now);
	bool is_same_level = old.decision->level == new.decision->level;
	row->is_by_ledger = is_same_level && old.decision->outcome == new.decision->outcome;
	if (!row->is_by_ledger)
		row->undo = undo_find(arena, old, new);
}

/* ---- totals ------------------------------------------------------------------------- */

struct totals {
	struct arena *arena;
	struct map by_key;
	struct compare_total *at;
	int16_t *track_order, *city_order;
	size_t count;
};

static struct compare_total *total_for(struct totals *totals, const struct compare_entry *entry)
{
	struct text key = text_format(totals->arena, "%.*s\n%.*s", TEXT_ARGS(entry->track), TEXT_ARGS(entry->city));
	uint32_t found = map_add(&totals->by_key, key, (uint32_t)totals->count);
	struct compare_total *total = &totals->at[found];
	if (found < totals->count)
		return total;
	*total = (struct compare_total){ .city = entry->city, .track_word = entry->track_word };
	totals->city_order[totals->count] = entry->city_order;
	uint32_t track = map_add(&totals->by_key, entry->track, (uint32_t)totals->count);
	totals->track_order[totals->count++] = (int16_t)track;
	return total;
}

static void count_row(struct totals *totals, const struct compare_row *row)
{
	struct compare_total *total = total_for(totals, row->now ? row->now : row->before);
	total->by_change[row->change]++;
	if (row->now)
		total->listed_now += row->now->level > 0;
	if (row->before)
		total_for(totals, row->before)->listed_before += row->before->level > 0;
}

struct placed {
	struct compare_total total;
	int16_t track, city;
};

static int compare_placed(const void *left, const void *right)
{
	const struct placed *a = left, *b = right;
	if (a->track != b->track)
		return a->track < b->track ? -1 : 1;
	if (a->city != b->city)
		return a->city < b->city ? -1 : 1;
	return text_compare(a->total.city, b->total.city);
}

static void sort_totals(struct totals *totals)
{
	struct placed *placed = ARENA_ARRAY(totals->arena, struct placed, totals->count);
	for (size_t i = 0; i < totals->count; i++)
		placed[i] = (struct placed){ totals->at[i], totals->track_order[i], totals->city_order[i] };
	if (totals->count > 1)
		qsort(placed, totals->count, sizeof *placed, compare_placed);
	for (size_t i = 0; i < totals->count; i++)
		totals->at[i] = placed[i].total;
}

/* ---- the whole ------------------------------------------------------------------------ */

static struct text key_of(struct arena *arena, const struct compare_entry *entry)
{
	return text_format(arena, "%.*s\n%.*s\n%.*s", TEXT_ARGS(entry->code), TEXT_ARGS(entry->track),
			   TEXT_ARGS(entry->platform));
}

static bool is_same_platform(const struct compare_entry *before, const struct compare_entry *now)
{
	return text_equal(before->code, now->code) && text_equal(before->track, now->track) &&
	       before->platform_name.size && parts_same_platform(before->platform_name, now->platform_name);
}

/* One side has one platform in the track, and the other several: the name tells which of them it is. */
static const struct compare_entry *find_by_name(const struct compare_side *before, const struct map *first,
						const bool *is_met, const struct compare_entry *now)
{
	const uint32_t *at = map_find(first, now->code);
	for (size_t i = at ? *at : before->count; i < before->count; i++)
		if (!is_met[i] && is_same_platform(&before->entries[i], now))
			return &before->entries[i];
	return NULL;
}

static struct compare_row row_of(const struct compare_entry *before, const struct compare_entry *now)
{
	struct compare_row row = { .before = before, .now = now, .change = change_of(before, now) };
	if (before && now) {
		row.is_renamed = !text_equal(before->name, now->name);
		row.is_moved = !text_equal(before->city, now->city);
	}
	return row;
}

/* A list names nobody without a level: that somebody without one is not on it is no difference. */
static bool is_silent(const struct compare_row *row, const struct compare_side *before, const struct compare_side *now)
{
	if (row->change == CHANGE_ONLY_NOW)
		return !before->decided;
	return row->change == CHANGE_ONLY_BEFORE && !now->decided;
}

/* Everybody of both sides: first those of `now` in its order, then who is only in `before`. */
static size_t match(struct arena *arena, const struct compare_side *before, const struct compare_side *now,
		    struct compare_row *rows)
{
	struct map by_key = { 0 }, by_code = { 0 };
	bool *is_met = ARENA_ARRAY(arena, bool, before->count);
	size_t count = 0;
	for (size_t i = 0; i < before->count; i++) {
		map_add(&by_key, key_of(arena, &before->entries[i]), (uint32_t)i);
		map_add(&by_code, before->entries[i].code, (uint32_t)i);
	}
	for (size_t i = 0; i < now->count; i++) {
		const uint32_t *found = map_find(&by_key, key_of(arena, &now->entries[i]));
		rows[count++] = row_of(found ? &before->entries[*found] : NULL, &now->entries[i]);
		if (found)
			is_met[*found] = true;
	}
	for (size_t i = 0; i < now->count; i++) {
		const struct compare_entry *same = NULL;
		if (!rows[i].before && now->entries[i].platform_name.size)
			same = find_by_name(before, &by_code, is_met, &now->entries[i]);
		if (!same)
			continue;
		rows[i] = row_of(same, &now->entries[i]);
		is_met[same - before->entries] = true;
	}
	for (size_t i = 0; i < before->count; i++)
		if (!is_met[i])
			rows[count++] = row_of(&before->entries[i], NULL);
	map_clear(&by_key);
	map_clear(&by_code);
	return count;
}

static bool is_told(const struct compare_row *row, enum compare_change change)
{
	return row->change == change && (change != CHANGE_NONE || row->is_renamed || row->is_moved);
}

struct comparison compare_sides(struct arena *arena, const struct compare_side *before, const struct compare_side *now)
{
	size_t most = before->count + now->count, count = 0;
	struct compare_row *all = ARENA_ARRAY(arena, struct compare_row, most);
	struct comparison comparison = { .rows = ARENA_ARRAY(arena, struct compare_row, most) };
	struct totals totals = { .arena = arena, .at = ARENA_ARRAY(arena, struct compare_total, most),
				 .track_order = ARENA_ARRAY(arena, int16_t, most),
				 .city_order = ARENA_ARRAY(arena, int16_t, most) };
	count = match(arena, before, now, all);
	for (size_t i = 0; i < count; i++) {
		if (is_silent(&all[i], before, now))
			all[i].change = CHANGE_NONE;
		explain(arena, &all[i], before, now);
		count_row(&totals, &all[i]);
		comparison.by_change[all[i].change]++;
		comparison.renamed += all[i].is_renamed;
		comparison.moved += all[i].is_moved;
	}
	for (int change = 0; change < CHANGES; change++)
		for (size_t i = 0; i < count; i++)
			if (is_told(&all[i], (enum compare_change)change))
				comparison.rows[comparison.row_count++] = all[i];
	sort_totals(&totals);
	map_clear(&totals.by_key);
	comparison.totals = totals.at;
	comparison.total_count = totals.count;
	return comparison;
}
