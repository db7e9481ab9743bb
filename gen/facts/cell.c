/* SPDX-License-Identifier: MIT */
#include "facts/cell.h"

#include <assert.h>

#include "base/arena.h"
#include "base/buf.h"
#include "facts/standing.h"
#include "facts/view.h"
#include "model/parts.h"
#include "model/place.h"
#include "model/remarks.h"
#include "model/track.h"

/* ---- setters ------------------------------------------------------------- */

void cell_text(struct cell *cell, struct text text)
{
	if (text.size == 0)
		return;
	cell->kind = VALUE_TEXT;
	cell->text = text;
}

void cell_string(struct cell *cell, const char *string)
{
	cell_text(cell, text_from(string));
}

void cell_integer(struct cell *cell, int64_t integer)
{
	cell->kind = VALUE_INTEGER;
	cell->integer = integer;
}

void cell_real(struct cell *cell, double real)
{
	cell->kind = VALUE_REAL;
	cell->real = real;
}

void cell_date(struct cell *cell, struct date date)
{
	if (date_is_missing(date))
		return;
	date_put_iso(cell->small, date);
	cell->kind = VALUE_TEXT;
	cell->is_small = true;
	cell->text = (struct text){ cell->small, 10 };
}

void cell_quotient(struct cell *cell, int64_t numerator, int64_t denominator)
{
	if (denominator > 0 && numerator >= 0)
		cell_real(cell, (double)numerator / (double)denominator);
}

void cell_word(struct cell *cell, const struct view *view, enum choice_set set, int value)
{
	if (value >= 0 && value < choice_count(set))
		cell_text(cell, view->words[set][value]);
}

void cell_state_note(struct cell *cell, const struct view *view, int state)
{
	bool is_draft = view->options->is_draft, is_proposed = state == STATE_PROPOSED;
	struct date until = view->model->campaign.publication.objection_until;
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	if (is_draft)
		buf_string(&buf, "草稿，未经审定，不得对外公布");
	if (is_draft && is_proposed)
		buf_string(&buf, "；");
	if (is_proposed)
		buf_text(&buf, view->words[SET_STATE][STATE_PROPOSED]);
	if (is_proposed && !date_is_missing(until)) {
		buf_string(&buf, "，公示期至");
		date_write_cn(&buf, until);
	}
	cell_text(cell, text_copy(view->arena, buf_view(&buf)));
	buf_clear(&buf);
}

struct text level_label(const struct catalogue *catalogue, int level)
{
	if (!catalogue || level < 0 || level > catalogue->level_count)
		return NO_TEXT;
	struct text label = catalogue->levels[level].label;
	return level == 0 && label.size == 0 ? text_from(outcome_word(OUTCOME_NOT_REACHED)) : label;
}

struct text level_name(const struct catalogue *catalogue, int level)
{
	if (!catalogue || level < 0 || level > catalogue->level_count)
		return NO_TEXT;
	struct text name = catalogue->levels[level].name;
	return name.size ? name : level_label(catalogue, level);
}

/* ---- fields of the schema -------------------------------------------------- */

/* Where the field lies in the row's record; NULL when the row has none. */
static const void *member(const struct row *row, const struct column *column)
{
	const char *record = row->records[column->entity];
	const struct field *field = column_field(column);
	return record && field->offset != SCHEMA_NO_OFFSET ? record + field->offset : NULL;
}

static int choice_at(const void *at)
{
	return *(const int8_t *)at;
}

static const struct agency *agency_at(const struct row *row, const void *at)
{
	int32_t index = *(const int32_t *)at;
	return index >= 0 && (size_t)index < row->view->model->agency_count ? &row->view->model->agencies[index] : NULL;
}

static const struct enterprise *enterprise_at(const struct row *row, const void *at)
{
	int32_t index = *(const int32_t *)at;
	return index >= 0 && (size_t)index < row->view->model->enterprise_count ? &row->view->model->enterprises[index] : NULL;
}

static void set_reference(const struct row *row, enum field_type type, const void *at, struct cell *cell)
{
	if (type == FIELD_AGENCY) {
		const struct agency *agency = agency_at(row, at);
		cell_text(cell, agency ? agency->name : NO_TEXT);
	} else if (type == FIELD_ENTERPRISE) {
		const struct enterprise *enterprise = enterprise_at(row, at);
		cell_text(cell, enterprise ? enterprise->code : NO_TEXT);
	} else {
		int32_t item = *(const int32_t *)at;
		bool is_known = row->catalogue && item >= 0 && item < row->catalogue->item_count;
		cell_text(cell, is_known ? row->catalogue->items[item].id : NO_TEXT);
	}
}

