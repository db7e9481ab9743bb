/* SPDX-License-Identifier: MIT
 *
 * Everything of an enterprise: of the chosen one (scope firm), of those of an agency or a city.  Which
 * rows that are is vtab.c's affair; of the others there is a count, a median and a share, and those
 * only where view_tells_peers.
 */
#include "facts/columns.h"
#include "facts/view.h"
#include "model/copy_number.h"
#include "model/track.h"

#include <stdio.h>

#define GETTER(name) static void name(const struct row *row, const struct column *column, struct cell *cell)

static int track_of(const struct view *view, int32_t participation)
{
	return view->model->participations[participation].track;
}

static const struct compiled_rule *decision_rule(const struct row *row)
{
	return row->view->assessment->rules[row->track];
}

/* ---- the firm -------------------------------------------------------------- */

static bool load_firm(struct row *row)
{
	row_set_enterprise(row, row->view->firm);
	return row->view->firm >= 0;
}

GETTER(firm_copy_number)
{
	(void)column;
	const struct enterprise *enterprise = row->records[ENTITY_ENTERPRISE];
	_Static_assert(sizeof cell->small >= COPY_NUMBER_SIZE, "a copy's number fits");
	cell->is_small = true;
	cell_text(cell, copy_number(row->view->model->campaign.year, enterprise->code, cell->small));
}

static const struct column firm_columns[] = { ENTERPRISE_COLUMNS, TEXT_COLUMN("copy_number", firm_copy_number, 0) };

/* ---- its parts ---------------------------------------------------------------- */

GETTER(part_top_level)
{
	(void)column;
	cell_integer(cell, row->decision->level > 0 && row->decision->level >= row->catalogue->level_count);
}

/* What tells it from the other parts of a document: the track, of several platforms with its number. */
GETTER(part_id)
{
	(void)column;
	const struct participation *participation = row->records[ENTITY_PARTICIPATION];
	struct text track = track_id(&row->view->model->campaign, row->track);
	if (participation->ordinal == 0) {
		cell_text(cell, track);
		return;
	}
	/* An id that is too long for it loses its end, not the number. */
	enum { NUMBER_MOST = 12 };
	track = text_slice(track, 0, sizeof cell->small - NUMBER_MOST);
	int size = snprintf(cell->small, sizeof cell->small, "%.*s_%d", TEXT_ARGS(track), participation->ordinal);
	cell->is_small = true;
	cell_text(cell, (struct text){ cell->small, (size_t)size });
}

GETTER(part_has_way_up) { (void)column; cell_integer(cell, row->decision->has_way_up); }
GETTER(part_method) { (void)column; cell_word(cell, row->view, SET_METHOD, decision_rule(row)->method); }

GETTER(part_days_to_next)
{
	(void)column;
	int64_t most = -1;
	for (size_t i = 0; i < row->decision->way_count; i++) {
		int64_t days = row->catalogue->items[row->decision->way[i].item].advice_days;
		most = days > most ? days : most;
	}
	if (most >= 0)
		cell_integer(cell, most);
}

/* One who looks after several could find the number of the others by taking away its own. */
GETTER(part_peer_count)
{
	(void)column;
	if (row->view->options->scope == SCOPE_FIRM || view_tells_peers(row->view, row->track))
		cell_integer(cell, view_peers(row->view, row->track)->count);
}

GETTER(part_peer_rate)
{
	(void)column;
	const struct peers *peers = view_peers(row->view, row->track);
	if (view_tells_peers(row->view, row->track) && peers->median >= 0)
		cell_real(cell, peers->median);
}

/* Only of one enterprise: from the shares of many the rates of the others could be put in order. */
GETTER(part_peer_better)
{
	(void)column;
	const struct peers *peers = view_peers(row->view, row->track);
	bool is_rated = row->decision->outcome != OUTCOME_UNFINISHED && tally_applicable(row->tally) > 0;
	if (row->view->options->scope == SCOPE_FIRM && view_tells_peers(row->view, row->track) && is_rated)
		cell_quotient(cell, peers_below(peers, row->tally), peers->count);
}

static const struct column part_columns[] = {
	PARTICIPATION_COLUMNS, INTEGER_COLUMN("top_level", part_top_level, 0), INTEGER_COLUMN("has_way_up", part_has_way_up, 0),
	TEXT_COLUMN("method", part_method, 0), INTEGER_COLUMN("days_to_next", part_days_to_next, 0),
	INTEGER_COLUMN("peer_count", part_peer_count, 0), REAL_COLUMN("peer_rate", part_peer_rate, 0, 0),
	REAL_COLUMN("peer_better", part_peer_better, 0, 0), TEXT_COLUMN("part", part_id, 0),
};

/* ---- shares per level ------------------------------------------------------------ */

static int32_t count_shares(struct view *view, int32_t participation)
{
	return view->assessment->rules[track_of(view, participation)]->level_count;
}

static bool load_share(struct row *row)
{
	row_set_participation(row, row->outer);
	row->level = (int8_t)(row->inner + 1);
	return true;
}

