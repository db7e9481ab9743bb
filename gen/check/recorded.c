/* SPDX-License-Identifier: MIT */
#include "check/recorded.h"

#include "base/arena.h"
#include "base/chain.h"
#include "base/hash.h"
#include "base/list.h"
#include "model/copies.h"
#include "model/model.h"

struct reading {
	const struct reader *reader;
	uint32_t source;
	struct json_read json;
	struct recorded *line;
	struct copies copies; /* of the lines so far */
	bool is_good;
};

typedef LIST(struct recorded) line_list;

enum { HASH_HEX = 64, NUMBER_LONGEST = 64 /* bytes: "2021-3F9A12C4更12" has 18 */ };

static struct span place_of_line(const struct reading *reading, struct text line)
{
	/* Its first byte: a version of 100,000 enterprises is one line. */
	return span_of(reading->reader->sources, reading->source, text_slice(line, 0, 1));
}

static void refuse(struct reading *reading, struct text key, struct text value)
{
	DIAG(reading->reader->diag, DIAG_REGISTER_FIELD, .span = reading->line->place, .a = key, .b = value,
	     .n = reading->line->n, .offending = TEXT("…"));
	reading->is_good = false;
}

/* ---- records ---------------------------------------------------------------------- */

/* One object; members that are not known are passed over. */
static void read_record(struct json_read *json, const struct recorded_field *fields, size_t count, void *record)
{
	struct text key;
	if (!json_read_object(json))
		return;
	while (json_read_member(json, &key)) {
		size_t i = 0;
		while (i < count && !text_is(key, fields[i].key))
			i++;
		if (i < count)
			json_read_scalar(json, recorded_member(record, &fields[i]));
		else
			json_read_skip(json);
	}
}

static void read_entries(struct reading *reading)
{
	LIST(struct recorded_entry) list = { 0 };
	json_read_list(&reading->json);
	while (json_read_element(&reading->json))
		read_record(&reading->json, recorded_entry_fields, RECORDED_ENTRY_FIELDS, LIST_ADD(&list));
	reading->line->entries = LIST_SETTLE(reading->reader->arena, &list);
	reading->line->entry_count = list.count;
	LIST_FREE(&list);
}

static void read_rows(struct reading *reading)
{
	LIST(struct recorded_row) list = { 0 };
	json_read_list(&reading->json);
	while (json_read_element(&reading->json))
		read_record(&reading->json, recorded_row_fields, RECORDED_ROW_FIELDS, LIST_ADD(&list));
	reading->line->rows = LIST_SETTLE(reading->reader->arena, &list);
	reading->line->row_count = list.count;
	LIST_FREE(&list);
}

static bool is_hash(struct text text)
{
	bool is_good = text.size == HASH_HEX;
	for (size_t i = 0; i < text.size && is_good; i++)
		is_good = (text.at[i] >= '0' && text.at[i] <= '9') || (text.at[i] >= 'a' && text.at[i] <= 'f');
	return is_good;
}

/* A document that could not be compared, or made as of its day, would be sent again under its number. */
static void check_document(struct reading *reading, struct recorded_document *document)
{
	bool replaces = document->was.size || reading->line->event == EVENT_REPLACED;
	if (!document->code.size)
		refuse(reading, TEXT("code"), document->code);
	if (!document->number.size || document->number.size > NUMBER_LONGEST)
		refuse(reading, TEXT("number"), document->number);
	if (!date_parse_iso(document->date, &document->day))
		refuse(reading, TEXT("date"), document->date);
	if (!is_hash(document->sha256))
		refuse(reading, TEXT("sha256"), document->sha256);
	if (replaces && (!document->was.size || document->was.size > NUMBER_LONGEST ||
			 text_equal(document->was, document->number)))
		refuse(reading, TEXT("was"), document->was);
	if (replaces && !is_hash(document->was_sha256))
		refuse(reading, TEXT("was_sha256"), document->was_sha256);
}

static void read_documents(struct reading *reading)
{
	LIST(struct recorded_document) list = { 0 };
	json_read_list(&reading->json);
	while (reading->is_good && json_read_element(&reading->json)) {
		struct recorded_document *document = LIST_ADD(&list);
		read_record(&reading->json, recorded_document_fields, RECORDED_DOCUMENT_FIELDS, document);
		check_document(reading, document);
	}
	reading->line->documents = LIST_SETTLE(reading->reader->arena, &list);
	reading->line->document_count = list.count;
	LIST_FREE(&list);
}

/* ---- lines ------------------------------------------------------------------------- */

