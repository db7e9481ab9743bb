/* SPDX-License-Identifier: MIT
 *
 * What was published against what inputs and ledger give now: nothing of it is rewritten
 * without being told.
 */
#include <string.h>

#include "assess/chronicle.h"
#include "base/buf.h"
#include "build/record.h"
#include "build/run.h"
#include "facts/shown.h"

struct comparison {
	struct run *run;
	struct shown_lists lists;  /* as the inputs give them */
	struct arena *scratch;     /* of one version */
	struct map told;           /* one version says it for all */
	bool has_errors;           /* in the inputs, whatever was published */
};

static bool is_new(struct comparison *comparison, const struct recorded_entry *entry, const char *what)
{
	struct text key = text_format(comparison->run->arena, "%.*s %.*s %s", TEXT_ARGS(entry->code),
				      TEXT_ARGS(entry->track), what);
	uint32_t next = (uint32_t)comparison->told.count;
	return map_add(&comparison->told, key, next) == next;
}

/* Where the inputs say it; no place where they know nothing of the enterprise. */
static struct span place_in_inputs(const struct model *model, const struct recorded_entry *entry)
{
	const uint32_t *found = map_find(&model->enterprise_by_code, entry->code);
	return found ? model->enterprises[*found].place : NO_SPAN;
}

/* ---- entries ---------------------------------------------------------------------- */

/* As people read it: an entry without a status is valid. */
static struct text shown_value(const struct recorded_entry *entry, const struct recorded_field *field)
{
	struct text value = recorded_value(entry, field);
	if (value.size)
		return value;
	return strcmp(field->key, "status") == 0 ? text_from(choice_word(SET_STANDING, STANDING_VALID)) : TEXT("—");
}

static void report_altered(struct comparison *comparison, const struct recorded *recorded,
			   const struct record_difference *difference)
{
	struct run *run = comparison->run;
	const struct recorded_field *field = difference->field;
	if (!is_new(comparison, difference->before, field->key))
		return;
	struct text date = record_iso(run->arena, recorded->version);
	struct text what = text_format(run->arena, "%.*s 发布的%s\x1F" "%s published on %.*s", TEXT_ARGS(date),
				       field->heading[0], field->heading[1], TEXT_ARGS(date));
	DIAG(run->diag, DIAG_REGISTER_DIFFERS, .span = place_in_inputs(run->model, difference->now),
	     .a = difference->before->name, .b = what,
	     .c = shown_value(difference->before, field), .d = shown_value(difference->now, field));
}

static void report_entry(struct comparison *comparison, const struct recorded *recorded,
			 const struct record_difference *difference)
{
	struct run *run = comparison->run;
	bool is_gone = difference->change == RECORD_REMOVED;
	const struct recorded_entry *entry = is_gone ? difference->before : difference->now;
	if (difference->change == RECORD_ALTERED)
		report_altered(comparison, recorded, difference);
	else if (is_new(comparison, entry, ""))
		DIAG(run->diag, is_gone ? DIAG_REGISTER_GONE : DIAG_REGISTER_NEW,
		     .span = place_in_inputs(run->model, entry), .a = entry->name,
		     .b = record_track_word(run->arena, &run->model->campaign, entry->track),
		     .c = record_iso(run->arena, recorded->version));
}

static void compare_entries(struct comparison *comparison, const struct recorded *recorded, const struct recorded *now)
{
	struct record_difference *differences;
	size_t count = record_differences(comparison->scratch, recorded, now, &differences);
	/* A table that could not be read was told of; that so much is missing follows from it. */
	if (comparison->has_errors && count > recorded->entry_count / 2)
		return;
	for (size_t i = 0; i < count; i++)
		report_entry(comparison, recorded, &differences[i]);
}

/* ---- the ledger ------------------------------------------------------------------- */

