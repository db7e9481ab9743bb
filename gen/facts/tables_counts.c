/* SPDX-License-Identifier: MIT
 *
 * Scope province: the summaries, by city, track, level, stage, class, item …
 */
#include "facts/columns.h"
#include "facts/listing.h"

#define GETTER(name) static void name(const struct row *row, const struct column *column, struct cell *cell)

/* As many rows in every province. */
#define AS_MANY(rows, number)                                           \
	static int32_t count_##rows(struct view *view, int32_t track)   \
	{                                                               \
		(void)view, (void)track;                                \
		return number;                                          \
	}

/* ---- the province and its cities ------------------------------------------- */

#define MOVEMENT_COUNTS \
	COUNT("new", movements[MOVEMENT_NEW]), COUNT("up", movements[MOVEMENT_UP]), COUNT("kept", movements[MOVEMENT_KEPT]), \
	COUNT("down", movements[MOVEMENT_DOWN]), COUNT("dropped", movements[MOVEMENT_OUT])
#define COVERAGE_COUNTS \
	COUNT("self_assessed", self_assessed), COUNT("scale_enterprises", scale_enterprises), \
	RATIO("coverage", covered, scale_enterprises), COUNT("target", target), RATIO("target_rate", aimed, target)

static bool load_overview(struct row *row)
{
	row->group = &summary_of(row->view)->all;
	return true;
}

GETTER(overview_previous_year)
{
	(void)column;
	if (row->view->previous_year >= 0)
		cell_integer(cell, row->view->previous_year);
}

static const struct column overview_columns[] = {
	COUNT("enterprises", enterprises), COUNT("participants", participants),
	PUBLIC_INTEGER("tracks", cell_held_tracks, 0), COUNT("several_tracks", several_tracks),
	COUNT("doubled", several_platforms),
	COUNT("finished", finished), COUNT("unfinished", unfinished), COUNT("listed", listed),
	COUNT("listed_enterprises", listed_enterprises), COUNT("not_reached", not_reached),
	RATIO("reached_rate", listed, participants), MOVEMENT_COUNTS, COVERAGE_COUNTS,
	INTEGER_COLUMN("previous_year", overview_previous_year, 0), COUNT("previous_listed", previous_listed),
	COUNT("previous_participants", previous_participants), COUNT("agencies", agencies),
	COUNT("provincial_agencies", provincial_agencies), COUNT("online_count", looked[ROUND_ONLINE]),
	COUNT("recheck_count", looked[ROUND_RECHECK]), COUNT("onsite_count", looked[ROUND_ONSITE]),
	COUNT("key_enterprises", key_enterprises), COUNT("observations", observations), COUNT("findings", findings),
	COUNT("high_findings", by_risk[RISK_HIGH]), COUNT("medium_findings", by_risk[RISK_MEDIUM]),
	COUNT("low_findings", by_risk[RISK_LOW]), COUNT("rectifications", closures.tasks),
	COUNT("claimed", closures.by_status[STATUS_DONE]), COUNT("partly", closures.by_status[STATUS_PARTLY]),
	COUNT("open", closures.by_status[STATUS_OPEN]), COUNT("unchecked", closures.by_status[STATUS_UNCHECKED]),
	COUNT("confirmed", closures.by_state[CLOSURE_CONFIRMED]),
	COUNT("returned", closures.by_state[CLOSURE_RETURNED]), COUNT("waiting", closures.by_state[CLOSURE_WAITING]),
	COUNT("refuted", closures.refuted), COUNT("unclaimed", closures.unclaimed),
	RATIO("claimed_rate", closures.by_status[STATUS_DONE], closures.tasks),
	RATIO("confirmed_rate", closures.by_state[CLOSURE_CONFIRMED], closures.tasks),
	COUNT("claims_dated", closures.speed.claims), INTEGER_COLUMN("claim_days", cell_group_claim_days, 0),
	COUNT("confirmations_dated", closures.speed.confirmations),
	INTEGER_COLUMN("confirm_days", cell_group_confirm_days, 0),
	COUNT("committed_enterprises", committed_enterprises), COUNT("cities_on_target", cities_on_target),
	RATIO("compliance", met, applicable),
};

