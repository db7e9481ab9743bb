/* SPDX-License-Identifier: MIT */
#include "check/results.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "check/observations.h"
#include "model/track.h"
#include "read/clean.h"
#include "read/xml.h"

/* ---- CSV ------------------------------------------------------------------------------------- */

/* A row that is too long or cut: at least whom it concerns can often be told. */
static void blame_broken(struct observer *observer, const struct table *table)
{
	struct check *check = observer->check;
	size_t since = check->problems.count;
	problem_add(check, table->fault, table->fault_args);
	struct text code = field_code(check, table_value(table, FIELD_observation_enterprise).text);
	const uint32_t *enterprise = map_find(&check->model->enterprise_by_code, code);
	int track = track_find_held(&check->model->campaign, table_value(table, FIELD_observation_track).text);
	int32_t participation = enterprise && track >= 0 ? check->model->enterprises[*enterprise].participation[track] : MISSING;
	if (participation >= 0)
		check->has_rejected_results[participation] = true;
	observer_blame(observer, participation, since);
}

static void take_row(struct observer *observer, const struct table *table)
{
	size_t since = observer->check->problems.count;
	struct record record = record_from_table(table);
	struct observer_head head = observer_head(observer, &record, table_name(table));
	observer_take(observer, &record, &head, since);
}

static void read_csv(struct observer *observer, const char *path)
{
	struct check *check = observer->check;
	struct table *table = memory_resize(NULL, sizeof *table);
	if (table_open(table, &check->reader, path, ENTITY_OBSERVATION)) {
		size_t rows = 0;
		observer_start(observer, true);
		for (; table_next(table); rows++) {
			if (table->fault != DIAG_KINDS)
				blame_broken(observer, table);
			else
				take_row(observer, table);
		}
		if (rows == 0)
			PROBLEM(check, DIAG_FILE_NO_ROWS, .span = table->header);
	}
	free(table);
}

/* ---- XML ---------------------------------------------------------------------------------------- */

struct xml_reading {
	struct observer *observer;
	struct record record;       /* of the result being read; enterprise, track, round, date from its assessment */
	struct buf texts[FIELDS_observation]; /* the bytes behind record.values, which outlive single events */
	struct text method;         /* of the evidence */
	struct observer_head head;
	enum observation_field current;      /* what text belongs to: note, evidence, or FIELDS_observation */
	size_t results;
	bool is_in_result;
};

/* Attribute → field, by element depth. */
static const struct {
	size_t depth;
	const char *name;
	enum observation_field field;
} xml_fields[] = {
	{ 2, "enterprise", FIELD_observation_enterprise }, { 2, "track", FIELD_observation_track },
	{ 2, "round", FIELD_observation_round }, { 2, "date", FIELD_observation_date },
	{ 3, "item", FIELD_observation_item }, { 3, "value", FIELD_observation_result },
};

static void put(struct xml_reading *reading, enum observation_field field, struct text text, struct span span)
{
	struct buf *buf = &reading->texts[field];
	buf_reset(buf);
	buf_text(buf, text);
	reading->record.values[field] = (struct value){ buf_view(buf), span, true };
}

static void forget(struct xml_reading *reading, size_t depth, struct span place)
{
	for (size_t i = 0; i < sizeof xml_fields / sizeof *xml_fields; i++)
		if (xml_fields[i].depth == depth)
			reading->record.values[xml_fields[i].field] = (struct value){ .span = place };
}

static bool take_attribute(struct xml_reading *reading, size_t depth, const struct xml_attribute *attribute)
{
	for (size_t i = 0; i < sizeof xml_fields / sizeof *xml_fields; i++)
		if (xml_fields[i].depth == depth && text_is(attribute->name, xml_fields[i].name)) {
			put(reading, xml_fields[i].field, attribute->value, attribute->span);
			return true;
		}
	return false;
}

