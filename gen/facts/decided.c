/* SPDX-License-Identifier: MIT
 *
 * Columns and rows around one participation and its decision.
 */
#include "facts/listing.h"
#include "facts/standing.h"
#include "facts/view.h"
#include "model/parts.h"
#include "model/track.h"

#define GETTER(name) void name(const struct row *row, const struct column *column, struct cell *cell)

/* ---- the enterprise -------------------------------------------------------- */

GETTER(cell_region)
{
	(void)column;
	const struct enterprise *enterprise = row->records[ENTITY_ENTERPRISE];
	const struct campaign *campaign = &row->view->model->campaign;
	if (enterprise && enterprise->region >= 0 && (size_t)enterprise->region < campaign->region_count)
		cell_text(cell, campaign->regions[enterprise->region].name);
}

static unsigned tracks_of(const struct row *row)
{
	unsigned set = 0;
	EACH_PART(part, row->view->model, (const struct enterprise *)row->records[ENTITY_ENTERPRISE])
		set |= 1u << row->view->model->participations[part].track;
	return set;
}

GETTER(cell_tracks)
{
	(void)column;
	cell_text(cell, view_tracks(row->view, tracks_of(row)));
}

GETTER(cell_track_count)
{
	(void)column;
	if (row->records[ENTITY_ENTERPRISE])
		cell_integer(cell, view_set_size(tracks_of(row)));
}

static const char *slug_at(const struct row *row)
{
	const struct model *model = row->view->model;
	const struct enterprise *enterprise = row->records[ENTITY_ENTERPRISE];
	/* In an older version it may be a copy under another name (tables_ledger.c). */
	if (enterprise && row->participation >= 0)
		enterprise = &model->enterprises[model->participations[row->participation].enterprise];
	return enterprise ? listing_of(row->view)->slugs[enterprise - model->enterprises].at : "";
}

GETTER(cell_slug)
{
	(void)column;
	cell_string(cell, slug_at(row));
}

GETTER(cell_link)
{
	(void)column;
	const char *slug = slug_at(row);
	if (!slug[0])
		return;
	static const char folder[] = "enterprises/";
	_Static_assert(sizeof folder - 1 + SLUG_SIZE + 1 <= sizeof cell->small, "a link fits into a cell");
	memcpy(cell->small, folder, sizeof folder - 1);
	memcpy(cell->small + sizeof folder - 1, slug, SLUG_SIZE);
	cell->small[sizeof folder - 1 + SLUG_SIZE] = '/';
	cell->kind = VALUE_TEXT;
	cell->is_small = true;
	cell->text = (struct text){ cell->small, sizeof folder - 1 + SLUG_SIZE + 1 };
}

GETTER(cell_shown_code)
{
	(void)column;
	const struct enterprise *enterprise = row->records[ENTITY_ENTERPRISE];
	if (enterprise && row->view->model->campaign.publication.credit_code == SHOWN_SHOWN)
		cell_text(cell, enterprise->code);
}

GETTER(cell_year)
{
	(void)column;
	cell_integer(cell, row->view->model->campaign.year);
}

/* ---- an entry of the list -------------------------------------------------------- */

GETTER(cell_track_alone) { (void)column; cell_text(cell, track_label(&row->view->model->campaign, row->track)); }
GETTER(cell_entry_platform) { (void)column; cell_text(cell, row->platform); }

GETTER(cell_entry_enterprise)
{
	(void)column;
	cell_text(cell, ((const struct enterprise *)row->records[ENTITY_ENTERPRISE])->name);
}

GETTER(cell_entry_name)
{
	(void)column;
	cell_text(cell, view_entry_name(row->view, row->records[ENTITY_ENTERPRISE], row->platform, row->participation));
}

/* ---- the decision -------------------------------------------------------------- */

static bool is_unfinished(const struct row *row)
{
	return row->decision->outcome == OUTCOME_UNFINISHED;
}

GETTER(cell_outcome)
{
	(void)column;
	cell_string(cell, outcome_word((enum outcome)row->decision->outcome));
}

/* Nobody looked, so 未完成 stands where the level would. */
GETTER(cell_reached_label)
{
	(void)column;
	cell_text(cell, is_unfinished(row) ? text_from(outcome_word(OUTCOME_UNFINISHED)) : level_label(row->catalogue, row->level));
}

GETTER(cell_reached_name)
{
	(void)column;
	cell_text(cell, is_unfinished(row) ? text_from(outcome_word(OUTCOME_UNFINISHED)) : level_name(row->catalogue, row->level));
}

