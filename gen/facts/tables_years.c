/* SPDX-License-Identifier: MIT
 *
 * The other years: the newest list, for the pages of one that it has followed; the way up from a
 * year; for the root over the years what each of them published, and where it stands.
 */
#include "facts/columns.h"
#include "facts/listing.h"
#include "facts/over_years.h"

#include <stdio.h>

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
GETTER(year_enterprises) { (void)column; cell_integer(cell, year_of(row)->enterprises); }
GETTER(year_link) { (void)column; cell_text(cell, year_of(row)->link); }

GETTER(year_is_list_only) { (void)column; cell_integer(cell, year_of(row)->is_list_only); }

static const struct column year_columns[] = {
	PUBLIC_INTEGER("year", year_year, 0), PUBLIC_TEXT("title", year_title, 0), PUBLIC_TEXT("state", year_state, 0),
	PUBLIC_TEXT("date", year_date, 0), PUBLIC_INTEGER("listed", year_listed, 0), PUBLIC_TEXT("link", year_link, 0),
	PUBLIC_INTEGER("is_list_only", year_is_list_only, 0), PUBLIC_INTEGER("enterprises", year_enterprises, 0),
};

/* The versions of all years. */
static int32_t count_year_versions(struct view *view, int32_t outer)
{
	(void)outer;
	size_t count = 0;
	for (size_t i = 0; i < view->options->year_count; i++)
		count += view->options->years[i].version_count;
	return (int32_t)count;
}

