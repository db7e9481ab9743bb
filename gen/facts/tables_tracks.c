/* SPDX-License-Identifier: MIT
 *
 * One row per group and track: what texts loop over, however many tracks there are.  In scope
 * public from the list alone, but for participation_track: who took part, of the whole province
 * and rounded, is all that the public is told of more than the listed.
 */
#include "base/arena.h"
#include "facts/coded.h"
#include "facts/columns.h"
#include "facts/number.h"
#include "facts/view.h"

#define GETTER(name) static void name(const struct row *row, const struct column *column, struct cell *cell)

static int track_count(const struct view *view)
{
	return view->model->campaign.track_count;
}

void cell_held_tracks(const struct row *row, const struct column *column, struct cell *cell)
{
	(void)column;
	cell_integer(cell, track_count(row->view));
}

void cell_mean_level(struct cell *cell, const struct group *group, int track)
{
	int64_t sum = 0, count = 0;
	for (int level = 0; level <= LEVELS_MOST; level++) {
		sum += level * group->at_level[track][level];
		count += group->at_level[track][level];
	}
	cell_quotient(cell, sum, count);
}

/* The group that a row's inner index stands for, which is also its place among the rows: group × tracks + track. */
static int group_of(const struct row *row)
{
	return row->inner / track_count(row->view);
}

static bool set_group(struct row *row, const struct group *groups)
{
	row_set_track(row, row->inner % track_count(row->view));
	row->group = &groups[row->inner];
	return true;
}

static int32_t city_count(const struct view *view)
{
	return view->model->prefectures.count;
}

/* `most` may speak of the view. */
#define GROUP_ROWS(name, most)                                               \
	static int32_t count_##name(struct view *view, int32_t outer)        \
	{                                                                    \
		(void)outer;                                                 \
		return (most) * track_count(view);                           \
	}
GROUP_ROWS(city, city_count(view))
GROUP_ROWS(industry, INDUSTRIES + 1)
GROUP_ROWS(known_industry, INDUSTRIES)
GROUP_ROWS(size, SIZES + 1)
GROUP_ROWS(origin, ORIGINS + 1)
GROUP_ROWS(grade, GRADES + 1)

/* ---- keys ------------------------------------------------------------------------- */

GETTER(industry_code)
{
	(void)column;
	if (group_of(row) < INDUSTRIES)
		cell_string(cell, industries[group_of(row)].code);
}

GETTER(industry_name)
{
	(void)column;
	if (group_of(row) < INDUSTRIES)
		cell_string(cell, industries[group_of(row)].name);
}

GETTER(industry_slug)
{
	(void)column;
	const char *code = industries[group_of(row)].code;
	size_t size = strlen(code);
	memcpy(cell->small, code, size);
	cell->small[0] = (char)(cell->small[0] - 'A' + 'a');
	cell->is_small = true;
	cell_text(cell, (struct text){ cell->small, size });
}

GETTER(kind_code)
{
	if (group_of(row) < choice_count((enum choice_set)column->a))
		cell_text(cell, row->view->codes[column->a][group_of(row)]);
}

GETTER(kind_word) { cell_word(cell, row->view, (enum choice_set)column->a, group_of(row)); }
GETTER(mean_level) { (void)column; cell_mean_level(cell, row->group, row->track); }

/* ---- scope province ------------------------------------------------------------------ */

#define TRACK_COUNTS \
	TRACK_COLUMNS, COUNT("participants", participants), COUNT("finished", finished), \
	COUNT("unfinished", unfinished), COUNT("listed", listed), \
	COUNT("not_reached", not_reached), RATIO("reached_rate", listed, participants), COUNT("met", met), \
	COUNT("applicable", applicable), \
	RATIO("rate", met, applicable), REAL_COLUMN("mean_level", mean_level, 0, 0), \
	COUNT("new", movements[MOVEMENT_NEW]), \
	COUNT("up", movements[MOVEMENT_UP]), COUNT("kept", movements[MOVEMENT_KEPT]), \
	COUNT("down", movements[MOVEMENT_DOWN])
