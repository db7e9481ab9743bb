/* SPDX-License-Identifier: MIT */
#include "model/schema.h"

#include <stddef.h>

#include "base/fold.h"
#include "base/utf8.h"
#include "model/model.h"

#define REQUIRED true
#define OPTIONAL false
/* The words of VISIBILITY: who may see it, and behind SAID what a value tells where it is not what the type says. */
enum { WHO = 15, SAID = 16, PLAIN = SAID | TELLS_NOTHING * 2 * SAID, REMARK = SAID | TELLS_REMARK * 2 * SAID };
#define WORDS(who) WORD_##who = VISIBLE_##who, WORD_##who##_PLAIN = VISIBLE_##who | PLAIN, \
	WORD_##who##_REMARK = VISIBLE_##who | REMARK
enum { WORDS(PUBLIC), WORDS(FIRM), WORDS(AGENCY), WORDS(CITY), WORDS(PROVINCE) };
/* By type, where nothing is said. */
enum {
	TOLD_TEXT = TELLS_WHOM, TOLD_CREDIT = TELLS_WHOM, TOLD_DATE = TELLS_NOTHING, TOLD_NUMBER = TELLS_NOTHING,
	TOLD_DECIMAL = TELLS_NOTHING, TOLD_CHOICE = TELLS_NOTHING, TOLD_TRACK = TELLS_NOTHING, TOLD_CITY = TELLS_NOTHING,
	TOLD_INDUSTRY = TELLS_NOTHING, TOLD_LEVEL = TELLS_NOTHING, TOLD_ENTERPRISE = TELLS_NOTHING,
	TOLD_AGENCY = TELLS_NOTHING, TOLD_ITEM = TELLS_NOTHING,
};
#define TELLING(word, told) ((word) & SAID ? (word) / (2 * SAID) : (told))

