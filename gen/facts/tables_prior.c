/* SPDX-License-Identifier: MIT
 *
 * What earlier years left and how the years compare (assess/prior.h); for nobody in public.
 */
#include <assert.h>

#include "assess/movement.h"
#include "assess/prior.h"
#include "facts/columns.h"
#include "facts/view.h"
#include "model/parts.h"
#include "model/track.h"

#define GETTER(name) static void name(const struct row *row, const struct column *column, struct cell *cell)

static const struct prior *prior_of(const struct view *view)
{
	return view->assessment->prior;
}

/* ---- what the last year left, one by one ---------------------------------------------------- */

/* Findings stand by enterprise: of a firm only its own are gone through. */
static int32_t first_finding(const struct view *view, int32_t behind)
{
	return prior_of(view)->first[view->firm + behind];
}

static int32_t count_last_open(struct view *view, int32_t outer)
{
	(void)outer;
	if (!prior_of(view))
		return 0;
	if (view->options->scope != SCOPE_FIRM)
		return (int32_t)prior_of(view)->finding_count;
	return view->firm < 0 ? 0 : first_finding(view, 1) - first_finding(view, 0);
}

static const struct model *last_model(const struct row *row)
{
	return prior_of(row->view)->last->model;
}

static const struct prior_finding *finding_of(const struct row *row)
{
	return row->extra;
}

static const struct catalogue *catalogue_then(const struct row *row)
{
	const struct model *model = last_model(row);
	return model->catalogues[model->participations[finding_of(row)->then].track];
}

static bool load_last_open(struct row *row)
{
	struct view *view = row->view;
	int32_t skipped = view->options->scope == SCOPE_FIRM ? first_finding(view, 0) : 0;
	const struct prior_finding *finding = &prior_of(view)->findings[skipped + row->inner];
	row->extra = finding;
	row_set_enterprise(row, finding->enterprise);
	row_set_track(row, finding->track);
	row->participation = finding->participation;
	row->city = finding->city;
	row->platform = parts_platform(finding->participation >= 0
		? &row->view->model->participations[finding->participation]
		: &last_model(row)->participations[finding->then]);
	if (finding->enterprise < 0) {
		const struct model *then = last_model(row);
		row->records[ENTITY_ENTERPRISE] = &then->enterprises[then->participations[finding->then].enterprise];
	}
	row->records[ENTITY_ITEM] = &catalogue_then(row)->items[finding->record->item];
	return true;
}

GETTER(last_participation)
{
	(void)column;
	if (row->participation >= 0)
		cell_integer(cell, row->participation);
}

GETTER(last_year) { (void)column; cell_integer(cell, last_model(row)->campaign.year); }
GETTER(last_since) { (void)column; cell_integer(cell, finding_of(row)->record->since); }
GETTER(last_date) { (void)column; cell_date(cell, finding_of(row)->record->date); }
GETTER(last_result) { (void)column; cell_word(cell, row->view, SET_RESULT, finding_of(row)->record->result); }
GETTER(last_round) { (void)column; cell_word(cell, row->view, SET_ROUND, finding_of(row)->record->round); }
GETTER(last_now) { (void)column; cell_word(cell, row->view, SET_RESULT, finding_of(row)->result); }
GETTER(last_round_now) { (void)column; cell_word(cell, row->view, SET_ROUND, finding_of(row)->round); }
GETTER(last_state) { (void)column; cell_string(cell, prior_word((enum prior_state)finding_of(row)->state)); }
GETTER(last_reworded) { (void)column; cell_integer(cell, finding_of(row)->is_reworded); }

GETTER(last_claim) { (void)column; cell_word(cell, row->view, SET_STATUS, finding_of(row)->record->claim); }
GETTER(last_claimed) { (void)column; cell_date(cell, finding_of(row)->record->claimed); }

enum { AREA_ID, AREA_NAME };

GETTER(last_area)
{
	const struct item *item = row->records[ENTITY_ITEM];
	const struct area *area = &catalogue_then(row)->areas[item->area];
	cell_text(cell, column->a == AREA_ID ? area->id : area->name);
}

