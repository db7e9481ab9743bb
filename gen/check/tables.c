/* SPDX-License-Identifier: MIT */
#include "check/tables.h"

#include "base/arena.h"
#include "check/credit.h"
#include "check/name.h"
#include "check/rows.h"
#include "check/sheet.h"
#include "model/parts.h"
#include "model/place.h"
#include "model/track.h"
#include "read/clean.h"

/* ---- agencies -------------------------------------------------------------------------------- */

void tables_read_agencies(struct check *check)
{
	struct model *model = check->model;
	struct sheet sheet;
	struct record record;
	LIST(struct agency) agencies = { 0 };
	if (!sheet_open(&sheet, check, ENTITY_AGENCY, false))
		return;
	while (sheet_next(&sheet, &record)) {
		struct agency agency = { .place = record.place };
		field_fill(check, &record, &agency);
		rows_check_agency(check, &record, &agency);
		if (agency.code.size == 0)
			continue;
		struct text key = clean_upper(check->reader.arena, agency.code);
		uint32_t found = map_add(&model->agency_by_code, key, (uint32_t)agencies.count);
		if (found < agencies.count)
			sheet_report_twice(check, sheet_equal(record.entity, &agency, &agencies.at[found]), agency.place, agencies.at[found].place);
		else
			LIST_PUSH(&agencies, agency);
	}
	sheet_close(&sheet);
	check->has_agencies = true;
	model->agencies = LIST_SETTLE(check->reader.arena, &agencies);
	model->agency_count = agencies.count;
	LIST_FREE(&agencies);
}

/* ---- enterprises -------------------------------------------------------------------------------- */

typedef LIST(struct enterprise) enterprise_list;

/* One of another name has the wrong code: what names the right one is lost with it. */
static void report_second(struct check *check, const struct record *record, const struct enterprise *row,
			  const struct enterprise *first)
{
	if (row->name.size && first->name.size && !name_equal(row->name, first->name)) {
		PROBLEM(check, DIAG_CODE_SHARED, .span = row->place, .other = first->place, .a = row->name,
			.b = first->name);
		lost_add(check, NO_TEXT, row->place);
	} else {
		sheet_report_twice(check, sheet_equal(record->entity, row, first), row->place, first->place);
	}
}

/* Has the table a header and no row, not even one that could not be taken? */
static struct unfilled unfilled_of(const struct sheet *sheet)
{
	return (struct unfilled){ .header = sheet->table.header, .is_it = sheet->rows == 0 };
}

static void take_enterprise(struct check *check, const struct record *record, enterprise_list *list)
{
	struct enterprise enterprise = { .place = record->place };
	size_t since = check->problems.count;
	field_fill(check, record, &enterprise);
	enterprise.region = check->region;
	enterprise.delivery = MISSING;
	enterprise.first_part = MISSING;
	rows_check_enterprise(check, record, &enterprise);
	if (enterprise.code.size == 0) {
		struct text written = field_code(check, record->values[FIELD_enterprise_code].text);
		lost_add(check, credit_check(written) == CREDIT_PERSONAL ? NO_TEXT : written, record->place);
		problems_blame(check, since, BLAME_LEFT_OUT, 0);
		return;
	}
	uint32_t found = map_add(&check->model->enterprise_by_code, enterprise.code, (uint32_t)list->count);
	if (found < list->count)
		report_second(check, record, &enterprise, &list->at[found]);
	else
		LIST_PUSH(list, enterprise);
	problems_blame(check, since, BLAME_ENTERPRISE, (int32_t)found);
}

void tables_read_enterprises(struct check *check)
{
	struct model *model = check->model;
	struct sheet sheet;
	struct record record;
	enterprise_list list = { 0 };
	if (!sheet_open(&sheet, check, ENTITY_ENTERPRISE, true))
		return;
	while (sheet_next(&sheet, &record))
		take_enterprise(check, &record, &list);
	for (int64_t i = 0; i < sheet.table.lost_rows; i++)
		lost_add(check, NO_TEXT, sheet.table.lost);
	sheet_close(&sheet);
	check->no_enterprises = unfilled_of(&sheet);
	check->has_enterprises = !check->no_enterprises.is_it;
	check->has_key_column = table_has(&sheet.table, "is_key");
	check->has_commitment_column = table_has(&sheet.table, "committed");
	check->enterprise_header = sheet.table.header;
	check->has_rejected_participation = ARENA_ARRAY(check->reader.arena, bool, list.count);
	model->enterprises = LIST_SETTLE(check->reader.arena, &list);
	model->enterprise_count = list.count;
	LIST_FREE(&list);
}

