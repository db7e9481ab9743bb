/* SPDX-License-Identifier: MIT */
#include "check/regions.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/nearest.h"
#include "base/utf8.h"
#include "check/sheet.h"
#include "model/place.h"

/* More tiles would not be legible; themes/default/site.css has a rule for each. */
enum { CODE_SIZE = 6, PROVINCE_SIZE = 2, TILES_MOST = 9 };

/* ---- rows ----------------------------------------------------------------------------------- */

static bool is_digits(struct text text, size_t size)
{
	for (size_t i = 0; i < text.size; i++)
		if (text.at[i] < '0' || text.at[i] > '9')
			return false;
	return text.size == size;
}

static void check_code(struct check *check, const struct record *record, const struct prefecture *row)
{
	bool is_good = is_digits(row->code, CODE_SIZE) && is_digits(row->province_code, PROVINCE_SIZE) &&
		       text_equal(text_slice(row->code, 0, PROVINCE_SIZE), row->province_code);
	if (is_good)
		return;
	PROBLEM(check, DIAG_REGION_CODE, .span = record->values[FIELD_prefecture_code].span, .a = row->code,
		.b = row->province_code);
}

typedef LIST(struct prefecture) row_list;

/* Rising codes are the official order, hold each province together and leave no code twice. */
static void check_order(struct check *check, const struct record *record, const struct prefecture *row,
			const row_list *list)
{
	struct span code = record->values[FIELD_prefecture_code].span;
	const struct prefecture *before = list->count ? &list->at[list->count - 1] : NULL;
	if (before && text_compare(row->code, before->code) <= 0)
		PROBLEM(check, DIAG_REGION_ORDER, .span = code, .other = before->place, .a = row->code, .b = before->code);
}

/* A province has one name, that of its first row. */
static void check_province(struct check *check, const struct record *record, const struct prefecture *row,
			   const row_list *list)
{
	struct span province = record->values[FIELD_prefecture_province].span;
	size_t first = 0;
	while (first < list->count && !text_equal(list->at[first].province_code, row->province_code))
		first++;
	const struct prefecture *before = first < list->count ? &list->at[first] : row;
	if (!text_equal(row->province, before->province))
		PROBLEM(check, DIAG_REGION_PROVINCE, .span = province, .other = before->place, .a = row->province,
			.b = before->province);
}

static bool is_tile(int64_t place)
{
	return place >= 1 && place <= TILES_MOST;
}

static void check_tile(struct check *check, const struct record *record, const struct prefecture *row)
{
	bool is_without = row->column == MISSING && row->row == MISSING;
	if (!is_without && !(is_tile(row->column) && is_tile(row->row)))
		PROBLEM(check, DIAG_REGION_TILE, .span = record->values[FIELD_prefecture_column].span, .a = row->name,
			.n = TILES_MOST);
}

static void take_row(struct check *check, const struct table *table, row_list *list)
{
	struct record record = record_from_table(table);
	struct prefecture row = { .place = record.place };
	size_t since = check->problems.count;
	field_fill(check, &record, &row);
	if (check->problems.count > since)
		return;
	check_code(check, &record, &row);
	check_order(check, &record, &row, list);
	check_province(check, &record, &row, list);
	check_tile(check, &record, &row);
	LIST_PUSH(list, row);
}

/* ---- the file ------------------------------------------------------------------------------- */

void regions_read(struct check *check)
{
	struct sheet sheet;
	row_list list = { 0 };
	if (check->is_everywhere_read)
		return;
	check->is_everywhere_read = true;
	if (!sheet_open_list(&sheet, check, ENTITY_PREFECTURE, true))
		return;
	while (table_next(&sheet.table)) { /* not sheet_next: a row that is left out is missed by the whole run */
		sheet.rows++;
		if (sheet.table.fault == DIAG_KINDS)
			take_row(check, &sheet.table, &list);
		else
			problem_add(check, sheet.table.fault, sheet.table.fault_args);
	}
	sheet_close(&sheet);
	struct prefecture *kept = LIST_SETTLE(check->reader.arena, &list);
	if (check->problems.count == 0)
		check->everywhere = (struct prefectures){ kept, (int32_t)list.count };
	problems_report_merged(check);
	LIST_FREE(&list);
}

