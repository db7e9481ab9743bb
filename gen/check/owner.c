/* SPDX-License-Identifier: MIT */
#include "check/owner.h"

#include <string.h>

#include "base/arena.h"
#include "check/row_at.h"
#include "model/parts.h"
#include "model/place.h"
#include "model/track.h"
#include "read/clean.h"

static struct owner province_of(const struct model *model)
{
	return (struct owner){ .kind = OWNER_PROVINCE, .name = model->campaign.province };
}

static struct owner city_of(const struct model *model, int32_t city)
{
	if (city < 0 || city >= model->prefectures.count)
		return province_of(model);
	const struct prefecture *place = &model->prefectures.at[city];
	return (struct owner){ OWNER_CITY, city, place->code, place->name };
}

static struct owner agency_of(const struct model *model, int32_t agency)
{
	if (agency < 0 || (size_t)agency >= model->agency_count)
		return province_of(model);
	const struct agency *row = &model->agencies[agency];
	return (struct owner){ OWNER_AGENCY, agency, row->code, row->name };
}

bool owner_equal(struct owner one, struct owner other)
{
	return one.kind == other.kind && one.index == other.index;
}

int owner_compare(struct owner one, struct owner other)
{
	static const int order[] = { [OWNER_CITY] = 0, [OWNER_AGENCY] = 1, [OWNER_PROVINCE] = 2 };
	if (one.kind != other.kind)
		return order[one.kind] - order[other.kind];
	return (one.index > other.index) - (one.index < other.index);
}

/* ---- whose a row is ------------------------------------------------------------------------------- */

struct finding {
	struct arena *arena; /* for cleaned cells */
	const struct model *model;
};

static struct text code_in(const struct finding *finding, const struct row_at *row, size_t field)
{
	struct arena *arena = finding->arena;
	return clean_upper(arena, clean_spaces(arena, clean_code(arena, row->cells[field].text)));
}

static int32_t enterprise_in(const struct finding *finding, const struct row_at *row, size_t field)
{
	const uint32_t *found = map_find(&finding->model->enterprise_by_code, code_in(finding, row, field));
	return found ? (int32_t)*found : MISSING;
}

static int32_t agency_in(const struct finding *finding, struct text cell)
{
	const uint32_t *found = map_find(&finding->model->agency_by_code,
					 clean_upper(finding->arena, clean_code(finding->arena, cell)));
	return found ? (int32_t)*found : MISSING;
}

static int32_t city_in(const struct finding *finding, struct text cell)
{
	const struct model *model = finding->model;
	struct text word = clean_code(finding->arena, cell);
	int32_t city = city_find(model->prefectures, word);
	for (size_t i = 0; city < 0 && i < model->campaign.region_count; i++)
		if (text_equal(word, model->campaign.regions[i].name) ||
		    text_equal(word, model->campaign.regions[i].code))
			city = model->campaign.regions[i].city;
	return city;
}

static struct owner owner_of_enterprise(const struct finding *finding, int32_t enterprise)
{
	return enterprise < 0 ? province_of(finding->model)
			      : city_of(finding->model, finding->model->enterprises[enterprise].city);
}

/* A code that two cities claim is for the province to settle. */
static struct owner owner_of_enterprise_row(const struct finding *finding, const struct row_at *row)
{
	int32_t enterprise = enterprise_in(finding, row, FIELD_enterprise_code);
	int32_t said = city_in(finding, row->cells[FIELD_enterprise_city].text);
	int32_t known = enterprise < 0 ? MISSING : finding->model->enterprises[enterprise].city;
	if (said >= 0 && known >= 0 && said != known)
		return province_of(finding->model);
	return city_of(finding->model, said >= 0 ? said : known);
}

