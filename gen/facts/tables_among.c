/* SPDX-License-Identifier: MIT
 *
 * One among the others, who stay unnamed: the place of a city among the cities, and how often the looks of an
 * agency contradict the look before them, beside those of all others.
 *
 * What is told of the others is one number over all of them, and only where there are thresholds.others_least of them.
 */
#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "facts/columns.h"
#include "facts/measures.h"
#include "facts/view.h"
#include "model/looks.h"

#define GETTER(name) static void name(const struct row *row, const struct column *column, struct cell *cell)

/* ---- cities ------------------------------------------------------------------------------------ */

struct standing {
	int64_t cities, better, same; /* comparable ones, this one too; of the others above it, beside it */
	double median;                /* of the others */
};

/* False where it is not told. */
static bool find_place(struct view *view, int32_t city, int measure, struct standing *place)
{
	const struct thresholds *thresholds = &view->model->campaign.thresholds;
	const struct summary *summary = summary_of(view);
	size_t count = (size_t)view->model->prefectures.count, others = 0;
	struct quotient own = measure_quotient(&summary->by_city[city], measure);
	struct quotient *at = ARENA_ARRAY(view->arena, struct quotient, count);
	*place = (struct standing){ .cities = 1 };
	for (size_t i = 0; i < count; i++) {
		struct quotient other = measure_quotient(&summary->by_city[i], measure);
		if ((int32_t)i == city ||
		    !measure_is_comparable(&summary->by_city[i], measure, thresholds->compare_least))
			continue;
		at[others++] = other;
		place->cities++;
		place->better += quotient_compare(&other, &own) > 0;
		place->same += quotient_compare(&other, &own) == 0;
	}
	if ((int64_t)others < thresholds->others_least ||
	    !measure_is_comparable(&summary->by_city[city], measure, thresholds->compare_least))
		return false;
	qsort(at, others, sizeof *at, quotient_compare);
	place->median = quotient_median(at, others);
	return true;
}

static int32_t count_places(struct view *view, int32_t outer)
{
	(void)outer;
	return view->model->prefectures.count * MEASURES_PLACED;
}

/* A city sees its own place and nobody else's. */
static bool load_place(struct row *row)
{
	struct view *view = row->view;
	row->city = (int8_t)(row->inner / MEASURES_PLACED);
	if (view->options->scope != SCOPE_PROVINCE && view->own_city != row->city)
		return false;
	struct standing *place = ARENA_NEW(view->arena, struct standing);
	row->group = &summary_of(view)->by_city[row->city];
	row->extra = find_place(view, row->city, row->inner % MEASURES_PLACED, place) ? place : NULL;
	return true;
}

GETTER(place_measure)
{
	const struct measure *measure = &measures[row->inner % MEASURES_PLACED];
	cell_string(cell, column->a ? measure->word : measure->code);
}

GETTER(place_ordinal) { (void)column; cell_integer(cell, row->inner % MEASURES_PLACED + 1); }

GETTER(place_value)
{
	(void)column;
	struct quotient quotient = measure_quotient(row->group, row->inner % MEASURES_PLACED);
	cell_quotient(cell, quotient.numerator, quotient.denominator);
}

GETTER(place_number)
{
	const struct standing *place = row->extra;
	if (place) {
		const int64_t numbers[] = { place->better + 1, place->same, place->cities };
		cell_integer(cell, numbers[column->a]);
	}
}

GETTER(place_median)
{
	(void)column;
	if (row->extra)
		cell_real(cell, ((const struct standing *)row->extra)->median);
}

static const struct column place_columns[] = {
	PUBLIC_TEXT("city_code", cell_city_code, 0), PUBLIC_TEXT("city", cell_city, 0),
	TEXT_COLUMN("measure_code", place_measure, 0), TEXT_COLUMN("measure", place_measure, 1),
	INTEGER_COLUMN("ordinal", place_ordinal, 0), REAL_COLUMN("value", place_value, 0, 0),
	INTEGER_COLUMN("place", place_number, 0), INTEGER_COLUMN("same", place_number, 1),
	INTEGER_COLUMN("cities", place_number, 2), REAL_COLUMN("median", place_median, 0, 0),
};

/* ---- agencies ------------------------------------------------------------------------------------ */

/* Of each look; by agency, and behind the last the sum of all that have some. */
static const struct look_count *looks_of(struct view *view)
{
	const struct model *model = view->model;
	size_t width = model->agency_count + 1;
	if (view->looks)
		return view->looks;
	struct look_count *counts = view->looks = ARENA_ARRAY(view->arena, struct look_count, width * LOOKS);
	for (int look = 0; look < LOOKS; look++)
		for (size_t i = 0; i < model->participation_count; i++) {
			const struct participation *row = &model->participations[i];
			if (row->checker < 0)
				continue;
			looks_count(model, row, look, &counts[(size_t)look * width + (size_t)row->checker]);
			looks_count(model, row, look, &counts[(size_t)look * width + width - 1]);
		}
	return counts;
}

