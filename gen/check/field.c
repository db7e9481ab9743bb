/* SPDX-License-Identifier: MIT */
#include "check/field.h"

#include <assert.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "check/credit.h"
#include "check/item_like.h"
#include "check/mail.h"
#include "check/regions.h"
#include "check/residue.h"
#include "model/place.h"
#include "model/track.h"
#include "read/clean.h"

/* What a parser gets: the field, the cleaned text and where it stood. */
struct cell {
	const struct field *field;
	struct text text;
	struct span span;
};

/* ---- text --------------------------------------------------------------------------------- */

/* U+FFFD, and what it becomes when it is read as GBK once more. */
static bool has_garbage(struct text text)
{
	return text.size >= 3 && memchr(text.at, 0xEF, text.size) && text_contains(text, TEXT("\uFFFD"));
}

static bool is_called(const struct field *field, const char *name)
{
	return strcmp(field->name, name) == 0;
}

/* Not in what was observed: that is prose, and there are millions of it. */
static void check_residue(struct check *check, const struct cell *cell)
{
	if (is_called(cell->field, "note") || is_called(cell->field, "evidence"))
		return;
	struct text residue = residue_of(cell->text, text_ends(text_from(cell->field->heading), "名称"));
	if (residue.size)
		PROBLEM(check, DIAG_FIELD_RESIDUE, .span = cell->span, .a = text_from(cell->field->heading), .b = residue);
}

/* Two names that nobody can tell apart, and no search finds one by the other. */
static void check_look_alike(struct check *check, const struct cell *cell)
{
	struct arena *arena = check->reader.arena;
	struct look_alike found = residue_look_alike(cell->text);
	if (!found.meant)
		return;
	PROBLEM(check, DIAG_FIELD_LOOK_ALIKE, .span = cell->span, .a = text_from(cell->field->heading),
		.b = text_format(arena, "%.*s（U+%04X）", TEXT_ARGS(found.text), (unsigned)found.character),
		.c = text_format(arena, "%s", found.words));
}

static void check_text(struct check *check, const struct cell *cell)
{
	check_residue(check, cell);
	if (text_ends(text_from(cell->field->heading), "名称"))
		check_look_alike(check, cell);
	struct text heading = text_from(cell->field->heading);
	if (has_garbage(cell->text) || text_contains(cell->text, TEXT("锟斤拷")))
		PROBLEM(check, DIAG_FIELD_DAMAGED, .span = cell->span, .a = heading);
	else if (residue_has_private(cell->text))
		PROBLEM(check, DIAG_FIELD_PRIVATE, .span = cell->span, .a = heading);
	else if (is_called(cell->field, "name") && text_contains(cell->text, TEXT("?")))
		PROBLEM(check, DIAG_FIELD_QUESTION, .span = cell->span, .a = heading);
	else if (is_called(cell->field, "phone") && clean_is_scientific(cell->text))
		PROBLEM(check, DIAG_FIELD_SCIENTIFIC, .span = cell->span, .a = heading);
	else if (is_called(cell->field, "mail") && !mail_is_address(cell->text))
		PROBLEM(check, DIAG_FIELD_NOT_MAIL, .span = cell->span, .a = heading);
}

/* Codes of agencies, items and nominations are TEXT too, but are compared. */
static bool is_code(const struct field *field)
{
	return field->type != FIELD_TEXT || is_called(field, "code") || is_called(field, "id");
}

/*
 * The cleaned text of a value, or missing.  Reports a formula's error value and a
 * required field without value.
 */
static struct cell clean_value(struct check *check, const struct field *field, struct value value)
{
	struct cell cell = { .field = field, .span = value.span };
	if (value.text.size)
		cell.text = is_code(field) ? clean_code(check->reader.arena, value.text) : clean_text(check->reader.arena, value.text);
	if (cell.text.size && cell.text.at[0] == '#' && clean_is_formula_error(cell.text)) {
		PROBLEM(check, DIAG_FIELD_FORMULA, .span = cell.span, .a = text_from(field->heading), .b = cell.text);
		cell.text = NO_TEXT;
	} else if (clean_is_missing(cell.text)) {
		if (field->is_required)
			PROBLEM(check, DIAG_FIELD_MISSING, .span = cell.span, .a = text_from(field->heading));
		cell.text = NO_TEXT;
	}
	return cell;
}

static struct text parse_text(struct check *check, const struct cell *cell)
{
	check_text(check, cell);
	return cell->text;
}