static bool load_year_version(struct row *row)
{
	size_t version = (size_t)row->inner, year = 0;
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

/* ---- enterprises over the years -------------------------------------------------------- */

static int32_t count_over_firms(struct view *view, int32_t outer)
{
	(void)outer;
	return over_years_of(view)->firm_count;
}

static bool load_over_firm(struct row *row)
{
	const struct over_firm *firm = &over_years_of(row->view)->firms[row->inner];
	row->extra = firm;
	row->city = (int8_t)(firm->city < row->view->model->prefectures.count ? firm->city : -1);
	return true;
}

static const struct over_firm *firm_of(const struct row *row)
{
	return row->extra;
}

GETTER(firm_slug) { (void)column; cell_text(cell, firm_of(row)->slug); }
GETTER(firm_name) { (void)column; cell_text(cell, firm_of(row)->last->name); }
GETTER(firm_city) { (void)column; cell_text(cell, firm_of(row)->last->city); }
GETTER(firm_is_listed) { (void)column; cell_integer(cell, firm_of(row)->is_listed); }
GETTER(firm_year) { cell_integer(cell, column->a ? firm_of(row)->last_year : firm_of(row)->first_year); }

static void set_link(struct cell *cell, const char *folders, struct text address)
{
	int size = snprintf(cell->small, sizeof cell->small, "%s%.*s", folders, TEXT_ARGS(address));
	cell->is_small = true;
	cell_text(cell, (struct text){ cell->small, size < (int)sizeof cell->small ? (size_t)size : 0 });
}

GETTER(firm_link)
{
	char address[48];
	(void)column;
	int size = snprintf(address, sizeof address, "%.*s/", TEXT_ARGS(firm_of(row)->slug));
	set_link(cell, "enterprises/", (struct text){ address, (size_t)size });
}

static const struct column over_firm_columns[] = {
	PUBLIC_INTEGER("ordinal", cell_inner_ordinal, 0), PUBLIC_TEXT("slug", firm_slug, 0),
	PUBLIC_TEXT("name", firm_name, 0), PUBLIC_TEXT("city_code", cell_city_code, 0),
	PUBLIC_TEXT("city", firm_city, 0), PUBLIC_INTEGER("first_year", firm_year, 0),
	PUBLIC_INTEGER("last_year", firm_year, 1), PUBLIC_INTEGER("is_listed", firm_is_listed, 0),
	PUBLIC_TEXT("link", firm_link, 0),
};

static int32_t count_over_entries(struct view *view, int32_t outer)
{
	(void)outer;
	return over_years_of(view)->entry_count;
}

static bool load_over_entry(struct row *row)
{
	row->extra = &over_years_of(row->view)->entries[row->inner];
	return true;
}

static const struct over_entry *entry_of(const struct row *row)
{
	return row->extra;
}

enum entry_text { ENTRY_NAME, ENTRY_CITY, ENTRY_TRACK_CODE, ENTRY_TRACK, ENTRY_LABEL, ENTRY_STATUS, ENTRY_FIRST };

GETTER(entry_text)
{
	const struct facts_entry *entry = entry_of(row)->entry;
	const struct text texts[] = {
		[ENTRY_NAME] = entry->name, [ENTRY_CITY] = entry->city, [ENTRY_TRACK_CODE] = entry->track_code,
		[ENTRY_TRACK] = entry->track, [ENTRY_LABEL] = entry->label, [ENTRY_STATUS] = entry->status,
		[ENTRY_FIRST] = entry->first,
	};
	cell_text(cell, texts[column->a]);
}

GETTER(entry_slug)
{
	(void)column;
	cell_text(cell, over_years_of(row->view)->firms[entry_of(row)->firm].slug);
}

GETTER(entry_year) { (void)column; cell_integer(cell, entry_of(row)->year->year); }
GETTER(entry_level) { (void)column; cell_integer(cell, entry_of(row)->entry->level); }
GETTER(entry_is_withdrawn) { (void)column; cell_integer(cell, entry_of(row)->entry->is_withdrawn); }

GETTER(entry_link)
{
	(void)column;
	set_link(cell, entry_of(row)->year->link.at, entry_of(row)->entry->address);
}

static const struct column over_entry_columns[] = {
	PUBLIC_INTEGER("ordinal", cell_inner_ordinal, 0), PUBLIC_TEXT("slug", entry_slug, 0),
	PUBLIC_INTEGER("year", entry_year, 0), PUBLIC_TEXT("name", entry_text, ENTRY_NAME),
	PUBLIC_TEXT("city", entry_text, ENTRY_CITY), PUBLIC_TEXT("track_code", entry_text, ENTRY_TRACK_CODE),
	PUBLIC_TEXT("track", entry_text, ENTRY_TRACK), PUBLIC_INTEGER("level", entry_level, 0),
	PUBLIC_TEXT("label", entry_text, ENTRY_LABEL), PUBLIC_TEXT("status", entry_text, ENTRY_STATUS),
	PUBLIC_TEXT("first_label", entry_text, ENTRY_FIRST), PUBLIC_INTEGER("is_withdrawn", entry_is_withdrawn, 0),
	PUBLIC_TEXT("link", entry_link, 0),
};

/* ---- the newest list, from a year before it ------------------------------------------------ */

static int32_t count_newest(struct view *view, int32_t outer)
{
	(void)outer;
	return view->options->newest != NULL;
}

static bool load_newest(struct row *row)
{
	row->extra = row->view->options->newest;
	return true;
}

GETTER(newest_link) { (void)column; set_link(cell, "../", year_of(row)->link); }

static const struct column newest_columns[] = {
	PUBLIC_INTEGER("year", year_year, 0), PUBLIC_TEXT("state", year_state, 0), PUBLIC_TEXT("link", newest_link, 0),
};

/* ---- the way up from a year ---------------------------------------------------------------- */

static int32_t count_roots(struct view *view, int32_t outer)
{
	(void)outer;
	return view->options->is_below_root;
}

static bool load_root(struct row *row)
{
	(void)row;
	return true;
}

GETTER(root_link) { (void)column; (void)row; cell_text(cell, TEXT("../")); }

static const struct column root_columns[] = { PUBLIC_TEXT("link", root_link, 0) };

/* ---- whose page leads to one in the newest list -------------------------------------------- */

static int32_t count_newest_pages(struct view *view, int32_t outer)
{
	(void)outer;
	return view->options->newest ? listing_of(view)->page_count : 0;
}

/* The first of its entries there; NULL: it has none. */
static const struct facts_entry *find_entry(const struct facts_year *year, struct text code)
{
	size_t low = 0, high = year->entry_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (text_compare(year->by_code[middle]->code, code) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < year->entry_count && text_equal(year->by_code[low]->code, code) ? year->by_code[low] : NULL;
}

static bool load_newest_page(struct row *row)
{
	row_set_enterprise(row, listing_of(row->view)->pages[row->inner]);
	row->extra = find_entry(row->view->options->newest, row->view->model->enterprises[row->enterprise].code);
	return row->extra != NULL;
}

GETTER(newest_page_link)
{
	char folders[32];
	(void)column;
	snprintf(folders, sizeof folders, "../%s", row->view->options->newest->link.at);
	set_link(cell, folders, ((const struct facts_entry *)row->extra)->address);
}

static const struct column newest_page_columns[] = {
	PUBLIC_TEXT("slug", cell_slug, 0), PUBLIC_TEXT("link", newest_page_link, 0),
};

#define PUBLIC(name, columns) name, IN_PUBLIC, COLUMNS_OF(columns)

const struct table tables_years[] = {
	{ PUBLIC("years", year_columns), .count = count_years, .load = load_year, .guess = 3 },
	{ PUBLIC("year_versions", year_version_columns), .count = count_year_versions, .load = load_year_version, .guess = 6 },
	{ PUBLIC("year_pages", year_page_columns), .count = count_year_pages, .load = load_year_page, .guess = 2000 },
	{ PUBLIC("year_enterprises", over_firm_columns), .count = count_over_firms, .load = load_over_firm,
	  .guess = 500 },
	{ PUBLIC("year_entries", over_entry_columns), .count = count_over_entries, .load = load_over_entry,
	  .guess = 1000 },
	{ PUBLIC("years_root", root_columns), .count = count_roots, .load = load_root, .guess = 1 },
	{ PUBLIC("newest", newest_columns), .count = count_newest, .load = load_newest, .guess = 1 },
	{ PUBLIC("newest_pages", newest_page_columns), .count = count_newest_pages, .load = load_newest_page,
	  .guess = 400 },
	{ 0 },
};