static bool load_city_group(struct row *row)
{
	row->city = (int8_t)row->inner;
	row->group = &summary_of(row->view)->by_city[row->inner];
	return true;
}

static const struct column city_columns[] = {
	CITY_COLUMNS, COUNT("enterprises", enterprises), COUNT("participants", participants),
	COUNT("finished", finished), COUNT("unfinished", unfinished),
	COUNT("listed", listed), COUNT("listed_enterprises", listed_enterprises), COUNT("not_reached", not_reached),
	RATIO("reached_rate", listed, participants), MOVEMENT_COUNTS, COVERAGE_COUNTS, COUNT("agencies", agencies),
	COUNT("provincial_agencies", provincial_agencies), RATIO("rate", met, applicable), COUNT("previous_listed", previous_listed),
	COUNT("findings", findings),
};

/* ---- tracks and levels ----------------------------------------------------------- */

static const struct track_statistic *statistic_of(const struct row *row)
{
	return &row->view->assessment->tracks[row->track];
}

static bool load_track_group(struct row *row)
{
	row_set_track(row, row->outer);
	row->group = &summary_of(row->view)->by_track[row->outer];
	return true;
}

GETTER(track_one_sided)
{
	const struct track_statistic *statistic = statistic_of(row);
	cell_integer(cell, column->a ? statistic->one_sided_items : statistic->one_sided);
}

#define ROUND_RATE(name, round) RATIO(name, round_met[round], round_applicable[round])

static const struct column track_columns[] = {
	TRACK_COLUMNS, COUNT("participants", participants), COUNT("finished", finished), COUNT("unfinished", unfinished),
	COUNT("listed", listed), COUNT("not_reached", not_reached), RATIO("reached_rate", listed, participants), MOVEMENT_COUNTS,
	RATIO("rate", met, applicable), ROUND_RATE("self_rate", ROUND_SELF), ROUND_RATE("online_rate", ROUND_ONLINE),
	ROUND_RATE("onsite_rate", ROUND_ONSITE), COUNT("previous_listed", previous_listed),
	INTEGER_COLUMN("one_sided_participations", track_one_sided, 0),
	INTEGER_COLUMN("one_sided_items", track_one_sided, 1),
};

static int32_t count_levels(struct view *view, int32_t track)
{
	return view->assessment->rules[track]->catalogue->level_count + 1;
}

static bool load_level_group(struct row *row)
{
	row_set_track(row, row->outer);
	row->level = (int8_t)row->inner;
	row->group = &summary_of(row->view)->by_track[row->outer];
	return true;
}

GETTER(level_enterprises)
{
	(void)column;
	cell_integer(cell, row->group->at_level[row->track][row->level]);
}

GETTER(level_share)
{
	(void)column;
	cell_quotient(cell, row->group->at_level[row->track][row->level], row->group->finished);
}

/* A list names no 未达标, so level 0 has no previous. */
GETTER(level_previous)
{
	(void)column;
	if (row->view->previous_year >= 0 && row->level > 0)
		cell_integer(cell, summary_of(row->view)->all.previous_at[row->track][row->level]);
}

static const struct column level_columns[] = {
	TRACK_COLUMNS, LEVEL_COLUMNS, PUBLIC_TEXT("name", cell_level_name, 0), INTEGER_COLUMN("enterprises", level_enterprises, 0),
	REAL_COLUMN("share", level_share, 0, 0), INTEGER_COLUMN("previous", level_previous, 0),
};

static int32_t count_city_levels(struct view *view, int32_t track)
{
	return view->model->prefectures.count * count_levels(view, track);
}