/* ---- the province --------------------------------------------------------------------------- */

/* By how many characters both begin alike, then by how many of `text` the name has: 广西省 is 广西壮族自治区 before 山西省. */
static size_t likeness(struct text text, struct text name)
{
	enum { BEGINNING = 100 };
	size_t offset = 0, like = 0;
	bool begins = true;
	while (offset < text.size) {
		size_t start = offset;
		utf8_next(text, &offset);
		struct text character = text_slice(text, start, offset - start);
		begins = begins && text_equal(text_slice(name, start, offset - start), character);
		like += begins ? BEGINNING : text_contains(name, character);
	}
	return like;
}

static bool is_first_of_province(const struct prefectures *everywhere, int32_t i)
{
	return i == 0 || !text_equal(everywhere->at[i].province_code, everywhere->at[i - 1].province_code);
}

/* The names that are most like what was written; all of them where none is like it at all. */
static struct text nearest_provinces(const struct check *check, struct text text)
{
	const struct prefectures *everywhere = &check->everywhere;
	size_t most = 0;
	struct buf list;
	for (int32_t i = 0; i < everywhere->count; i++) {
		size_t like = likeness(text, everywhere->at[i].province);
		most = like > most ? like : most;
	}
	buf_init(&list, BUF_LIMIT_PAGE);
	for (int32_t i = 0; i < everywhere->count; i++)
		if (is_first_of_province(everywhere, i) && likeness(text, everywhere->at[i].province) == most)
			buf_format(&list, "%s%.*s", list.size ? "、" : "", TEXT_ARGS(everywhere->at[i].province));
	struct text copy = text_copy(check->reader.arena, buf_view(&list));
	buf_clear(&list);
	return copy;
}

/* Does one of the names of `one` mean the other too? */
static bool is_ambiguous(const struct prefecture *one, const struct prefecture *other)
{
	return prefecture_is_called(other, one->name) || prefecture_is_called(other, prefecture_short(one)) ||
	       prefecture_is_called(one, prefecture_short(other));
}

static bool is_same_tile(const struct prefecture *one, const struct prefecture *other)
{
	return one->column != MISSING && one->column == other->column && one->row == other->row;
}

/* Rows of one province that no cell could tell apart, or that would cover each other on the map. */
static void check_pairs(struct check *check, struct prefectures found)
{
	for (int32_t i = 0; i < found.count; i++)
		for (int32_t j = 0; j < i; j++) {
			const struct prefecture *row = &found.at[i], *before = &found.at[j];
			const struct diag_args both = {
				.span = row->place, .other = before->place, .a = row->name, .b = before->name,
			};
			if (is_ambiguous(row, before))
				problem_add(check, DIAG_REGION_AMBIGUOUS, both);
			if (is_same_tile(row, before))
				problem_add(check, DIAG_REGION_TILE_TAKEN, both);
		}
}

void regions_choose(struct check *check, struct span province)
{
	struct model *model = check->model;
	struct text *name = &model->campaign.province;
	check->province_place = province;
	if (check->everywhere.count == 0 || name->size == 0)
		return;
	struct prefectures found = prefectures_of(check->everywhere, *name);
	if (found.count == 0) {
		struct text nearest = nearest_provinces(check, *name);
		PROBLEM(check, DIAG_PROVINCE_UNKNOWN, .span = province, .a = *name, .b = nearest);
		return;
	}
	*name = found.at->province;
	if (found.count > CITIES_MOST) {
		PROBLEM(check, DIAG_REGIONS_TOO_MANY, .span = found.at->place, .a = *name, .n = CITIES_MOST);
		return;
	}
	check_pairs(check, found);
	model->prefectures = found;
	model->cities = ARENA_ARRAY(check->reader.arena, struct city, (size_t)found.count);
	for (int32_t i = 0; i < found.count; i++)
		model->cities[i] = (struct city){ .city = (MODEL_CITY)i, .enterprises = MISSING, .target = MISSING };
}

