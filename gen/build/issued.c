/* SPDX-License-Identifier: MIT */
#include "build/issued.h"

#include "assess/chronicle.h"
#include "base/buf.h"
#include "build/build.h"
#include "model/parts.h"
#include "model/track.h"

#define CORRECTION_MARK "更"

/* ---- what left ---------------------------------------------------------------------- */

/* The same again in a later version is no other document. */
static void take(struct arena *arena, struct issued *issued, const struct recorded_document *document)
{
	uint32_t next = (uint32_t)issued->by_code.count;
	uint32_t place = map_add(&issued->by_code, document->code, next);
	const struct issued_paper *before = place == next ? NULL : issued->latest[place];
	if (before && text_equal(before->document->sha256, document->sha256))
		return;
	struct issued_paper *paper = ARENA_NEW(arena, struct issued_paper);
	*paper = (struct issued_paper){ document, before };
	issued->latest[place] = paper;
}

/*
 * A copy leaves when it leaves, with what the document was on its day; a version shows its documents from
 * its own day on.
 */
static struct date day_of(const struct recorded *line, const struct recorded_document *document)
{
	return line->event == EVENT_DISPATCHED ? document->day : line->day;
}

static void take_line(const struct run *run, struct issued *issued, const struct recorded *line)
{
	for (size_t i = 0; i < line->document_count; i++)
		if (date_compare(day_of(line, &line->documents[i]), run->today) <= 0)
			take(run->arena, issued, &line->documents[i]);
		else
			map_add(&issued->later, line->documents[i].number, 0);
}

struct issued issued_open(const struct run *run)
{
	struct issued issued = { 0 };
	const struct model *model = run->model;
	size_t most = 0;
	for (size_t i = 0; i < model->recorded_count; i++)
		most += model->recorded[i].document_count;
	if (!most || run->options->draft)
		return issued;
	issued.latest = ARENA_ARRAY(run->arena, const struct issued_paper *, most);
	for (size_t i = 0; i < model->recorded_count; i++)
		take_line(run, &issued, &model->recorded[i]);
	return issued;
}

void issued_clear(struct issued *issued)
{
	map_clear(&issued->by_code);
	map_clear(&issued->later);
}

static struct text code_of(const struct model *model, struct subject subject)
{
	return subject.word ? text_from(subject.word) : model->enterprises[subject.enterprise].code;
}

const struct issued_paper *issued_last(const struct issued *issued, const struct model *model, struct subject subject)
{
	const uint32_t *found = map_find(&issued->by_code, code_of(model, subject));
	return found ? issued->latest[*found] : NULL;
}

/* ---- what happened since --------------------------------------------------------------- */

static bool is_between(struct date date, struct date since, struct date until)
{
	return date_compare(date, since) > 0 && date_compare(date, until) <= 0;
}

/* An 异议 says nothing of an enterprise yet; the report tells of it. */
static bool is_about(const struct ledger *row, struct subject subject)
{
	return subject.word || (row->enterprise == subject.enterprise && row->kind != LEDGER_OBJECTION);
}

/* What the list was on a day. */
static int8_t state_on(const struct chronicle *chronicle, struct date day)
{
	size_t version = 0;
	while (version + 1 < chronicle->version_count &&
	       date_compare(chronicle->versions[version + 1].date, day) <= 0)
		version++;
	return chronicle->versions[version].state;
}

static bool is_touched(const struct run *run, struct subject subject, struct date since, struct date until)
{
	const struct chronicle *chronicle = run->shown->chronicle;
	for (size_t i = 0; i < chronicle->row_count; i++) {
		const struct ledger *row = &run->model->ledger[chronicle->rows[i]];
		if (is_between(row->date, since, until) && is_about(row, subject))
			return true;
	}
	return subject.word && state_on(chronicle, since) != state_on(chronicle, until);
}

/* ---- numbers ------------------------------------------------------------------------------ */

struct text issued_next_number(struct arena *arena, struct text number)
{
	size_t at = text_find(number, TEXT(CORRECTION_MARK));
	int64_t times = 0;
	bool has_mark = at < number.size &&
			text_to_integer(text_slice(number, at + strlen(CORRECTION_MARK), number.size), &times);
	struct text stem = has_mark ? text_slice(number, 0, at) : number;
	return text_format(arena, "%.*s" CORRECTION_MARK "%lld", TEXT_ARGS(stem), (long long)times + 1);
}

/* The report has BG (报告), its public edition GK (公开) for what an enterprise's copy has of its code. */
static struct text first_number(struct arena *arena, const struct model *model, struct subject subject)
{
	int64_t year = model->campaign.year;
	char room[COPY_NUMBER_SIZE];
	if (!subject.word)
		return text_copy(arena, copy_number(year, code_of(model, subject), room));
	bool is_public = text_is(text_from(subject.word), RECORDED_REPORT_PUBLIC);
	return text_format(arena, "%lld-%s", (long long)year, is_public ? "BG-GK" : "BG");
}