static void set_level(struct cell *cell, int level, int least)
{
	if (level >= least)
		cell_integer(cell, level);
}

GETTER(cell_next_level) { (void)column; set_level(cell, row->decision->next, 1); }
GETTER(cell_gap_level) { (void)column; set_level(cell, row->decision->target, 1); }
GETTER(cell_earlier_level) { (void)column; set_level(cell, row->decision->earlier_level, 0); }
GETTER(cell_earlier_year) { (void)column; set_level(cell, row->decision->earlier_year, 1); }
GETTER(cell_round_level) { set_level(cell, row->decision->round_level[column->a], 0); }

/* 0 or 1, without a jump: results of neighbours are as they come, and a processor guesses half of them wrong. */
static unsigned is_judged(int8_t result)
{
	const unsigned judged = 1u << RESULT_MET | 1u << RESULT_PARTIAL | 1u << RESULT_UNMET;
	return judged >> (result & 31) & 1;
}

/*
 * Of the items that both judged, as applicable both: what only one of them judged is no difference between them,
 * though it is one between their rates, in which 未评 counts as not met.
 */
GETTER(cell_self_lead)
{
	(void)column;
	const struct effective *self = row->decision->round_items[ROUND_SELF];
	const struct effective *online = row->decision->round_items[ROUND_ONLINE];
	int both = 0, lead = 0;
	for (int32_t i = 0; self && online && i < row->catalogue->item_count; i++) {
		const int is_both = (int)(is_judged(self[i].result) & is_judged(online[i].result));
		both += is_both;
		lead += is_both * ((self[i].result == RESULT_MET) - (online[i].result == RESULT_MET));
	}
	if (both)
		cell_real(cell, (double)lead / (double)both);
}

static void set_label(const struct row *row, struct cell *cell, int level, int least)
{
	if (level >= least)
		cell_text(cell, level_label(row->catalogue, level));
}

GETTER(cell_next_label) { (void)column; set_label(row, cell, row->decision->next, 1); }
GETTER(cell_gap_label) { (void)column; set_label(row, cell, row->decision->target, 1); }
GETTER(cell_round_label) { set_label(row, cell, row->decision->round_level[column->a], 0); }
GETTER(cell_earlier_label) { (void)column; cell_text(cell, row->decision->earlier_label); }

GETTER(cell_gap_count) { (void)column; cell_integer(cell, (int64_t)row->decision->gap_count); }
GETTER(cell_way_count) { (void)column; cell_integer(cell, (int64_t)row->decision->way_count); }
GETTER(cell_finding_count) { (void)column; cell_integer(cell, (int64_t)row->decision->finding_count); }
GETTER(cell_risk_count) { cell_integer(cell, view_risks(row->view, row->participation)[column->a]); }

GETTER(cell_on_way)
{
	(void)column;
	bool is_on_way = false;
	for (size_t i = 0; i < row->decision->way_count && !is_on_way; i++)
		is_on_way = row->decision->way[i].item == row->item;
	cell_integer(cell, is_on_way);
}

GETTER(cell_due)
{
	(void)column;
	const struct item *item = row->records[ENTITY_ITEM];
	struct date today = row->view->options->today;
	enum { DAYS_MOST = 36500 };
	if (item && item->advice_days >= 0 && item->advice_days <= DAYS_MOST && !date_is_missing(today))
		cell_date(cell, date_from_days(date_days(today) + (int32_t)item->advice_days));
}

/* ---- rows ------------------------------------------------------------------------ */

bool load_participation(struct row *row)
{
	row_set_participation(row, row->outer);
	row->tally = &row->decision->total;
	row->rounds = row->decision->round_total;
	return true;
}

int32_t count_findings(struct view *view, int32_t participation)
{
	return (int32_t)view->assessment->decisions[participation].finding_count;
}

bool load_finding(struct row *row)
{
	row_set_participation(row, row->outer);
	row_set_item(row, row->decision->findings[row->inner]);
	return true;
}

int32_t count_items(struct view *view, int32_t track)
{
	return view->assessment->rules[track]->catalogue->item_count;
}

int32_t count_cities(struct view *view, int32_t outer)
{
	(void)outer;
	return view->model->prefectures.count;
}

int32_t count_listed(struct view *view, int32_t outer)
{
	(void)outer;
	return listing_of(view)->count;
}

bool load_listed(struct row *row)
{
	row_set_entry(row, listing_of(row->view)->participations[row->inner]);
	return true;
}
