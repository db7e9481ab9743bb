/* SPDX-License-Identifier: MIT
 *
 * xingji publish: the version of the list that a finished build shows is written into the
 * register, from which it is told ever after.
 */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "assess/chronicle.h"
#include "base/buf.h"
#include "base/file.h"
#include "build/build.h"
#include "build/finished.h"
#include "build/leaving.h"
#include "build/out.h"
#include "build/record.h"
#include "build/say.h"
#include "commands/commands.h"
#include "facts/print.h"
#include "facts/shown.h"
#include "publish/register.h"

enum { ROWS_SHOWN = 200, COLUMNS_SHOWN = 6 };

static bool is_english(const struct options *options)
{
	return options->environment.language == LANGUAGE_ENGLISH;
}

static const char *word(const struct options *options, const char *chinese, const char *english)
{
	return is_english(options) ? english : chinese;
}

/* ---- what is new ------------------------------------------------------------------ */

static struct text change_word(const struct options *options, const struct record_difference *difference)
{
	if (difference->change == RECORD_ALTERED) {
		assert(difference->field);
		return text_from(difference->field->heading[is_english(options)]);
	}
	return text_from(difference->change == RECORD_ADDED ? word(options, "新增", "added")
			 : word(options, "移出", "removed"));
}

static void fill_row(const struct run *run, const struct record_difference *difference, struct value *values)
{
	const struct recorded_entry *entry = difference->now ? difference->now : difference->before;
	const struct recorded_field *field = difference->field;
	struct text before = NO_TEXT, now = NO_TEXT;
	assert(entry); /* a difference has at least one side */
	if (difference->before)
		before = field ? recorded_value(difference->before, field) : difference->before->label;
	if (difference->now)
		now = field ? recorded_value(difference->now, field) : difference->now->label;
	struct text change = change_word(run->options, difference);
	struct text track = record_track_word(run->arena, &run->model->campaign, entry->track);
	const struct text texts[COLUMNS_SHOWN] = { change, entry->name, entry->city, track, before, now };
	for (size_t i = 0; i < COLUMNS_SHOWN; i++)
		values[i] = (struct value){ .kind = VALUE_TEXT, .text = texts[i] };
}

static void print_differences(struct run *run, const struct record_difference *differences, size_t count)
{
	static const char *const headings[2][COLUMNS_SHOWN] = {
		{ "变动", "企业名称", "设区市", "参培类型", "原为", "现为" }, { "change", "name", "city", "track", "before", "now" },
	};
	const struct options *options = run->options;
	size_t shown = count < ROWS_SHOWN ? count : ROWS_SHOWN;
	struct rows rows = { .column_count = COLUMNS_SHOWN, .row_count = shown };
	struct buf buf;
	rows.names = ARENA_ARRAY(run->arena, struct text, COLUMNS_SHOWN);
	rows.values = ARENA_ARRAY(run->arena, struct value, shown * COLUMNS_SHOWN);
	for (size_t i = 0; i < COLUMNS_SHOWN; i++)
		rows.names[i] = text_from(headings[is_english(options)][i]);
	for (size_t i = 0; i < shown; i++)
		fill_row(run, &differences[i], &rows.values[i * COLUMNS_SHOWN]);
	buf_init(&buf, BUF_LIMIT_FILE);
	if (shown)
		print_table(&rows, &buf);
	fwrite(buf.at, 1, buf.size, stdout);
	if (count > shown)
		say_line(stdout, is_english(options) ? "%zu more rows (see xingji register --entries afterwards)"
			 : "另有 %zu 行（登记后见 xingji register --entries）", count - shown);
	buf_clear(&buf);
}

/* First level and former name say only what the level and the name before were. */
static size_t leave_out_derived(struct record_difference *differences, size_t count)
{
	size_t kept = 0;
	for (size_t i = 0; i < count; i++) {
		const struct recorded_field *field = differences[i].field;
		if (!field || field->form != RECORDED_SPARSE || strcmp(field->key, "status") == 0)
			differences[kept++] = differences[i];
	}
	return kept;
}

static void print_version(struct run *run, const struct recorded *last, const struct recorded *now)
{
	const struct options *options = run->options;
	struct record_difference *differences;
	size_t count = record_differences(run->arena, last, now, &differences);
	count = leave_out_derived(differences, count);
	struct text date = record_iso(run->arena, now->version);
	struct text before = last ? record_iso(run->arena, last->version) : NO_TEXT;
	const char *state = choice_word(SET_STATE, now->state);
	if (last)
		say_line(stdout, is_english(options) ? "%.*s (%s), %zu entries; against the version of %.*s %zu changes"
			 : "%.*s（%s）%zu 家次，与 %.*s 登记的相比有 %zu 处变动",
			 TEXT_ARGS(date), state, now->entry_count, TEXT_ARGS(before), count);
	else
		say_line(stdout, is_english(options) ? "%.*s (%s), %zu entries, the first to be recorded"
			 : "%.*s（%s）%zu 家次，首次登记", TEXT_ARGS(date), state, now->entry_count);
	print_differences(run, differences, count);
}