/* What the item asks for now; NULL where the catalogue has it no more. */
GETTER(last_requirement_now)
{
	(void)column;
	if (finding_of(row)->item >= 0)
		cell_text(cell, row->catalogue->items[finding_of(row)->item].requirement);
}

static const struct column last_open_columns[] = {
	INTEGER_COLUMN("participation_id", last_participation, 0), FIELD("code", ENTERPRISE, enterprise, code),
	FIELD("name", ENTERPRISE, enterprise, name), TEXT_COLUMN("city_code", cell_city_code, 0),
	TEXT_COLUMN("city", cell_city, 0), TRACK_COLUMNS, INTEGER_COLUMN("year", last_year, 0),
	INTEGER_COLUMN("ordinal", cell_inner_ordinal, 0), FIELD("item_id", ITEM, item, id),
	TEXT_COLUMN("area_id", last_area, AREA_ID), TEXT_COLUMN("area", last_area, AREA_NAME), ITEM_RISK_COLUMNS,
	FIELD("requirement", ITEM, item, requirement), TEXT_COLUMN("last_result", last_result, 0),
	TEXT_COLUMN("last_round", last_round, 0), TEXT_COLUMN("last_date", last_date, 0),
	TEXT_COLUMN("last_claim", last_claim, 0), TEXT_COLUMN("last_claimed", last_claimed, 0),
	INTEGER_COLUMN("since", last_since, 0), TEXT_COLUMN("requirement_now", last_requirement_now, 0),
	INTEGER_COLUMN("is_reworded", last_reworded, 0), TEXT_COLUMN("result_now", last_now, 0),
	TEXT_COLUMN("round_now", last_round_now, 0), TEXT_COLUMN("state", last_state, 0),
};

/* ---- counted ------------------------------------------------------------------------------------ */

GETTER(count_state) { cell_integer(cell, ((const struct prior_count *)row->extra)->states[column->a]); }
GETTER(count_left) { (void)column; cell_integer(cell, prior_count_left(row->extra)); }

/* Still open or open again: the same finding in two years. */
GETTER(count_repeated)
{
	(void)column;
	const struct prior_count *count = row->extra;
	cell_integer(cell, count->states[PRIOR_OPEN] + count->states[PRIOR_RECURRED]);
}

#define STATE_COLUMNS \
	INTEGER_COLUMN("left_open", count_left, 0), INTEGER_COLUMN("confirmed", count_state, PRIOR_CONFIRMED), \
	INTEGER_COLUMN("still_open", count_state, PRIOR_OPEN), INTEGER_COLUMN("dropped", count_state, PRIOR_DROPPED), \
	INTEGER_COLUMN("waiting", count_state, PRIOR_WAITING), INTEGER_COLUMN("absent", count_state, PRIOR_ABSENT), \
	INTEGER_COLUMN("recurred", count_state, PRIOR_RECURRED)

static bool has_any(const struct prior_count *count)
{
	return prior_count_left(count) + count->states[PRIOR_RECURRED] > 0;
}

static int32_t count_summary(struct view *view, int32_t track)
{
	(void)track;
	return prior_of(view) && prior_of(view)->last ? view->model->prefectures.count : 0;
}

static bool load_summary(struct row *row)
{
	const struct prior_count *count = &prior_of(row->view)->cities[row->outer][row->inner];
	row_set_track(row, row->outer);
	row->city = (int8_t)row->inner;
	row->extra = count;
	return has_any(count);
}

static const struct column summary_columns[] = {
	TRACK_COLUMNS, INTEGER_COLUMN("year", last_year, 0), CITY_COLUMNS, STATE_COLUMNS,
};

static int32_t count_recurring(struct view *view, int32_t track)
{
	return prior_of(view) && prior_of(view)->last ? count_items(view, track) : 0;
}

static bool load_recurring(struct row *row)
{
	const struct prior_count *count = &prior_of(row->view)->items[row->outer][row->inner];
	row_set_track(row, row->outer);
	row_set_item(row, row->inner);
	row->extra = count;
	return has_any(count);
}