static void note_attribute(struct xml_reading *reading, const struct xml_event *event, const struct xml_attribute *attribute)
{
	PROBLEM(reading->observer->check, DIAG_XML_ATTRIBUTE_UNKNOWN, .span = attribute->name_span, .a = attribute->name, .b = event->name);
}

static const struct field agency_field = { .name = "agency", .type = FIELD_AGENCY, .heading = "核查机构", .synonyms = "", .unit = "" };

static void start_assessment(struct xml_reading *reading, const struct xml_event *event)
{
	struct check *check = reading->observer->check;
	size_t since = check->problems.count;
	int32_t agency = MISSING;
	struct span agency_span = event->span;
	forget(reading, 2, event->span);
	reading->observer->next_item = 0;
	for (size_t i = 0; i < event->attribute_count; i++) {
		const struct xml_attribute *attribute = &event->attributes[i];
		if (text_is(attribute->name, "agency")) {
			agency_span = attribute->span;
			agency = field_agency(check, &agency_field, (struct value){ attribute->value, agency_span, true });
		} else if (!take_attribute(reading, 2, attribute)) {
			note_attribute(reading, event, attribute);
		}
	}
	reading->head = observer_head(reading->observer, &reading->record, (struct value){ .is_given = false });
	reading->head.agency = agency;
	if (agency >= 0 && reading->head.round == ROUND_ONLINE && check->model->agencies[agency].is_provincial == YESNO_NO)
		PROBLEM(check, DIAG_CHECKER_NOT_PROVINCIAL, .span = agency_span, .a = check->model->agencies[agency].code,
			.b = check->model->agencies[agency].name);
	observer_blame(reading->observer, reading->head.participation, since);
}

static void start_result(struct xml_reading *reading, const struct xml_event *event)
{
	forget(reading, 3, event->span);
	reading->record.place = event->span;
	struct value blank = { .span = event->span };
	reading->record.values[FIELD_observation_note] = reading->record.values[FIELD_observation_evidence] = blank;
	reading->method = NO_TEXT;
	reading->is_in_result = true;
	for (size_t i = 0; i < event->attribute_count; i++)
		if (!take_attribute(reading, 3, &event->attributes[i]))
			note_attribute(reading, event, &event->attributes[i]);
}

static void start_detail(struct xml_reading *reading, const struct xml_event *event)
{
	bool is_evidence = text_is(event->name, "evidence");
	reading->current = is_evidence ? FIELD_observation_evidence : FIELD_observation_note;
	for (size_t i = 0; i < event->attribute_count; i++) {
		const struct xml_attribute *attribute = &event->attributes[i];
		if (is_evidence && text_is(attribute->name, "method"))
			put(reading, FIELD_observation_evidence, reading->method = text_copy(reading->observer->check->reader.arena, attribute->value),
			    attribute->span);
		else
			note_attribute(reading, event, attribute);
	}
}

/* Evidence is kept with the way it was obtained: "现场访谈：…". */
static void take_detail(struct xml_reading *reading, const struct xml_event *event)
{
	struct buf *buf = &reading->texts[reading->current];
	struct value *value = &reading->record.values[reading->current];
	if (value->text.size == 0)
		buf_reset(buf);
	else
		buf_string(buf, reading->current == FIELD_observation_evidence && text_equal(value->text, reading->method) ? "：" : " ");
	buf_text(buf, text_trim(event->text));
	*value = (struct value){ buf_view(buf), event->span, true };
}

static const struct {
	size_t depth;
	const char *parent, *name;
	void (*start)(struct xml_reading *reading, const struct xml_event *event);
} xml_elements[] = {
	{ 2, "assessments", "assessment", start_assessment },
	{ 3, "assessment", "result", start_result },
	{ 4, "result", "note", start_detail },
	{ 4, "result", "evidence", start_detail },
};