void tables_compare_name(struct check *check, int32_t enterprise, struct value value)
{
	if (!value.is_given || enterprise < 0)
		return;
	struct text name = clean_text(check->reader.arena, value.text), known = check->model->enterprises[enterprise].name;
	if (clean_is_missing(name) || known.size == 0 || name_equal(name, known))
		return;
	PROBLEM(check, DIAG_NAME_DIFFERS, .span = value.span, .other = check->model->enterprises[enterprise].place, .a = name, .b = known);
}

/* ---- participations -------------------------------------------------------------------------------- */

typedef LIST(struct participation) participation_list;

/* Where a <track> was refused, it may be the one. */
static void report_not_held(struct check *check, int track, struct span place)
{
	if (!check->has_doubtful_track)
		PROBLEM(check, DIAG_TRACK_NOT_HELD, .span = place, .a = track_label(&check->model->campaign, track));
}

/* True when the row can be kept: enterprise and track are known and the track is held. */
static bool is_usable(struct check *check, const struct record *record, const struct participation *row)
{
	if (row->track >= 0 && !track_is_held(&check->model->campaign, row->track)) {
		report_not_held(check, row->track, record->values[FIELD_participation_track].span);
		return false;
	}
	return row->enterprise >= 0 && row->track >= 0;
}

/* Rows of one enterprise in one track: the first is found by key, the others follow it (`next`). */
struct reading {
	struct check *check;
	participation_list list;
	struct map first; /* "enterprise track" → index in list */
};

/* The row of the same platform, or one that could be: either is not named.  NULL: it is another platform. */
static const struct participation *find_same(const struct reading *reading, uint32_t first,
					     const struct participation *row)
{
	for (int32_t i = (int32_t)first; i >= 0; i = reading->list.at[i].next) {
		const struct participation *older = &reading->list.at[i];
		if (name_equal(row->platform, older->platform) || !row->platform.size || !older->platform.size)
			return older;
	}
	return NULL;
}

static int count_rows(const struct reading *reading, uint32_t first)
{
	int count = 0;
	for (int32_t i = (int32_t)first; i >= 0; i = reading->list.at[i].next)
		count++;
	return count;
}

/* Several platforms are told apart by their names, so that each needs one. */
static void report_again(struct check *check, const struct record *record, const struct participation *row,
			 const struct participation *older)
{
	const struct model *model = check->model;
	const struct text none = TEXT("（未填）\x1F(not named)");
	if (name_equal(row->platform, older->platform))
		sheet_report_twice(check, sheet_equal(record->entity, row, older), row->place, older->place);
	else
		PROBLEM(check, DIAG_PLATFORM_SECOND, .span = row->place, .other = older->place,
			.a = model->enterprises[row->enterprise].name, .b = track_label(&model->campaign, row->track),
			.c = older->platform.size ? older->platform : none,
			.d = row->platform.size ? row->platform : none);
}

/* The number of the row in the list, or of that which it repeats. */
static int32_t keep(struct reading *reading, const struct record *record, struct participation *row)
{
	struct check *check = reading->check;
	int32_t number = (int32_t)reading->list.count;
	struct text key = text_format(check->reader.arena, "%d %d", row->enterprise, row->track);
	uint32_t first = map_add(&reading->first, key, (uint32_t)number);
	row->next = MISSING;
	if (first != (uint32_t)number) {
		const struct participation *same = find_same(reading, first, row);
		if (same) {
			report_again(check, record, row, same);
			return (int32_t)(same - reading->list.at);
		}
		if (count_rows(reading, first) == PLATFORMS_MOST) {
			PROBLEM(check, DIAG_PLATFORM_MANY, .span = row->place, .n = PLATFORMS_MOST,
				.a = check->model->enterprises[row->enterprise].name,
				.b = track_label(&check->model->campaign, row->track));
			return (int32_t)first;
		}
		row->next = reading->list.at[first].next;
		reading->list.at[first].next = number;
	}
	LIST_PUSH(&reading->list, *row);
	return number;
}

/* The track cell may name the platform too; then both say the same. */
static void take_platform(struct check *check, const struct record *record, struct participation *row)
{
	struct text named = check->platform;
	if (!named.size || parts_same_platform(named, row->platform))
		return;
	if (row->platform.size)
		PROBLEM(check, DIAG_FIELD_NOT_CHOICE, .span = record->values[FIELD_participation_track].span,
			.a = text_from(record->entity->fields[FIELD_participation_platform].heading),
			.b = row->platform, .c = text_copy(check->reader.arena, named));
	else
		row->platform = text_copy(check->reader.arena, named);
}