static const struct column recurring_columns[] = {
	TRACK_COLUMNS, INTEGER_COLUMN("year", last_year, 0), ITEM_PLACE_COLUMNS, ITEM_RISK_COLUMNS,
	FIELD("requirement", ITEM, item, requirement), INTEGER_COLUMN("ordinal", cell_inner_ordinal, 0), STATE_COLUMNS,
	INTEGER_COLUMN("repeated", count_repeated, 0),
};

/* ---- the years ------------------------------------------------------------------------------------ */

static int32_t count_slots(const struct view *view)
{
	return prior_of(view) ? (int32_t)prior_of(view)->slot_count : 0;
}

static const struct prior_slot *slot_of(const struct row *row, int32_t number)
{
	return &prior_of(row->view)->slots[number];
}

static int32_t count_years(struct view *view, int32_t track)
{
	(void)track;
	return count_slots(view);
}

static bool load_year(struct row *row)
{
	row_set_track(row, row->outer);
	row->extra = slot_of(row, row->inner);
	return slot_of(row, row->inner)->tracks[row->track].listed >= 0;
}

static const struct prior_ruler *ruler_of(const struct row *row)
{
	return &((const struct prior_slot *)row->extra)->tracks[row->track];
}

/* NULL where the year has no full data or did not hold the track. */
static const struct prior_track *track_then(const struct row *row)
{
	const struct prior_slot *slot = row->extra;
	return ruler_of(row)->held < 0 ? NULL : &slot->full->tracks[ruler_of(row)->held];
}

GETTER(year_year) { (void)column; cell_integer(cell, ((const struct prior_slot *)row->extra)->year); }
GETTER(year_is_full) { (void)column; cell_integer(cell, ((const struct prior_slot *)row->extra)->full != NULL); }

GETTER(year_is_now)
{
	(void)column;
	cell_integer(cell, ((const struct prior_slot *)row->extra)->year == row->view->model->campaign.year);
}

GETTER(year_listed) { (void)column; cell_integer(cell, ruler_of(row)->listed); }
GETTER(year_edition) { (void)column; cell_text(cell, ruler_of(row)->edition); }

GETTER(year_changed)
{
	(void)column;
	if (ruler_of(row)->changed >= 0)
		cell_integer(cell, ruler_of(row)->changed);
}

/* 模型版本、定级规则、条目: what of the ruler is another than in the year before. */
GETTER(year_changes)
{
	static const char *const words[] = {
		"", "模型版本", "定级规则", "模型版本和定级规则", "条目", "模型版本和条目", "定级规则和条目",
		"模型版本、定级规则和条目",
	};
	(void)column;
	cell_text(cell, text_from(words[ruler_of(row)->what]));
}

enum { YEAR_PARTICIPANTS, YEAR_FINISHED, YEAR_REACHED };

GETTER(year_count)
{
	const struct prior_track *then = track_then(row);
	if (!then)
		return;
	const int32_t counts[] = { then->participants, then->finished, then->reached };
	cell_integer(cell, counts[column->a]);
}

GETTER(year_rate)
{
	(void)column;
	const struct prior_track *then = track_then(row);
	if (then)
		cell_quotient(cell, tally_met(&then->total), tally_applicable(&then->total));
}

/* The year that last_open is about. */
GETTER(year_is_last)
{
	(void)column;
	const struct prior_slot *slot = row->extra;
	cell_integer(cell, slot->full != NULL && slot->full == prior_of(row->view)->last);
}

#define RULER_COLUMNS \
	TEXT_COLUMN("edition", year_edition, 0), INTEGER_COLUMN("ruler_changed", year_changed, 0), \
	TEXT_COLUMN("changes", year_changes, 0)
#define YEAR_COLUMNS \
	INTEGER_COLUMN("year", year_year, 0), INTEGER_COLUMN("is_now", year_is_now, 0), \
	INTEGER_COLUMN("is_full", year_is_full, 0), INTEGER_COLUMN("is_last", year_is_last, 0)