#define KIND_COLUMNS(set) TEXT_COLUMN("code", kind_code, set), TEXT_COLUMN("word", kind_word, set), TRACK_COUNTS

static const struct column city_columns[] = { CITY_COLUMNS, TRACK_COUNTS };
static const struct column industry_columns[] = {
	TEXT_COLUMN("industry_code", industry_code, 0), TEXT_COLUMN("industry", industry_name, 0), TRACK_COUNTS,
};
static const struct column size_columns[] = { KIND_COLUMNS(SET_SIZE) };
static const struct column origin_columns[] = { KIND_COLUMNS(SET_ORIGIN) };
static const struct column grade_columns[] = { KIND_COLUMNS(SET_GRADE) };

static bool load_city(struct row *row)
{
	row->city = (int8_t)group_of(row);
	return set_group(row, summary_of(row->view)->city_track);
}

/* Kinds that nobody is of have no rows. */
#define KIND_LOAD(kind)                                                                  \
	static bool load_##kind(struct row *row)                                         \
	{                                                                                \
		const struct summary *summary = summary_of(row->view);                   \
		return set_group(row, summary->kind##_track) && summary->by_##kind[group_of(row)].participants > 0; \
	}
KIND_LOAD(industry)
KIND_LOAD(size)
KIND_LOAD(origin)
KIND_LOAD(grade)

/* ---- those whom an agency advised ------------------------------------------------------- */

/* The finished participations of one track; sums over those that have the number, in their order. */
struct guided {
	int64_t finished, reached, rated, led;
	double rates, leads;
};

static void add_number(const struct row *row, cell_getter *get, int64_t *count, double *sum)
{
	struct cell cell = { .kind = VALUE_NULL };
	get(row, NULL, &cell);
	if (cell.kind != VALUE_REAL)
		return;
	(*count)++;
	*sum += cell.real;
}

static void add_guided(struct guided *guided, const struct row *row)
{
	guided->finished++;
	guided->reached += row->decision->outcome == OUTCOME_REACHED;
	add_number(row, cell_rate, &guided->rated, &guided->rates);
	add_number(row, cell_self_lead, &guided->led, &guided->leads);
}

/* By track and agency. */
static const struct guided *guided_of(struct view *view)
{
	const struct model *model = view->model;
	if (view->guided)
		return view->guided;
	const size_t count = (size_t)track_count(view) * model->agency_count;
	struct guided *guided = ARENA_ARRAY(view->arena, struct guided, count + 1);
	for (size_t i = 0; i < model->participation_count; i++) {
		const struct participation *participation = &model->participations[i];
		const int32_t agency = model->enterprises[participation->enterprise].consultant;
		struct row row;
		if (agency < 0 || view->assessment->decisions[i].outcome == OUTCOME_UNFINISHED)
			continue;
		row_begin(&row, view, (int32_t)i, 0);
		(void)load_participation(&row);
		add_guided(&guided[(size_t)participation->track * model->agency_count + (size_t)agency], &row);
	}
	return view->guided = guided;
}

static int32_t count_consultants(struct view *view, int32_t outer)
{
	(void)outer;
	return (int32_t)view->model->agency_count;
}

static bool load_consultant(struct row *row)
{
	const struct model *model = row->view->model;
	const size_t at = (size_t)row->outer * model->agency_count + (size_t)row->inner;
	const struct guided *guided = &guided_of(row->view)[at];
	row_set_track(row, row->outer);
	row->records[ENTITY_AGENCY] = &model->agencies[row->inner];
	row->extra = guided;
	return guided->finished > 0;
}

static const struct guided *counted(const struct row *row)
{
	return row->extra;
}

static void cell_mean(struct cell *cell, double sum, int64_t count)
{
	if (count)
		cell_real(cell, sum / (double)count);
}

GETTER(guided_finished) { (void)column; cell_integer(cell, counted(row)->finished); }
GETTER(guided_reached) { (void)column; cell_integer(cell, counted(row)->reached); }
GETTER(guided_rated) { (void)column; cell_integer(cell, counted(row)->rated); }
GETTER(guided_rate) { (void)column; cell_mean(cell, counted(row)->rates, counted(row)->rated); }
GETTER(guided_lead) { (void)column; cell_mean(cell, counted(row)->leads, counted(row)->led); }

static const struct column consultant_columns[] = {
	FIELD("consultant_code", AGENCY, agency, code), FIELD("consultant", AGENCY, agency, name), TRACK_COLUMNS,
	INTEGER_COLUMN("finished", guided_finished, 0), INTEGER_COLUMN("reached", guided_reached, 0),
	INTEGER_COLUMN("rated", guided_rated, 0), REAL_COLUMN("mean_rate", guided_rate, 0, 0),
	REAL_COLUMN("mean_lead", guided_lead, 0, 0),
};

/* ---- scope public ---------------------------------------------------------------------- */

#define LISTED_COUNTS \
	TRACK_COLUMNS, PUBLIC_COUNT("listed", listed), PUBLIC_COUNT("new", movements[MOVEMENT_NEW]), \
	PUBLIC_COUNT("up", movements[MOVEMENT_UP]), \
	PUBLIC_COUNT("kept", movements[MOVEMENT_KEPT]), PUBLIC_COUNT("down", movements[MOVEMENT_DOWN])

static const struct column listed_city_columns[] = { CITY_COLUMNS, PUBLIC_TEXT("slug", cell_city_code, 0),
	LISTED_COUNTS };
static const struct column listed_industry_columns[] = {
	PUBLIC_TEXT("industry_code", industry_code, 0), PUBLIC_TEXT("industry", industry_name, 0),
	PUBLIC_TEXT("slug", industry_slug, 0), LISTED_COUNTS,
};

static bool load_listed_city(struct row *row)
{
	row->city = (int8_t)group_of(row);
	return set_group(row, summary_of(row->view)->listed_city_track);
}

static bool load_listed_industry(struct row *row)
{
	const struct summary *summary = summary_of(row->view);
	return set_group(row, summary->listed_industry_track) && summary->listed_industry[group_of(row)].listed > 0;
}

static bool load_participants(struct row *row)
{
	row_set_track(row, row->outer);
	return !row->view->options->is_list_only;
}

GETTER(participants_about)
{
	(void)column;
	cell_integer(cell, number_round(summary_of(row->view)->all.by_track[row->track],
					row->view->model->campaign.publication.rounding));
}

static const struct column participation_columns[] = {
	TRACK_COLUMNS, PUBLIC_INTEGER("participants_about", participants_about, 0),
};

const struct table tables_tracks[] = {
	{ "city_track", IN_PROVINCE, COLUMNS_OF(city_columns), .count = count_city, .load = load_city, .guess = 30 },
	{ "industry_track", IN_PROVINCE, COLUMNS_OF(industry_columns), .count = count_industry,
		.load = load_industry, .guess = 60 },
	{ "size_track", IN_PROVINCE, COLUMNS_OF(size_columns), .count = count_size, .load = load_size, .guess = 10 },
	{ "origin_track", IN_PROVINCE, COLUMNS_OF(origin_columns), .count = count_origin, .load = load_origin,
		.guess = 8 },
	{ "grade_track", IN_PROVINCE, COLUMNS_OF(grade_columns), .count = count_grade, .load = load_grade, .guess = 8 },
	{ "consultant_track", IN_PROVINCE, COLUMNS_OF(consultant_columns), .outer = OUTER_TRACK,
		.count = count_consultants, .load = load_consultant, .guess = 30 },
	{ "city_track", IN_PUBLIC, COLUMNS_OF(listed_city_columns), .count = count_city, .load = load_listed_city,
		.guess = 30 },
	{ "industry_track", IN_PUBLIC, COLUMNS_OF(listed_industry_columns), .count = count_known_industry,
		.load = load_listed_industry, .guess = 60 },
	{ "participation_track", IN_PUBLIC, COLUMNS_OF(participation_columns), .outer = OUTER_TRACK,
		.load = load_participants },
	{ 0 },
};
