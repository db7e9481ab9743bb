/* SPDX-License-Identifier: MIT
 *
 * schema.def as data: entities and their fields, with offsets into the records.
 */
#ifndef XINGJI_MODEL_SCHEMA_H
#define XINGJI_MODEL_SCHEMA_H

#include "base/text.h"
#include "model/choice.h"
#include "model/schema.def"

enum field_type {
	FIELD_TEXT, FIELD_CREDIT, FIELD_DATE, FIELD_NUMBER, FIELD_DECIMAL, FIELD_CHOICE, FIELD_TRACK, FIELD_CITY,
	FIELD_INDUSTRY, FIELD_LEVEL, FIELD_ENTERPRISE, FIELD_AGENCY, FIELD_ITEM,
};
/* Who may see a field, from everybody to the province alone: each sees what those before it may see, too. */
enum visibility { VISIBLE_PUBLIC, VISIBLE_FIRM, VISIBLE_AGENCY, VISIBLE_CITY, VISIBLE_PROVINCE, VISIBILITIES };
/* What a value that got out would tell, and so how it is hunted (publish/leak.h). */
enum telling {
	TELLS_NOTHING, /* not hunted */
	TELLS_REMARK,  /* a sentence: hunted but for what is public by itself */
	TELLS_WHOM,    /* a name, a code, a number: always hunted */
};

struct field {
	const char *name;
	enum field_type type;
	enum choice_set set;
	const char *heading, *synonyms; /* synonyms separated by | */
	bool is_required;
	const char *unit;
	enum visibility visibility;
	enum telling telling; /* where it is not published */
	const char *note;
	size_t offset; /* in the record; SCHEMA_NO_OFFSET where the record keeps it in another form */
};
#define SCHEMA_NO_OFFSET ((size_t)-1)

enum entity_kind {
	ENTITY_CAMPAIGN, ENTITY_PUBLICATION, ENTITY_THRESHOLDS, ENTITY_STAGE, ENTITY_SENDING, ENTITY_REPETITION, ENTITY_PREFECTURE, ENTITY_REGION,
	ENTITY_TRACK, ENTITY_KNOWN_TRACK, ENTITY_HOLIDAY, ENTITY_CITY, ENTITY_ENTERPRISE,
	ENTITY_PARTICIPATION, ENTITY_AGENCY, ENTITY_OBSERVATION, ENTITY_RECTIFICATION, ENTITY_ANSWER, ENTITY_NOMINATION,
	ENTITY_LEDGER, ENTITY_DELIVERY, ENTITY_EARLIER, ENTITY_SCAN_MAP, ENTITY_SCAN, ENTITY_ITEM, ENTITY_ITEM_ROW, ENTITY_HEAD,
	ENTITIES
};

struct entity {
	const char *name, *heading, *file;
	const struct field *fields;
	size_t field_count;
	size_t record_size;
};

/*
 * The position of each field in its entity's row of schema.def, and so of its cell in a
 * record (check/field.h): FIELD_enterprise_name …  FIELDS_enterprise is how many there are.
 */
#define FIELD_INDEX(entity, name, ...) FIELD_##entity##_##name,
enum campaign_field { SCHEMA_CAMPAIGN(FIELD_INDEX) FIELDS_campaign };
enum publication_field { SCHEMA_PUBLICATION(FIELD_INDEX) FIELDS_publication };
enum thresholds_field { SCHEMA_THRESHOLDS(FIELD_INDEX) FIELDS_thresholds };
enum stage_field { SCHEMA_STAGE(FIELD_INDEX) FIELDS_stage };
enum sending_field { SCHEMA_SENDING(FIELD_INDEX) FIELDS_sending };
enum repetition_field { SCHEMA_REPETITION(FIELD_INDEX) FIELDS_repetition };
enum prefecture_field { SCHEMA_PREFECTURE(FIELD_INDEX) FIELDS_prefecture };
enum region_field { SCHEMA_REGION(FIELD_INDEX) FIELDS_region };
enum holiday_field { SCHEMA_HOLIDAY(FIELD_INDEX) FIELDS_holiday };
enum city_field { SCHEMA_CITY(FIELD_INDEX) FIELDS_city };
enum enterprise_field { SCHEMA_ENTERPRISE(FIELD_INDEX) FIELDS_enterprise };
enum participation_field { SCHEMA_PARTICIPATION(FIELD_INDEX) FIELDS_participation };
enum agency_field { SCHEMA_AGENCY(FIELD_INDEX) FIELDS_agency };
enum observation_field { SCHEMA_OBSERVATION(FIELD_INDEX) FIELDS_observation };
enum rectification_field { SCHEMA_RECTIFICATION(FIELD_INDEX) FIELDS_rectification };
enum answer_field { SCHEMA_ANSWER(FIELD_INDEX) FIELDS_answer };
enum nomination_field { SCHEMA_NOMINATION(FIELD_INDEX) FIELDS_nomination };
enum ledger_field { SCHEMA_LEDGER(FIELD_INDEX) FIELDS_ledger };
enum delivery_field { SCHEMA_DELIVERY(FIELD_INDEX) FIELDS_delivery };
enum earlier_field { SCHEMA_EARLIER(FIELD_INDEX) FIELDS_earlier };
enum scan_map_field { SCHEMA_SCAN_MAP(FIELD_INDEX) FIELDS_scan_map };
enum scan_field { SCHEMA_SCAN(FIELD_INDEX) FIELDS_scan };
enum item_field { SCHEMA_ITEM(FIELD_INDEX) FIELDS_item };
enum item_row_field { SCHEMA_ITEM_ROW(FIELD_INDEX) FIELDS_item_row };
enum head_field { SCHEMA_HEAD(FIELD_INDEX) FIELDS_head };
enum track_field { SCHEMA_TRACK(FIELD_INDEX) FIELDS_track };
enum known_track_field { SCHEMA_KNOWN_TRACK(FIELD_INDEX) FIELDS_known_track };
/* The fields of the entity that has most of them. */
#define FIELDS_COUNT(entity, UPPER, heading, file) char entity[FIELDS_##entity];
union field_counts { SCHEMA_ENTITIES(FIELDS_COUNT) };
enum { FIELDS_MOST = sizeof(union field_counts) };

const struct entity *schema_entity(enum entity_kind kind);
/* By "enterprise", "enterprises" or "enterprises.csv"; NULL when unknown. */
const struct entity *schema_find(struct text name);
/*
 * The field whose heading or synonym is `heading` (spaces, case, full-width forms
 * and a trailing unit or remark in brackets ignored), or NULL.
 */
const struct field *schema_field(const struct entity *entity, struct text heading);

#endif