static void start_element(struct xml_reading *reading, const struct xml_event *event)
{
	reading->current = FIELDS_observation;
	for (size_t i = 0; i < sizeof xml_elements / sizeof *xml_elements; i++)
		if (xml_elements[i].depth == event->depth && text_is(event->name, xml_elements[i].name)) {
			xml_elements[i].start(reading, event);
			return;
		}
	PROBLEM(reading->observer->check, DIAG_XML_ELEMENT_UNKNOWN, .span = event->span, .a = event->name);
}

static void end_element(struct xml_reading *reading, const struct xml_event *event)
{
	reading->current = FIELDS_observation;
	if (event->depth != 3 || !reading->is_in_result)
		return;
	reading->is_in_result = false;
	reading->results++;
	observer_take(reading->observer, &reading->record, &reading->head, reading->observer->check->problems.count);
}

static bool on_event(void *context, const struct xml_event *event)
{
	struct xml_reading *reading = context;
	if (event->depth == 1 && event->kind == XML_START && !text_is(event->name, "assessments")) {
		DIAG(reading->observer->check->reader.diag, DIAG_XML_ROOT, .span = event->span, .a = event->name, .b = TEXT("assessments"));
		reading->results = 1; /* not empty, but something else */
		return false;
	}
	if (event->kind == XML_START && event->depth > 1)
		start_element(reading, event);
	else if (event->kind == XML_END)
		end_element(reading, event);
	else if (event->kind == XML_TEXT && reading->current != FIELDS_observation)
		take_detail(reading, event);
	return true;
}

static void read_xml(struct observer *observer, const char *path)
{
	struct check *check = observer->check;
	uint32_t number = input_open(&check->reader, path, INPUT_XML);
	if (!number)
		return;
	struct xml_reading reading = { .observer = observer, .current = FIELDS_observation };
	reading.record.entity = schema_entity(ENTITY_OBSERVATION);
	for (size_t i = 0; i < FIELDS_observation; i++)
		buf_init(&reading.texts[i], BUF_LIMIT_PAGE);
	observer_start(observer, false);
	if (xml_parse(&check->reader, number, on_event, &reading) && reading.results == 0)
		PROBLEM(check, DIAG_FILE_NO_ROWS, .span = { .source = number });
	for (size_t i = 0; i < FIELDS_observation; i++)
		buf_clear(&reading.texts[i]);
}

/* ---- the folder ------------------------------------------------------------------------------------- */

static bool has_suffix(struct text name, const char *suffix)
{
	struct text end = text_slice(name, name.size < 4 ? name.size : name.size - 4, 4);
	for (size_t i = 0; i < 4; i++)
		if (i >= end.size || (end.at[i] | 0x20) != (suffix[i] | 0x20))
			return false;
	return true;
}

static void read_one(struct observer *observer, const char *folder, struct text name)
{
	struct check *check = observer->check;
	const char *path = file_join(check->reader.arena, folder, name);
	if (text_starts(name, ".") || text_starts(name, "~$"))
		return;
	if (has_suffix(name, ".csv"))
		read_csv(observer, path);
	else if (has_suffix(name, ".xml"))
		read_xml(observer, path);
	else
		DIAG(check->reader.diag, DIAG_FILE_IGNORED, .span = input_absent(&check->reader, path), .a = name);
	problems_report_merged(check);
}

void results_read(struct check *check)
{
	struct observer observer = { .check = check };
	const char *folder = file_join(check->reader.arena, check->folder, TEXT("results"));
	struct input_names names;
	if (input_list(&check->reader, folder, NULL, &names) && names.count == 0)
		problem_wait(check, DIAG_RESULTS_MISSING,
			     (struct diag_args){ .span = input_absent(&check->reader, folder), .a = TEXT("results/") });
	for (size_t i = 0; i < names.count; i++)
		read_one(&observer, folder, names.at[i]);
	observations_settle(check, &observer.list);
	problems_report_merged(check);
	observer_clear(&observer);
}