static bool tells_of(const struct problem *problem, struct text province)
{
	return problem->kind == DIAG_CITY_ELSEWHERE && (!province.size || text_equal(problem->args.a, province));
}

void regions_judge(struct check *check)
{
	enum { FEWEST = 3 };
	struct text province = NO_TEXT;
	size_t count = 0, kept = 0;
	for (size_t i = 0; i < check->problems.count; i++) {
		const struct problem *problem = &check->problems.at[i];
		if (tells_of(problem, province)) {
			province = problem->args.a;
			count++;
		}
	}
	if (count < FEWEST || count <= check->cities_found)
		return;
	for (size_t i = 0; i < check->problems.count; i++)
		if (!tells_of(&check->problems.at[i], province))
			check->problems.at[kept++] = check->problems.at[i];
	check->problems.count = kept;
	PROBLEM(check, DIAG_PROVINCE_ELSEWHERE, .span = check->province_place, .a = province,
		.b = check->model->campaign.province, .n = (int64_t)count);
	check->province_meant = province;
}

struct text regions_elsewhere(const struct check *check, struct text text)
{
	const struct prefectures *everywhere = &check->everywhere;
	for (int32_t i = 0; i < everywhere->count; i++) {
		struct text province = everywhere->at[i].province;
		if (text_equal(province, check->model->campaign.province))
			continue;
		if (prefecture_is_called(&everywhere->at[i], text))
			return province;
		if (is_first_of_province(everywhere, i) && city_find(prefectures_of(*everywhere, province), text) >= 0)
			return province;
	}
	return NO_TEXT;
}

/* ---- counties --------------------------------------------------------------------------------- */

/* The rest of a text behind `prefix`; the text itself where it does not begin so. */
static struct text without(struct text text, struct text prefix)
{
	bool begins = prefix.size && text_equal(text_slice(text, 0, prefix.size), prefix);
	return begins ? text_slice(text, prefix.size, text.size) : text;
}

static const struct region *find_region(const struct check *check, struct text text)
{
	const uint32_t *found = text.size ? map_find(&check->region_by_word, text) : NULL;
	return found ? &check->model->campaign.regions[*found] : NULL;
}

/* "苏州市昆山市": the region behind its own city. */
static const struct region *find_region_in_city(const struct check *check, struct text text)
{
	const struct prefectures *prefectures = &check->model->prefectures;
	for (int32_t city = 0; city < prefectures->count; city++) {
		struct text rest = without(text, prefectures->at[city].name);
		const struct region *region = rest.size < text.size ? find_region(check, rest) : NULL;
		if (region && region->city == city && text_equal(region->name, rest))
			return region;
	}
	return NULL;
}

const struct region *regions_county(const struct check *check, struct text text)
{
	text = without(text, check->model->campaign.province);
	const struct region *region = find_region(check, text);
	return region ? region : find_region_in_city(check, text);
}

struct text regions_hint(const struct check *check, struct text text)
{
	struct nearest nearest = { .wanted = text };
	for (int32_t i = 0; i < check->model->prefectures.count; i++)
		nearest_offer(&nearest, check->model->prefectures.at[i].name);
	/* Of two characters one in common says nothing. */
	struct text best = utf8_count(text) > 2 ? nearest_best(&nearest) : NO_TEXT;
	if (best.size == 0)
		return NO_TEXT;
	return text_format(check->reader.arena, "；最接近的是“%.*s”\x1F; the nearest is '%.*s'",
			   TEXT_ARGS(best), TEXT_ARGS(best));
}