#define ROW(name_, type_, set_, heading_, synonyms_, required_, unit_, visibility_, note_, offset_)             \
	{ .name = #name_, .type = FIELD_##type_, .set = SET_##set_, .heading = heading_, .synonyms = synonyms_, \
	  .is_required = required_, .unit = unit_, .visibility = WORD_##visibility_ & WHO,                        \
	  .telling = TELLING(WORD_##visibility_, TOLD_##type_), .note = note_, .offset = offset_ },
#define FIELD_ROW(entity_, name_, type_, set_, heading_, synonyms_, required_, unit_, visibility_, note_) \
	ROW(name_, type_, set_, heading_, synonyms_, required_, unit_, visibility_, note_, offsetof(struct entity_, name_))
/* Observations are many, so their record is packed by hand: whose it is stands in its participation, words in remarks. */
#define KEPT_enterprise SCHEMA_NO_OFFSET
#define KEPT_track SCHEMA_NO_OFFSET
#define KEPT_round offsetof(struct observation, round)
#define KEPT_item offsetof(struct observation, item)
#define KEPT_result offsetof(struct observation, result)
#define KEPT_note SCHEMA_NO_OFFSET
#define KEPT_evidence SCHEMA_NO_OFFSET
#define KEPT_date offsetof(struct observation, date)
#define PACKED_ROW(entity_, name_, type_, set_, heading_, synonyms_, required_, unit_, visibility_, note_) \
	ROW(name_, type_, set_, heading_, synonyms_, required_, unit_, visibility_, note_, KEPT_##name_)

static const struct field campaign_fields[] = { SCHEMA_CAMPAIGN(FIELD_ROW) };
static const struct field publication_fields[] = { SCHEMA_PUBLICATION(FIELD_ROW) };
static const struct field thresholds_fields[] = { SCHEMA_THRESHOLDS(FIELD_ROW) };
static const struct field stage_fields[] = { SCHEMA_STAGE(FIELD_ROW) };
static const struct field sending_fields[] = { SCHEMA_SENDING(FIELD_ROW) };
static const struct field repetition_fields[] = { SCHEMA_REPETITION(FIELD_ROW) };
static const struct field prefecture_fields[] = { SCHEMA_PREFECTURE(FIELD_ROW) };
static const struct field region_fields[] = { SCHEMA_REGION(FIELD_ROW) };
static const struct field track_fields[] = { SCHEMA_TRACK(FIELD_ROW) };
static const struct field known_track_fields[] = { SCHEMA_KNOWN_TRACK(FIELD_ROW) };
static const struct field holiday_fields[] = { SCHEMA_HOLIDAY(FIELD_ROW) };
static const struct field city_fields[] = { SCHEMA_CITY(FIELD_ROW) };
static const struct field enterprise_fields[] = { SCHEMA_ENTERPRISE(FIELD_ROW) };
static const struct field participation_fields[] = { SCHEMA_PARTICIPATION(FIELD_ROW) };
static const struct field agency_fields[] = { SCHEMA_AGENCY(FIELD_ROW) };
static const struct field observation_fields[] = { SCHEMA_OBSERVATION(PACKED_ROW) };
static const struct field rectification_fields[] = { SCHEMA_RECTIFICATION(FIELD_ROW) };
static const struct field answer_fields[] = { SCHEMA_ANSWER(FIELD_ROW) };
static const struct field nomination_fields[] = { SCHEMA_NOMINATION(FIELD_ROW) };
static const struct field ledger_fields[] = { SCHEMA_LEDGER(FIELD_ROW) };
static const struct field delivery_fields[] = { SCHEMA_DELIVERY(FIELD_ROW) };
static const struct field earlier_fields[] = { SCHEMA_EARLIER(FIELD_ROW) };
static const struct field scan_map_fields[] = { SCHEMA_SCAN_MAP(FIELD_ROW) };
static const struct field scan_fields[] = { SCHEMA_SCAN(FIELD_ROW) };
static const struct field item_fields[] = { SCHEMA_ITEM(FIELD_ROW) };
static const struct field item_row_fields[] = { SCHEMA_ITEM_ROW(FIELD_ROW) };
static const struct field head_fields[] = { SCHEMA_HEAD(FIELD_ROW) };

static const struct entity entities[] = {
#define ENTITY_ROW(entity_, UPPER, heading_, file_)                                      \
	[ENTITY_##UPPER] = { .name = #entity_, .heading = heading_, .file = file_,    \
			       .fields = entity_##_fields,                              \
			       .field_count = sizeof entity_##_fields / sizeof *entity_##_fields, \
			       .record_size = sizeof(struct entity_) },
	SCHEMA_ENTITIES(ENTITY_ROW)
};
_Static_assert(sizeof entities / sizeof *entities == ENTITIES, "every entity has a row");

const struct entity *schema_entity(enum entity_kind kind)
{
	return &entities[kind];
}

const struct entity *schema_find(struct text name)
{
	for (size_t i = 0; i < ENTITIES; i++) {
		struct text file = text_from(entities[i].file);
		struct text stem = text_slice(file, 0, text_find(file, TEXT(".csv")));
		if (text_is(name, entities[i].name) || text_equal(name, file) || text_equal(name, stem))
			return &entities[i];
	}
	return NULL;
}

/* The next character a heading is compared by, 0 at its end: no spaces, no remark in brackets, ASCII forms, lower case. */
static uint32_t key_next(struct text heading, size_t *offset, bool is_first)
{
	while (*offset < heading.size) {
		uint32_t character = utf8_next(heading, offset);
		bool is_blank = character <= ' ' || utf8_is_space(character) || utf8_is_invisible(character);
		if (character == UTF8_BAD || is_blank)
			continue;
		if (character >= 0xFF01 && character <= 0xFF5E)
			character -= 0xFEE0;
		if (fold_look_alike(character))
			character = fold_look_alike(character);
		if (character == '(' && !is_first)
			*offset = heading.size;
		else if (character >= 'A' && character <= 'Z')
			return character + 'a' - 'A';
		else if (character != '*' && character != ':')
			return character;
	}
	return 0;
}

static bool same_heading(struct text one, struct text other)
{
	size_t one_offset = 0, other_offset = 0;
	uint32_t character = 0;
	for (bool is_first = true; is_first || character; is_first = false) {
		character = key_next(one, &one_offset, is_first);
		if (character != key_next(other, &other_offset, is_first))
			return false;
	}
	return true;
}

static bool is_called(const struct field *field, struct text heading)
{
	if (same_heading(heading, text_from(field->heading)))
		return true;
	struct text rest = text_from(field->synonyms), synonym;
	while (text_next(&rest, '|', &synonym))
		if (synonym.size && same_heading(heading, synonym))
			return true;
	return false;
}

const struct field *schema_field(const struct entity *entity, struct text heading)
{
	size_t offset = 0;
	if (!key_next(heading, &offset, true))
		return NULL;
	for (size_t i = 0; i < entity->field_count; i++)
		if (is_called(&entity->fields[i], heading))
			return &entity->fields[i];
	return NULL;
}
