/* SPDX-License-Identifier: MIT
 *
 * Tables of every scope: the campaign, its tracks and levels, stages, cities.
 */
#include "assess/chronicle.h"
#include "facts/columns.h"
#include "facts/standing.h"
#include "model/address.h"
#include "facts/view.h"

#define GETTER(name) static void name(const struct row *row, const struct column *column, struct cell *cell)

/* ---- campaign ------------------------------------------------------------ */

GETTER(campaign_shows_code)
{
	(void)column;
	cell_integer(cell, row->view->model->campaign.publication.credit_code == SHOWN_SHOWN);
}

GETTER(campaign_previous_year)
{
	(void)column;
	if (row->view->previous_year >= 0)
		cell_integer(cell, row->view->previous_year);
}

GETTER(campaign_generated)
{
	(void)column;
	cell_date(cell, row->view->options->today);
}

/* Does the ledger change what the list shows of whom the scope sees? */
GETTER(campaign_has_changes)
{
	(void)column;
	cell_integer(cell, standing_has_changes(row->view));
}

/* On the day D: what was 公布 later was 拟公布 then. */
GETTER(campaign_state)
{
	(void)column;
	const struct chronicle *chronicle = row->view->list->chronicle;
	cell_word(cell, row->view, SET_STATE,
		  chronicle ? chronicle->state : row->view->model->campaign.publication.state);
}

GETTER(campaign_date)
{
	(void)column;
	const struct chronicle *chronicle = row->view->list->chronicle;
	cell_date(cell, chronicle ? chronicle->since : row->view->model->campaign.publication.date);
}

GETTER(campaign_is_draft) { (void)column; cell_integer(cell, row->view->options->is_draft); }

GETTER(campaign_state_note)
{
	(void)column;
	cell_state_note(cell, row->view, row->view->model->campaign.publication.state);
}

GETTER(campaign_root_url)
{
	(void)column;
	struct text address = row->view->model->campaign.publication.base_url;
	if (address.size)
		cell_text(cell, address_of_root(address));
}

GETTER(campaign_is_list_only) { (void)column; cell_integer(cell, row->view->options->is_list_only); }

static bool load_campaign(struct row *row)
{
	row->records[ENTITY_CAMPAIGN] = &row->view->model->campaign;
	row->records[ENTITY_PUBLICATION] = &row->view->model->campaign.publication;
	return true;
}

#define SHOWS_CODE \
	{ .name = "shows_code", .get = campaign_shows_code, .type = COLUMN_INTEGER, .has_field = true, \
	  .entity = ENTITY_PUBLICATION, .field = FIELD_publication_credit_code }
#define CAMPAIGN_COLUMNS \
	FIELD("year", CAMPAIGN, campaign, year), FIELD("title", CAMPAIGN, campaign, title), \
	FIELD("province", CAMPAIGN, campaign, province), FIELD("publisher", CAMPAIGN, campaign, publisher), \
	FIELD_AS("state", campaign_state, PUBLICATION, publication, state), \
	FIELD_AS("date", campaign_date, PUBLICATION, publication, date), \
	FIELD("base_url", PUBLICATION, publication, base_url), SHOWS_CODE, \
	FIELD("small_cell", PUBLICATION, publication, small_cell), FIELD("proposed", PUBLICATION, publication, proposed), \
	FIELD("objection_until", PUBLICATION, publication, objection_until), PUBLIC_INTEGER("has_changes", campaign_has_changes, 0), \
	PUBLIC_INTEGER("previous_year", campaign_previous_year, 0), PUBLIC_TEXT("generated", campaign_generated, 0), \
	PUBLIC_INTEGER("is_list_only", campaign_is_list_only, 0), PUBLIC_INTEGER("is_draft", campaign_is_draft, 0), \
	PUBLIC_TEXT("state_note", campaign_state_note, 0), PUBLIC_TEXT("root_url", campaign_root_url, 0)

static const struct column campaign_columns[] = { CAMPAIGN_COLUMNS };

/* ---- thresholds -------------------------------------------------------------- */

static bool load_thresholds(struct row *row)
{
	row->records[ENTITY_THRESHOLDS] = &row->view->model->campaign.thresholds;
	return true;
}

#define THRESHOLD_COLUMN(F, name, heading, usual, least, most, unit, note) FIELD(#name, THRESHOLDS, thresholds, name),
static const struct column threshold_columns[] = { THRESHOLDS(THRESHOLD_COLUMN, ) };

/* ---- tracks, levels, shares -------------------------------------------------- */

static const struct rule *rule_of(const struct row *row)
{
	return &row->view->model->campaign.tracks[row->track].rule;
}

