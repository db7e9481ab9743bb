/* SPDX-License-Identifier: MIT */
#include "build/record.h"

#include <assert.h>

#include "assess/chronicle.h"
#include "assess/movement.h"
#include "base/buf.h"
#include "base/json_write.h"
#include "base/list.h"
#include "build/run.h"
#include "facts/shown.h"
#include "model/parts.h"
#include "model/place.h"
#include "model/track.h"

/* ---- of the present inputs -------------------------------------------------------- */

struct text record_iso(struct arena *arena, struct date date)
{
	return text_format(arena, "%04d-%02d-%02d", date.year, date.month, date.day);
}

struct text record_track_word(struct arena *arena, const struct campaign *campaign, struct text word)
{
	int track = track_by_id(campaign, record_track_id(word));
	struct text id, platform;
	if (track < 0)
		return word;
	if (!track_split(word, &id, &platform))
		platform = NO_TEXT;
	return parts_word(arena, track_label(campaign, track), platform);
}

struct text record_track_id(struct text word)
{
	struct text id, platform;
	return track_split(word, &id, &platform) ? id : word;
}

/* As a version of the list has it: with the platform where it shows several of the enterprise. */
static struct text track_word(struct run *run, struct arena *arena, size_t version, int32_t participation)
{
	struct text platform = chronicle_platform(run->shown, run->shown->chronicle, version, participation);
	int track = run->model->participations[participation].track;
	return parts_word(arena, track_id(&run->model->campaign, track), platform);
}

static struct text label_of(const struct model *model, int track, int level)
{
	const struct catalogue *catalogue = model->catalogues[track];
	return catalogue && level >= 0 && level <= catalogue->level_count ? catalogue->levels[level].label : NO_TEXT;
}

static struct recorded_entry entry_of(struct run *run, struct arena *arena, size_t version,
				      const struct shown_entry *shown)
{
	const struct model *model = run->model;
	const struct participation *participation = &model->participations[shown->participation];
	const struct enterprise *enterprise = &model->enterprises[participation->enterprise];
	struct standing standing = shown->standing;
	enum movement movement = movement_of(standing.level, run->shown->decisions[shown->participation].earlier_level);
	struct recorded_entry entry = {
		.name = chronicle_name(model, standing, shown->participation), .code = enterprise->code,
		.track = track_word(run, arena, version, shown->participation),
		.level = text_format(arena, "%d", standing.level),
		.label = label_of(model, participation->track, standing.level),
		.change = text_from(movement_word(movement)), .address = text_from(shown->link),
	};
	if (enterprise->city >= 0)
		entry.city = model->prefectures.at[enterprise->city].name;
	if (enterprise->industry >= 0)
		entry.industry = text_from(industries[enterprise->industry].name);
	if (standing.kind != STANDING_VALID)
		entry.status = text_from(choice_word(SET_STANDING, standing.kind));
	if (standing.level != standing.decided)
		entry.first = label_of(model, participation->track, standing.decided);
	if (standing.renamed >= 0)
		entry.former = enterprise->former;
	return entry;
}

static struct recorded_row row_of(struct run *run, struct arena *arena, size_t version, const struct ledger *ledger)
{
	return (struct recorded_row){
		.date = record_iso(arena, ledger->date), .code = run->model->enterprises[ledger->enterprise].code,
		.track = track_word(run, arena, version, ledger->participation),
		.kind = text_from(choice_word(SET_LEDGER, ledger->kind)),
		.label = ledger->level > 0 ? label_of(run->model, ledger->track, ledger->level) : NO_TEXT,
		.reason = ledger->reason,
		.name = ledger->kind == LEDGER_RENAMED ? ledger->name : NO_TEXT,
	};
}

/* The rows of the ledger up to the version's day. */
static void add_rows(struct run *run, struct arena *arena, size_t number, struct recorded *version)
{
	const struct chronicle *chronicle = run->shown->chronicle;
	version->rows = ARENA_ARRAY(arena, struct recorded_row, chronicle->row_count);
	for (size_t i = 0; i < chronicle->row_count; i++) {
		const struct ledger *ledger = &run->model->ledger[chronicle->rows[i]];
		if (date_compare(ledger->date, version->version) <= 0)
			version->rows[version->row_count++] = row_of(run, arena, number, ledger);
	}
}

struct recorded record_version(struct run *run, struct arena *arena, const struct shown_lists *lists, size_t number)
{
	const struct version *shown = &run->shown->chronicle->versions[number];
	size_t count = lists->counts[number];
	struct recorded version = { .event = EVENT_PUBLISHED, .version = shown->date, .state = shown->state };
	version.entries = ARENA_ARRAY(arena, struct recorded_entry, count);
	for (size_t i = 0; i < count; i++)
		version.entries[i] = entry_of(run, arena, number, &lists->entries[number][i]);
	version.entry_count = count;
	add_rows(run, arena, number, &version);
	return version;
}

const struct recorded *record_last(const struct model *model)
{
	const struct recorded *last = NULL;
	for (size_t i = 0; i < model->recorded_count; i++)
		if (model->recorded[i].event == EVENT_PUBLISHED)
			last = &model->recorded[i];
	return last;
}

/* ---- between two ------------------------------------------------------------------- */

typedef LIST(struct record_difference) difference_list;

static struct text key_of(struct arena *arena, const struct recorded_entry *entry)
{
	return text_format(arena, "%.*s %.*s", TEXT_ARGS(entry->code), TEXT_ARGS(entry->track));
}

