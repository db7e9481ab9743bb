/* SPDX-License-Identifier: MIT
 *
 * Scope public: the list and what follows from it.  Every column that there is, is a public
 * field (schema.def) or marked public in its row (table.h); rows are listed enterprises, or
 * counts of them.
 */
#include "facts/listing.h"
#include "facts/standing.h"
#include "facts/view.h"
#include "model/track.h"

#include <stdio.h>

#define GETTER(name) static void name(const struct row *row, const struct column *column, struct cell *cell)

/* ---- the list ----------------------------------------------------------------- */

static const struct column listed_columns[] = { LISTED_COLUMNS, PUBLIC_TEXT("code", cell_shown_code, 0),
						STANDING_COLUMNS };

static int32_t count_firms(struct view *view, int32_t outer)
{
	(void)outer;
	return listing_of(view)->firm_count;
}

static bool load_firm(struct row *row)
{
	row_set_enterprise(row, listing_of(row->view)->firms[row->inner]);
	return true;
}

/* The tracks in which the row's enterprise is listed; of others that it takes part in nothing is public. */
static unsigned listed_tracks(const struct row *row)
{
	return view_listed_tracks(row->view, row->records[ENTITY_ENTERPRISE]);
}

GETTER(firm_tracks) { (void)column; cell_text(cell, view_tracks(row->view, listed_tracks(row))); }
GETTER(firm_track_count) { (void)column; cell_integer(cell, view_set_size(listed_tracks(row))); }
GETTER(firm_summary) { (void)column; cell_text(cell, view_listed_levels(row->view, row->records[ENTITY_ENTERPRISE])); }

static const struct column firm_columns[] = {
	PUBLIC_TEXT("slug", cell_slug, 0), FIELD("name", ENTERPRISE, enterprise, name), CODE("city_code", ENTERPRISE, enterprise, city),
	FIELD("city", ENTERPRISE, enterprise, city), CODE("industry_code", ENTERPRISE, enterprise, industry),
	FIELD("industry", ENTERPRISE, enterprise, industry), PUBLIC_TEXT("code", cell_shown_code, 0),
	PUBLIC_TEXT("tracks", firm_tracks, 0), PUBLIC_INTEGER("track_count", firm_track_count, 0),
	PUBLIC_TEXT("summary", firm_summary, 0),
};

/* Those and the enterprises whose entries are all withdrawn: who has a page. */
static int32_t count_pages(struct view *view, int32_t outer)
{
	(void)outer;
	return listing_of(view)->page_count;
}

static bool load_page(struct row *row)
{
	row_set_enterprise(row, listing_of(row->view)->pages[row->inner]);
	return true;
}

GETTER(page_is_listed) { (void)column; cell_integer(cell, listed_tracks(row) != 0); }

static const struct column page_columns[] = {
	PUBLIC_TEXT("slug", cell_slug, 0), FIELD("name", ENTERPRISE, enterprise, name), CODE("city_code", ENTERPRISE, enterprise, city),
	FIELD("city", ENTERPRISE, enterprise, city), CODE("industry_code", ENTERPRISE, enterprise, industry),
	FIELD("industry", ENTERPRISE, enterprise, industry), PUBLIC_TEXT("code", cell_shown_code, 0),
	PUBLIC_INTEGER("is_listed", page_is_listed, 0),
};

/* ---- earlier years of those listed now ------------------------------------------- */

static int32_t count_history(struct view *view, int32_t outer)
{
	(void)outer;
	return (int32_t)view->model->earlier_count;
}

static bool load_history(struct row *row)
{
	const struct earlier *earlier = &row->view->model->earlier[row->inner];
	if (earlier->level <= 0 || earlier->enterprise < 0 || !listing_of(row->view)->slugs[earlier->enterprise].at[0])
		return false;
	row->records[ENTITY_EARLIER] = row->extra = earlier;
	row_set_enterprise(row, earlier->enterprise);
	row_set_track(row, earlier->track);
	row->platform = view_earlier_platform(row->view, earlier);
	return true;
}

GETTER(history_year) { (void)column; cell_integer(cell, ((const struct earlier *)row->extra)->year); }
GETTER(history_label) { (void)column; cell_text(cell, ((const struct earlier *)row->extra)->level_label); }