GETTER(share_share)
{
	(void)column;
	const struct rule *rule = decision_rule(row)->written;
	if (rule->has_share[row->level])
		cell_real(cell, (double)rule->share[row->level].units / 1e9);
}

/* threshold: the level's own condition, whatever stands below it. */
GETTER(share_reached)
{
	(void)column;
	const struct decision *decision = row->decision;
	if (decision_rule(row)->method != METHOD_THRESHOLD) {
		cell_integer(cell, decision->level >= row->level);
		return;
	}
	bool has_share = rule_share_reached(decision_rule(row), row->level, decision->share_got[row->level],
	                                    decision->share_of[row->level]);
	cell_integer(cell, has_share && rule_veto_level(decision_rule(row), decision->items) > row->level);
}

GETTER(share_got)
{
	(void)column;
	const decimal_sum of = row->decision->share_of[row->level];
	if (of > 0)
		cell_real(cell, (double)decimal_ratio(row->decision->share_got[row->level], of, DECIMAL_SCALE).units / 1e9);
}

GETTER(share_failed_vetoes)
{
	(void)column;
	int64_t failed = 0;
	for (int32_t i = 0; i < row->catalogue->item_count; i++)
		failed += row->catalogue->items[i].veto == YESNO_YES &&
		          decision_rule(row)->item_levels[i] <= row->level &&
			  rule_is_open(row->decision->items[i].result);
	cell_integer(cell, failed);
}

static const struct column share_columns[] = {
	TEXT_COLUMN("track_code", cell_track_code, 0), LEVEL_COLUMNS, REAL_COLUMN("share", share_share, 0, 0),
	INTEGER_COLUMN("reached", share_reached, 0), REAL_COLUMN("got", share_got, 0, 0),
	INTEGER_COLUMN("failed_vetoes", share_failed_vetoes, 0),
	INTEGER_COLUMN("participation_id", cell_participation_id, 0),
};

/* ---- rounds ------------------------------------------------------------------------- */

static int32_t count_rounds(struct view *view, int32_t participation)
{
	(void)view, (void)participation;
	return ROUNDS;
}

static bool load_round(struct row *row)
{
	row_set_participation(row, row->outer);
	row->round = (int8_t)row->inner;
	row->level = row->decision->round_level[row->round];
	row->tally = row->decision->round_items[row->round] ? &row->decision->round_total[row->round] : NULL;
	return true;
}

GETTER(round_counts) { (void)column; cell_integer(cell, rule_counts(decision_rule(row), row->round)); }

GETTER(round_rate)
{
	(void)column;
	if (row->tally)
		cell_quotient(cell, tally_met(row->tally), tally_applicable(row->tally));
}

/* The last observation's date; else what the participation says of the round. */
GETTER(round_date)
{
	(void)column;
	const struct participation *participation = row->records[ENTITY_PARTICIPATION];
	const struct date stated[ROUNDS] = { [ROUND_SELF] = participation->self_date, [ROUND_ONLINE] = participation->online_date,
					     [ROUND_ONSITE] = participation->onsite_date };
	const struct observation *seen = &row->view->model->observations[participation->first_observation];
	struct date last = { 0 };
	for (size_t i = 0; i < participation->observation_count; i++)
		if (seen[i].round == row->round && date_compare(seen[i].date, last) > 0)
			last = seen[i].date;
	cell_date(cell, date_is_missing(last) ? stated[row->round] : last);
}

static const struct column round_columns[] = {
	TEXT_COLUMN("track_code", cell_track_code, 0), TEXT_COLUMN("round_code", cell_round_code, 0),
	TEXT_COLUMN("round", cell_round, 0), INTEGER_COLUMN("ordinal", cell_inner_ordinal, 0),
	INTEGER_COLUMN("counts", round_counts, 0), INTEGER_COLUMN("level", cell_level, 0),
	TEXT_COLUMN("level_label", cell_level_label, 0), INTEGER_COLUMN("met", cell_tally, RESULT_MET),
	INTEGER_COLUMN("applicable", cell_tally, TALLY_APPLICABLE), REAL_COLUMN("rate", round_rate, 0, 0),
	TEXT_COLUMN("date", round_date, 0), INTEGER_COLUMN("participation_id", cell_participation_id, 0),
};

/* ---- classes, elements, areas ---------------------------------------------------------- */

#define RESULT_RATES \
	TALLY_COLUMNS, RATE_COLUMN, REAL_COLUMN("self_rate", cell_round_rate, ROUND_SELF, 0), \
	REAL_COLUMN("online_rate", cell_round_rate, ROUND_ONLINE, 0), REAL_COLUMN("recheck_rate", cell_round_rate, ROUND_RECHECK, 0), \
	REAL_COLUMN("onsite_rate", cell_round_rate, ROUND_ONSITE, 0), REAL_COLUMN("median", cell_median, 0, 0)