/* ---- numbers, dates, fixed words ------------------------------------------------------------ */

/* "1,234" and "36 家" are whole numbers to people; "2 0" may be two, or one that lost a digit. */
static struct text plain_digits(struct check *check, const struct cell *cell)
{
	struct text text = cell->text;
	if (cell->field->unit[0] && text_ends(text, cell->field->unit))
		text = text_trim(text_slice(text, 0, text.size - strlen(cell->field->unit)));
	if (!text.size || !memchr(text.at, ',', text.size))
		return text;
	char *copy = arena_alloc(check->reader.arena, text.size);
	size_t size = 0;
	for (size_t i = 0; i < text.size; i++)
		if (text.at[i] != ',' || i == 0 || (text.size - i) % 4 != 0)
			copy[size++] = text.at[i];
	return (struct text){ copy, size };
}

static int64_t parse_number(struct check *check, const struct cell *cell)
{
	int64_t value;
	if (text_to_integer(plain_digits(check, cell), &value) && value >= 0)
		return value;
	PROBLEM(check, DIAG_FIELD_NOT_NUMBER, .span = cell->span, .a = text_from(cell->field->heading));
	return MISSING;
}

/* "80%" is 0.8: so a workbook shows it, and so read/xlsx_value.h hands it over. */
static struct decimal parse_decimal(struct check *check, const struct cell *cell)
{
	struct decimal value = { MISSING };
	if (!decimal_parse_percent(cell->text, &value))
		PROBLEM(check, DIAG_FIELD_NOT_DECIMAL, .span = cell->span, .a = text_from(cell->field->heading));
	return value;
}

/* Spaces between the parts of a date ("2021 年 9 月") go when it does not read with them. */
static struct date parse_date(struct check *check, const struct cell *cell)
{
	struct date date = { 0 };
	if (text_is(cell->text, "待填")) { /* as build/begin.h leaves the dates of a new year */
		PROBLEM(check, DIAG_DATE_TO_FILL, .span = cell->span, .a = text_from(cell->field->heading));
		return date;
	}
	enum date_form form = date_parse(cell->text, &date);
	if (form == DATE_WRONG)
		form = date_parse(clean_spaces(check->reader.arena, cell->text), &date);
	if (form == DATE_GOOD)
		return date;
	PROBLEM(check, form == DATE_TWO_DIGIT ? DIAG_FIELD_DATE_TWO_DIGIT : DIAG_FIELD_NOT_DATE, .span = cell->span,
		.a = text_from(cell->field->heading));
	return (struct date){ 0 };
}

static struct text lower(struct arena *arena, struct text text)
{
	char *copy = text_string(arena, text);
	for (size_t i = 0; i < text.size; i++)
		if (copy[i] >= 'A' && copy[i] <= 'Z')
			copy[i] = (char)(copy[i] - 'A' + 'a');
	return (struct text){ copy, text.size };
}

static int parse_choice(struct check *check, const struct cell *cell)
{
	struct arena *arena = check->reader.arena;
	enum choice_set set = cell->field->set;
	struct text text = clean_spaces(arena, cell->text);
	int found = choice_find(set, text);
	if (found == CHOICE_MISSING)
		found = choice_find(set, clean_upper(arena, text));
	if (found == CHOICE_MISSING)
		found = choice_find(set, lower(arena, text));
	if (found == CHOICE_MISSING)
		PROBLEM(check, DIAG_FIELD_NOT_CHOICE, .span = cell->span, .a = text_from(cell->field->heading), .b = choice_list(set, arena),
			.c = cell->text);
	return found;
}

static int find_track(const struct check *check, struct text word)
{
	int then = check->then ? track_find_held(check->then, word) : -1;
	return then >= 0 ? check->then_tracks[then] : track_find(&check->model->campaign, word);
}

/* "平台", or "平台（示例云平台）".  A list of an earlier year may speak in that year's words. */
static int parse_track(struct check *check, const struct cell *cell)
{
	struct text word = cell->text, platform;
	int found = find_track(check, word);
	check->platform = NO_TEXT;
	if (found < 0 && track_split(cell->text, &word, &platform) && (found = find_track(check, word)) >= 0)
		check->platform = platform;
	if (found < 0)
		PROBLEM(check, DIAG_FIELD_NOT_CHOICE, .span = cell->span, .a = text_from(cell->field->heading),
			.b = track_list(&check->model->campaign, check->reader.arena), .c = cell->text);
	check->track = (int8_t)found;
	return found;
}

/* ---- places ----------------------------------------------------------------------------------- */