/* "2021-12-20，示例甲公司，工控，更正，2星，原因" */
static struct text row_text(struct comparison *comparison, const struct recorded_row *row)
{
	const struct model *model = comparison->run->model;
	const uint32_t *found = map_find(&model->enterprise_by_code, row->code);
	struct text name = found ? model->enterprises[*found].name : row->code;
	struct text track = record_track_word(comparison->run->arena, &model->campaign, row->track);
	const struct text parts[] = { row->date, name, track, row->kind, row->label, row->name, row->reason };
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		if (!parts[i].size)
			continue;
		buf_string(&buf, buf.size ? "，" : "");
		buf_text(&buf, parts[i]);
	}
	struct text text = text_copy(comparison->run->arena, buf_view(&buf));
	buf_clear(&buf);
	return text;
}

static bool is_same_row(const struct recorded_row *a, const struct recorded_row *b)
{
	for (size_t i = 0; i < RECORDED_ROW_FIELDS; i++)
		if (!text_equal(recorded_value(a, &recorded_row_fields[i]), recorded_value(b, &recorded_row_fields[i])))
			return false;
	return true;
}

/* The first row that is another than it was; the later ones may only have moved. */
static void compare_rows(struct comparison *comparison, const struct recorded *recorded, const struct recorded *now)
{
	const struct run *run = comparison->run;
	const struct chronicle *chronicle = run->shown->chronicle;
	size_t i = 0, count = recorded->row_count < now->row_count ? recorded->row_count : now->row_count;
	while (i < count && is_same_row(&recorded->rows[i], &now->rows[i]))
		i++;
	if (i == recorded->row_count && i == now->row_count)
		return;
	const struct text none = TEXT("没有这一行\x1Fno row");
	struct text before = i < recorded->row_count ? row_text(comparison, &recorded->rows[i]) : none;
	struct text after = i < now->row_count ? row_text(comparison, &now->rows[i]) : none;
	struct text date = record_iso(run->arena, recorded->version);
	struct span place = i < now->row_count ? run->model->ledger[chronicle->rows[i]].place : NO_SPAN;
	uint32_t next = (uint32_t)comparison->told.count;
	if (map_add(&comparison->told, text_format(run->arena, "ledger %zu", i), next) == next)
		DIAG(run->diag, DIAG_LEDGER_REWRITTEN, .span = place, .a = before, .b = after, .c = date,
		     .n = (int64_t)i + 1);
}

/* ---- versions --------------------------------------------------------------------- */

/* Its number, or that of the versions when there is none of that day. */
static size_t version_of_day(const struct chronicle *chronicle, struct date day)
{
	size_t i = 0;
	while (i < chronicle->version_count && date_compare(chronicle->versions[i].date, day) != 0)
		i++;
	return i;
}

static void compare_version(struct comparison *comparison, const struct recorded *recorded)
{
	struct run *run = comparison->run;
	const struct chronicle *chronicle = run->shown->chronicle;
	size_t number = version_of_day(chronicle, recorded->version);
	struct text date = record_iso(run->arena, recorded->version);
	if (number == chronicle->version_count) {
		DIAG(run->diag, DIAG_REGISTER_VERSION, .span = recorded->place, .a = date, .offending = TEXT("…"));
		return;
	}
	const struct recorded now = record_version(run, comparison->scratch, &comparison->lists, number);
	if (recorded->state != now.state)
		DIAG(run->diag, DIAG_REGISTER_STATE, .span = run->model->campaign.place, .a = date,
		     .b = text_from(choice_word(SET_STATE, recorded->state)),
		     .c = text_from(choice_word(SET_STATE, now.state)));
	compare_rows(comparison, recorded, &now);
	compare_entries(comparison, recorded, &now);
	arena_clear(comparison->scratch);
}

void record_compare(struct run *run)
{
	struct comparison comparison = { .run = run, .has_errors = diag_count(run->diag, SEVERITY_ERROR) > 0 };
	if (!record_last(run->model))
		return;
	comparison.lists = shown_lists(run->arena, run->shown);
	comparison.scratch = arena_new();
	for (size_t i = 0; i < run->model->recorded_count; i++) {
		const struct recorded *recorded = &run->model->recorded[i];
		bool is_later = run->options->date && date_compare(recorded->version, run->today) > 0;
		if (recorded->event == EVENT_PUBLISHED && !is_later)
			compare_version(&comparison, recorded);
	}
	map_clear(&comparison.told);
	arena_free(comparison.scratch);
}