static void set_number(enum field_type type, const void *at, struct cell *cell)
{
	int64_t number = type == FIELD_LEVEL ? *(const int8_t *)at : *(const int64_t *)at;
	if (number >= 0)
		cell_integer(cell, number);
}

static void set_city(const struct row *row, const void *at, struct cell *cell, bool as_code)
{
	const struct prefectures *prefectures = &row->view->model->prefectures;
	int index = *(const int8_t *)at;
	if (index >= 0 && index < prefectures->count)
		cell_text(cell, as_code ? prefectures->at[index].code : prefectures->at[index].name);
}

static void set_industry(const void *at, struct cell *cell, bool as_code)
{
	int index = *(const int8_t *)at;
	if (index >= 0 && index < INDUSTRIES)
		cell_string(cell, as_code ? industries[index].code : industries[index].name);
}

void cell_field(const struct row *row, const struct column *column, struct cell *cell)
{
	const void *at = member(row, column);
	const struct field *field = column_field(column);
	if (!at)
		return;
	switch (field->type) {
	case FIELD_TEXT:
	case FIELD_CREDIT: cell_text(cell, *(const struct text *)at); break;
	case FIELD_DATE: cell_date(cell, *(const struct date *)at); break;
	case FIELD_LEVEL:
	case FIELD_NUMBER: set_number(field->type, at, cell); break;
	case FIELD_DECIMAL: cell_real(cell, (double)((const struct decimal *)at)->units / 1e9); break;
	case FIELD_CHOICE: cell_word(cell, row->view, field->set, choice_at(at)); break;
	case FIELD_TRACK: cell_text(cell, track_label(&row->view->model->campaign, choice_at(at))); break;
	case FIELD_CITY: set_city(row, at, cell, false); break;
	case FIELD_INDUSTRY: set_industry(at, cell, false); break;
	case FIELD_ENTERPRISE:
	case FIELD_AGENCY:
	case FIELD_ITEM: set_reference(row, field->type, at, cell); break;
	}
}

void cell_code(const struct row *row, const struct column *column, struct cell *cell)
{
	const void *at = member(row, column);
	const struct field *field = column_field(column);
	if (!at)
		return;
	if (field->type == FIELD_TRACK) {
		cell_text(cell, track_id(&row->view->model->campaign, choice_at(at)));
	} else if (field->type == FIELD_CITY) {
		set_city(row, at, cell, true);
	} else if (field->type == FIELD_INDUSTRY) {
		set_industry(at, cell, true);
	} else if (field->type == FIELD_AGENCY) {
		const struct agency *agency = agency_at(row, at);
		cell_text(cell, agency ? agency->code : NO_TEXT);
	} else if (field->type == FIELD_CHOICE && choice_at(at) >= 0 && choice_at(at) < choice_count(field->set)) {
		cell_text(cell, row->view->codes[field->set][choice_at(at)]);
	}
}

/* 是 → 1; 否 and missing → 0, so that sums and conditions work. */
void cell_flag(const struct row *row, const struct column *column, struct cell *cell)
{
	const void *at = member(row, column);
	if (at)
		cell_integer(cell, choice_at(at) == YESNO_YES);
}

void cell_label(const struct row *row, const struct column *column, struct cell *cell)
{
	const void *at = member(row, column);
	if (at)
		cell_text(cell, level_label(row->catalogue, *(const int8_t *)at));
}

/* ---- indexes of the row ------------------------------------------------------ */

#define GETTER(name) void name(const struct row *row, const struct column *column, struct cell *cell)
#define UNUSED_COLUMN ((void)column)

GETTER(cell_participation_id) { UNUSED_COLUMN; cell_integer(cell, row->participation); }
GETTER(cell_ordinal) { UNUSED_COLUMN; cell_integer(cell, row->ordinal); }
GETTER(cell_inner_ordinal) { UNUSED_COLUMN; cell_integer(cell, row->inner + 1); }

GETTER(cell_enterprise_id)
{
	UNUSED_COLUMN;
	const struct enterprise *enterprise = row->records[ENTITY_ENTERPRISE];
	if (enterprise)
		cell_integer(cell, enterprise - row->view->model->enterprises);
}

GETTER(cell_track_code)
{
	UNUSED_COLUMN;
	cell_text(cell, track_id(&row->view->model->campaign, row->track));
}

GETTER(cell_track)
{
	UNUSED_COLUMN;
	cell_text(cell, view_track_word(row->view, row->track, row->platform, row->participation));
}

