/* SPDX-License-Identifier: MIT
 *
 * Everything of an enterprise, item by item: the way up, gap, findings, rectification, evidence.
 */
#include "facts/columns.h"
#include "facts/view.h"

#define GETTER(name) static void name(const struct row *row, const struct column *column, struct cell *cell)

static const struct compiled_rule *decision_rule(const struct row *row)
{
	return row->view->assessment->rules[row->track];
}

/* ---- steps of the way up, and the gap to the target --------------------------- */

static int32_t count_steps(struct view *view, int32_t participation)
{
	return (int32_t)view->assessment->decisions[participation].way_count;
}

static bool load_listed_item(struct row *row, int32_t item)
{
	row_set_participation(row, row->outer);
	row->ordinal = row->inner + 1;
	row_set_item(row, item);
	return true;
}

static bool load_step(struct row *row)
{
	return load_listed_item(row, row->view->assessment->decisions[row->outer].way[row->inner].item);
}

static int32_t count_top_steps(struct view *view, int32_t participation)
{
	return view_top_steps(view, participation)->count;
}

static bool load_top_step(struct row *row)
{
	return load_listed_item(row, view_top_steps(row->view, row->outer)->steps[row->inner].item);
}

static int32_t count_gap(struct view *view, int32_t participation)
{
	return (int32_t)view->assessment->decisions[participation].gap_count;
}

static bool load_gap(struct row *row)
{
	return load_listed_item(row, row->view->assessment->decisions[row->outer].gap[row->inner]);
}

static struct rank_step rank_of(const struct row *row)
{
	return rank_step_of(decision_rule(row), row->decision, row->item);
}

/* In weights, and as a part of the whole share; only the threshold method counts so. */
GETTER(step_gain)
{
	(void)column;
	decimal_sum one = decimal_product(decimal_from(1), decimal_from(1));
	if (decision_rule(row)->method == METHOD_THRESHOLD)
		cell_real(cell, (double)decimal_ratio(rank_of(row).gain, one, DECIMAL_SCALE).units / 1e9);
}

GETTER(step_points)
{
	(void)column;
	if (decision_rule(row)->method == METHOD_THRESHOLD)
		cell_real(cell, (double)rank_of(row).points.units / 1e9);
}

GETTER(step_area_left) { (void)column; cell_integer(cell, rank_of(row).left_in_area); }
GETTER(step_lifts_area) { (void)column; cell_integer(cell, rank_of(row).lifts_area); }

static const struct column step_columns[] = {
	TEXT_COLUMN("track_code", cell_track_code, 0), INTEGER_COLUMN("ordinal", cell_ordinal, 0), ITEM_PLACE_COLUMNS,
	ITEM_RISK_COLUMNS, FIELD("level", ITEM, item, level), FIELD("requirement", ITEM, item, requirement), ADVICE_COLUMNS,
	TEXT_COLUMN("due", cell_due, 0), REAL_COLUMN("gain", step_gain, 0, 0), REAL_COLUMN("points", step_points, 0, 0),
	INTEGER_COLUMN("on_way", cell_on_way, 0), INTEGER_COLUMN("area_left", step_area_left, 0),
	INTEGER_COLUMN("lifts_area", step_lifts_area, 0), FIELD_AS("note", cell_seen_note, OBSERVATION, observation, note),
	TEXT_COLUMN("result", cell_result, 0), INTEGER_COLUMN("participation_id", cell_participation_id, 0),
};

/* ---- findings ------------------------------------------------------------------- */

GETTER(finding_first_round)
{
	(void)column;
	for (int r = 0; r < ROUNDS; r++) {
		const struct effective *items = row->decision->round_items[r];
		if (!items || (items[row->item].result != RESULT_UNMET && items[row->item].result != RESULT_PARTIAL))
			continue;
		cell_word(cell, row->view, SET_ROUND, r);
		return;
	}
}

GETTER(item_round_result)
{
	const struct effective *items = row->decision->round_items[column->a];
	if (items)
		cell_word(cell, row->view, SET_RESULT, items[row->item].result);
}

#define ROUND_RESULTS \
	TEXT_COLUMN("self_result", item_round_result, ROUND_SELF), TEXT_COLUMN("online_result", item_round_result, ROUND_ONLINE), \
	TEXT_COLUMN("recheck_result", item_round_result, ROUND_RECHECK), TEXT_COLUMN("onsite_result", item_round_result, ROUND_ONSITE)