/* Where the level has another name it is told by that, not by its number too. */
static void differ(const struct recorded_entry *before, const struct recorded_entry *now, difference_list *list)
{
	bool is_relabelled = !text_equal(before->label, now->label);
	for (size_t i = 0; i < RECORDED_ENTRY_FIELDS; i++) {
		const struct recorded_field *field = &recorded_entry_fields[i];
		bool is_same = text_equal(recorded_value(before, field), recorded_value(now, field));
		if (!is_same && !(is_relabelled && field->form == RECORDED_NUMBER))
			LIST_PUSH(list, ((struct record_difference){ RECORD_ALTERED, field, before, now }));
	}
}

size_t record_differences(struct arena *arena, const struct recorded *before, const struct recorded *now,
			  struct record_difference **differences)
{
	difference_list list = { 0 };
	struct map known = { 0 };
	size_t old_count = before ? before->entry_count : 0;
	bool *is_met = ARENA_ARRAY(arena, bool, old_count);
	for (size_t i = 0; i < old_count; i++)
		map_add(&known, key_of(arena, &before->entries[i]), (uint32_t)i);
	for (size_t i = 0; i < now->entry_count; i++) {
		const uint32_t *found = map_find(&known, key_of(arena, &now->entries[i]));
		if (found) {
			assert(before); /* only its entries are known */
			is_met[*found] = true;
			differ(&before->entries[*found], &now->entries[i], &list);
		} else {
			LIST_PUSH(&list, ((struct record_difference){ RECORD_ADDED, NULL, NULL, &now->entries[i] }));
		}
	}
	for (size_t i = 0; i < old_count; i++)
		if (!is_met[i])
			LIST_PUSH(&list,
				  ((struct record_difference){ RECORD_REMOVED, NULL, &before->entries[i], NULL }));
	map_clear(&known);
	size_t count = list.count;
	*differences = ARENA_ARRAY(arena, struct record_difference, count);
	if (count)
		memcpy(*differences, list.at, count * sizeof *list.at);
	LIST_FREE(&list);
	return count;
}

/* ---- writing ----------------------------------------------------------------------- */

static void write_members(struct json_write *json, const struct recorded_field *fields, size_t count,
	const void *record)
{
	for (size_t i = 0; i < count; i++) {
		struct text value = recorded_value(record, &fields[i]);
		if (fields[i].form == RECORDED_SPARSE && !value.size)
			continue;
		json_write_key(json, text_from(fields[i].key));
		if (fields[i].form == RECORDED_NUMBER)
			json_write_number(json, value);
		else
			json_write_text(json, value);
	}
}

static void write_record(struct json_write *json, const struct recorded_field *fields, size_t count, const void *record)
{
	json_write_object(json, JSON_TIGHT);
	write_members(json, fields, count, record);
	json_write_close(json);
}

static void write_documents(const struct recorded *line, struct json_write *json)
{
	json_write_key(json, TEXT("documents"));
	json_write_list(json, JSON_TIGHT);
	for (size_t i = 0; i < line->document_count; i++)
		write_record(json, recorded_document_fields, RECORDED_DOCUMENT_FIELDS, &line->documents[i]);
	json_write_close(json);
}

void record_write_replaced(const void *context, struct json_write *json)
{
	write_documents(context, json);
}

void record_write_batch(const void *context, struct json_write *json)
{
	const struct recorded *line = context;
	json_write_named_text(json, "batch", line->batch);
	if (line->key.size)
		json_write_named_text(json, "key", line->key);
	if (line->document_count)
		write_documents(line, json);
	json_write_key(json, TEXT("copies"));
	json_write_list(json, JSON_TIGHT);
	for (size_t i = 0; i < line->copy_count; i++)
		write_record(json, recorded_copy_fields, RECORDED_COPY_FIELDS, &line->copies[i]);
	json_write_close(json);
}

void record_write_certificates(const void *context, struct json_write *json)
{
	const struct recorded *line = context;
	json_write_key(json, TEXT("certificates"));
	json_write_list(json, JSON_TIGHT);
	for (size_t i = 0; i < line->certificate_count; i++)
		write_record(json, recorded_certificate_fields, RECORDED_CERTIFICATE_FIELDS, &line->certificates[i]);
	json_write_close(json);
}

void record_write_step(const void *context, struct json_write *json)
{
	const struct recorded *line = context;
	write_members(json, recorded_step_fields, RECORDED_STEP_FIELDS, &line->step);
}

void record_write(const void *context, struct json_write *json)
{
	const struct recorded *version = context;
	struct buf date;
	buf_init(&date, 32);
	date_write_iso(&date, version->version);
	json_write_named_text(json, "version", buf_view(&date));
	json_write_named_text(json, "state", text_from(choice_word(SET_STATE, version->state)));
	json_write_key(json, TEXT("entries"));
	json_write_list(json, JSON_TIGHT);
	for (size_t i = 0; i < version->entry_count; i++)
		write_record(json, recorded_entry_fields, RECORDED_ENTRY_FIELDS, &version->entries[i]);
	json_write_close(json);
	json_write_key(json, TEXT("ledger"));
	json_write_list(json, JSON_TIGHT);
	for (size_t i = 0; i < version->row_count; i++)
		write_record(json, recorded_row_fields, RECORDED_ROW_FIELDS, &version->rows[i]);
	json_write_close(json);
	if (version->document_count)
		write_documents(version, json);
	buf_clear(&date);
}