/* A number that a later document has cannot be that of this one. */
static struct text untaken(struct arena *arena, const struct issued *issued, struct text number, struct date day)
{
	if (!map_find(&issued->later, number))
		return number;
	return text_format(arena, "%.*s-%04d%02d%02d", TEXT_ARGS(number), day.year, day.month, day.day);
}

bool issued_stands(const struct run *run, const struct issued *issued, struct subject subject, struct issue *issue)
{
	const struct issued_paper *last = issued_last(issued, run->model, subject);
	if (!last || is_touched(run, subject, last->document->day, run->today))
		return false;
	*issue = (struct issue){ .subject = subject, .number = last->document->number, .day = last->document->day };
	if (last->before) {
		issue->was = last->before->document;
		issue->is_by_ledger = is_touched(run, subject, issue->was->day, issue->day);
	}
	return true;
}

struct issue issued_anew(struct arena *arena, const struct run *run, const struct issued *issued,
			 struct subject subject)
{
	const struct issued_paper *last = issued_last(issued, run->model, subject);
	struct issue issue = { .subject = subject, .day = run->today };
	if (!last) {
		issue.number = untaken(arena, issued, first_number(arena, run->model, subject), issue.day);
		return issue;
	}
	issue.number = untaken(arena, issued, issued_next_number(arena, last->document->number), issue.day);
	issue.was = last->document;
	issue.is_by_ledger = is_touched(run, subject, issue.was->day, issue.day);
	return issue;
}

/* ---- what the page says ---------------------------------------------------------------------- */

static struct text label_of(const struct run *run, int32_t participation, struct standing standing)
{
	int track = run->model->participations[participation].track;
	const struct catalogue *catalogue = run->model->catalogues[track];
	struct text label = catalogue && standing.level >= 0 && standing.level <= catalogue->level_count
				    ? catalogue->levels[standing.level].label
				    : NO_TEXT;
	if (standing.kind == STANDING_ABSENT)
		return TEXT("未列入名单");
	return standing.kind == STANDING_WITHDRAWN ? TEXT("已撤销") : label;
}

static struct datum day_datum(struct arena *arena, struct date day)
{
	struct buf buf;
	buf_init(&buf, 64);
	date_write_cn(&buf, day);
	struct text text = text_copy(arena, buf_view(&buf));
	buf_clear(&buf);
	return datum_text(text);
}

/* Before the row's day and after it: the level, or of a new name the name. */
static struct datum change_datum(struct arena *arena, const struct run *run, const struct ledger *row)
{
	static const struct text names[] = {
		TEXT_INIT("day"), TEXT_INIT("name"), TEXT_INIT("track"), TEXT_INIT("kind"), TEXT_INIT("before"),
		TEXT_INIT("after"), TEXT_INIT("reason"),
	};
	enum { NAMES = sizeof names / sizeof *names };
	const struct chronicle *chronicle = run->shown->chronicle;
	size_t version = 0;
	while (version + 1 < chronicle->version_count && date_compare(chronicle->versions[version].date, row->date) < 0)
		version++;
	int32_t participation = row->participation;
	const struct standing after = chronicle_standing(run->shown, chronicle, version, participation);
	const struct standing before =
		version ? chronicle_standing(run->shown, chronicle, version - 1, participation) : after;
	bool is_name = row->kind == LEDGER_RENAMED;
	struct datum *items = ARENA_ARRAY(arena, struct datum, NAMES);
	items[0] = day_datum(arena, row->date);
	items[1] = datum_text(chronicle_name(run->model, after, participation));
	items[2] = datum_text(parts_label(arena, run->model, &run->model->participations[participation]));
	items[3] = datum_text(text_from(choice_word(SET_LEDGER, row->kind)));
	items[4] = datum_text(is_name ? chronicle_name(run->model, before, participation)
				      : label_of(run, participation, before));
	items[5] = datum_text(is_name ? chronicle_name(run->model, after, participation)
				      : label_of(run, participation, after));
	items[6] = datum_text(row->reason);
	return datum_object(names, items, NAMES);
}

static struct datum changes_datum(struct arena *arena, const struct run *run, const struct issue *issue)
{
	const struct chronicle *chronicle = run->shown->chronicle;
	struct datum *changes = ARENA_ARRAY(arena, struct datum, chronicle->row_count);
	size_t count = 0;
	for (size_t i = 0; issue->was && i < chronicle->row_count; i++) {
		const struct ledger *row = &run->model->ledger[chronicle->rows[i]];
		if (is_between(row->date, issue->was->day, issue->day) && is_about(row, issue->subject))
			changes[count++] = change_datum(arena, run, row);
	}
	return datum_list(changes, count);
}