static bool load_city_level(struct row *row)
{
	int32_t levels = count_levels(row->view, row->outer);
	row_set_track(row, row->outer);
	row->city = (int8_t)(row->inner / levels);
	row->level = (int8_t)(row->inner % levels);
	row->group = &summary_of(row->view)->by_city[row->city];
	return true;
}

static const struct column city_level_columns[] = {
	CITY_COLUMNS, TRACK_COLUMNS, LEVEL_COLUMNS, INTEGER_COLUMN("enterprises", level_enterprises, 0),
};

/* ---- kinds of enterprises ------------------------------------------------------------ */

/* Levels of different tracks have no mean: this is the first one's. */
GETTER(kind_mean)
{
	(void)column;
	cell_mean_level(cell, row->group, 0);
}

GETTER(industry_code)
{
	(void)column;
	if (row->inner < INDUSTRIES)
		cell_string(cell, industries[row->inner].code);
}

GETTER(industry_word)
{
	(void)column;
	if (row->inner < INDUSTRIES)
		cell_string(cell, industries[row->inner].name);
}

GETTER(kind_code)
{
	if (row->inner < choice_count((enum choice_set)column->a))
		cell_text(cell, row->view->codes[column->a][row->inner]);
}

GETTER(kind_word) { cell_word(cell, row->view, (enum choice_set)column->a, row->inner); }

#define KIND_COUNTS \
	COUNT("participants", participants), COUNT("finished", finished), COUNT("listed", listed), \
	RATIO("reached_rate", listed, participants), RATIO("rate", met, applicable), REAL_COLUMN("mean_level", kind_mean, 0, 0)
#define KIND_COLUMNS(set) TEXT_COLUMN("code", kind_code, set), TEXT_COLUMN("word", kind_word, set), KIND_COUNTS

static const struct column industry_columns[] = { TEXT_COLUMN("code", industry_code, 0), TEXT_COLUMN("word", industry_word, 0), KIND_COUNTS };
static const struct column size_columns[] = { KIND_COLUMNS(SET_SIZE) };
static const struct column origin_columns[] = { KIND_COLUMNS(SET_ORIGIN) };
static const struct column grade_columns[] = { KIND_COLUMNS(SET_GRADE) };

/* One row per kind that takes part; the last is for those of whom it is not known. */
#define KIND_ROWS(kind, most)                                                       \
	static int32_t count_##kind(struct view *view, int32_t outer)               \
	{                                                                           \
		(void)view, (void)outer;                                            \
		return (most) + 1;                                                  \
	}                                                                           \
	static bool load_##kind(struct row *row)                                    \
	{                                                                           \
		row->group = &summary_of(row->view)->by_##kind[row->inner];         \
		return row->group->participants > 0;                                \
	}
KIND_ROWS(industry, INDUSTRIES)
KIND_ROWS(size, SIZES)
KIND_ROWS(origin, ORIGINS)
KIND_ROWS(grade, GRADES)

/* ---- stages ----------------------------------------------------------------------------- */

static int32_t count_stages(struct view *view, int32_t outer)
{
	(void)outer;
	return (int32_t)view->model->campaign.stage_count;
}

static bool load_stage(struct row *row)
{
	const struct stage *stage = &row->view->model->campaign.stages[row->inner];
	int known = summary_stage(stage->id);
	row->records[ENTITY_STAGE] = stage;
	row->extra = known >= 0 ? &summary_of(row->view)->stages[known] : NULL;
	return true;
}

#define STAGE(member) ((int)offsetof(struct stage_count, member))

static int64_t stage_at(const struct row *row, int offset)
{
	return *(const int64_t *)(const void *)((const char *)row->extra + offset);
}

GETTER(stage_number)
{
	if (row->extra)
		cell_integer(cell, stage_at(row, column->a));
}

GETTER(stage_rate)
{
	if (row->extra)
		cell_quotient(cell, stage_at(row, column->a), stage_at(row, column->b));
}