static void report_city(struct check *check, const struct cell *cell, struct text text)
{
	const struct model *model = check->model;
	struct text elsewhere = regions_elsewhere(check, text);
	if (model->prefectures.count == 0 || (elsewhere.size && text_equal(elsewhere, check->province_meant)))
		return; /* why there are none, or why they are not its, was said */
	if (elsewhere.size)
		PROBLEM(check, DIAG_CITY_ELSEWHERE, .span = cell->span, .a = elsewhere, .b = cell->text, .c = model->campaign.province);
	else
		PROBLEM(check, DIAG_CITY_UNKNOWN, .span = cell->span, .a = text_from(cell->field->heading), .b = cell->text,
			.c = regions_hint(check, text));
}

static MODEL_CITY parse_city(struct check *check, const struct cell *cell)
{
	struct text text = clean_spaces(check->reader.arena, cell->text);
	MODEL_CITY found = (MODEL_CITY)city_find(check->model->prefectures, text);
	const struct region *region = found < 0 ? regions_county(check, text) : NULL;
	if (region)
		found = region->city;
	if (found < 0 && !region)
		report_city(check, cell, text);
	check->cities_found += found >= 0;
	check->region = region ? (int32_t)(region - check->model->campaign.regions) : MISSING;
	return found;
}

static int parse_industry(struct check *check, const struct cell *cell)
{
	int found = industry_find(cell->text);
	if (found < 0)
		PROBLEM(check, DIAG_INDUSTRY_UNKNOWN, .span = cell->span, .a = text_from(cell->field->heading), .b = cell->text);
	return found;
}

/* ---- levels and references ---------------------------------------------------------------------- */

static const struct catalogue *catalogue_of(const struct check *check)
{
	return check->track >= 0 && check->catalogues ? check->catalogues[check->track] : NULL;
}

enum { LEVEL_UNKNOWN = -1, LEVEL_ABOVE = -2 };

static int level_from_number(const struct catalogue *catalogue, int64_t number)
{
	int most = catalogue ? catalogue->level_count : LEVELS_MOST;
	if (number < 0)
		return LEVEL_UNKNOWN;
	return number > most ? LEVEL_ABOVE : (int)number;
}

/* "6星" where the labels are 1星 … 5星. */
static bool is_label_above(const struct catalogue *catalogue, struct text text)
{
	size_t digits = 0;
	while (digits < text.size && text.at[digits] >= '0' && text.at[digits] <= '9')
		digits++;
	struct text label = catalogue->level_count ? catalogue->levels[1].label : NO_TEXT;
	int64_t number;
	return text_starts(label, "1") && text_equal(text_slice(label, 1, label.size), text_slice(text, digits, text.size)) &&
	       text_to_integer(text_slice(text, 0, digits), &number) && number > catalogue->level_count;
}

/* 2, 2星, 规范防护级, 未达标 → the level; NULL catalogue: numbers and 未达标 only. */
static int level_find(const struct catalogue *catalogue, struct text text)
{
	int64_t number;
	if (text_is(text, "未达标"))
		return 0;
	if (text_to_integer(text, &number))
		return level_from_number(catalogue, number);
	for (int n = 1; catalogue && n <= catalogue->level_count; n++)
		if (text_equal(text, catalogue->levels[n].label) || text_equal(text, catalogue->levels[n].name))
			return n;
	return catalogue && is_label_above(catalogue, text) ? LEVEL_ABOVE : LEVEL_UNKNOWN;
}

static struct text level_list(const struct check *check, const struct catalogue *catalogue)
{
	struct buf list;
	buf_init(&list, BUF_LIMIT_PAGE);
	for (int n = 1; catalogue && n <= catalogue->level_count; n++)
		buf_format(&list, "%d %.*s %.*s、", n, TEXT_ARGS(catalogue->levels[n].label), TEXT_ARGS(catalogue->levels[n].name));
	buf_string(&list, "未达标");
	struct text copy = text_copy(check->reader.arena, buf_view(&list));
	buf_clear(&list);
	return copy;
}