/* Who carried a round out: 自评 the agency that advised, the others the one that checked; -1: nobody is named. */
static int32_t agency_for(const struct model *model, int32_t enterprise, struct text track, int round)
{
	if (enterprise < 0)
		return MISSING;
	const struct enterprise *row = &model->enterprises[enterprise];
	int32_t participation = parts_find_word(model, row, track).part;
	if (round == ROUND_SELF)
		return row->consultant;
	return round >= 0 && participation >= 0 ? model->participations[participation].checker : MISSING;
}

static struct owner owner_of_round(const struct finding *finding, int32_t enterprise, struct text track, int round)
{
	int32_t agency = agency_for(finding->model, enterprise, track, round);
	return agency >= 0 ? agency_of(finding->model, agency) : owner_of_enterprise(finding, enterprise);
}

static struct owner owner_of_result(const struct finding *finding, const struct row_at *row)
{
	int round = choice_find(SET_ROUND, clean_code(finding->arena, row->cells[FIELD_observation_round].text));
	struct text track = row->cells[FIELD_observation_track].text;
	return owner_of_round(finding, enterprise_in(finding, row, FIELD_observation_enterprise), track, round);
}

static struct owner owner_of_nomination(const struct finding *finding, const struct row_at *row)
{
	int32_t enterprise = enterprise_in(finding, row, FIELD_nomination_code);
	return enterprise >= 0
		       ? owner_of_enterprise(finding, enterprise)
		       : agency_of(finding->model, agency_in(finding, row->cells[FIELD_nomination_code].text));
}

static struct owner owner_of_row(const struct finding *finding, const struct row_at *row)
{
	switch (row->is_row || row->is_ahead ? row->kind : ENTITIES) {
	case ENTITY_ENTERPRISE: return owner_of_enterprise_row(finding, row);
	case ENTITY_PARTICIPATION:
		return owner_of_enterprise(finding, enterprise_in(finding, row, FIELD_participation_enterprise));
	case ENTITY_RECTIFICATION:
		return owner_of_enterprise(finding, enterprise_in(finding, row, FIELD_rectification_enterprise));
	case ENTITY_ANSWER:
		return owner_of_enterprise(finding, enterprise_in(finding, row, FIELD_answer_enterprise));
	case ENTITY_OBSERVATION: return owner_of_result(finding, row);
	case ENTITY_AGENCY: return agency_of(finding->model, agency_in(finding, row->cells[FIELD_agency_code].text));
	case ENTITY_NOMINATION: return owner_of_nomination(finding, row);
	case ENTITY_CAMPAIGN:
	case ENTITY_PUBLICATION:
	case ENTITY_THRESHOLDS:
	case ENTITY_STAGE:
	case ENTITY_REPETITION:
	case ENTITY_PREFECTURE:
	case ENTITY_REGION:
	case ENTITY_TRACK:
	case ENTITY_KNOWN_TRACK:
	case ENTITY_CITY:
	case ENTITY_LEDGER:
	case ENTITY_DELIVERY:
	case ENTITY_SENDING:
	case ENTITY_EARLIER:
	case ENTITY_SCAN_MAP:
	case ENTITY_SCAN:
	case ENTITY_ITEM:
	case ENTITY_ITEM_ROW:
	case ENTITY_HEAD:
	case ENTITY_HOLIDAY:
	case ENTITIES: break;
	}
	return province_of(finding->model);
}

/* ---- whose a complaint is --------------------------------------------------------------------------- */

static bool is_among(enum diag_kind kind, const enum diag_kind *kinds, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (kinds[i] == kind)
			return true;
	return false;
}

bool owner_is_missing(enum diag_kind kind)
{
	static const enum diag_kind kinds[] = {
		DIAG_FILE_MISSING,
		DIAG_FILE_EMPTY,
		DIAG_FILE_NO_ROWS,
		DIAG_RESULTS_MISSING,
		DIAG_AGENCIES_MISSING,
		DIAG_ROUND_INCOMPLETE,
		DIAG_ROUND_PROMISED,
		DIAG_PARTICIPATION_UNOBSERVED,
		DIAG_PARTICIPATION_UNDECIDED,
		DIAG_KEY_WITHOUT_ONSITE,
	};
	return is_among(kind, kinds, sizeof kinds / sizeof *kinds);
}