static const struct column stage_columns[] = {
	FIELD("id", STAGE, stage, id), FIELD("name", STAGE, stage, name), FIELD("deadline", STAGE, stage, deadline),
	INTEGER_COLUMN("ordinal", cell_inner_ordinal, 0), INTEGER_COLUMN("expected", stage_number, STAGE(expected)),
	INTEGER_COLUMN("done", stage_number, STAGE(done)), INTEGER_COLUMN("on_time", stage_number, STAGE(on_time)),
	INTEGER_COLUMN("late", stage_number, STAGE(late)), REAL_COLUMN("done_rate", stage_rate, STAGE(done), STAGE(expected)),
	REAL_COLUMN("on_time_rate", stage_rate, STAGE(on_time), STAGE(done)),
};

/* ---- classes, areas, elements, items: assess's statistics ------------------------------------ */

static void set_statistic(struct row *row, const struct item_statistic *statistic, const struct decimal *median)
{
	row->tally = &statistic->effective;
	row->rounds = statistic->rounds;
	row->median = median;
}

#define STATISTIC_COLUMNS \
	TALLY_COLUMNS, RATE_COLUMN, REAL_COLUMN("self_rate", cell_round_rate, ROUND_SELF, 0), \
	REAL_COLUMN("online_rate", cell_round_rate, ROUND_ONLINE, 0), REAL_COLUMN("onsite_rate", cell_round_rate, ROUND_ONSITE, 0), \
	REAL_COLUMN("median", cell_median, 0, 0)

static int32_t count_classes(struct view *view, int32_t track)
{
	return view->assessment->rules[track]->catalogue->class_count;
}

static bool load_class(struct row *row)
{
	row_set_track(row, row->outer);
	row->class = row->inner;
	set_statistic(row, &statistic_of(row)->classes[row->inner], &statistic_of(row)->class_median[row->inner]);
	return true;
}

static const struct column class_columns[] = {
	TRACK_COLUMNS, TEXT_COLUMN("class_id", cell_class_id, 0), TEXT_COLUMN("class", cell_class, 0),
	TEXT_COLUMN("group_name", cell_class_group, 0), INTEGER_COLUMN("ordinal", cell_inner_ordinal, 0), STATISTIC_COLUMNS,
};

static int32_t count_areas(struct view *view, int32_t track)
{
	return view->assessment->rules[track]->catalogue->area_count;
}

static bool load_area(struct row *row)
{
	row_set_track(row, row->outer);
	row_set_area(row, row->inner);
	set_statistic(row, &statistic_of(row)->areas[row->inner], &statistic_of(row)->area_median[row->inner]);
	return true;
}

static const struct column area_columns[] = {
	TRACK_COLUMNS, TEXT_COLUMN("class_id", cell_class_id, 0), TEXT_COLUMN("class", cell_class, 0),
	TEXT_COLUMN("area_id", cell_area_id, 0), TEXT_COLUMN("area", cell_area, 0),
	INTEGER_COLUMN("ordinal", cell_inner_ordinal, 0), STATISTIC_COLUMNS,
};

AS_MANY(elements, ELEMENTS)

static bool has_element(const struct catalogue *catalogue, int element)
{
	for (int32_t i = 0; i < catalogue->item_count; i++)
		if (catalogue->items[i].element == element)
			return true;
	return false;
}

static bool load_element(struct row *row)
{
	row_set_track(row, row->outer);
	row->element = (int8_t)row->inner;
	set_statistic(row, &statistic_of(row)->elements[row->inner], &statistic_of(row)->element_median[row->inner]);
	return has_element(row->catalogue, row->inner);
}

static const struct column element_columns[] = {
	TRACK_COLUMNS, TEXT_COLUMN("element", cell_element, 0), INTEGER_COLUMN("ordinal", cell_inner_ordinal, 0), STATISTIC_COLUMNS,
};

static bool load_item(struct row *row)
{
	row_set_track(row, row->outer);
	row_set_item(row, row->inner);
	set_statistic(row, &statistic_of(row)->items[row->inner], NULL);
	return true;
}