static const struct column history_columns[] = {
	PUBLIC_TEXT("slug", cell_slug, 0), PUBLIC_INTEGER("year", history_year, 0), TRACK_COLUMNS, FIELD("level", EARLIER, earlier, level),
	PUBLIC_TEXT("label", history_label, 0), FIELD("name", EARLIER, earlier, name),
};

/* ---- counts of the listed ------------------------------------------------------------ */

static bool load_overview(struct row *row)
{
	row->group = &summary_of(row->view)->listed;
	return true;
}

GETTER(overview_previous)
{
	if (row->view->previous_year >= 0)
		cell_integer(cell, column->a ? row->view->previous_year : summary_of(row->view)->all.previous_listed);
}

static const struct column overview_columns[] = {
	PUBLIC_COUNT("listed", listed), PUBLIC_COUNT("listed_enterprises", listed_enterprises),
	PUBLIC_INTEGER("tracks", cell_held_tracks, 0), PUBLIC_COUNT("several_tracks", several_listed),
	PUBLIC_COUNT("cities", cities), PUBLIC_COUNT("new", movements[MOVEMENT_NEW]), PUBLIC_COUNT("up", movements[MOVEMENT_UP]),
	PUBLIC_COUNT("kept", movements[MOVEMENT_KEPT]), PUBLIC_COUNT("down", movements[MOVEMENT_DOWN]),
	PUBLIC_INTEGER("previous_year", overview_previous, 1), PUBLIC_INTEGER("previous_listed", overview_previous, 0),
};

static bool load_city(struct row *row)
{
	row->city = (int8_t)row->inner;
	row->group = &summary_of(row->view)->listed_city[row->inner];
	return true;
}

static const struct column city_columns[] = {
	CITY_COLUMNS, PUBLIC_TEXT("slug", cell_city_code, 0), PUBLIC_COUNT("listed", listed),
	PUBLIC_COUNT("listed_enterprises", listed_enterprises), PUBLIC_COUNT("new", movements[MOVEMENT_NEW]),
	PUBLIC_COUNT("up", movements[MOVEMENT_UP]),
};

static int32_t count_levels(struct view *view, int32_t track)
{
	return view->assessment->rules[track]->catalogue->level_count;
}

static bool load_level(struct row *row)
{
	row_set_track(row, row->outer);
	row->level = (int8_t)(row->inner + 1);
	row->group = &summary_of(row->view)->listed;
	return true;
}

GETTER(level_slug)
{
	(void)column;
	int size = snprintf(cell->small, sizeof cell->small, "%.*s-%d",
		TEXT_ARGS(track_id(&row->view->model->campaign, row->track)), row->level);
	cell->is_small = true;
	cell_text(cell, (struct text){ cell->small, (size_t)size });
}

GETTER(level_listed)
{
	(void)column;
	cell_integer(cell, row->group->at_level[row->track][row->level]);
}

GETTER(level_share)
{
	(void)column;
	cell_quotient(cell, row->group->at_level[row->track][row->level], row->group->by_track[row->track]);
}

GETTER(level_previous)
{
	(void)column;
	if (row->view->previous_year >= 0)
		cell_integer(cell, summary_of(row->view)->all.previous_at[row->track][row->level]);
}

static const struct column level_columns[] = {
	TRACK_COLUMNS, LEVEL_COLUMNS, PUBLIC_TEXT("name", cell_level_name, 0), PUBLIC_TEXT("slug", level_slug, 0),
	PUBLIC_INTEGER("listed", level_listed, 0), PUBLIC_REAL("share", level_share, 0, 0),
	PUBLIC_INTEGER("previous", level_previous, 0),
};

static int32_t count_industries(struct view *view, int32_t outer)
{
	(void)view, (void)outer;
	return INDUSTRIES;
}

static bool load_industry(struct row *row)
{
	row->group = &summary_of(row->view)->listed_industry[row->inner];
	return row->group->listed > 0;
}

GETTER(industry_code) { (void)column; cell_string(cell, industries[row->inner].code); }
GETTER(industry_name) { (void)column; cell_string(cell, industries[row->inner].name); }

GETTER(industry_slug)
{
	(void)column;
	int size = snprintf(cell->small, sizeof cell->small, "%s", industries[row->inner].code);
	cell->small[0] = (char)(cell->small[0] - 'A' + 'a');
	cell->is_small = true;
	cell_text(cell, (struct text){ cell->small, (size_t)size });
}

