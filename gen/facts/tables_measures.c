/* SPDX-License-Identifier: MIT
 *
 * Measures compared (facts/measures.h) as tables: `measures`, a group a row, and `extremes`, what is said of
 * the best and the worst of each ladder.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "facts/columns.h"
#include "facts/measures.h"
#include "facts/view.h"

#define GETTER(name) static void name(const struct row *row, const struct column *column, struct cell *cell)

static const struct measured *measured_of(const struct row *row)
{
	return row->extra;
}

static const struct ladder *ladder_of(const struct row *row)
{
	return &measures_all(row->view)->ladders[row->ordinal];
}

/* ---- what both have ---------------------------------------------------------------------- */

GETTER(ladder_measure)
{
	const struct measure *measure = &measures[ladder_of(row)->measure];
	cell_string(cell, column->a ? measure->word : measure->code);
}

GETTER(ladder_track)
{
	(void)column;
	int track = ladder_of(row)->track;
	if (track >= 0)
		cell_text(cell, row->view->model->campaign.tracks[track].id);
}

GETTER(ladder_kind) { (void)column; cell_string(cell, ladder_kinds[ladder_of(row)->kind].code); }
GETTER(ladder_compared) { (void)column; cell_integer(cell, ladder_of(row)->compared); }

GETTER(ladder_median)
{
	(void)column;
	if (ladder_of(row)->compared)
		cell_real(cell, ladder_of(row)->median);
}

#define LADDER_COLUMNS \
	TEXT_COLUMN("measure_code", ladder_measure, 0), TEXT_COLUMN("measure", ladder_measure, 1), \
	TEXT_COLUMN("track_code", ladder_track, 0), TEXT_COLUMN("kind", ladder_kind, 0)

/* ---- measures ------------------------------------------------------------------------------ */

static int32_t count_measures(struct view *view, int32_t outer)
{
	(void)outer;
	return measures_all(view)->row_count;
}

static bool load_measure(struct row *row)
{
	const struct measured *measured = &measures_all(row->view)->rows[row->inner];
	row->extra = measured;
	row->ordinal = measured->ladder;
	return true;
}

GETTER(measured_code) { (void)column; cell_text(cell, measured_of(row)->code); }
GETTER(measured_name) { (void)column; cell_text(cell, measured_of(row)->name); }
GETTER(measured_ordinal) { (void)column; cell_integer(cell, measured_of(row)->ordinal); }
GETTER(measured_base) { (void)column; cell_integer(cell, measured_of(row)->base); }

GETTER(measured_value)
{
	(void)column;
	struct quotient quotient = measured_of(row)->quotient;
	if (quotient.numerator >= 0)
		cell_quotient(cell, quotient.numerator, quotient.denominator);
}

GETTER(measured_is_small)
{
	(void)column;
	struct quotient quotient = measured_of(row)->quotient;
	cell_integer(cell, quotient.denominator > 0 && quotient.numerator >= 0 && !measured_of(row)->is_compared);
}

enum { PLACE_BEST, PLACE_WORST, PLACE_SAME };

GETTER(measured_place)
{
	const struct measured *measured = measured_of(row);
	const int64_t numbers[] = { measured->better + 1, measured->worse + 1, measured->same };
	if (measured->is_compared)
		cell_integer(cell, numbers[column->a]);
}

/* Where all are alike nobody is the best. */
GETTER(measured_is_end)
{
	const struct measured *measured = measured_of(row);
	bool differs = measured->better + measured->worse > 0;
	bool is_end = column->a == PLACE_BEST ? measured->better == 0 : measured->worse == 0;
	cell_integer(cell, measured->is_compared && differs && is_end);
}

/* ---- the year before ---------------------------------------------------------------------- */

static const struct measured_before *before_of(const struct row *row)
{
	return &measured_of(row)->before;
}

static bool is_known_before(const struct row *row)
{
	return before_of(row)->quotient.denominator > 0 && before_of(row)->quotient.numerator >= 0;
}

GETTER(before_year)
{
	(void)column;
	if (is_known_before(row))
		cell_integer(cell, before_of(row)->year);
}

GETTER(before_value)
{
	(void)column;
	if (is_known_before(row))
		cell_quotient(cell, before_of(row)->quotient.numerator, before_of(row)->quotient.denominator);
}

GETTER(before_ruler)
{
	(void)column;
	if (is_known_before(row) && before_of(row)->ruler >= 0)
		cell_integer(cell, before_of(row)->ruler);
}

/* Nothing rises or falls where the ruler is another one, or may be. */
GETTER(before_trend)
{
	(void)column;
	struct quotient now = measured_of(row)->quotient;
	if (!is_known_before(row) || before_of(row)->ruler != 0 || now.denominator <= 0 || now.numerator < 0)
		return;
	int order = quotient_compare(&now, &before_of(row)->quotient);
	static const char *const words[] = { "falls", "same", "rises" };
	cell_string(cell, words[(order > 0) - (order < 0) + 1]);
}