static const struct column year_columns[] = {
	TRACK_COLUMNS, YEAR_COLUMNS, INTEGER_COLUMN("participants", year_count, YEAR_PARTICIPANTS),
	INTEGER_COLUMN("finished", year_count, YEAR_FINISHED), INTEGER_COLUMN("reached", year_count, YEAR_REACHED),
	INTEGER_COLUMN("listed", year_listed, 0), REAL_COLUMN("rate", year_rate, 0, 0), RULER_COLUMNS,
};

/* ---- coverage, of years with full data -------------------------------------------------------------- */

static int32_t count_coverage(struct view *view, int32_t outer)
{
	(void)outer;
	return count_slots(view);
}

static bool load_coverage(struct row *row)
{
	row->extra = slot_of(row, row->inner);
	return slot_of(row, row->inner)->full != NULL;
}

static const struct prior_year *year_of(const struct row *row)
{
	return ((const struct prior_slot *)row->extra)->full;
}

GETTER(coverage_enterprises) { (void)column; cell_integer(cell, (int64_t)year_of(row)->model->enterprise_count); }
GETTER(coverage_self) { (void)column; cell_integer(cell, year_of(row)->self_assessed); }

GETTER(coverage_scale)
{
	(void)column;
	if (year_of(row)->scale_enterprises >= 0)
		cell_integer(cell, year_of(row)->scale_enterprises);
}

GETTER(coverage_rate)
{
	(void)column;
	cell_quotient(cell, year_of(row)->covered, year_of(row)->scale_enterprises);
}

static const struct column coverage_columns[] = {
	INTEGER_COLUMN("year", year_year, 0), INTEGER_COLUMN("is_now", year_is_now, 0),
	INTEGER_COLUMN("enterprises", coverage_enterprises, 0), INTEGER_COLUMN("self_assessed", coverage_self, 0),
	INTEGER_COLUMN("scale_enterprises", coverage_scale, 0), REAL_COLUMN("coverage", coverage_rate, 0, 0),
};

/* ---- areas over the years ---------------------------------------------------------------------------- */

static int32_t count_area_years(struct view *view, int32_t track)
{
	return view->assessment->rules[track]->catalogue->area_count * count_slots(view);
}

/* No row for a year that had not the area or finished nobody. */
static bool load_area_year(struct row *row)
{
	int32_t slots = count_slots(row->view);
	assert(slots > 0); /* else there is no row */
	row_set_track(row, row->outer);
	row_set_area(row, row->inner / slots);
	row->extra = slot_of(row, row->inner % slots);
	row->ordinal = row->inner / slots;
	row->tally = prior_area_of(row->extra, row->track, row->catalogue->areas[row->area].id);
	return row->tally != NULL && tally_applicable(row->tally) > 0;
}

GETTER(area_rate) { (void)column; cell_quotient(cell, tally_met(row->tally), tally_applicable(row->tally)); }

static const struct column area_columns[] = {
	TRACK_COLUMNS, TEXT_COLUMN("area_id", cell_area_id, 0), TEXT_COLUMN("area", cell_area, 0),
	INTEGER_COLUMN("ordinal", cell_ordinal, 0), INTEGER_COLUMN("year", year_year, 0),
	INTEGER_COLUMN("is_now", year_is_now, 0), INTEGER_COLUMN("met", cell_tally, RESULT_MET),
	INTEGER_COLUMN("applicable", cell_tally, TALLY_APPLICABLE), REAL_COLUMN("rate", area_rate, 0, 0),
	INTEGER_COLUMN("ruler_changed", year_changed, 0),
};

/* ---- one enterprise over the years ---------------------------------------------------------------------- */

static const struct earlier *listing_of(const struct row *row, int64_t year)
{
	int32_t count;
	const int32_t *rows = view_earlier(row->view, row->enterprise, &count);
	for (int32_t i = 0; i < count; i++) {
		const struct earlier *listing = &row->view->model->earlier[rows[i]];
		if (listing->year == year &&
		    movement_row_is_of(row->view->model, listing, row->records[ENTITY_PARTICIPATION]))
			return listing;
	}
	return NULL;
}