/* The round whose results a participation lacks; -1: none, or it lacks them all. */
static int missing_round(const struct diag_line *line)
{
	if (line->kind == DIAG_KEY_WITHOUT_ONSITE)
		return ROUND_ONSITE;
	return line->kind == DIAG_ROUND_PROMISED ? choice_find(SET_ROUND, line->args.b) : MISSING;
}

/* What lies in an enterprise's folder of scans is its own. */
static struct owner owner_of_scan(const struct finding *finding, struct text file)
{
	struct text rest = file, part, code;
	bool is_scan = text_next(&rest, '/', &part) && text_is(part, "data") && text_next(&rest, '/', &part) &&
		       text_next(&rest, '/', &part) && text_is(part, "scans") && text_next(&rest, '/', &code);
	const uint32_t *found = is_scan ? map_find(&finding->model->enterprise_by_code, code) : NULL;
	return owner_of_enterprise(finding, found ? (int32_t)*found : MISSING);
}

static struct owner owner_of(const struct finding *finding, const struct diag_line *line, const struct row_at *row)
{
	int round = row->is_row && row->kind == ENTITY_PARTICIPATION ? missing_round(line) : MISSING;
	if (row->kind == ENTITIES)
		return owner_of_scan(finding, line->file);
	if (round < 0)
		return owner_of_row(finding, row);
	struct text track = parts_word(finding->arena, row->cells[FIELD_participation_track].text,
				       row->cells[FIELD_participation_platform].text);
	return owner_of_round(finding, enterprise_in(finding, row, FIELD_participation_enterprise), track, round);
}

/* Complaints that tell of two enterprises, of which only one need be the owner's. */
static bool compares(enum diag_kind kind)
{
	static const enum diag_kind kinds[] = { DIAG_NAME_ALIKE, DIAG_NAME_OTHER_CODE, DIAG_RESULTS_COPIED,
						DIAG_AGENCY_LEANING, DIAG_CONTACT_ALIKE, DIAG_PHONE_SHARED };
	return is_among(kind, kinds, sizeof kinds / sizeof *kinds);
}

static int32_t enterprise_of(const struct finding *finding, const struct row_at *row)
{
	const struct field *first = &schema_entity(row->kind)->fields[0];
	bool is_named = first->type == FIELD_CREDIT || first->type == FIELD_ENTERPRISE;
	return is_named ? enterprise_in(finding, row, 0) : MISSING;
}

/* The other place that it names is in a row of somebody else's. */
static bool is_foreign(const struct finding *finding, const struct row_at *row, const struct row_at *other)
{
	if (!row->is_row || !other->is_row)
		return false;
	int32_t one = enterprise_of(finding, row);
	bool is_same = one >= 0 && one == enterprise_of(finding, other);
	return !is_same && !owner_equal(owner_of_row(finding, row), owner_of_row(finding, other));
}

void owners_find(struct arena *arena, const struct model *model, struct sources *sources,
		 const struct diag_line *lines, size_t count, struct owner *owners, struct row_at *rows)
{
	const struct finding finding = { arena, model };
	struct span *spans = ARENA_ARRAY(arena, struct span, 2 * count);
	struct row_at *all = ARENA_ARRAY(arena, struct row_at, 2 * count);
	for (size_t i = 0; i < count; i++) {
		spans[i] = lines[i].args.span;
		spans[count + i] = lines[i].args.other;
	}
	rows_at(arena, sources, spans, 2 * count, all);
	for (size_t i = 0; i < count; i++) {
		const struct row_at *other = &all[count + i];
		owners[i] = owner_of(&finding, &lines[i], &all[i]);
		if (is_foreign(&finding, &all[i], other) || (compares(lines[i].kind) && !other->is_row))
			owners[i] = province_of(model);
	}
	if (rows && count)
		memcpy(rows, all, count * sizeof *rows);
}