static void read_version(struct reading *reading)
{
	struct text version = NO_TEXT, state = NO_TEXT, key;
	reading->line->state = CHOICE_MISSING;
	json_read_object(&reading->json);
	while (reading->is_good && json_read_member(&reading->json, &key)) {
		if (text_is(key, "version"))
			json_read_scalar(&reading->json, &version);
		else if (text_is(key, "state"))
			json_read_scalar(&reading->json, &state);
		else if (text_is(key, "entries"))
			read_entries(reading);
		else if (text_is(key, "ledger"))
			read_rows(reading);
		else if (text_is(key, "documents"))
			read_documents(reading);
		else
			json_read_skip(&reading->json);
	}
	if (!reading->is_good)
		return;
	if (!date_parse_iso(version, &reading->line->version))
		refuse(reading, TEXT("version"), version);
	reading->line->state = (int8_t)choice_find(SET_STATE, state);
	if (reading->line->state < 0)
		refuse(reading, TEXT("state"), state);
	if (!json_read_end(&reading->json))
		refuse(reading, TEXT("entries"), NO_TEXT);
}

static void read_replacements(struct reading *reading)
{
	struct text key;
	json_read_object(&reading->json);
	while (reading->is_good && json_read_member(&reading->json, &key))
		if (text_is(key, "documents"))
			read_documents(reading);
		else
			json_read_skip(&reading->json);
	if (reading->is_good && (!json_read_end(&reading->json) || !reading->line->document_count))
		refuse(reading, TEXT("documents"), NO_TEXT);
}

/* ---- what was sent --------------------------------------------------------------------- */

static void check_copy(struct reading *reading, const struct recorded_copy *copy)
{
	if (!copy->code.size)
		refuse(reading, TEXT("code"), copy->code);
	if (choice_find(SET_CHANNEL, copy->channel) < 0)
		refuse(reading, TEXT("channel"), copy->channel);
	if (!copy->number.size || copy->number.size > NUMBER_LONGEST)
		refuse(reading, TEXT("number"), copy->number);
	if (!is_hash(copy->sha256))
		refuse(reading, TEXT("sha256"), copy->sha256);
}

static void read_copies(struct reading *reading)
{
	LIST(struct recorded_copy) list = { 0 };
	json_read_list(&reading->json);
	while (reading->is_good && json_read_element(&reading->json)) {
		struct recorded_copy *copy = LIST_ADD(&list);
		read_record(&reading->json, recorded_copy_fields, RECORDED_COPY_FIELDS, copy);
		check_copy(reading, copy);
	}
	reading->line->copies = LIST_SETTLE(reading->reader->arena, &list);
	reading->line->copy_count = list.count;
	LIST_FREE(&list);
}

static void read_batch(struct reading *reading)
{
	struct text key;
	json_read_object(&reading->json);
	while (reading->is_good && json_read_member(&reading->json, &key))
		if (text_is(key, "batch"))
			json_read_scalar(&reading->json, &reading->line->batch);
		else if (text_is(key, "key"))
			json_read_scalar(&reading->json, &reading->line->key);
		else if (text_is(key, "documents"))
			read_documents(reading);
		else if (text_is(key, "copies"))
			read_copies(reading);
		else
			json_read_skip(&reading->json);
	if (reading->is_good && (!json_read_end(&reading->json) || !reading->line->batch.size))
		refuse(reading, TEXT("batch"), reading->line->batch);
}

static void read_step(struct reading *reading)
{
	struct recorded_step *step = &reading->line->step;
	read_record(&reading->json, recorded_step_fields, RECORDED_STEP_FIELDS, step);
	if (!date_parse_iso(step->date, &step->day))
		refuse(reading, TEXT("date"), step->date);
	if (reading->is_good && !json_read_end(&reading->json))
		refuse(reading, TEXT("copy"), step->copy);
}

/* ---- certificates ------------------------------------------------------------------- */

static void check_certificate(struct reading *reading, struct recorded_certificate *certificate)
{
	if (!certificate->code.size)
		refuse(reading, TEXT("code"), certificate->code);
	if (!certificate->number.size || certificate->number.size > NUMBER_LONGEST)
		refuse(reading, TEXT("number"), certificate->number);
	if (!date_parse_iso(certificate->date, &certificate->day))
		refuse(reading, TEXT("date"), certificate->date);
	if (certificate->state.size && !text_is(certificate->state, RECORDED_VOID))
		refuse(reading, TEXT("state"), certificate->state);
}