static const struct column measure_columns[] = {
	LADDER_COLUMNS, TEXT_COLUMN("code", measured_code, 0), TEXT_COLUMN("name", measured_name, 0),
	INTEGER_COLUMN("ordinal", measured_ordinal, 0), REAL_COLUMN("value", measured_value, 0, 0),
	INTEGER_COLUMN("base", measured_base, 0), INTEGER_COLUMN("is_small", measured_is_small, 0),
	INTEGER_COLUMN("place", measured_place, PLACE_BEST),
	INTEGER_COLUMN("place_from_below", measured_place, PLACE_WORST),
	INTEGER_COLUMN("same", measured_place, PLACE_SAME), INTEGER_COLUMN("compared", ladder_compared, 0),
	REAL_COLUMN("median", ladder_median, 0, 0), INTEGER_COLUMN("is_best", measured_is_end, PLACE_BEST),
	INTEGER_COLUMN("is_worst", measured_is_end, PLACE_WORST), INTEGER_COLUMN("year_before", before_year, 0),
	REAL_COLUMN("before", before_value, 0, 0), INTEGER_COLUMN("ruler_changed", before_ruler, 0),
	TEXT_COLUMN("trend", before_trend, 0),
};

/* ---- extremes ------------------------------------------------------------------------------ */

static int32_t count_ladders(struct view *view, int32_t outer)
{
	(void)outer;
	return measures_all(view)->ladder_count;
}

static bool load_ladder(struct row *row)
{
	row->ordinal = row->inner;
	return true;
}

/* The first in natural order of those that share the best or the worst place; NULL: nobody is compared. */
static const struct measured *end_of(const struct row *row, int end)
{
	const struct ladder *ladder = ladder_of(row);
	const struct measured *rows = measures_all(row->view)->rows + ladder->first;
	for (int32_t i = 0; i < ladder->count; i++)
		if (rows[i].is_compared && (end == PLACE_BEST ? rows[i].better : rows[i].worse) == 0)
			return &rows[i];
	return NULL;
}

GETTER(end_value)
{
	const struct measured *end = end_of(row, column->a);
	if (end)
		cell_quotient(cell, end->quotient.numerator, end->quotient.denominator);
}

GETTER(end_count) { cell_integer(cell, column->a == PLACE_BEST ? ladder_of(row)->best : ladder_of(row)->worst); }

/* Of those that share a place; more than are to be named are “南京市等5个设区市”. */
GETTER(end_names)
{
	const struct ladder *ladder = ladder_of(row);
	const struct measured *rows = measures_all(row->view)->rows + ladder->first;
	int32_t count = column->a == PLACE_BEST ? ladder->best : ladder->worst, named = 0;
	bool are_many = count > row->view->model->campaign.thresholds.named_most;
	struct buf names;
	buf_init(&names, (size_t)1 << 16);
	for (int32_t i = 0; i < ladder->count && named < (are_many ? 1 : count); i++) {
		if (!rows[i].is_compared || (column->a == PLACE_BEST ? rows[i].better : rows[i].worse))
			continue;
		buf_string(&names, named++ ? "、" : "");
		buf_text(&names, rows[i].name);
	}
	if (are_many)
		buf_format(&names, "等%d%s", (int)count, ladder_kinds[ladder->kind].counter);
	if (names.size)
		cell_text(cell, text_copy(row->view->arena, buf_view(&names)));
	buf_clear(&names);
}

GETTER(ladder_small) { (void)column; cell_integer(cell, ladder_of(row)->small); }

GETTER(ladder_least)
{
	(void)column;
	cell_integer(cell, row->view->model->campaign.thresholds.compare_least);
}

GETTER(ladder_differs)
{
	(void)column;
	const struct measured *best = end_of(row, PLACE_BEST);
	cell_integer(cell, best && best->worse > 0);
}

static const struct column ladder_columns[] = {
	LADDER_COLUMNS, INTEGER_COLUMN("compared", ladder_compared, 0), INTEGER_COLUMN("small", ladder_small, 0),
	INTEGER_COLUMN("least", ladder_least, 0), INTEGER_COLUMN("differs", ladder_differs, 0),
	REAL_COLUMN("median", ladder_median, 0, 0), TEXT_COLUMN("best", end_names, PLACE_BEST),
	INTEGER_COLUMN("best_count", end_count, PLACE_BEST), REAL_COLUMN("best_value", end_value, PLACE_BEST, 0),
	TEXT_COLUMN("worst", end_names, PLACE_WORST), INTEGER_COLUMN("worst_count", end_count, PLACE_WORST),
	REAL_COLUMN("worst_value", end_value, PLACE_WORST, 0),
};

const struct table tables_measures[] = {
	{ "measures", IN_PROVINCE, COLUMNS_OF(measure_columns), .count = count_measures,
	  .load = load_measure, .guess = 400 },
	{ "extremes", IN_PROVINCE, COLUMNS_OF(ladder_columns), .count = count_ladders,
	  .load = load_ladder, .guess = 30 },
	{ 0 },
};