static void take_participation(struct reading *reading, const struct record *record, struct value name)
{
	struct check *check = reading->check;
	struct participation row = { .place = record->place };
	size_t since = check->problems.count;
	field_fill(check, record, &row);
	take_platform(check, record, &row);
	tables_compare_name(check, row.enterprise, name);
	rows_check_participation(check, record, &row);
	if (!is_usable(check, record, &row)) {
		if (row.enterprise >= 0)
			check->has_rejected_participation[row.enterprise] = true;
		problems_blame(check, since, BLAME_LEFT_OUT, 0);
		return;
	}
	problems_blame(check, since, BLAME_PARTICIPATION, keep(reading, record, &row));
}

/* By track, and within a track as in the file; check->sorted tells the new index of a row. */
static void sort_participations(struct check *check, const participation_list *list)
{
	struct model *model = check->model;
	struct participation *sorted = ARENA_ARRAY(check->reader.arena, struct participation, list->count);
	int32_t *index_of = ARENA_ARRAY(check->reader.arena, int32_t, list->count);
	int32_t count = 0;
	for (int track = 0; track < model->campaign.track_count; track++)
		for (size_t i = 0; i < list->count; i++) {
			if (list->at[i].track != track)
				continue;
			index_of[i] = count;
			sorted[count++] = list->at[i];
		}
	model->participations = sorted;
	check->is_touched = ARENA_ARRAY(check->reader.arena, bool, list->count);
	check->has_rejected_results = ARENA_ARRAY(check->reader.arena, bool, list->count);
	model->participation_count = list->count;
	parts_link(model);
	check->sorted = index_of;
}

void tables_read_participations(struct check *check)
{
	struct sheet sheet;
	struct record record;
	struct reading reading = { .check = check };
	if (!sheet_open(&sheet, check, ENTITY_PARTICIPATION, true))
		return;
	while (sheet_next(&sheet, &record))
		take_participation(&reading, &record, table_name(&sheet.table));
	sheet_close(&sheet);
	bool is_lost = sheet.table.lost_rows > 0 || sheet.table.csv.losses > 0; /* they may be anybody's */
	check->no_participations = unfilled_of(&sheet);
	check->has_participations = check->has_enterprises && !is_lost && !check->no_participations.is_it;
	sort_participations(check, &reading.list);
	LIST_FREE(&reading.list);
	map_clear(&reading.first);
}

/* Every one of the track may lack the row's results, so that their absence is not complained of too. */
static void note_rejected(struct check *check, const struct enterprise *row, int track)
{
	EACH_PART(part, check->model, row)
		if (check->model->participations[part].track == track)
			check->has_rejected_results[part] = true;
}

/* "示例云平台、示例链平台" */
static struct text list_platforms(struct check *check, const struct enterprise *row, int track)
{
	struct text list = NO_TEXT;
	EACH_PART(part, check->model, row)
		if (check->model->participations[part].track == track)
			list = text_format(check->reader.arena, "%.*s%s%.*s", TEXT_ARGS(list), list.size ? "、" : "",
					   TEXT_ARGS(check->model->participations[part].platform));
	return list;
}

static void report_platform(struct check *check, const struct enterprise *row, int track, struct span place)
{
	struct diag_args args = {
		.span = place, .a = row->name.size ? row->name : row->code,
		.b = parts_word(check->reader.arena, track_label(&check->model->campaign, track), check->platform),
		.c = list_platforms(check, row, track),
	};
	int32_t first = parts_find(check->model, row, track, NO_TEXT).first;
	args.d = parts_word(check->reader.arena, track_label(&check->model->campaign, track),
			    check->model->participations[first].platform);
	problem_blame_parts(check->model, row, &args);
	problem_add(check, check->platform.size ? DIAG_PLATFORM_UNKNOWN : DIAG_PLATFORM_WHICH, args);
}

static void report_unknown(struct check *check, const struct enterprise *row, int track, struct span place)
{
	if (!track_is_held(&check->model->campaign, track))
		report_not_held(check, track, place);
	else
		PROBLEM(check, DIAG_PARTICIPATION_UNKNOWN, .span = place, .a = row->code,
			.b = track_label(&check->model->campaign, track));
}