static const struct column finding_columns[] = {
	INTEGER_COLUMN("participation_id", cell_participation_id, 0), TRACK_COLUMNS, INTEGER_COLUMN("ordinal", cell_inner_ordinal, 0),
	ITEM_PLACE_COLUMNS, TEXT_COLUMN("class", cell_class, 0), ITEM_LEVEL_COLUMNS, FIELD("element", ITEM, item, element),
	ITEM_RISK_COLUMNS, TEXT_COLUMN("result", cell_result, 0), TEXT_COLUMN("round", cell_result_round, 0),
	FIELD("requirement", ITEM, item, requirement), FIELD_AS("note", cell_seen_note, OBSERVATION, observation, note),
	FIELD_AS("evidence", cell_seen_evidence, OBSERVATION, observation, evidence), ADVICE_COLUMNS,
	INTEGER_COLUMN("on_way", cell_on_way, 0), FIELD("check_method", ITEM, item, check_method), TEXT_COLUMN("due", cell_due, 0),
	TEXT_COLUMN("first_seen_round", finding_first_round, 0), ROUND_RESULTS,
	TEXT_COLUMN("rectification_status", cell_claim, 0), TEXT_COLUMN("rectification_state", cell_closure, 0),
	TEXT_COLUMN("rectification_round", cell_settled_round, 0),
	TEXT_COLUMN("rectification_result", cell_settled_result, 0),
};

/* ---- every item ---------------------------------------------------------------------- */

static int32_t count_all_items(struct view *view, int32_t participation)
{
	return count_items(view, view->model->participations[participation].track);
}

static bool load_item(struct row *row)
{
	row_set_participation(row, row->outer);
	row_set_item(row, row->inner);
	return true;
}

/* What the area of the item has reached (area_results.level_label), so that a list of all items needs no join. */
GETTER(item_area_level_label)
{
	(void)column;
	cell_text(cell, level_label(row->catalogue, row->decision->area_level[row->area]));
}

static const struct column item_columns[] = {
	TEXT_COLUMN("track_code", cell_track_code, 0), INTEGER_COLUMN("ordinal", cell_inner_ordinal, 0),
	TEXT_COLUMN("class", cell_class, 0), TEXT_COLUMN("area_id", cell_area_id, 0), TEXT_COLUMN("area", cell_area, 0),
	TEXT_COLUMN("area_level_label", item_area_level_label, 0),
	FIELD("item_id", ITEM, item, id), ITEM_LEVEL_COLUMNS, FIELD("element", ITEM, item, element), ITEM_RISK_COLUMNS,
	FIELD("requirement", ITEM, item, requirement), TEXT_COLUMN("result", cell_result, 0), TEXT_COLUMN("round", cell_result_round, 0),
	ROUND_RESULTS, FIELD_AS("note", cell_seen_note, OBSERVATION, observation, note),
	INTEGER_COLUMN("participation_id", cell_participation_id, 0),
};

static bool load_not_applicable(struct row *row)
{
	load_item(row);
	return row->decision->items[row->item].result == RESULT_NOT_APPLICABLE;
}

static const struct column not_applicable_columns[] = {
	TEXT_COLUMN("track_code", cell_track_code, 0), FIELD("item_id", ITEM, item, id), TEXT_COLUMN("area", cell_area, 0),
	FIELD("requirement", ITEM, item, requirement), FIELD_AS("reason", cell_seen_note, OBSERVATION, observation, note),
	TEXT_COLUMN("round", cell_result_round, 0), INTEGER_COLUMN("participation_id", cell_participation_id, 0),
};

/* ---- rectifications, evidence, history ---------------------------------------------------- */

static int32_t count_rectifications(struct view *view, int32_t participation)
{
	size_t count;
	(void)closure_range(view->assessment, participation, &count);
	return (int32_t)count;
}

static bool load_rectification(struct row *row)
{
	size_t count;
	row->ordinal = row->inner + 1;
	return load_closure(row, closure_range(row->view->assessment, row->outer, &count) + (size_t)row->inner);
}

static const struct column rectification_columns[] = {
	TEXT_COLUMN("track_code", cell_track_code, 0), INTEGER_COLUMN("ordinal", cell_ordinal, 0), ITEM_PLACE_COLUMNS,
	FIELD("requirement", ITEM, item, requirement), FIELD("measure", RECTIFICATION, rectification, measure),
	FIELD("department", RECTIFICATION, rectification, department), FIELD("planned", RECTIFICATION, rectification, planned),
	FIELD("finished", RECTIFICATION, rectification, finished), FIELD("status", RECTIFICATION, rectification, status),
	CLOSURE_COLUMNS, TEXT_COLUMN("result_now", cell_result, 0),
	INTEGER_COLUMN("participation_id", cell_participation_id, 0),
};