static void set_median(struct row *row, const struct decimal *median)
{
	if (view_tells_peers(row->view, row->track))
		row->median = median;
}

static int32_t count_classes(struct view *view, int32_t participation)
{
	return view->assessment->rules[track_of(view, participation)]->catalogue->class_count;
}

static bool load_class(struct row *row)
{
	row_set_participation(row, row->outer);
	row->class = row->inner;
	row->tally = &row->decision->classes[row->inner];
	for (int r = 0; r < ROUNDS; r++)
		row->local[r] = tally_class(row->catalogue, row->class, row->decision->round_items[r]);
	row->rounds = row->local;
	set_median(row, &row->view->assessment->tracks[row->track].class_median[row->inner]);
	return true;
}

static const struct column class_columns[] = {
	TEXT_COLUMN("track_code", cell_track_code, 0), TEXT_COLUMN("class_id", cell_class_id, 0), TEXT_COLUMN("class", cell_class, 0),
	TEXT_COLUMN("group_name", cell_class_group, 0), INTEGER_COLUMN("ordinal", cell_inner_ordinal, 0), RESULT_RATES,
	INTEGER_COLUMN("participation_id", cell_participation_id, 0),
};

static int32_t count_elements(struct view *view, int32_t participation)
{
	(void)view, (void)participation;
	return ELEMENTS;
}

static bool load_element(struct row *row)
{
	row_set_participation(row, row->outer);
	row->element = (int8_t)row->inner;
	row->tally = &row->decision->elements[row->inner];
	for (int r = 0; r < ROUNDS; r++)
		row->local[r] = tally_element(row->catalogue, row->element, row->decision->round_items[r]);
	row->rounds = row->local;
	set_median(row, &row->view->assessment->tracks[row->track].element_median[row->inner]);
	return tally_total(row->tally) > 0;
}

static const struct column element_columns[] = {
	TEXT_COLUMN("track_code", cell_track_code, 0), TEXT_COLUMN("element", cell_element, 0),
	INTEGER_COLUMN("ordinal", cell_inner_ordinal, 0), RESULT_RATES,
	INTEGER_COLUMN("participation_id", cell_participation_id, 0),
};

static int32_t count_areas(struct view *view, int32_t participation)
{
	return view->assessment->rules[track_of(view, participation)]->catalogue->area_count;
}

static bool load_area(struct row *row)
{
	row_set_participation(row, row->outer);
	row_set_area(row, row->inner);
	row->level = row->decision->area_level[row->inner];
	row->local[0] = tally_area(row->catalogue, row->inner, row->decision->items);
	row->tally = row->local;
	set_median(row, &row->view->assessment->tracks[row->track].area_median[row->inner]);
	return true;
}

/* Under min-of-pa and given: at the minimum over the areas, and that is not the top. */
GETTER(area_is_limiting)
{
	(void)column;
	const struct compiled_rule *rule = decision_rule(row);
	bool is_least = row->level >= 0 && row->level == rule_least(rule, row->decision->area_level);
	cell_integer(cell, rule->method != METHOD_THRESHOLD && is_least && row->level < rule->level_count);
}

static const struct column area_columns[] = {
	TEXT_COLUMN("track_code", cell_track_code, 0), TEXT_COLUMN("class_id", cell_class_id, 0), TEXT_COLUMN("class", cell_class, 0),
	TEXT_COLUMN("area_id", cell_area_id, 0), TEXT_COLUMN("area", cell_area, 0), INTEGER_COLUMN("ordinal", cell_inner_ordinal, 0),
	INTEGER_COLUMN("level", cell_level, 0), TEXT_COLUMN("level_label", cell_level_label, 0),
	INTEGER_COLUMN("is_limiting", area_is_limiting, 0), TALLY_COLUMNS, RATE_COLUMN, REAL_COLUMN("median", cell_median, 0, 0),
	INTEGER_COLUMN("participation_id", cell_participation_id, 0),
};

#define OWN(name, columns) name, IN_OWN, COLUMNS_OF(columns), OUTER_PARTICIPATION, .about = ABOUT_ENTERPRISE

const struct table tables_firm[] = {
	{ "firm", IN_FIRM, COLUMNS_OF(firm_columns), .load = load_firm, .about = ABOUT_ENTERPRISE,
	  .whole = WHOLE(ENTERPRISE) },
	{ OWN("parts", part_columns), .load = load_participation, .whole = WHOLE(PARTICIPATION) },
	{ OWN("shares", share_columns), .count = count_shares, .load = load_share, .guess = 5, FOLLOWED },
	{ OWN("rounds", round_columns), .count = count_rounds, .load = load_round, .guess = ROUNDS, FOLLOWED },
	{ OWN("class_results", class_columns), .count = count_classes, .load = load_class, .guess = 10 },
	{ OWN("element_results", element_columns), .count = count_elements, .load = load_element, .guess = ELEMENTS },
	{ OWN("area_results", area_columns), .count = count_areas, .load = load_area, .guess = 40 },
	{ 0 },
};