static const struct prior_part *part_then(const struct row *row)
{
	return prior_part_of(row->extra, row->view->model, row->participation);
}

/* A year in which it took part, or that lists it. */
static bool load_over_year(struct row *row)
{
	row_set_participation(row, row->outer);
	row->extra = slot_of(row, row->inner);
	if (row->enterprise < 0)
		return false;
	const struct prior_part *part = part_then(row);
	row->tally = part ? &part->total : NULL;
	return part || listing_of(row, slot_of(row, row->inner)->year);
}

/* As the list of that year had it, where it is on record; else as decided.  A year without result has none. */
GETTER(over_level)
{
	const struct prior_part *part = part_then(row);
	const struct prior_slot *slot = row->extra;
	const struct earlier *listing = listing_of(row, slot->year);
	bool is_decided = part && part->outcome != OUTCOME_UNFINISHED;
	if (!listing && !is_decided)
		return;
	int8_t level = listing ? listing->level : part->level;
	if (column->type == COLUMN_INTEGER)
		cell_integer(cell, level);
	else if (listing && listing->level_label.size)
		cell_text(cell, listing->level_label);
	else if (ruler_of(row)->held < 0)
		cell_text(cell, level_label(row->catalogue, level));
	else
		cell_text(cell, level_label(slot->full->model->catalogues[ruler_of(row)->held], level));
}

GETTER(over_rate)
{
	(void)column;
	const struct prior_part *part = part_then(row);
	if (part && part->outcome != OUTCOME_UNFINISHED)
		cell_quotient(cell, tally_met(&part->total), tally_applicable(&part->total));
}

GETTER(over_outcome)
{
	(void)column;
	const struct prior_part *part = part_then(row);
	if (part)
		cell_string(cell, outcome_word((enum outcome)part->outcome));
}

static const struct column over_columns[] = {
	INTEGER_COLUMN("participation_id", cell_participation_id, 0), TRACK_COLUMNS, YEAR_COLUMNS,
	TEXT_COLUMN("outcome", over_outcome, 0), INTEGER_COLUMN("level", over_level, 0),
	TEXT_COLUMN("label", over_level, 0), REAL_COLUMN("rate", over_rate, 0, 0), RULER_COLUMNS,
};

static int32_t count_over_years(struct view *view, int32_t participation)
{
	(void)participation;
	return count_slots(view);
}

const struct table tables_prior[] = {
	{ "last_open", IN_OWN | IN_PROVINCE, COLUMNS_OF(last_open_columns), .count = count_last_open,
	  .load = load_last_open, .guess = 1000, .about = ABOUT_ENTERPRISE, FOLLOWED },
	{ "over_years", IN_OWN | IN_PROVINCE, COLUMNS_OF(over_columns), OUTER_PARTICIPATION, .count = count_over_years,
	  .load = load_over_year, .guess = 3, .about = ABOUT_ENTERPRISE, FOLLOWED },
	{ "last_open_summary", IN_PROVINCE, COLUMNS_OF(summary_columns), OUTER_TRACK, .count = count_summary,
	  .load = load_summary, .guess = 13 },
	{ "recurring_items", IN_PROVINCE, COLUMNS_OF(recurring_columns), OUTER_TRACK, .count = count_recurring,
	  .load = load_recurring, .by_item = true, .guess = 235 },
	{ "year_track", IN_PROVINCE, COLUMNS_OF(year_columns), OUTER_TRACK, .count = count_years, .load = load_year,
	  .guess = 3 },
	{ "year_coverage", IN_PROVINCE, COLUMNS_OF(coverage_columns), .count = count_coverage, .load = load_coverage,
	  .guess = 3 },
	{ "area_years", IN_PROVINCE, COLUMNS_OF(area_columns), OUTER_TRACK, .count = count_area_years,
	  .load = load_area_year, .guess = 100 },
	{ 0 },
};
