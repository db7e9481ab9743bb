/* SPDX-License-Identifier: MIT
 *
 * Scope province: everything of the year, record by record.
 */
#include "facts/coded.h"
#include "facts/standing.h"
#include "facts/view.h"
#include "model/observed.h"

#define GETTER(name) static void name(const struct row *row, const struct column *column, struct cell *cell)

/* ---- enterprises and participations --------------------------------------- */

static bool load_enterprise(struct row *row)
{
	row_set_enterprise(row, row->outer);
	return true;
}

static const struct column enterprise_columns[] = { INTEGER_COLUMN("enterprise_id", cell_enterprise_id, 0), ENTERPRISE_COLUMNS };
static const struct column participation_columns[] = { PARTICIPATION_COLUMNS };

static const struct column enterprise_counted_columns[] = {
	INTEGER_COLUMN("n", cell_alike, 0), CODE("city_code", ENTERPRISE, enterprise, city),
	FIELD("city", ENTERPRISE, enterprise, city),
	CODE("consultant_code", ENTERPRISE, enterprise, consultant),
	FIELD("committed", ENTERPRISE, enterprise, committed), INTEGER_COLUMN("track_count", cell_track_count, 0),
};

/* By what participations are counted: none that tells one enterprise from another. */
static const struct column counted_columns[] = {
	INTEGER_COLUMN("n", cell_alike, 0), CODE("city_code", ENTERPRISE, enterprise, city),
	FIELD("city", ENTERPRISE, enterprise, city),
	FIELD("size", ENTERPRISE, enterprise, size), FIELD_AS("is_key", cell_flag, ENTERPRISE, enterprise, is_key),
	TEXT_COLUMN("track_code", cell_track_code, 0),
	FIELD("self_date", PARTICIPATION, participation, self_date),
	FIELD("online_date", PARTICIPATION, participation, online_date),
	FIELD("rectify_date", PARTICIPATION, participation, rectify_date),
	FIELD("onsite_date", PARTICIPATION, participation, onsite_date),
	CODE("checker_code", PARTICIPATION, participation, checker),
	CODE("consultant_code", ENTERPRISE, enterprise, consultant),
	TEXT_COLUMN("outcome", cell_outcome, 0), INTEGER_COLUMN("level", cell_level, 0),
	TEXT_COLUMN("level_label", cell_reached_label, 0), INTEGER_COLUMN("next_level", cell_next_level, 0),
	TEXT_COLUMN("next_label", cell_next_label, 0), TEXT_COLUMN("movement", cell_movement, 0),
	INTEGER_COLUMN("earlier_level", cell_earlier_level, 0),
	INTEGER_COLUMN("self_level", cell_round_level, ROUND_SELF),
	INTEGER_COLUMN("online_level", cell_round_level, ROUND_ONLINE),
	INTEGER_COLUMN("recheck_level", cell_round_level, ROUND_RECHECK),
	INTEGER_COLUMN("onsite_level", cell_round_level, ROUND_ONSITE), REAL_COLUMN("self_lead", cell_self_lead, 0, 0),
	INTEGER_COLUMN("way_count", cell_way_count, 0), INTEGER_COLUMN("must_rectify", cell_must_rectify, 0),
	INTEGER_COLUMN("task_count", cell_task_count, 0),
};

/* ---- agencies ----------------------------------------------------------------- */

static int32_t count_agencies(struct view *view, int32_t outer)
{
	(void)outer;
	return (int32_t)view->model->agency_count;
}

static bool load_agency(struct row *row)
{
	row->agency = row->inner;
	row->records[ENTITY_AGENCY] = &row->view->model->agencies[row->inner];
	return true;
}

/* What it did among the enterprises that the scope sees. */
static struct agency_count agency_count_of(const struct row *row)
{
	const struct model *model = row->view->model;
	struct agency_count count = { 0 };
	if (row->view->options->scope == SCOPE_PROVINCE)
		return summary_of(row->view)->agencies[row->agency];
	for (size_t i = 0; i < model->enterprise_count; i++)
		count.consulted += model->enterprises[i].consultant == row->agency &&
				   view_owns_enterprise(row->view, (int32_t)i);
	for (size_t i = 0; i < model->participation_count; i++) {
		if (model->participations[i].checker != row->agency ||
		    !view_owns_enterprise(row->view, model->participations[i].enterprise))
			continue;
		count.checked++;
		count.reached += row->view->assessment->decisions[i].outcome == OUTCOME_REACHED;
	}
	return count;
}

GETTER(agency_consulted) { (void)column; cell_integer(cell, agency_count_of(row).consulted); }
GETTER(agency_checked) { (void)column; cell_integer(cell, agency_count_of(row).checked); }
GETTER(agency_reached) { (void)column; cell_integer(cell, agency_count_of(row).reached); }