/* ---- recording ---------------------------------------------------------------------- */

static const char *register_path(struct run *run)
{
	struct text name = text_format(run->arena, "%lld/" REGISTER_NAME, (long long)run->model->campaign.year);
	return file_join(run->arena, run_data_folder(run->options), name);
}

/* What the lines go behind: those that were read, and then each that this run has written. */
static bool append(struct run *run, enum event kind, const struct recorded *line, int64_t *after)
{
	const struct register_entry entry = {
		.event = { .day = date_compare(run->today, line->version) > 0 ? run->today : line->version,
			   .kind = choice_xml(SET_EVENT, (int)kind),
			   .write = kind == EVENT_REPLACED ? record_write_replaced : record_write, .context = line },
		.after = *after,
	};
	const char *path = register_path(run);
	if (!register_append(run->arena, path, &entry, after, run->diag))
		return false;
	say_line(stdout, is_english(run->options) ? "recorded: %s, line %lld" : "已登记：%s 第 %lld 行", path,
		 (long long)*after);
	return true;
}

/* The replacements first: with the version alone on record nothing would tell of them any more. */
static bool record(struct run *run, const struct recorded *now, const struct recorded *replaced)
{
	int64_t after = (int64_t)run->model->recorded_count;
	return (!replaced->document_count || append(run, EVENT_REPLACED, replaced, &after)) &&
	       (!now || append(run, EVENT_PUBLISHED, now, &after));
}

static void print_documents(struct run *run, const struct leaving *leaving)
{
	const struct options *options = run->options;
	if (leaving->count)
		say_line(stdout, is_english(options) ? "documents %zu, of which %zu replace one that left before"
			 : "文书 %zu 份，其中更正版（替换已登记的）%zu 份", leaving->count, leaving->replaced_count);
	for (size_t i = 0; i < leaving->replaced_count && i < ROWS_SHOWN; i++)
		say_line(stdout, "  %.*s → %.*s（%.*s）", TEXT_ARGS(leaving->replaced[i].was),
			 TEXT_ARGS(leaving->replaced[i].number), TEXT_ARGS(leaving->replaced[i].reason));
	if (leaving->replaced_count > ROWS_SHOWN)
		say_line(stdout, is_english(options) ? "  %zu more" : "  另有 %zu 份",
			 leaving->replaced_count - ROWS_SHOWN);
}

/* What differs from the recorded version was told when the inputs were read; documents may be new all the same. */
static void say_recorded(struct run *run, const struct recorded *last, bool has_replaced)
{
	const char *what = has_replaced ? word(run->options, "名单没有变动", "the list did not change")
					: word(run->options, "没有变动", "nothing changed");
	struct text date = record_iso(run->arena, last->version);
	say_line(stdout, is_english(run->options) ? "%s: the version of %.*s is recorded (line %lld)"
		 : "%s：%.*s 的版本已经登记（第 %lld 行）", what, TEXT_ARGS(date), (long long)last->n);
}

/* The build is good and nothing speaks against its inputs. */
static void publish(struct build *build, const char *folder)
{
	struct run *run = &build->run;
	const struct recorded *last = record_last(run->model);
	const struct shown_lists lists = shown_lists(run->arena, run->shown);
	struct recorded now = record_version(run, run->arena, &lists, run->shown->chronicle->version_count - 1);
	int order = last ? date_compare(now.version, last->version) : 1;
	if (order < 0) {
		DIAG(run->diag, DIAG_PUBLISH_EARLIER, .a = record_iso(run->arena, now.version),
		     .b = record_iso(run->arena, last->version));
		return;
	}
	const struct leaving leaving = leaving_find(build, folder);
	const struct recorded replaced = { .version = now.version, .documents = leaving.replaced,
					   .document_count = leaving.replaced_count };
	now.documents = leaving.all;
	now.document_count = leaving.count;
	if (order > 0)
		print_version(run, last, &now);
	else
		say_recorded(run, last, leaving.replaced_count > 0);
	if (order == 0 && !leaving.replaced_count)
		return;
	print_documents(run, &leaving);
	if (run->options->dry_run)
		say_line(stdout, "%s", word(run->options, "未登记（--dry-run）", "not recorded (--dry-run)"));
	else
		record(run, order > 0 ? &now : NULL, &replaced);
}

int command_publish(const struct options *options)
{
	struct build build = { .options = options };
	int code = run_open(&build.run, options);
	if (!code && run_is_good(&build.run)) {
		long long year = (long long)build.run.model->campaign.year;
		const char *folder = text_format(build.run.arena, "%s/%lld", out_folder(options), year).at;
		if (finished_check(&build, folder))
			publish(&build, folder);
	}
	if (!code) {
		fflush(stdout);
		code = run_report(&build.run);
	}
	run_close(&build.run);
	return code;
}
