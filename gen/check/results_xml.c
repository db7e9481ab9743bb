/* SPDX-License-Identifier: MIT */
#include "check/results_xml.h"

#include <strings.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/nearest.h"
#include "check/mended.h"
#include "check/node.h"
#include "model/track.h"
#include "read/clean.h"
#include "read/xml.h"

struct xml_reading {
	struct observer *observer;
	struct record record;       /* of the result being read; enterprise, track, round, date from its assessment */
	struct buf texts[FIELDS_observation]; /* the bytes behind record.values, which outlive single events */
	const char *joint;          /* between what is there of the current text and what follows */
	struct observer_head head;
	enum observation_field current;      /* what text belongs to: note, evidence, or FIELDS_observation */
	struct text uri;            /* the namespace of the root */
	size_t skipped;             /* depth of an element that is left out with all that it holds; 0: none */
	size_t results;
	bool is_in_result;
};

/* Attribute → field, by element depth. */
static const struct {
	size_t depth;
	struct text name;
	enum observation_field field;
} xml_fields[] = {
	{ 2, TEXT_INIT("enterprise"), FIELD_observation_enterprise },
	{ 2, TEXT_INIT("track"), FIELD_observation_track },
	{ 2, TEXT_INIT("round"), FIELD_observation_round }, { 2, TEXT_INIT("date"), FIELD_observation_date },
	{ 3, TEXT_INIT("item"), FIELD_observation_item }, { 3, TEXT_INIT("value"), FIELD_observation_result },
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
	if (attribute->uri.size)
		return false;
	for (size_t i = 0; i < sizeof xml_fields / sizeof *xml_fields; i++)
		if (xml_fields[i].depth == depth && text_equal(attribute->name, xml_fields[i].name)) {
			put(reading, xml_fields[i].field, attribute->value, attribute->span);
			return true;
		}
	return false;
}

/* What belongs to somebody else's namespace takes nothing from us; a misspelt one of ours does. */
static void report_attribute(struct xml_reading *reading, const struct xml_event *event,
			     const struct xml_attribute *attribute, const char *known)
{
	struct check *check = reading->observer->check;
	/* Of these two every reader of XML knows that they are about the file. */
	if (text_is(attribute->uri, "http://www.w3.org/XML/1998/namespace") ||
	    text_is(attribute->uri, "http://www.w3.org/2001/XMLSchema-instance"))
		return;
	if (attribute->uri.size)
		PROBLEM(check, DIAG_XML_ATTRIBUTE_FOREIGN, .span = attribute->name_span, .a = attribute->name, .b = event->name);
	else
		PROBLEM(check, DIAG_ATTRIBUTE_UNKNOWN, .span = attribute->name_span, .a = attribute->name, .b = event->name,
			.c = node_nearest(check, attribute->name, known));
}

static const struct field agency_field = { .name = "agency", .type = FIELD_AGENCY, .heading = "核查机构", .synonyms = "", .unit = "" };

/* As it would stand in the track cell of a table: "平台（示例云平台）". */
static void add_platform(struct xml_reading *reading, struct text platform)
{
	struct value *track = &reading->record.values[FIELD_observation_track];
	struct text word, inner;
	if (!platform.size || !track->is_given || track_split(track->text, &word, &inner))
		return;
	struct buf *buf = &reading->texts[FIELD_observation_track];
	buf_format(buf, "（%.*s）", TEXT_ARGS(platform));
	track->text = buf_view(buf);
}

static void start_assessment(struct xml_reading *reading, const struct xml_event *event)
{
	struct check *check = reading->observer->check;
	size_t since = check->problems.count;
	int32_t agency = MISSING;
	struct span agency_span = event->span;
	struct text platform = NO_TEXT;
	forget(reading, 2, event->span);
	reading->observer->next_item = 0;
	for (size_t i = 0; i < event->attribute_count; i++) {
		const struct xml_attribute *attribute = &event->attributes[i];
		if (!attribute->uri.size && text_is(attribute->name, "agency")) {
			if (reading->observer->seen)
				continue;
			agency_span = attribute->span;
			agency = field_agency(check, &agency_field, (struct value){ attribute->value, agency_span, true });
		} else if (!attribute->uri.size && text_is(attribute->name, "platform")) {
			platform = text_trim(attribute->value);
		} else if (!take_attribute(reading, 2, attribute)) {
			report_attribute(reading, event, attribute, "enterprise track platform round date agency");
		}
	}
	add_platform(reading, platform);
	reading->head = observer_head(reading->observer, &reading->record, (struct value){ .is_given = false });
	reading->head.agency = agency;
	if (agency >= 0 && reading->head.round == ROUND_ONLINE && check->model->agencies[agency].is_provincial == YESNO_NO)
		PROBLEM(check, DIAG_CHECKER_NOT_PROVINCIAL, .span = agency_span, .a = check->model->agencies[agency].code,
			.b = check->model->agencies[agency].name);
	observer_blame(reading->observer, reading->head.enterprise, reading->head.participation, since);
}