static const struct column industry_columns[] = {
	PUBLIC_TEXT("industry_code", industry_code, 0), PUBLIC_TEXT("industry", industry_name, 0),
	PUBLIC_TEXT("slug", industry_slug, 0), PUBLIC_COUNT("listed", listed),
};

/* 新达标 提升 保持 下降: what a list can say. */
static int32_t count_movements(struct view *view, int32_t outer)
{
	(void)view, (void)outer;
	return MOVEMENT_DOWN;
}

static bool load_movement(struct row *row)
{
	row->movement = (int8_t)(row->inner + MOVEMENT_NEW);
	row->group = &summary_of(row->view)->listed;
	return true;
}

GETTER(movement_listed) { (void)column; cell_integer(cell, row->group->movements[row->movement]); }

static const struct column movement_columns[] = {
	PUBLIC_TEXT("movement", cell_movement, 0), PUBLIC_INTEGER("ordinal", cell_inner_ordinal, 0),
	PUBLIC_INTEGER("listed", movement_listed, 0),
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
	row->level = (int8_t)(row->inner % levels + 1);
	row->group = &summary_of(row->view)->listed_city[row->city];
	return true;
}

static const struct column city_level_columns[] = {
	CITY_COLUMNS, PUBLIC_TEXT("track_code", cell_track_code, 0), LEVEL_COLUMNS, PUBLIC_INTEGER("listed", level_listed, 0),
};

/* ---- nominations ------------------------------------------------------------------------- */

static int32_t count_nominations(struct view *view, int32_t outer)
{
	(void)outer;
	return (int32_t)view->model->nomination_count;
}

/* Chosen ones; a case only of an enterprise that is listed.  Where a provider is at home is not public. */
static bool load_nomination(struct row *row)
{
	const struct nomination *nomination = &row->view->model->nominations[row->inner];
	if (nomination->verdict != VERDICT_CHOSEN)
		return false;
	row->records[ENTITY_NOMINATION] = nomination;
	if (nomination->award != AWARD_CASE)
		return true;
	row_set_enterprise(row, nomination->enterprise);
	return nomination->enterprise >= 0 && listed_tracks(row) != 0;
}

static const struct column nomination_columns[] = {
	FIELD("award", NOMINATION, nomination, award), FIELD("name", NOMINATION, nomination, name),
	FIELD("recommender", NOMINATION, nomination, recommender), FIELD("summary", NOMINATION, nomination, summary),
	FIELD("city", ENTERPRISE, enterprise, city),
};

#define PUBLIC(name, columns) name, IN_PUBLIC, COLUMNS_OF(columns)

const struct table tables_public[] = {
	{ PUBLIC("listed", listed_columns), .count = count_listed, .load = load_listed, .guess = 500,
	  .whole = WHOLE(ENTERPRISE) | WHOLE(PARTICIPATION) },
	{ PUBLIC("listed_enterprises", firm_columns), .count = count_firms, .load = load_firm, .guess = 500,
	  .whole = WHOLE(ENTERPRISE) },
	{ PUBLIC("enterprise_pages", page_columns), .count = count_pages, .load = load_page, .guess = 500,
	  .whole = WHOLE(ENTERPRISE) },
	{ PUBLIC("history", history_columns), .count = count_history, .load = load_history, .guess = 500,
	  .whole = WHOLE(EARLIER) },
	{ PUBLIC("overview", overview_columns), .load = load_overview },
	{ PUBLIC("city_summary", city_columns), .count = count_cities, .load = load_city, .guess = 13 },
	{ PUBLIC("level_summary", level_columns), OUTER_TRACK, count_levels, load_level, .guess = 5 },
	{ PUBLIC("industry_summary", industry_columns), .count = count_industries, .load = load_industry, .guess = INDUSTRIES },
	{ PUBLIC("movement_summary", movement_columns), .count = count_movements, .load = load_movement, .guess = 4 },
	{ PUBLIC("city_level", city_level_columns), OUTER_TRACK, count_city_levels, load_city_level, .guess = 60 },
	{ PUBLIC("nominations", nomination_columns), .count = count_nominations, .load = load_nomination, .guess = 20,
	  .whole = WHOLE(NOMINATION) },
	{ 0 },
};