GETTER(track_model_id) { (void)column; cell_text(cell, row->catalogue->id); }
GETTER(track_edition) { (void)column; cell_text(cell, row->catalogue->edition); }
GETTER(track_basis) { (void)column; cell_text(cell, row->catalogue->basis); }
GETTER(track_note) { (void)column; cell_text(cell, row->catalogue->note); }
GETTER(track_method) { (void)column; cell_word(cell, row->view, SET_METHOD, row->view->assessment->rules[row->track]->method); }
GETTER(track_partial) { (void)column; cell_real(cell, (double)rule_of(row)->partial.units / 1e9); }

GETTER(track_rounds)
{
	(void)column;
	const struct compiled_rule *rule = row->view->assessment->rules[row->track];
	size_t size = 0;
	for (int k = 0; k < rule->round_count; k++) {
		const struct text parts[] = { text_from(k ? "、" : ""), row->view->words[SET_ROUND][rule->rounds[k]] };
		for (size_t i = 0; i < 2 && size + parts[i].size <= sizeof cell->small; i++) {
			memcpy(cell->small + size, parts[i].at, parts[i].size);
			size += parts[i].size;
		}
	}
	cell->is_small = true;
	cell_text(cell, (struct text){ cell->small, size });
}

GETTER(track_count)
{
	const int32_t counts[] = { row->catalogue->level_count, row->catalogue->item_count, row->catalogue->area_count, row->catalogue->class_count };
	cell_integer(cell, counts[column->a]);
}

static bool load_track(struct row *row)
{
	row_set_track(row, row->outer);
	row->records[ENTITY_TRACK] = &row->view->model->campaign.tracks[row->outer];
	row->ordinal = row->outer + 1;
	return true;
}

static const struct column track_columns[] = {
	FIELD_AS("track_code", cell_track_code, TRACK, track, id), FIELD_AS("track", cell_track, TRACK, track, label),
	FIELD("track_name", TRACK, track, name), CODE("decider_code", TRACK, track, decider),
	FIELD("decider", TRACK, track, decider), PUBLIC_INTEGER("ordinal", cell_ordinal, 0),
	FIELD_AS("model_id", track_model_id, TRACK, track, model), PUBLIC_TEXT("edition", track_edition, 0),
	PUBLIC_TEXT("basis", track_basis, 0), PUBLIC_TEXT("note", track_note, 0), PUBLIC_TEXT("method", track_method, 0),
	PUBLIC_TEXT("rounds", track_rounds, 0), PUBLIC_REAL("partial", track_partial, 0, 0),
	PUBLIC_INTEGER("level_count", track_count, 0), PUBLIC_INTEGER("item_count", track_count, 1),
	PUBLIC_INTEGER("area_count", track_count, 2), PUBLIC_INTEGER("class_count", track_count, 3),
};

/* ---- the standard of the most recent earlier list ------------------------------ */

static bool load_previous_edition(struct row *row)
{
	const struct model *model = row->view->model;
	row_set_track(row, row->outer);
	row->extra = NULL;
	for (size_t i = 0; i < model->earlier_count && !row->extra; i++) {
		const struct earlier *listed = &model->earlier[i];
		if (listed->year == row->view->previous_year && listed->track == row->track &&
		    view_tells_earlier(row->view, listed))
			row->extra = listed;
	}
	return row->view->previous_year >= 0;
}

/* Unknown, and so NULL, where nobody of the track was listed or the year's folder says no model. */
static struct text edition_then(const struct row *row)
{
	const struct earlier *listed = row->extra;
	return listed ? listed->edition : NO_TEXT;
}

GETTER(edition_then_text) { (void)column; cell_text(cell, edition_then(row)); }

GETTER(edition_changed)
{
	(void)column;
	struct text then = edition_then(row);
	if (then.size)
		cell_integer(cell, !text_equal(then, row->catalogue->edition));
}

static const struct column edition_columns[] = {
	TRACK_COLUMNS, PUBLIC_INTEGER("year", campaign_previous_year, 0), PUBLIC_TEXT("edition", edition_then_text, 0),
	PUBLIC_TEXT("edition_now", track_edition, 0), PUBLIC_INTEGER("changed", edition_changed, 0),
};

static int32_t count_levels(struct view *view, int32_t track)
{
	return view->assessment->rules[track]->level_count + 1;
}

static bool load_level(struct row *row)
{
	row_set_track(row, row->outer);
	row->level = (int8_t)row->inner;
	return true;
}

static const struct column level_columns[] = { TRACK_COLUMNS, LEVEL_COLUMNS, PUBLIC_TEXT("name", cell_level_name, 0) };

GETTER(share_share)
{
	(void)column;
	cell_real(cell, (double)rule_of(row)->share[row->level].units / 1e9);
}

static bool load_share(struct row *row)
{
	load_level(row);
	return row->level > 0 && rule_of(row)->has_share[row->level];
}