GETTER(item_unmet_enterprises)
{
	(void)column;
	cell_integer(cell, row->tally->by_result[RESULT_UNMET] + row->tally->by_result[RESULT_PARTIAL]);
}

GETTER(item_findings) { (void)column; cell_integer(cell, statistic_of(row)->items[row->item].findings); }

static const struct column item_columns[] = {
	TRACK_COLUMNS, ITEM_PLACE_COLUMNS, TEXT_COLUMN("class_id", cell_class_id, 0), TEXT_COLUMN("class", cell_class, 0),
	ITEM_LEVEL_COLUMNS, FIELD("element", ITEM, item, element), ITEM_RISK_COLUMNS, FIELD("requirement", ITEM, item, requirement),
	FIELD("advice", ITEM, item, advice), TALLY_COLUMNS, RATE_COLUMN,
	INTEGER_COLUMN("unmet_enterprises", item_unmet_enterprises, 0), INTEGER_COLUMN("findings", item_findings, 0),
};

/* ---- risks, cities by class, rounds ------------------------------------------------------------ */

AS_MANY(risks, RISKS)

GETTER(risk_word) { (void)column; cell_word(cell, row->view, SET_RISK, row->inner); }
GETTER(risk_findings) { (void)column; cell_integer(cell, row->group->by_risk[row->inner]); }
GETTER(risk_enterprises) { (void)column; cell_integer(cell, row->group->at_risk[row->inner]); }

static const struct column risk_columns[] = {
	TRACK_COLUMNS, TEXT_COLUMN("risk", risk_word, 0), INTEGER_COLUMN("findings", risk_findings, 0),
	INTEGER_COLUMN("enterprises", risk_enterprises, 0),
};

static int32_t count_city_classes(struct view *view, int32_t track)
{
	return view->model->prefectures.count * count_classes(view, track);
}

static bool load_city_class(struct row *row)
{
	int32_t classes = count_classes(row->view, row->outer);
	row_set_track(row, row->outer);
	row->city = (int8_t)(row->inner / classes);
	row->class = row->inner % classes;
	row->extra = &summary_of(row->view)->classes[row->outer][row->inner];
	return true;
}

GETTER(city_class_met) { (void)column; cell_integer(cell, ((const struct class_count *)row->extra)->met); }
GETTER(city_class_applicable) { (void)column; cell_integer(cell, ((const struct class_count *)row->extra)->applicable); }

GETTER(city_class_rate)
{
	(void)column;
	const struct class_count *count = row->extra;
	cell_quotient(cell, count->met, count->applicable);
}

static const struct column city_class_columns[] = {
	CITY_COLUMNS, TRACK_COLUMNS, TEXT_COLUMN("class_id", cell_class_id, 0), TEXT_COLUMN("class", cell_class, 0),
	INTEGER_COLUMN("met", city_class_met, 0), INTEGER_COLUMN("applicable", city_class_applicable, 0),
	REAL_COLUMN("rate", city_class_rate, 0, 0),
};

AS_MANY(rounds, ROUNDS)

static bool load_round(struct row *row)
{
	load_track_group(row);
	row->round = (int8_t)row->inner;
	return true;
}

GETTER(round_number)
{
	const struct group *group = row->group;
	const int64_t numbers[] = { group->finished_looked[row->round], group->round_met[row->round], group->round_applicable[row->round] };
	cell_integer(cell, numbers[column->a]);
}

GETTER(round_rate)
{
	(void)column;
	cell_quotient(cell, row->group->round_met[row->round], row->group->round_applicable[row->round]);
}

static const struct column round_columns[] = {
	TRACK_COLUMNS, TEXT_COLUMN("round_code", cell_round_code, 0), TEXT_COLUMN("round", cell_round, 0),
	INTEGER_COLUMN("ordinal", cell_inner_ordinal, 0), INTEGER_COLUMN("participations", round_number, 0),
	INTEGER_COLUMN("met", round_number, 1), INTEGER_COLUMN("applicable", round_number, 2), REAL_COLUMN("rate", round_rate, 0, 0),
};