static void read_certificate_list(struct reading *reading)
{
	LIST(struct recorded_certificate) list = { 0 };
	json_read_list(&reading->json);
	while (reading->is_good && json_read_element(&reading->json)) {
		struct recorded_certificate *certificate = LIST_ADD(&list);
		read_record(&reading->json, recorded_certificate_fields, RECORDED_CERTIFICATE_FIELDS, certificate);
		check_certificate(reading, certificate);
	}
	reading->line->certificates = LIST_SETTLE(reading->reader->arena, &list);
	reading->line->certificate_count = list.count;
	LIST_FREE(&list);
}

static void read_certificates(struct reading *reading)
{
	struct text key;
	json_read_object(&reading->json);
	while (reading->is_good && json_read_member(&reading->json, &key))
		if (text_is(key, "certificates"))
			read_certificate_list(reading);
		else
			json_read_skip(&reading->json);
	if (reading->is_good && (!json_read_end(&reading->json) || !reading->line->certificate_count))
		refuse(reading, TEXT("certificates"), NO_TEXT);
}

/* What no run of ours can have written: then it is not known what became of the copy, and nothing may be sent. */
static void follow(struct reading *reading)
{
	const struct recorded_step *step = &reading->line->step;
	struct copies_fault fault = { 0 };
	if (!reading->is_good || copies_take(&reading->copies, reading->line, &fault))
		return;
	if (fault.kind == COPIES_ORDER) {
		DIAG(reading->reader->diag, DIAG_REGISTER_STEP, .span = reading->line->place, .a = fault.copy,
		     .b = send_state_chinese(fault.from), .c = send_state_chinese(send_state_of(step->state)),
		     .n = reading->line->n, .offending = TEXT("…"));
		reading->is_good = false;
		return;
	}
	refuse(reading, text_from(fault.key), fault.copy);
}

static bool read_line(struct reading *reading, const struct chain *chain, line_list *lines)
{
	struct recorded line =
		{ .n = chain->n, .day = chain->day, .line = chain->line, .place = place_of_line(reading, chain->line) };
	line.event = (int8_t)choice_find(SET_EVENT, chain->kind);
	reading->line = &line;
	if (line.event < 0)
		refuse(reading, TEXT("kind"), chain->kind);
	json_read_init(&reading->json, reading->reader->arena, chain->line);
	if (line.event == EVENT_PUBLISHED)
		read_version(reading);
	else if (line.event == EVENT_REPLACED)
		read_replacements(reading);
	else if (line.event == EVENT_DISPATCHED)
		read_batch(reading);
	else if (line.event == EVENT_STATE)
		read_step(reading);
	else if (line.event == EVENT_CERTIFIED)
		read_certificates(reading);
	follow(reading);
	LIST_PUSH(lines, line);
	return reading->is_good;
}

size_t recorded_read(const struct reader *reader, const char *path, struct recorded **lines)
{
	struct reading reading = { .reader = reader, .is_good = true };
	struct chain chain;
	line_list list = { 0 };
	*lines = NULL;
	if (!input_exists(path))
		return 0;
	reading.source = input_open(reader, path, INPUT_LINES);
	if (!reading.source)
		return 0;
	const struct source *source = sources_find(reader->sources, reading.source);
	chain_init(&chain, reader->arena, source->text);
	while (chain_next(&chain) && read_line(&reading, &chain, &list))
		;
	/* An unfinished line is no part of what was read, and goes when the next is written. */
	if (chain.fault == CHAIN_TORN) {
		char hash[65];
		hash_of(text_slice(source->text, 0, chain.taken), hash);
		sources_set_hash(reader->sources, reading.source, hash);
	}
	chain_report(&chain, source->name, place_of_line(&reading, chain.line), reader->diag);
	*lines = LIST_SETTLE(reader->arena, &list);
	size_t count = list.count;
	LIST_FREE(&list);
	copies_clear(&reading.copies);
	return count;
}

/* "enterprises/0a1b2c3d4e5f/" → the part that is the enterprise's. */
static struct text slug_of(struct text address)
{
	struct text rest = address, part, slug = NO_TEXT;
	while (text_next(&rest, '/', &part))
		slug = part.size ? part : slug;
	return slug;
}

void recorded_load(const struct reader *reader, const char *path, struct model *model)
{
	model->recorded_count = recorded_read(reader, path, &model->recorded);
	for (size_t i = 0; i < model->recorded_count; i++)
		for (size_t j = 0; j < model->recorded[i].entry_count; j++) {
			const struct recorded_entry *entry = &model->recorded[i].entries[j];
			const uint32_t *found = map_find(&model->enterprise_by_code, entry->code);
			if (found && !model->enterprises[*found].slug.size)
				model->enterprises[*found].slug = slug_of(entry->address);
		}
}