static const struct column share_columns[] = { TRACK_COLUMNS, LEVEL_COLUMNS, PUBLIC_REAL("share", share_share, 0, 0) };

/* ---- stages and cities ------------------------------------------------------------ */

static int32_t count_stages(struct view *view, int32_t outer)
{
	(void)outer;
	return (int32_t)view->model->campaign.stage_count;
}

static bool load_stage(struct row *row)
{
	row->records[ENTITY_STAGE] = &row->view->model->campaign.stages[row->inner];
	return true;
}

static int32_t count_repetitions(struct view *view, int32_t outer)
{
	(void)outer;
	return (int32_t)view->model->campaign.repetition_count;
}

static bool load_repetition(struct row *row)
{
	row->records[ENTITY_REPETITION] = &row->view->model->campaign.repetitions[row->inner];
	return true;
}

static const struct column repetition_columns[] = {
	FIELD("id", REPETITION, repetition, id), FIELD("repeat", REPETITION, repetition, repeat),
};

static const struct column stage_columns[] = {
	FIELD("id", STAGE, stage, id), FIELD("name", STAGE, stage, name), FIELD("deadline", STAGE, stage, deadline),
	PUBLIC_INTEGER("ordinal", cell_inner_ordinal, 0),
};

/* All cities are on the map; what one says of itself only it and the province see. */
static bool load_city(struct row *row)
{
	const struct view *view = row->view;
	row->city = (int8_t)row->inner;
	if (view->options->scope == SCOPE_PROVINCE ||
	    (view->options->scope == SCOPE_CITY && view->own_city == row->inner))
		row->records[ENTITY_CITY] = &view->model->cities[row->inner];
	return true;
}

static const struct column city_columns[] = {
	CITY_COLUMNS, PUBLIC_TEXT("short", cell_city_short, 0), PUBLIC_INTEGER("tile_column", cell_city_tile, 0),
	PUBLIC_INTEGER("tile_row", cell_city_tile, 1),
};

static int32_t count_regions(struct view *view, int32_t outer)
{
	(void)outer;
	return (int32_t)view->model->campaign.region_count;
}

static bool load_region(struct row *row)
{
	row->records[ENTITY_REGION] = &row->view->model->campaign.regions[row->inner];
	return true;
}

static const struct column region_columns[] = {
	FIELD("region_code", REGION, region, code), FIELD("region", REGION, region, name),
	CODE("city_code", REGION, region, city), FIELD("city", REGION, region, city),
};

const struct table tables_common[] = {
	{ "campaign", IN_ALL, COLUMNS_OF(campaign_columns), .load = load_campaign, .about = ABOUT_NOBODY,
	  .whole = WHOLE(CAMPAIGN) | WHOLE(PUBLICATION) },
	{ "thresholds", IN_ALL, COLUMNS_OF(threshold_columns), .load = load_thresholds, .about = ABOUT_NOBODY,
	  .whole = WHOLE(THRESHOLDS) },
	{ "levels", IN_ALL, COLUMNS_OF(level_columns), .outer = OUTER_TRACK, .count = count_levels, .load = load_level,
	  .guess = 6, .about = ABOUT_NOBODY },
	{ "tracks", IN_ALL, COLUMNS_OF(track_columns), .outer = OUTER_TRACK, .load = load_track,
	  .about = ABOUT_NOBODY, .whole = WHOLE(TRACK) },
	{ "track_shares", IN_ALL, COLUMNS_OF(share_columns), .outer = OUTER_TRACK, .count = count_levels,
	  .load = load_share, .guess = 3, .about = ABOUT_NOBODY },
	{ "previous_editions", IN_PUBLIC | IN_PROVINCE, COLUMNS_OF(edition_columns), .outer = OUTER_TRACK, .load = load_previous_edition },
	{ "stages", IN_ALL, COLUMNS_OF(stage_columns), .count = count_stages, .load = load_stage, .guess = 5,
	  .about = ABOUT_NOBODY, .whole = WHOLE(STAGE) },
	{ "repetitions", IN_ALL, COLUMNS_OF(repetition_columns), .count = count_repetitions, .load = load_repetition,
	  .guess = 1, .about = ABOUT_NOBODY, .whole = WHOLE(REPETITION) },
	{ "cities", IN_ALL, COLUMNS_OF(city_columns), .count = count_cities, .load = load_city, .guess = 13,
	  .about = ABOUT_NOBODY, .whole = WHOLE(CITY) },
	{ "regions", IN_ALL, COLUMNS_OF(region_columns), .count = count_regions, .load = load_region, .guess = 10,
	  .about = ABOUT_NOBODY, .whole = WHOLE(REGION) },
	{ 0 },
};