GETTER(agency_rate)
{
	(void)column;
	struct agency_count count = agency_count_of(row);
	cell_quotient(cell, count.reached, count.checked);
}

static const struct column agency_columns[] = {
	FIELD("agency_code", AGENCY, agency, code), FIELD("name", AGENCY, agency, name), CODE("city_code", AGENCY, agency, city),
	FIELD("city", AGENCY, agency, city), FIELD_AS("is_provincial", cell_flag, AGENCY, agency, is_provincial),
	FIELD("committed", AGENCY, agency, committed), INTEGER_COLUMN("consulted", agency_consulted, 0),
	INTEGER_COLUMN("checked", agency_checked, 0), INTEGER_COLUMN("reached", agency_reached, 0),
	REAL_COLUMN("reached_rate", agency_rate, 0, 0),
};

/* ---- findings and results --------------------------------------------------------- */

static const struct column finding_columns[] = {
	INTEGER_COLUMN("participation_id", cell_participation_id, 0), FIELD("code", ENTERPRISE, enterprise, code),
	FIELD("name", ENTERPRISE, enterprise, name), FIELD("city", ENTERPRISE, enterprise, city), TRACK_COLUMNS,
	INTEGER_COLUMN("ordinal", cell_inner_ordinal, 0), ITEM_PLACE_COLUMNS, TEXT_COLUMN("class", cell_class, 0),
	ITEM_LEVEL_COLUMNS, FIELD("element", ITEM, item, element), ITEM_RISK_COLUMNS, TEXT_COLUMN("result", cell_result, 0),
	TEXT_COLUMN("round", cell_result_round, 0), FIELD("requirement", ITEM, item, requirement),
	FIELD_AS("note", cell_seen_note, OBSERVATION, observation, note),
	FIELD_AS("evidence", cell_seen_evidence, OBSERVATION, observation, evidence), ADVICE_COLUMNS,
	INTEGER_COLUMN("on_way", cell_on_way, 0),
};

static int32_t count_results(struct view *view, int32_t participation)
{
	return count_items(view, view->model->participations[participation].track);
}

static bool load_result(struct row *row)
{
	row_set_participation(row, row->outer);
	row_set_item(row, row->inner);
	return true;
}

static const struct column result_columns[] = {
	INTEGER_COLUMN("participation_id", cell_participation_id, 0), FIELD("item_id", ITEM, item, id),
	TEXT_COLUMN("result", cell_result, 0), TEXT_COLUMN("round", cell_result_round, 0),
};

/* ---- observations --------------------------------------------------------------------- */

static bool load_observation(struct row *row)
{
	row->participation = row->outer;
	row_set_observation(row);
	return true;
}

GETTER(observation_result) { (void)column; cell_word(cell, row->view, SET_RESULT, row->seen->result); }
GETTER(observation_file) { (void)column; cell_text(cell, view_file(row->view, observed_place(row->seen))); }

GETTER(observation_line)
{
	(void)column;
	int64_t line = view_line(row->view, observed_place(row->seen));
	if (line)
		cell_integer(cell, line);
}

static const struct column observation_columns[] = {
	INTEGER_COLUMN("participation_id", cell_participation_id, 0), FIELD("item_id", ITEM, item, id),
	FIELD_AS("round", cell_round, OBSERVATION, observation, round),
	FIELD_AS("result", observation_result, OBSERVATION, observation, result),
	FIELD_AS("note", cell_seen_note, OBSERVATION, observation, note),
	FIELD_AS("evidence", cell_seen_evidence, OBSERVATION, observation, evidence),
	FIELD_AS("date", cell_seen_date, OBSERVATION, observation, date),
	TEXT_COLUMN("file", observation_file, 0), INTEGER_COLUMN("line", observation_line, 0),
	INTEGER_COLUMN("counts", cell_seen_counts, 0),
};

/* ---- items of the catalogues -------------------------------------------------------------- */

static bool load_item(struct row *row)
{
	row_set_track(row, row->outer);
	row_set_item(row, row->inner);
	return true;
}

static const struct column item_columns[] = {
	TRACK_COLUMNS, ITEM_PLACE_COLUMNS, TEXT_COLUMN("class_id", cell_class_id, 0), TEXT_COLUMN("class", cell_class, 0),
	ITEM_LEVEL_COLUMNS, FIELD("element", ITEM, item, element), FIELD("weight", ITEM, item, weight), ITEM_RISK_COLUMNS,
	FIELD("requirement", ITEM, item, requirement), FIELD("check_method", ITEM, item, check_method),
	FIELD("check_text", ITEM, item, check), ADVICE_COLUMNS, INTEGER_COLUMN("ordinal", cell_inner_ordinal, 0),
};