static bool load_evidence(struct row *row)
{
	row_set_observation(row);
	return true;
}

GETTER(evidence_result) { (void)column; cell_word(cell, row->view, SET_RESULT, row->seen->result); }

static const struct column evidence_columns[] = {
	TEXT_COLUMN("track_code", cell_track_code, 0), FIELD("item_id", ITEM, item, id),
	FIELD_AS("round", cell_round, OBSERVATION, observation, round), FIELD_AS("result", evidence_result, OBSERVATION, observation, result),
	FIELD_AS("note", cell_seen_note, OBSERVATION, observation, note),
	FIELD_AS("evidence", cell_seen_evidence, OBSERVATION, observation, evidence),
	FIELD_AS("date", cell_seen_date, OBSERVATION, observation, date),
	INTEGER_COLUMN("counts", cell_seen_counts, 0), INTEGER_COLUMN("participation_id", cell_participation_id, 0),
};

static int32_t count_history(struct view *view, int32_t outer)
{
	(void)outer;
	int32_t count = 0;
	if (view->firm >= 0)
		(void)view_earlier(view, view->firm, &count);
	return count;
}

static bool load_history(struct row *row)
{
	int32_t count;
	const struct earlier *earlier = &row->view->model->earlier[view_earlier(row->view, row->view->firm, &count)[row->inner]];
	row->records[ENTITY_EARLIER] = row->extra = earlier;
	row_set_enterprise(row, earlier->enterprise);
	row_set_track(row, earlier->track);
	row->platform = view_earlier_platform(row->view, earlier);
	return earlier->level > 0;
}

GETTER(history_year) { (void)column; cell_integer(cell, ((const struct earlier *)row->extra)->year); }
GETTER(history_label) { (void)column; cell_text(cell, ((const struct earlier *)row->extra)->level_label); }

static const struct column history_columns[] = {
	TEXT_COLUMN("track_code", cell_track_code, 0), INTEGER_COLUMN("year", history_year, 0), FIELD("level", EARLIER, earlier, level),
	TEXT_COLUMN("label", history_label, 0),
};

#define FIRM(name, columns) name, IN_FIRM, COLUMNS_OF(columns), .about = ABOUT_ENTERPRISE
#define OWN(name, columns) name, IN_OWN, COLUMNS_OF(columns), OUTER_PARTICIPATION, .about = ABOUT_ENTERPRISE
#define BY_PARTICIPATION .outer = OUTER_PARTICIPATION

/* Agencies and cities have findings, rectifications, items and observations as the province has them: tables_year.c. */
const struct table tables_work[] = {
	{ OWN("steps", step_columns), .count = count_steps, .load = load_step, .guess = 20, FOLLOWED },
	{ OWN("top_steps", step_columns), .count = count_top_steps, .load = load_top_step, .guess = RANK_MOST, FOLLOWED },
	{ OWN("gap", step_columns), .count = count_gap, .load = load_gap, .guess = 30, FOLLOWED },
	{ FIRM("findings", finding_columns), BY_PARTICIPATION, .count = count_findings, .load = load_finding,
	  .guess = 40, FOLLOWED },
	{ OWN("not_applicable", not_applicable_columns), .count = count_all_items, .load = load_not_applicable,
	  .guess = 20, FOLLOWED },
	{ FIRM("rectifications", rectification_columns), BY_PARTICIPATION, .count = count_rectifications,
	  .load = load_rectification, .guess = 10, .whole = WHOLE(RECTIFICATION), FOLLOWED },
	{ FIRM("items", item_columns), BY_PARTICIPATION, .count = count_all_items, .load = load_item, .by_item = true,
	  .guess = 235, .whole = WHOLE(ITEM), FOLLOWED },
	{ FIRM("evidence", evidence_columns), BY_PARTICIPATION, .count = count_observations, .load = load_evidence,
	  .guess = 500, .whole = WHOLE(OBSERVATION), FOLLOWED },
	{ FIRM("history", history_columns), .count = count_history, .load = load_history, .guess = 3,
	  .whole = WHOLE(EARLIER), FOLLOWED },
	{ 0 },
};