GETTER(cell_round) { UNUSED_COLUMN; cell_word(cell, row->view, SET_ROUND, row->round); }
GETTER(cell_element) { UNUSED_COLUMN; cell_word(cell, row->view, SET_ELEMENT, row->element); }

GETTER(cell_round_code)
{
	UNUSED_COLUMN;
	if (row->round >= 0)
		cell_text(cell, row->view->codes[SET_ROUND][row->round]);
}

GETTER(cell_level)
{
	UNUSED_COLUMN;
	if (row->level >= 0)
		cell_integer(cell, row->level);
}

GETTER(cell_level_label) { UNUSED_COLUMN; cell_text(cell, level_label(row->catalogue, row->level)); }
GETTER(cell_level_name) { UNUSED_COLUMN; cell_text(cell, level_name(row->catalogue, row->level)); }

GETTER(cell_city_code)
{
	UNUSED_COLUMN;
	if (row->city >= 0)
		cell_text(cell, row->view->model->prefectures.at[row->city].code);
}

GETTER(cell_city)
{
	UNUSED_COLUMN;
	if (row->city >= 0)
		cell_text(cell, row->view->model->prefectures.at[row->city].name);
}

GETTER(cell_city_short)
{
	UNUSED_COLUMN;
	if (row->city >= 0)
		cell_text(cell, prefecture_short(&row->view->model->prefectures.at[row->city]));
}

/* a: 0 its column on the map of tiles, 1 its row. */
GETTER(cell_city_tile)
{
	if (row->city < 0)
		return;
	const struct prefecture *prefecture = &row->view->model->prefectures.at[row->city];
	int64_t place = column->a ? prefecture->row : prefecture->column;
	if (place != MISSING)
		cell_integer(cell, place);
}

GETTER(cell_city_ordinal)
{
	UNUSED_COLUMN;
	if (row->city >= 0)
		cell_integer(cell, row->city + 1);
}

GETTER(cell_area_id) { UNUSED_COLUMN; cell_text(cell, row->area >= 0 ? row->catalogue->areas[row->area].id : NO_TEXT); }
GETTER(cell_area) { UNUSED_COLUMN; cell_text(cell, row->area >= 0 ? row->catalogue->areas[row->area].name : NO_TEXT); }
GETTER(cell_class_id) { UNUSED_COLUMN; cell_text(cell, row->class >= 0 ? row->catalogue->classes[row->class].id : NO_TEXT); }
GETTER(cell_class) { UNUSED_COLUMN; cell_text(cell, row->class >= 0 ? row->catalogue->classes[row->class].name : NO_TEXT); }
GETTER(cell_class_group) { UNUSED_COLUMN; cell_text(cell, row->class >= 0 ? row->catalogue->classes[row->class].group : NO_TEXT); }

GETTER(cell_item_level_label)
{
	UNUSED_COLUMN;
	if (row->item >= 0)
		cell_text(cell, level_label(row->catalogue, (int)row->catalogue->items[row->item].level));
}

GETTER(cell_result)
{
	UNUSED_COLUMN;
	if (row->item >= 0 && row->decision)
		cell_word(cell, row->view, SET_RESULT, row->decision->items[row->item].result);
}

GETTER(cell_result_round)
{
	UNUSED_COLUMN;
	if (row->item >= 0 && row->decision)
		cell_word(cell, row->view, SET_ROUND, row->decision->items[row->item].round);
}

GETTER(cell_movement)
{
	UNUSED_COLUMN;
	if (row->movement >= 0)
		cell_string(cell, movement_word((enum movement)row->movement));
}

/* ---- counts and rates ------------------------------------------------------------ */

GETTER(cell_tally)
{
	if (!row->tally)
		return;
	if (column->a < RESULTS)
		cell_integer(cell, row->tally->by_result[column->a]);
	else
		cell_integer(cell, column->a == TALLY_TOTAL ? tally_total(row->tally) : tally_applicable(row->tally));
}

GETTER(cell_rate)
{
	UNUSED_COLUMN;
	/* 未完成: nobody looked, so there is nothing to have a rate of. */
	bool is_unfinished = row->decision && row->decision->outcome == OUTCOME_UNFINISHED;
	if (row->tally && !is_unfinished)
		cell_quotient(cell, tally_met(row->tally), tally_applicable(row->tally));
}

GETTER(cell_round_rate)
{
	if (row->rounds && (!row->decision || row->decision->round_items[column->a]))
		cell_quotient(cell, tally_met(&row->rounds[column->a]), tally_applicable(&row->rounds[column->a]));
}