/* Where the list went from one state to another, which is a change for the report alone. */
static void tell_state(const struct run *run, const struct issue *issue, struct datum *before, struct datum *after)
{
	int8_t then = state_on(run->shown->chronicle, issue->was->day);
	int8_t now = state_on(run->shown->chronicle, issue->day);
	if (!issue->subject.word || then == now)
		return;
	*before = datum_text(text_from(choice_word(SET_STATE, then)));
	*after = datum_text(text_from(choice_word(SET_STATE, now)));
}

struct datum issued_datum(struct arena *arena, const struct run *run, const struct issue *issue)
{
	enum { NUMBER, DAY, IS_REPORT, IS_CORRECTED, WAS_NUMBER, WAS_SHA256, WAS_DAY, BY_LEDGER,
	       STATE_BEFORE, STATE_AFTER, HAS_CHANGES, CHANGES, NAMES };
	static const struct text names[NAMES] = {
		[NUMBER] = TEXT_INIT("number"), [DAY] = TEXT_INIT("day"), [IS_REPORT] = TEXT_INIT("is_report"),
		[IS_CORRECTED] = TEXT_INIT("is_corrected"), [WAS_NUMBER] = TEXT_INIT("was_number"),
		[WAS_SHA256] = TEXT_INIT("was_sha256"), [WAS_DAY] = TEXT_INIT("was_day"),
		[BY_LEDGER] = TEXT_INIT("by_ledger"), [STATE_BEFORE] = TEXT_INIT("state_before"),
		[STATE_AFTER] = TEXT_INIT("state_after"), [HAS_CHANGES] = TEXT_INIT("has_changes"),
		[CHANGES] = TEXT_INIT("changes"),
	};
	const struct recorded_document *was = issue->was;
	struct datum *items = ARENA_ARRAY(arena, struct datum, NAMES);
	items[NUMBER] = datum_text(issue->number);
	items[DAY] = day_datum(arena, issue->day);
	items[IS_REPORT] = datum_boolean(issue->subject.word != NULL);
	items[IS_CORRECTED] = datum_boolean(was != NULL);
	items[CHANGES] = changes_datum(arena, run, issue);
	items[HAS_CHANGES] = datum_boolean(items[CHANGES].count > 0);
	if (was) {
		items[WAS_NUMBER] = datum_text(was->number);
		items[WAS_SHA256] = datum_text(was->sha256);
		items[WAS_DAY] = day_datum(arena, was->day);
		items[BY_LEDGER] = datum_boolean(issue->is_by_ledger);
		tell_state(run, issue, &items[STATE_BEFORE], &items[STATE_AFTER]);
	}
	return datum_object(names, items, NAMES);
}

/* ---- those that nothing explains ----------------------------------------------------------------- */

enum { NAMED_MOST = 3 };

struct unexplained {
	struct buf names; /* "2021-3F9A12C4（示例甲公司）、…", the first few */
	int64_t count;
};

static void compare(struct build *build, struct subject subject, const struct map *hashes, struct unexplained *found)
{
	const struct model *model = build->run.model;
	struct issue issue;
	if (!issued_stands(&build->run, &build->issued, subject, &issue))
		return;
	const struct recorded_document *last = issued_last(&build->issued, model, subject)->document;
	if (map_find(hashes, last->sha256))
		return;
	if (found->count++ >= NAMED_MOST)
		return;
	struct text name = subject.word ? TEXT("年度报告") : model->enterprises[subject.enterprise].name;
	buf_string(&found->names, found->count > 1 ? "、" : "");
	buf_format(&found->names, "%.*s（%.*s）", TEXT_ARGS(last->number), TEXT_ARGS(name));
}

void issued_warn(struct build *build)
{
	size_t count;
	struct unexplained found = { .count = 0 };
	struct map hashes = { 0 };
	const struct output_file *files = output_files(build->edition.output, &count);
	for (size_t i = 0; i < count; i++)
		map_add(&hashes, text_from(files[i].hash), 1);
	buf_init(&found.names, BUF_LIMIT_PAGE);
	for (size_t i = 0; i < build->plan.task_count; i++) {
		const struct task *task = &build->plan.tasks[i];
		if (task->kind == TASK_DIAGNOSIS)
			compare(build, (struct subject){ task->enterprise, NULL }, &hashes, &found);
		if (task->kind == TASK_REPORT)
			compare(build, (struct subject){ -1, RECORDED_REPORT }, &hashes, &found);
		if (task->kind == TASK_REPORT && build->press.report_public)
			compare(build, (struct subject){ -1, RECORDED_REPORT_PUBLIC }, &hashes, &found);
	}
	if (found.count)
		DIAG(build->run.diag, DIAG_DOCUMENT_ALTERED, .n = found.count,
		     .a = text_copy(build->run.arena, buf_view(&found.names)));
	buf_clear(&found.names);
	map_clear(&hashes);
}