/* Is it this one, and not a platform that participations.csv does not have? */
static bool is_meant(const struct participation *participation, struct text platform)
{
	return !platform.size || !participation->platform.size ||
	       parts_same_platform(participation->platform, platform);
}

int32_t tables_participation(struct check *check, int32_t enterprise, int track, struct span place)
{
	if (enterprise < 0 || track < 0)
		return MISSING;
	const struct model *model = check->model;
	const struct enterprise *row = &model->enterprises[enterprise];
	struct parts_found found = parts_find(model, row, track, check->platform);
	if (found.part >= 0 && is_meant(&model->participations[found.part], check->platform))
		return found.part;
	note_rejected(check, row, track);
	/* A row of it that was rejected may be the one. */
	if (check->has_rejected_participation[enterprise] || !check->has_participations)
		return lost_with(&check->no_participations, place);
	if (found.count > 0)
		report_platform(check, row, track, place);
	else
		report_unknown(check, row, track, place);
	return MISSING;
}

/* ---- cities ---------------------------------------------------------------------------------------- */

static void add_number(int64_t *sum, int64_t more)
{
	if (more >= 0 && more < INT32_MAX)
		*sum = (*sum < 0 ? 0 : *sum) + more;
}

/* A county that the province addresses directly counts with its city. */
static void take_city(struct check *check, const struct record *record, bool *seen, struct map *regions)
{
	struct city row = { .place = record->place };
	field_fill(check, record, &row);
	if (row.city < 0)
		return;
	struct city *city = &check->model->cities[row.city];
	if (check->region < 0 && seen[row.city]) {
		sheet_report_twice(check, row.enterprises == city->enterprises && row.target == city->target, row.place, city->place);
		return;
	}
	if (check->region >= 0) {
		const struct region *region = &check->model->campaign.regions[check->region];
		if (map_add(regions, region->name, (uint32_t)record->place.start) != (uint32_t)record->place.start) {
			PROBLEM(check, DIAG_ROW_CONTRADICTS, .span = row.place, .other = region->place);
			return;
		}
		PROBLEM(check, DIAG_CITY_ROW_ADDED, .span = row.place, .a = region->name,
			.b = check->model->prefectures.at[row.city].name);
	} else {
		seen[row.city] = true;
		city->place = row.place;
	}
	add_number(&city->enterprises, row.enterprises);
	add_number(&city->target, row.target);
}

void tables_read_cities(struct check *check)
{
	struct sheet sheet;
	struct record record;
	bool seen[CITIES_MOST] = { false };
	if (!sheet_open(&sheet, check, ENTITY_CITY, false))
		return;
	while (sheet_next(&sheet, &record))
		take_city(check, &record, seen, &sheet.by_key);
	sheet_close(&sheet);
}

/* ---- nominations -------------------------------------------------------------------------------------- */

/* The code of a case is an enterprise's, that of a provider an agency's. */
static void find_nominee(struct check *check, const struct record *record, struct nomination *row)
{
	struct value code = record->values[FIELD_nomination_code];
	const struct field *field = &record->entity->fields[FIELD_nomination_code];
	row->enterprise = row->agency = MISSING;
	if (row->code.size == 0)
		return;
	if (row->award == AWARD_CASE)
		row->enterprise = field_enterprise(check, field, code);
	else if (row->award == AWARD_PROVIDER)
		row->agency = field_agency(check, field, code);
}

void tables_read_nominations(struct check *check)
{
	struct sheet sheet;
	struct record record;
	LIST(struct nomination) list = { 0 };
	if (!sheet_open(&sheet, check, ENTITY_NOMINATION, false))
		return;
	while (sheet_next(&sheet, &record)) {
		struct nomination row = { .place = record.place };
		field_fill(check, &record, &row);
		find_nominee(check, &record, &row);
		if (row.award < 0 || (row.enterprise < 0 && row.agency < 0))
			continue;
		struct text key = text_format(check->reader.arena, "%d %d %.*s", row.award, row.enterprise < 0 ? row.agency : row.enterprise,
					      TEXT_ARGS(row.name));
		uint32_t found = map_add(&sheet.by_key, key, (uint32_t)list.count);
		if (found < list.count)
			sheet_report_twice(check, sheet_equal(record.entity, &row, &list.at[found]), row.place, list.at[found].place);
		else
			LIST_PUSH(&list, row);
	}
	sheet_close(&sheet);
	check->model->nominations = LIST_SETTLE(check->reader.arena, &list);
	check->model->nomination_count = list.count;
	LIST_FREE(&list);
}