static void start_result(struct xml_reading *reading, const struct xml_event *event)
{
	forget(reading, 3, event->span);
	reading->record.place = event->span;
	struct value blank = { .span = event->span };
	reading->record.values[FIELD_observation_note] = reading->record.values[FIELD_observation_evidence] = blank;
	reading->is_in_result = true;
	for (size_t i = 0; i < event->attribute_count; i++)
		if (!take_attribute(reading, 3, &event->attributes[i]))
			report_attribute(reading, event, &event->attributes[i], "item value");
}

/* <Result> is an error, and what it says is taken all the same: without it a star could look earned. */
static bool is_nearly(struct text name, struct text known)
{
	return name.size == known.size && strncasecmp(name.at, known.at, name.size) == 0;
}

/* A second note or evidence follows the first; evidence begins with the way it was obtained: "现场访谈：…". */
static void start_detail(struct xml_reading *reading, const struct xml_event *event)
{
	bool is_evidence = is_nearly(event->name, TEXT("evidence"));
	reading->current = is_evidence ? FIELD_observation_evidence : FIELD_observation_note;
	struct buf *buf = &reading->texts[reading->current];
	struct value *value = &reading->record.values[reading->current];
	if (value->text.size == 0)
		buf_reset(buf);
	const char *between = is_evidence ? "；" : " ";
	reading->joint = value->text.size ? between : "";
	for (size_t i = 0; i < event->attribute_count; i++) {
		const struct xml_attribute *attribute = &event->attributes[i];
		if (!is_evidence || attribute->uri.size || !text_is(attribute->name, "method")) {
			report_attribute(reading, event, attribute, is_evidence ? "method" : "");
			continue;
		}
		buf_format(buf, "%s%.*s", reading->joint, TEXT_ARGS(text_trim(attribute->value)));
		*value = (struct value){ buf_view(buf), attribute->span, true };
		reading->joint = "：";
	}
}

static void take_detail(struct xml_reading *reading, const struct xml_event *event)
{
	struct buf *buf = &reading->texts[reading->current];
	buf_string(buf, reading->joint);
	buf_text(buf, text_trim(event->text));
	reading->record.values[reading->current] = (struct value){ buf_view(buf), event->span, true };
	reading->joint = "";
}

static const struct {
	size_t depth;
	struct text name;
	void (*start)(struct xml_reading *reading, const struct xml_event *event);
} xml_elements[] = {
	{ 2, TEXT_INIT("assessment"), start_assessment },
	{ 3, TEXT_INIT("result"), start_result },
	{ 4, TEXT_INIT("note"), start_detail },
	{ 4, TEXT_INIT("evidence"), start_detail },
};

static const char *const known_at[] = { "", "", "assessment", "result", "note evidence" };
static const char *const parent_at[] = { "", "", "assessments", "assessment", "result" };

static void report_element(struct xml_reading *reading, const struct xml_event *event)
{
	struct check *check = reading->observer->check;
	size_t since = check->problems.count;
	if (!text_equal(event->uri, reading->uri))
		PROBLEM(check, DIAG_XML_FOREIGN, .span = event->span, .a = event->name);
	else
		PROBLEM(check, DIAG_ELEMENT_UNKNOWN, .span = event->span, .a = event->name, .b = text_from(parent_at[event->depth]),
			.c = node_nearest(check, event->name, known_at[event->depth]));
	const bool is_of_head = event->depth > 2;
	observer_blame(reading->observer, is_of_head ? reading->head.enterprise : MISSING,
		       is_of_head ? reading->head.participation : MISSING, since);
}