/* Without a known track (reported already) nothing can be said of its levels. */
static int parse_level(struct check *check, const struct cell *cell)
{
	if (check->track < 0)
		return MISSING;
	const struct catalogue *catalogue = catalogue_of(check);
	struct text text = clean_spaces(check->reader.arena, cell->text);
	int found = level_find(catalogue, text);
	if (found >= 0)
		return found;
	/* A track that is not held, or has no catalogue or a level at fault, was reported; what is listed in it concerns nobody now. */
	if (!catalogue || catalogue->has_level_fault)
		return MISSING;
	enum diag_kind kind = found == LEVEL_ABOVE ? DIAG_LEVEL_ABOVE_SCALE : DIAG_LEVEL_UNKNOWN;
	if (is_called(cell->field, "given") && check->model->campaign.tracks[check->track].rule.method != METHOD_GIVEN)
		kind = DIAG_GIVEN_UNUSED;
	PROBLEM(check, kind, .span = cell->span, .a = text_from(cell->field->heading), .b = cell->text, .c = level_list(check, catalogue));
	return MISSING;
}

static const enum diag_kind credit_kinds[] = {
	[CREDIT_SCIENTIFIC] = DIAG_CREDIT_SCIENTIFIC, [CREDIT_ROUNDED] = DIAG_CREDIT_ROUNDED, [CREDIT_PERSONAL] = DIAG_CREDIT_PERSONAL,
	[CREDIT_LENGTH] = DIAG_CREDIT_LENGTH, [CREDIT_CHARACTER] = DIAG_CREDIT_CHARACTER, [CREDIT_CHECK] = DIAG_CREDIT_CHECK,
	[CREDIT_ORGANISATION] = DIAG_CREDIT_ORGANISATION,
};

static bool report_credit(struct check *check, const struct cell *cell, struct text code, enum credit_fault fault)
{
	struct text shown = fault == CREDIT_PERSONAL ? NO_TEXT : code; /* it must not travel further than it has */
	struct text hidden = fault == CREDIT_PERSONAL ? TEXT("******") : NO_TEXT;
	PROBLEM(check, credit_kinds[fault], .span = cell->span, .a = shown, .b = credit_stranger(code), .n = (int64_t)utf8_count(code),
		.offending = hidden);
	return fault == CREDIT_CHECK || fault == CREDIT_ORGANISATION;
}

struct text field_code(struct check *check, struct text cell)
{
	struct arena *arena = check->reader.arena;
	return clean_upper(arena, clean_spaces(arena, clean_code(arena, cell)));
}

/* From now on references to this code say nothing of their own. */
static void reject(struct check *check, struct text code)
{
	if (!map_find(&check->rejected, code))
		map_add(&check->rejected, text_copy(check->reader.arena, code), 0);
}

/* A code that cannot be one is missing; one that is merely odd is kept. */
static struct text parse_credit(struct check *check, const struct cell *cell)
{
	struct text code = field_code(check, cell->text);
	enum credit_fault fault = credit_check(code);
	if (fault == CREDIT_GOOD || map_find(&check->model->enterprise_by_code, code) || report_credit(check, cell, code, fault))
		return code;
	reject(check, code);
	return NO_TEXT;
}

static int32_t parse_enterprise(struct check *check, const struct cell *cell)
{
	struct text code = field_code(check, cell->text);
	const uint32_t *found = map_find(&check->model->enterprise_by_code, code);
	if (found)
		return (int32_t)*found;
	if (!check->has_enterprises)
		return lost_with(&check->no_enterprises, cell->span);
	enum credit_fault fault = credit_check(code);
	bool is_good = fault == CREDIT_GOOD || fault == CREDIT_CHECK || fault == CREDIT_ORGANISATION;
	if (map_find(&check->rejected, code) || (is_good && check->lost.rows.count)) {
		lost_refer(check, code, cell->span);
	} else if (is_good) {
		PROBLEM(check, DIAG_ENTERPRISE_UNKNOWN, .span = cell->span, .a = code);
	} else {
		report_credit(check, cell, code, fault);
		reject(check, code);
		lost_add_reference(check, code, cell->span);
	}
	return MISSING;
}

static int32_t parse_agency(struct check *check, const struct cell *cell)
{
	const struct map *map = &check->model->agency_by_code;
	const uint32_t *found = map_find(map, clean_upper(check->reader.arena, cell->text));
	if (found)
		return (int32_t)*found;
	check->has_agency_reference = true;
	if (check->has_agencies)
		PROBLEM(check, DIAG_AGENCY_UNKNOWN, .span = cell->span, .a = text_from(cell->field->heading), .b = cell->text);
	return MISSING;
}