/* ---- rectifications, nominations, earlier years ---------------------------------------------- */

static int32_t count_rectifications(struct view *view, int32_t outer)
{
	(void)outer;
	return (int32_t)view->assessment->closure_count;
}

static bool load_rectification(struct row *row)
{
	return load_closure(row, (size_t)row->inner);
}

static const struct column rectification_columns[] = {
	INTEGER_COLUMN("participation_id", cell_participation_id, 0), FIELD("code", ENTERPRISE, enterprise, code),
	FIELD("name", ENTERPRISE, enterprise, name), FIELD("city", ENTERPRISE, enterprise, city),
	TEXT_COLUMN("track", cell_track, 0), ITEM_PLACE_COLUMNS, FIELD("requirement", ITEM, item, requirement),
	FIELD("risk", ITEM, item, risk), FIELD("measure", RECTIFICATION, rectification, measure),
	FIELD("department", RECTIFICATION, rectification, department), FIELD("planned", RECTIFICATION, rectification, planned),
	FIELD("finished", RECTIFICATION, rectification, finished), FIELD("status", RECTIFICATION, rectification, status),
	CLOSURE_COLUMNS, CODE("checker_code", PARTICIPATION, participation, checker),
};

static int32_t count_nominations(struct view *view, int32_t outer)
{
	(void)outer;
	return (int32_t)view->model->nomination_count;
}

static bool load_nomination(struct row *row)
{
	const struct nomination *nomination = &row->view->model->nominations[row->inner];
	row->records[ENTITY_NOMINATION] = nomination;
	row_set_enterprise(row, nomination->enterprise);
	row->agency = nomination->agency;
	if (nomination->agency >= 0)
		row->city = row->view->model->agencies[nomination->agency].city;
	return true;
}

GETTER(nomination_listed)
{
	(void)column;
	const struct enterprise *enterprise = row->records[ENTITY_ENTERPRISE];
	cell_integer(cell, enterprise && view_listed_tracks(row->view, enterprise));
}

static const struct column nomination_columns[] = {
	FIELD("award", NOMINATION, nomination, award), FIELD("code", NOMINATION, nomination, code),
	FIELD("name", NOMINATION, nomination, name), FIELD("recommender", NOMINATION, nomination, recommender),
	FIELD("summary", NOMINATION, nomination, summary), FIELD("verdict", NOMINATION, nomination, verdict),
	TEXT_COLUMN("city", cell_city, 0), INTEGER_COLUMN("listed", nomination_listed, 0),
};

static int32_t count_earlier(struct view *view, int32_t outer)
{
	(void)outer;
	return (int32_t)view->model->earlier_count;
}

static bool load_earlier(struct row *row)
{
	const struct earlier *earlier = &row->view->model->earlier[row->inner];
	row->records[ENTITY_EARLIER] = earlier;
	row_set_enterprise(row, earlier->enterprise);
	row_set_track(row, earlier->track);
	row->platform = view_earlier_platform(row->view, earlier);
	row->extra = earlier;
	return true;
}

GETTER(earlier_year) { (void)column; cell_integer(cell, ((const struct earlier *)row->extra)->year); }
GETTER(earlier_label) { (void)column; cell_text(cell, ((const struct earlier *)row->extra)->level_label); }

static const struct column earlier_columns[] = {
	INTEGER_COLUMN("year", earlier_year, 0), FIELD("code", EARLIER, earlier, code), FIELD("name", EARLIER, earlier, name),
	FIELD("city", EARLIER, earlier, city), TRACK_COLUMNS, FIELD("level", EARLIER, earlier, level),
	TEXT_COLUMN("label", earlier_label, 0),
};

/* ---- the list, as public has it, with keys ------------------------------------------------------- */

static const struct column listed_columns[] = {
	LISTED_COLUMNS, FIELD("code", ENTERPRISE, enterprise, code), INTEGER_COLUMN("participation_id", cell_participation_id, 0),
	STANDING_COLUMNS,
};

static const struct column listed_counted_columns[] = {
	INTEGER_COLUMN("n", cell_alike, 0), CODE("city_code", ENTERPRISE, enterprise, city),
	FIELD("city", ENTERPRISE, enterprise, city), TEXT_COLUMN("track_code", cell_track_code, 0),
	INTEGER_COLUMN("level", cell_level, 0), TEXT_COLUMN("level_label", cell_level_label, 0),
	TEXT_COLUMN("level_name", cell_level_name, 0), TEXT_COLUMN("movement", cell_movement, 0),
};

/* ---- problems ------------------------------------------------------------------------------------ */

static int32_t count_problems(struct view *view, int32_t outer)
{
	(void)outer;
	return (int32_t)view->options->problem_count;
}

static bool load_problem(struct row *row)
{
	row->extra = &row->view->options->problems[row->inner];
	return true;
}

