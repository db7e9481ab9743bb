/* SPDX-License-Identifier: MIT
 *
 * The other years of a site of several: what each of them published, and where it stands.
 */
#include "facts/columns.h"

#define GETTER(name) static void name(const struct row *row, const struct column *column, struct cell *cell)

static int32_t count_years(struct view *view, int32_t outer)
{
	(void)outer;
	return (int32_t)view->options->year_count;
}

static bool load_year(struct row *row)
{
	row->extra = &row->view->options->years[row->inner];
	return true;
}

static const struct facts_year *year_of(const struct row *row)
{
	return row->extra;
}

GETTER(year_year) { (void)column; cell_integer(cell, year_of(row)->year); }
GETTER(year_title) { (void)column; cell_text(cell, year_of(row)->title); }
GETTER(year_state) { (void)column; cell_word(cell, row->view, SET_STATE, year_of(row)->state); }
GETTER(year_date) { (void)column; cell_date(cell, year_of(row)->date); }
GETTER(year_listed) { (void)column; cell_integer(cell, year_of(row)->listed); }
GETTER(year_link) { (void)column; cell_text(cell, year_of(row)->link); }

GETTER(year_is_list_only) { (void)column; cell_integer(cell, year_of(row)->is_list_only); }

static const struct column year_columns[] = {
	PUBLIC_INTEGER("year", year_year, 0), PUBLIC_TEXT("title", year_title, 0), PUBLIC_TEXT("state", year_state, 0),
	PUBLIC_TEXT("date", year_date, 0), PUBLIC_INTEGER("listed", year_listed, 0), PUBLIC_TEXT("link", year_link, 0),
	PUBLIC_INTEGER("is_list_only", year_is_list_only, 0),
};

/* The versions of the years before the newest, whose own are in `versions`. */
static int32_t count_year_versions(struct view *view, int32_t outer)
{
	(void)outer;
	size_t count = 0;
	for (size_t i = 1; i < view->options->year_count; i++)
		count += view->options->years[i].version_count;
	return (int32_t)count;
}

static bool load_year_version(struct row *row)
{
	size_t version = (size_t)row->inner, year = 1;
	const struct facts_year *years = row->view->options->years;
	while (version >= years[year].version_count)
		version -= years[year++].version_count;
	row->extra = &years[year];
	row->ordinal = (int32_t)version + 1;
	return true;
}

static const struct facts_version *year_version_of(const struct row *row)
{
	return &year_of(row)->versions[row->ordinal - 1];
}

GETTER(year_version_date) { (void)column; cell_date(cell, year_version_of(row)->date); }
GETTER(year_version_state) { (void)column; cell_word(cell, row->view, SET_STATE, year_version_of(row)->state); }

GETTER(year_version_count)
{
	const struct facts_version *version = year_version_of(row);
	const int64_t counts[] = { version->listed, version->corrected, version->withdrawn };
	cell_integer(cell, counts[column->a]);
}

static const struct column year_version_columns[] = {
	PUBLIC_INTEGER("year", year_year, 0), PUBLIC_TEXT("link", year_link, 0), PUBLIC_INTEGER("ordinal", cell_ordinal, 0),
	PUBLIC_TEXT("date", year_version_date, 0), PUBLIC_TEXT("state", year_version_state, 0), PUBLIC_INTEGER("listed", year_version_count, 0),
	PUBLIC_INTEGER("corrected", year_version_count, 1), PUBLIC_INTEGER("withdrawn", year_version_count, 2),
};

static int32_t count_year_pages(struct view *view, int32_t outer)
{
	(void)outer;
	return (int32_t)view->options->page_path_count;
}

static bool load_year_page(struct row *row)
{
	row->extra = &row->view->options->page_paths[row->inner];
	return true;
}

GETTER(year_page_path) { (void)column; cell_text(cell, *(const struct text *)row->extra); }

static const struct column year_page_columns[] = { PUBLIC_TEXT("path", year_page_path, 0) };

#define PUBLIC(name, columns) name, IN_PUBLIC, COLUMNS_OF(columns)

const struct table tables_years[] = {
	{ PUBLIC("years", year_columns), .count = count_years, .load = load_year, .guess = 3 },
	{ PUBLIC("year_versions", year_version_columns), .count = count_year_versions, .load = load_year_version, .guess = 6 },
	{ PUBLIC("year_pages", year_page_columns), .count = count_year_pages, .load = load_year_page, .guess = 2000 },
	{ 0 },
};