static int32_t parse_item(struct check *check, const struct cell *cell)
{
	const struct catalogue *catalogue = catalogue_of(check);
	if (!catalogue)
		return MISSING;
	struct text id = clean_spaces(check->reader.arena, cell->text);
	const uint32_t *found = map_find(&catalogue->item_by_id, id);
	found = found ? found : map_find(&catalogue->item_by_id, clean_upper(check->reader.arena, id));
	if (found)
		return (int32_t)*found;
	PROBLEM(check, DIAG_ITEM_UNKNOWN, .span = cell->span, .a = id, .b = catalogue->id, .c = item_like(check, catalogue, id));
	return MISSING;
}

/* ---- by type ---------------------------------------------------------------------------------------- */

/* One case per type: parse (or the missing value) and store with the member's own C type. */
#define STORE(type, missing, parsed)                                                       \
	do {                                                                               \
		MODEL_##type stored = is_missing ? (MODEL_##type)(missing) : (MODEL_##type)(parsed); \
		memcpy(member, &stored, sizeof stored);                                    \
	} while (0)
#define STORE_STRUCT(type, parse)                                    \
	do {                                                         \
		MODEL_##type stored = { 0 };                         \
		if (!is_missing)                                     \
			stored = (parse)(check, cell);                 \
		memcpy(member, &stored, sizeof stored);              \
	} while (0)

static void store(struct check *check, const struct cell *cell, void *member)
{
	bool is_missing = cell->text.size == 0;
	switch (cell->field->type) {
	case FIELD_TEXT: STORE_STRUCT(TEXT, parse_text); break;
	case FIELD_CREDIT: STORE_STRUCT(CREDIT, parse_credit); break;
	case FIELD_DATE: STORE_STRUCT(DATE, parse_date); break;
	case FIELD_DECIMAL: STORE_STRUCT(DECIMAL, parse_decimal); break;
	case FIELD_NUMBER: STORE(NUMBER, MISSING, parse_number(check, cell)); break;
	case FIELD_CHOICE: STORE(CHOICE, MISSING, parse_choice(check, cell)); break;
	case FIELD_TRACK: STORE(TRACK, MISSING, parse_track(check, cell)); break;
	case FIELD_CITY: STORE(CITY, MISSING, parse_city(check, cell)); break;
	case FIELD_INDUSTRY: STORE(INDUSTRY, MISSING, parse_industry(check, cell)); break;
	case FIELD_LEVEL: STORE(LEVEL, MISSING, parse_level(check, cell)); break;
	case FIELD_ENTERPRISE: STORE(ENTERPRISE, MISSING, parse_enterprise(check, cell)); break;
	case FIELD_AGENCY: STORE(AGENCY, MISSING, parse_agency(check, cell)); break;
	case FIELD_ITEM: STORE(ITEM, MISSING, parse_item(check, cell)); break;
	}
}

void field_fill(struct check *check, const struct record *record, void *target)
{
	check->track = MISSING;
	check->platform = NO_TEXT;
	check->region = MISSING;
	for (size_t i = 0; i < record->entity->field_count; i++) {
		const struct field *field = &record->entity->fields[i];
		struct value value = record->values[i];
		if (!value.is_given)
			value.span = record->place;
		struct cell cell = clean_value(check, field, value);
		store(check, &cell, (char *)target + field->offset);
	}
}

struct text field_text(struct check *check, const struct field *field, struct value value)
{
	struct cell cell = clean_value(check, field, value);
	return cell.text.size ? parse_text(check, &cell) : NO_TEXT;
}

int field_choice(struct check *check, const struct field *field, struct value value)
{
	struct cell cell = clean_value(check, field, value);
	return cell.text.size ? parse_choice(check, &cell) : MISSING;
}

int field_track(struct check *check, const struct field *field, struct value value)
{
	struct cell cell = clean_value(check, field, value);
	return cell.text.size ? parse_track(check, &cell) : MISSING;
}

struct date field_date(struct check *check, const struct field *field, struct value value)
{
	struct cell cell = clean_value(check, field, value);
	return cell.text.size ? parse_date(check, &cell) : (struct date){ 0 };
}

int32_t field_item(struct check *check, const struct field *field, struct value value)
{
	struct cell cell = clean_value(check, field, value);
	return cell.text.size ? parse_item(check, &cell) : MISSING;
}

int32_t field_enterprise(struct check *check, const struct field *field, struct value value)
{
	struct cell cell = clean_value(check, field, value);
	return cell.text.size ? parse_enterprise(check, &cell) : MISSING;
}

int32_t field_agency(struct check *check, const struct field *field, struct value value)
{
	struct cell cell = clean_value(check, field, value);
	return cell.text.size ? parse_agency(check, &cell) : MISSING;
}