enum { PROBLEM_CODE, PROBLEM_SEVERITY, PROBLEM_FILE, PROBLEM_MESSAGE };

GETTER(problem_text)
{
	const struct facts_problem *problem = row->extra;
	const struct text texts[] = { problem->code, problem->severity, problem->file, problem->message };
	cell_text(cell, texts[column->a]);
}

GETTER(problem_place)
{
	const struct facts_problem *problem = row->extra;
	if (problem->line)
		cell_integer(cell, column->a ? problem->column : problem->line);
}

static const struct column problem_columns[] = {
	TEXT_COLUMN("code", problem_text, PROBLEM_CODE), TEXT_COLUMN("severity", problem_text, PROBLEM_SEVERITY),
	TEXT_COLUMN("file", problem_text, PROBLEM_FILE), INTEGER_COLUMN("line", problem_place, 0),
	INTEGER_COLUMN("column", problem_place, 1), TEXT_COLUMN("message", problem_text, PROBLEM_MESSAGE),
};

#define WHO_LOOKS_AFTER (IN_BOTH | IN_PROVINCE)
#define OF_AN_ENTERPRISE .about = ABOUT_ENTERPRISE

const struct table tables_year[] = {
	{ "enterprises", WHO_LOOKS_AFTER, COLUMNS_OF(enterprise_columns), OUTER_ENTERPRISE, .load = load_enterprise,
	  OF_AN_ENTERPRISE, .is_coded = true, .whole = WHOLE(ENTERPRISE) },
	{ "participations", WHO_LOOKS_AFTER, COLUMNS_OF(participation_columns), OUTER_PARTICIPATION,
	  .load = load_participation, OF_AN_ENTERPRISE, .is_coded = true, .whole = WHOLE(PARTICIPATION) },
	{ "enterprise_counts", IN_PROVINCE, COLUMNS_OF(enterprise_counted_columns), OUTER_ENTERPRISE,
	  .load = load_enterprise, OF_AN_ENTERPRISE, .is_counted = true },
	{ "participation_counts", IN_PROVINCE, COLUMNS_OF(counted_columns), OUTER_PARTICIPATION,
	  .load = load_participation, OF_AN_ENTERPRISE, .is_counted = true },
	{ "agencies", IN_OWN | IN_PROVINCE, COLUMNS_OF(agency_columns), .count = count_agencies, .load = load_agency,
	  .guess = 60, .about = ABOUT_AGENCY, .whole = WHOLE(AGENCY) },
	{ "rectifications", WHO_LOOKS_AFTER, COLUMNS_OF(rectification_columns), .count = count_rectifications,
	  .load = load_rectification, .guess = 5000, OF_AN_ENTERPRISE, .whole = WHOLE(RECTIFICATION) },
	{ "findings", WHO_LOOKS_AFTER, COLUMNS_OF(finding_columns), OUTER_PARTICIPATION, count_findings, load_finding,
	  .guess = 40, OF_AN_ENTERPRISE },
	{ "nominations", IN_OWN | IN_PROVINCE, COLUMNS_OF(nomination_columns), .count = count_nominations,
	  .load = load_nomination, .guess = 30, .about = ABOUT_EITHER, .whole = WHOLE(NOMINATION) },
	{ "earlier", WHO_LOOKS_AFTER, COLUMNS_OF(earlier_columns), .count = count_earlier, .load = load_earlier,
	  .guess = 1000, OF_AN_ENTERPRISE, .whole = WHOLE(EARLIER) },
	{ "listed", IN_PROVINCE, COLUMNS_OF(listed_columns), .count = count_listed, .load = load_listed, .guess = 500,
	  .is_coded = true },
	{ "listed_counts", IN_PROVINCE, COLUMNS_OF(listed_counted_columns), .count = count_listed, .load = load_listed,
	  .is_counted = true },
	{ "results", WHO_LOOKS_AFTER, COLUMNS_OF(result_columns), OUTER_PARTICIPATION, count_results, load_result,
	  .by_item = true, .guess = 235, OF_AN_ENTERPRISE },
	{ "observations", WHO_LOOKS_AFTER, COLUMNS_OF(observation_columns), OUTER_PARTICIPATION, count_observations,
	  load_observation, .guess = 500, OF_AN_ENTERPRISE, .whole = WHOLE(OBSERVATION) },
	{ "items", WHO_LOOKS_AFTER, COLUMNS_OF(item_columns), OUTER_TRACK, count_items, load_item, .by_item = true,
	  .guess = 235, .about = ABOUT_NOBODY, .whole = WHOLE(ITEM) },
	{ "problems", IN_PROVINCE, COLUMNS_OF(problem_columns), .count = count_problems, .load = load_problem, .guess = 100 },
	{ 0 },
};