GETTER(cell_median)
{
	UNUSED_COLUMN;
	if (row->median && row->median->units >= 0)
		cell_real(cell, (double)row->median->units / 1e9);
}

static struct remark said_of(const struct row *row)
{
	return row->seen ? *remark_of(row->view->model, row->seen) : (struct remark){ 0 };
}

GETTER(cell_seen_note) { UNUSED_COLUMN; cell_text(cell, said_of(row).note); }
GETTER(cell_seen_evidence) { UNUSED_COLUMN; cell_text(cell, said_of(row).evidence); }

GETTER(cell_seen_date)
{
	UNUSED_COLUMN;
	if (row->seen)
		cell_date(cell, row->seen->date);
}

static int64_t count_at(const struct row *row, int offset)
{
	return *(const int64_t *)(const void *)((const char *)row->group + offset);
}

GETTER(cell_count)
{
	if (row->group && count_at(row, column->a) >= 0)
		cell_integer(cell, count_at(row, column->a));
}

GETTER(cell_ratio)
{
	if (row->group)
		cell_quotient(cell, count_at(row, column->a), count_at(row, column->b));
}

/* ---- rows --------------------------------------------------------------------------- */

void row_set_track(struct row *row, int track)
{
	row->track = (int8_t)track;
	row->catalogue = NULL;
	if (track_is_held(&row->view->model->campaign, track))
		row->catalogue = row->view->assessment->rules[track]->catalogue;
}

void row_set_enterprise(struct row *row, int32_t enterprise)
{
	const struct model *model = row->view->model;
	if (enterprise < 0 || (size_t)enterprise >= model->enterprise_count)
		return;
	row->enterprise = enterprise;
	row->records[ENTITY_ENTERPRISE] = &model->enterprises[enterprise];
	row->city = model->enterprises[enterprise].city;
}

/* In public what the list shows, which tells nothing of a platform that it does not. */
static struct text row_platform(const struct row *row, const struct participation *record)
{
	if (row->view->options->scope == SCOPE_PUBLIC)
		return standing_platform(row->view, row->participation);
	return parts_platform(record);
}

void row_set_participation(struct row *row, int32_t participation)
{
	const struct participation *record = &row->view->model->participations[participation];
	row->participation = participation;
	row->records[ENTITY_PARTICIPATION] = record;
	row->platform = row_platform(row, record);
	row_set_enterprise(row, record->enterprise);
	row_set_track(row, record->track);
	row->decision = &row->view->assessment->decisions[participation];
	row->level = row->decision->level;
	row->movement = row->decision->movement;
}

void row_set_area(struct row *row, int32_t area)
{
	row->area = area;
	row->class = area >= 0 ? row->catalogue->areas[area].class : -1;
}

void row_set_item(struct row *row, int32_t item)
{
	row->item = item;
	row->records[ENTITY_ITEM] = &row->catalogue->items[item];
	row_set_area(row, row->catalogue->items[item].area);
	int32_t seen = row->decision ? view_seen(row, item) : -1;
	row->records[ENTITY_OBSERVATION] = row->seen = seen >= 0 ? &row->view->model->observations[seen] : NULL;
}

int32_t count_observations(struct view *view, int32_t participation)
{
	const struct participation *record = &view->model->participations[participation];
	return (int32_t)(record->observation_count + record->superseded_count);
}

static bool is_superseded(const struct row *row)
{
	return (size_t)row->inner >= row->view->model->participations[row->outer].observation_count;
}

void row_set_observation(struct row *row)
{
	const struct model *model = row->view->model;
	const struct participation *participation = &model->participations[row->outer];
	size_t at = (size_t)row->inner;
	row->participation = row->outer;
	row->platform = row_platform(row, participation);
	row_set_enterprise(row, participation->enterprise);
	row_set_track(row, participation->track);
	if (is_superseded(row))
		row->seen = &model->superseded[participation->first_superseded + at - participation->observation_count];
	else
		row->seen = &model->observations[participation->first_observation + at];
	row->records[ENTITY_OBSERVATION] = row->seen;
	row->round = row->seen->round;
	assert(row->catalogue); /* a participation takes part in a track of the campaign */
	if (row->seen->item >= 0 && row->seen->item < row->catalogue->item_count)
		row->records[ENTITY_ITEM] = &row->catalogue->items[row->seen->item];
}

GETTER(cell_seen_counts) { (void)column; cell_integer(cell, !is_superseded(row)); }