static void start_element(struct xml_reading *reading, const struct xml_event *event)
{
	if (reading->skipped)
		return;
	if (event->depth > 4) { /* inside a note or an evidence */
		PROBLEM(reading->observer->check, DIAG_XML_MARKUP, .span = event->span, .a = event->name);
		return;
	}
	reading->current = FIELDS_observation;
	for (size_t i = 0; i < sizeof xml_elements / sizeof *xml_elements; i++)
		if (xml_elements[i].depth == event->depth && is_nearly(event->name, xml_elements[i].name) &&
		    text_equal(event->uri, reading->uri)) {
			if (!text_equal(event->name, xml_elements[i].name))
				report_element(reading, event);
			xml_elements[i].start(reading, event);
			return;
		}
	report_element(reading, event);
	reading->skipped = event->depth;
}

/* A result that was mended may be another enterprise's or round's than its <assessment> says. */
static void take_result(struct xml_reading *reading)
{
	struct observer *observer = reading->observer;
	size_t since = observer->check->problems.count;
	struct record record = reading->record;
	struct observer_head head = reading->head;
	if (!observer->seen && mended_apply(observer->check, &record)) {
		head = observer_head(observer, &record, (struct value){ .is_given = false });
		head.agency = reading->head.agency;
	}
	observer_take(observer, &record, &head, since);
}

static void end_element(struct xml_reading *reading, const struct xml_event *event)
{
	if (reading->skipped) {
		reading->skipped = event->depth == reading->skipped ? 0 : reading->skipped;
		return;
	}
	if (event->depth <= 4)
		reading->current = FIELDS_observation;
	if (event->depth != 3 || !reading->is_in_result)
		return;
	reading->is_in_result = false;
	reading->results++;
	take_result(reading);
}

static void take_text(struct xml_reading *reading, const struct xml_event *event)
{
	if (reading->skipped)
		return;
	if (reading->current != FIELDS_observation)
		take_detail(reading, event);
	else
		PROBLEM(reading->observer->check, DIAG_XML_TEXT_IDLE, .span = event->span);
}

static bool on_event(void *context, const struct xml_event *event)
{
	struct xml_reading *reading = context;
	if (event->depth == 1 && event->kind == XML_START && !text_is(event->name, "assessments")) {
		DIAG(reading->observer->check->reader.diag, DIAG_XML_ROOT, .span = event->span, .a = event->name, .b = TEXT("assessments"));
		reading->results = 1; /* not empty, but something else */
		return false;
	}
	if (event->kind == XML_START && event->depth == 1)
		reading->uri = text_copy(reading->observer->check->reader.arena, event->uri);
	else if (event->kind == XML_START)
		start_element(reading, event);
	else if (event->kind == XML_END)
		end_element(reading, event);
	else
		take_text(reading, event);
	return true;
}

static bool read_events(struct xml_reading *reading, uint32_t number)
{
	reading->current = FIELDS_observation;
	reading->record.entity = schema_entity(ENTITY_OBSERVATION);
	for (size_t i = 0; i < FIELDS_observation; i++)
		buf_init(&reading->texts[i], BUF_LIMIT_PAGE);
	bool is_whole = xml_parse(&reading->observer->check->reader, number, on_event, reading);
	for (size_t i = 0; i < FIELDS_observation; i++)
		buf_clear(&reading->texts[i]);
	return is_whole;
}

void results_read_xml(struct observer *observer, const char *path)
{
	struct check *check = observer->check;
	uint32_t number = input_open_passing(&check->reader, path, INPUT_XML);
	if (!number) {
		check->has_unread_results = true;
		return;
	}
	struct xml_reading reading = { .observer = observer };
	observer_start(observer);
	const bool is_kept = kept_take(observer, number), is_whole = is_kept || read_events(&reading, number);
	check->has_unread_results |= !is_whole;
	if (is_whole && !is_kept && reading.results == 0)
		PROBLEM(check, DIAG_FILE_NO_ROWS, .span = { .source = number });
	kept_end(observer, is_whole);
	sources_let_go(check->reader.sources, number);
}

void results_see_xml(const struct reader *reader, uint32_t source, results_seen *seen, void *context)
{
	struct check check = { .reader = *reader };
	struct observer observer = { .check = &check, .seen = seen, .context = context };
	struct xml_reading reading = { .observer = &observer };
	read_events(&reading, source);
	LIST_FREE(&check.problems);
	LIST_FREE(&check.merged);
	map_clear(&check.merged_by_subject);
}