/* ---- self against what counted; what was known before the visit against what it found --------------- */

AS_MANY(pairs, RESULTS * RESULTS)

static bool load_pair_of(struct row *row, const int64_t (*pairs)[RESULTS])
{
	row->extra = &pairs[row->inner / RESULTS][row->inner % RESULTS];
	return *(const int64_t *)row->extra > 0;
}

static bool load_pair(struct row *row)
{
	row_set_track(row, row->outer);
	return load_pair_of(row, statistic_of(row)->self_against);
}

static bool load_visit(struct row *row)
{
	row_set_track(row, row->outer);
	return load_pair_of(row, statistic_of(row)->site_against);
}

GETTER(pair_first) { (void)column; cell_word(cell, row->view, SET_RESULT, row->inner / RESULTS); }
GETTER(pair_second) { (void)column; cell_word(cell, row->view, SET_RESULT, row->inner % RESULTS); }
GETTER(pair_count) { (void)column; cell_integer(cell, *(const int64_t *)row->extra); }

#define PAIR_COLUMNS(first, second) \
	TRACK_COLUMNS, TEXT_COLUMN(first, pair_first, 0), TEXT_COLUMN(second, pair_second, 0), \
	INTEGER_COLUMN("items", pair_count, 0)

static const struct column pair_columns[] = { PAIR_COLUMNS("self_result", "counted_result") };
static const struct column visit_columns[] = { PAIR_COLUMNS("before_result", "site_result") };

#define PROVINCE(name, columns) name, IN_PROVINCE, COLUMNS_OF(columns)

const struct table tables_counts[] = {
	{ PROVINCE("overview", overview_columns), .load = load_overview },
	{ PROVINCE("city_summary", city_columns), .count = count_cities, .load = load_city_group, .guess = 13 },
	{ PROVINCE("track_summary", track_columns), OUTER_TRACK, .load = load_track_group },
	{ PROVINCE("level_summary", level_columns), OUTER_TRACK, count_levels, load_level_group, .guess = 6 },
	{ PROVINCE("city_level", city_level_columns), OUTER_TRACK, count_city_levels, load_city_level, .guess = 60 },
	{ PROVINCE("industry_summary", industry_columns), .count = count_industry, .load = load_industry, .guess = INDUSTRIES },
	{ PROVINCE("size_summary", size_columns), .count = count_size, .load = load_size, .guess = SIZES },
	{ PROVINCE("origin_summary", origin_columns), .count = count_origin, .load = load_origin, .guess = ORIGINS },
	{ PROVINCE("grade_summary", grade_columns), .count = count_grade, .load = load_grade, .guess = GRADES },
	{ PROVINCE("stage_summary", stage_columns), .count = count_stages, .load = load_stage, .guess = 5 },
	{ PROVINCE("class_summary", class_columns), OUTER_TRACK, count_classes, load_class, .guess = 10 },
	{ PROVINCE("area_summary", area_columns), OUTER_TRACK, count_areas, load_area, .guess = 40 },
	{ PROVINCE("element_summary", element_columns), OUTER_TRACK, count_elements, load_element, .guess = ELEMENTS },
	{ PROVINCE("item_summary", item_columns), OUTER_TRACK, count_items, load_item, .by_item = true, .guess = 235 },
	{ PROVINCE("risk_summary", risk_columns), OUTER_TRACK, count_risks, load_track_group, .guess = RISKS },
	{ PROVINCE("city_class", city_class_columns), OUTER_TRACK, count_city_classes, load_city_class, .guess = 130 },
	{ PROVINCE("round_summary", round_columns), OUTER_TRACK, count_rounds, load_round, .guess = ROUNDS },
	{ PROVINCE("self_against", pair_columns), OUTER_TRACK, count_pairs, load_pair, .guess = 10 },
	{ PROVINCE("site_against", visit_columns), OUTER_TRACK, count_pairs, load_visit, .guess = 10 },
	{ 0 },
};