struct look_row {
	struct look_count own, others;
	int64_t other_agencies; /* that have any */
};

static int32_t count_looks(struct view *view, int32_t outer)
{
	(void)outer;
	return (int32_t)view->model->agency_count * LOOKS;
}

/* A city sees of an agency what it does for its own firms; this is of all that the agency checked. */
static bool load_look(struct row *row)
{
	struct view *view = row->view;
	if (view->options->scope == SCOPE_CITY)
		return false;
	const struct model *model = view->model;
	size_t width = model->agency_count + 1;
	size_t agency = (size_t)(row->inner / LOOKS), look = (size_t)(row->inner % LOOKS);
	const struct look_count *counts = &looks_of(view)[look * width];
	struct look_row *found = ARENA_NEW(view->arena, struct look_row);
	const struct look_count *own = &counts[agency], *all = &counts[width - 1];
	*found = (struct look_row){
		*own, { all->items - own->items, all->contradicted - own->contradicted, all->firms - own->firms }, 0 };
	for (size_t i = 0; i < model->agency_count; i++)
		found->other_agencies += i != agency && counts[i].items > 0;
	row->agency = (int32_t)agency;
	row->records[ENTITY_AGENCY] = &model->agencies[agency];
	row->extra = found;
	return true;
}

/* Wilson's interval for 95 of 100: the share that lies behind `hits` of `trials`.  NULL of nothing. */
static void wilson(struct cell *cell, const struct look_count *count, int sign)
{
	static const double z = 1.959963984540054;
	double n = (double)count->items, p = n > 0 ? (double)count->contradicted / n : 0;
	if (count->items <= 0)
		return;
	double middle = p + z * z / (2 * n), half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n));
	double bound = (middle + sign * half) / (1 + z * z / n);
	if (bound < 0 || (sign < 0 && count->contradicted == 0))
		bound = 0;
	cell_real(cell, bound > 1 ? 1 : bound);
}

GETTER(look_round)
{
	const struct look *look = &looks[row->inner % LOOKS];
	cell_word(cell, row->view, SET_ROUND, column->a ? look->after : look->before);
}

GETTER(look_ordinal) { (void)column; cell_integer(cell, row->inner % LOOKS + 1); }

/* a: offset in struct look_count. */
GETTER(look_number)
{
	const struct look_row *found = row->extra;
	cell_integer(cell, *(const int64_t *)(const void *)((const char *)&found->own + column->a));
}

GETTER(look_is_enough)
{
	(void)column;
	const struct look_row *found = row->extra;
	const struct thresholds *thresholds = &row->view->model->campaign.thresholds;
	bool is_enough = found->own.items >= thresholds->looks_items && found->own.firms >= thresholds->looks_firms;
	cell_integer(cell, is_enough);
}

GETTER(look_share)
{
	(void)column;
	const struct look_row *found = row->extra;
	cell_quotient(cell, found->own.contradicted, found->own.items);
}

GETTER(look_bound) { wilson(cell, &((const struct look_row *)row->extra)->own, column->a); }

/* One other agency alone would be known by it. */
GETTER(look_others)
{
	(void)column;
	const struct look_row *found = row->extra;
	if (found->other_agencies > 1 && found->others.firms >= row->view->model->campaign.thresholds.others_least)
		cell_quotient(cell, found->others.contradicted, found->others.items);
}

static const struct column look_columns[] = {
	FIELD("agency_code", AGENCY, agency, code), FIELD("agency", AGENCY, agency, name),
	TEXT_COLUMN("before", look_round, 0), TEXT_COLUMN("after", look_round, 1),
	INTEGER_COLUMN("ordinal", look_ordinal, 0),
	INTEGER_COLUMN("firms", look_number, (int)offsetof(struct look_count, firms)),
	INTEGER_COLUMN("items", look_number, (int)offsetof(struct look_count, items)),
	INTEGER_COLUMN("contradicted", look_number, (int)offsetof(struct look_count, contradicted)),
	INTEGER_COLUMN("is_enough", look_is_enough, 0), REAL_COLUMN("share", look_share, 0, 0),
	REAL_COLUMN("low", look_bound, -1, 0),
	REAL_COLUMN("high", look_bound, 1, 0), REAL_COLUMN("others_share", look_others, 0, 0),
};

const struct table tables_among[] = {
	{ "places", IN_BOTH | IN_PROVINCE, COLUMNS_OF(place_columns), .count = count_places, .load = load_place,
	  .guess = 13 * MEASURES_PLACED, .about = ABOUT_NOBODY },
	{ "looks", IN_BOTH | IN_PROVINCE, COLUMNS_OF(look_columns), .count = count_looks, .load = load_look,
	  .guess = 60, .about = ABOUT_AGENCY },
	{ 0 },
};
