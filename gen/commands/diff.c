/* SPDX-License-Identifier: MIT
 *
 * xingji diff: two folders of data, or one under another rule: who changes level, by which
 * clause and which items.  What is read before a list is published and before a rule is
 * signed, so the first line is the answer.  Writes nothing.
 *
 * A side is a struct compare_side: the decisions of a folder, those of the same folder under
 * the rules of a file, or the list that was published last (diff_register.h).
 */
#include <stdio.h>
#include <string.h>
#include <threads.h>

#include "assess/chronicle.h"
#include "base/buf.h"
#include "base/chain.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/json_write.h"
#include "base/list.h"
#include "base/plain.h"
#include "build/record.h"
#include "build/run.h"
#include "build/say.h"
#include "check/rule_file.h"
#include "commands/commands.h"
#include "commands/diff_register.h"
#include "commands/diff_text.h"
#include "facts/print.h"
#include "read/xml.h"

enum diff_kind {
	DIFF_FOLDERS,  /* A and B */
	DIFF_RULE,     /* A, and A by the rules of a file */
	DIFF_REGISTER, /* what was published last of A's year, and A */
};

struct diff {
	struct options options[2];
	struct run runs[2];        /* only [0] is open where B or A is made of it: `kind` */
	enum diff_kind kind;
	struct text names[2];      /* as they were typed */
	bool may_be_wrong;         /* the options: --date or --year was given */
	struct arena *arena;
	struct diff_words words;
	struct comparison comparison;
};

/* ---- the two sides ------------------------------------------------------------------------ */

/* "data/2021/" → "data" and "2021"; false when its last part is no year. */
static bool split_year(struct arena *arena, struct text path, struct options *options)
{
	int64_t year;
	while (path.size > 1 && path.at[path.size - 1] == '/')
		path.size--;
	size_t start = path.size;
	while (start && path.at[start - 1] != '/')
		start--;
	struct text name = text_slice(path, start, path.size);
	if (name.size != 4 || !text_to_integer(name, &year))
		return false;
	options->data = start ? text_string(arena, text_slice(path, 0, start)) : ".";
	options->year = text_string(arena, name);
	return true;
}

/* A year's folder, or one that holds years; 0 or EXIT_USAGE. */
static int choose_folder(struct diff *diff, const char *argument, struct options *options)
{
	const char *campaign = file_join(diff->arena, argument, TEXT("campaign.xml"));
	options->data = argument;
	if (!file_exists(campaign))
		return 0;
	const char *wanted = options->year;
	if (!split_year(diff->arena, text_from(argument), options))
		return say_usage(options, "年度文件夹须以四位年度命名", "a year's folder is called by its year", argument);
	if (wanted && strcmp(wanted, options->year) != 0)
		return say_usage(options, "--year 与年度文件夹不符", "--year contradicts the year's folder", argument);
	return 0;
}

static int name_folder(struct diff *diff, size_t side, const char *argument)
{
	diff->names[side] = text_from(argument);
	return choose_folder(diff, argument, &diff->options[side]);
}

static int open_second(void *context)
{
	struct diff *diff = context;
	return run_open(&diff->runs[1], &diff->options[1]);
}

/*
 * Reading is nearly all the work, and two runs share nothing, so they are read side by side:
 * half the time where there are two processors.  Wrong options are told by the first alone,
 * so with those that can be wrong they are read one after the other.
 */
static int open_both(struct diff *diff)
{
	thrd_t thread;
	char hash[65];
	int code = 0, second = 0;
	/* What is found out once for the whole program is found out before there are two. */
	xml_prepare();
	hash_of(NO_TEXT, hash);
	bool is_parallel = !diff->may_be_wrong && thrd_create(&thread, open_second, diff) == thrd_success;
	code = run_open(&diff->runs[0], &diff->options[0]);
	if (is_parallel)
		thrd_join(thread, &second);
	else if (!code)
		second = open_second(diff);
	return code ? code : second;
}

/* The first side by the rules of a file; what the rules make of ledger and awards is not told twice. */
static void try_rule(struct diff *diff, const char *path)
{
	const struct run *first = &diff->runs[0];
	struct run *second = &diff->runs[1];
	struct diag *aside = diag_new(first->arena, first->sources);
	struct model *model = ARENA_NEW(first->arena, struct model);
	*second = *first;
	diff->names[1] = text_from(path);
	if (!first->model)
		return;
	*model = *first->model;
	second->model = rule_file_apply(first->arena, first->sources, first->diag, path, model) ? model : NULL;
	if (!second->model)
		return;
	struct date last = { 0 };
	if (first->options->date)
		last = first->today;
	second->assessment = assess_model(first->arena, model, aside);
	second->shown = chronicle_assessment(first->arena, second->assessment,
					     chronicle_new(first->arena, second->assessment, last, aside));
}

/* The folder becomes the later side; the earlier one is what its register says. */
static void use_register(struct diff *diff)
{
	const struct run *run = &diff->runs[0];
	diff->runs[1] = *run;
	diff->names[1] = diff->names[0];
	const struct recorded *last = run->model ? record_last(run->model) : NULL;
	if (run->model && !last)
		DIAG(run->diag, DIAG_DIFF_NOT_PUBLISHED, .span = run->model->campaign.place,
		     .n = run->model->campaign.year);
	if (last)
		diff->names[0] = text_format(diff->arena, REGISTER_NAME " %.*s",
					     TEXT_ARGS(record_iso(diff->arena, last->version)));
	diff->runs[1].model = last ? run->model : NULL;
}

static int open_sides(struct diff *diff, const struct options *options)
{
	const char *first = options->argument_count ? options->arguments[0] : run_data_folder(options);
	int code = name_folder(diff, 0, first);
	if (code)
		return code;
	if (options->rule && options->argument_count == 2)
		return say_usage(options, "B 与 --rule 只能有一个", "B and --rule exclude each other", options->arguments[1]);
	if (options->argument_count == 2) {
		code = name_folder(diff, 1, options->arguments[1]);
		return code ? code : open_both(diff);
	}
	diff->kind = options->rule ? DIFF_RULE : DIFF_REGISTER;
	code = run_open(&diff->runs[0], &diff->options[0]);
	if (!code && options->rule)
		try_rule(diff, options->rule);
	else if (!code)
		use_register(diff);
	return code;
}

static void compare(struct diff *diff)
{
	struct compare_side *sides = ARENA_ARRAY(diff->arena, struct compare_side, 2);
	for (size_t i = 0; i < 2; i++)
		sides[i] = compare_side_of(diff->arena, diff->runs[i].assessment, diff->runs[i].shown);
	if (diff->kind == DIFF_REGISTER)
		diff_register_side(diff->arena, diff->runs[0].model, &sides[0]);
	diff->comparison = compare_sides(diff->arena, &sides[0], &sides[1]);
	diff->words.arena = diff->arena;
	diff->words.before = &sides[0];
	diff->words.now = &sides[1];
}

/* ---- tables ---------------------------------------------------------------------------------- */

struct cells {
	struct arena *arena;
	LIST(struct value) values;
};

static void add_text(struct cells *cells, struct text text)
{
	LIST_PUSH(&cells->values, ((struct value){ .kind = VALUE_TEXT, .text = text }));
}

static void add_count(struct cells *cells, int64_t count)
{
	struct text digits = text_format(cells->arena, "%lld", (long long)count);
	LIST_PUSH(&cells->values,
		  ((struct value){ .kind = VALUE_INTEGER, .text = digits, .integer = count, .real = (double)count }));
}

static struct rows rows_of(struct cells *cells, const char *const *names, size_t count)
{
	struct rows rows = { .values = cells->values.at, .column_count = count };
	rows.row_count = cells->values.count / count;
	rows.names = ARENA_ARRAY(cells->arena, struct text, count);
	for (size_t i = 0; i < count; i++)
		rows.names[i] = text_from(names[i]);
	return rows;
}

enum { ROW_COLUMNS = 11, TOTAL_COLUMNS = 8 };

static const char *const row_names[2][ROW_COLUMNS] = {
	{ "统一社会信用代码", "参培类型", "原级别", "现级别", "起作用的条目", "企业名称", "设区市", "原结果", "现结果", "依据", "变化" },
	{ "code", "track", "level before", "level now", "deciding items", "enterprise", "city", "outcome before",
	  "outcome now", "why", "change" },
};

/* The columns of the table for people, which has no room for all: by their place in row_names. */
static const int8_t table_columns[] = { 10, 5, 6, 1, 2, 3, 4, 9 };
enum { TABLE_COLUMNS = sizeof table_columns / sizeof *table_columns };

static struct text outcome_of(const struct compare_entry *entry)
{
	return entry && entry->outcome >= 0 ? text_from(outcome_word((enum outcome)entry->outcome)) : NO_TEXT;
}

static struct text label_of(const struct compare_entry *entry)
{
	return entry ? entry->label : NO_TEXT;
}

static void collect_row(const struct diff_words *words, const struct compare_row *row, struct text texts[ROW_COLUMNS])
{
	const struct compare_entry *entry = row->now ? row->now : row->before;
	const struct text row_texts[ROW_COLUMNS] = {
		entry->code, entry->track_word, label_of(row->before), label_of(row->now),
		diff_items(words, row), entry->name, entry->city, outcome_of(row->before), outcome_of(row->now),
		diff_reason(words, row), diff_change(words, row),
	};
	memcpy(texts, row_texts, sizeof row_texts);
}

static struct rows all_columns(struct diff *diff, struct cells *cells)
{
	struct text texts[ROW_COLUMNS];
	for (size_t i = 0; i < diff->comparison.row_count; i++) {
		collect_row(&diff->words, &diff->comparison.rows[i], texts);
		for (size_t j = 0; j < ROW_COLUMNS; j++)
			add_text(cells, texts[j]);
	}
	return rows_of(cells, row_names[LANGUAGE_CHINESE], ROW_COLUMNS);
}

static struct rows few_columns(struct diff *diff, struct cells *cells)
{
	struct text texts[ROW_COLUMNS];
	const char *names[TABLE_COLUMNS];
	for (size_t j = 0; j < TABLE_COLUMNS; j++)
		names[j] = row_names[diff->words.language][table_columns[j]];
	for (size_t i = 0; i < diff->comparison.row_count; i++) {
		collect_row(&diff->words, &diff->comparison.rows[i], texts);
		for (size_t j = 0; j < TABLE_COLUMNS; j++)
			add_text(cells, texts[table_columns[j]]);
	}
	return rows_of(cells, names, TABLE_COLUMNS);
}

static struct rows totals(struct diff *diff, struct cells *cells)
{
	static const char *const names[2][TOTAL_COLUMNS] = {
		{ "参培类型", "设区市", "升", "降", "新达标", "退出", "原家次", "现家次" },
		{ "track", "city", "up", "down", "new", "dropped out", "listed before", "listed now" },
	};
	for (size_t i = 0; i < diff->comparison.total_count; i++) {
		const struct compare_total *total = &diff->comparison.totals[i];
		add_text(cells, total->track_word);
		add_text(cells, total->city);
		add_count(cells, total->by_change[CHANGE_UP]);
		add_count(cells, total->by_change[CHANGE_DOWN]);
		add_count(cells, total->by_change[CHANGE_NEW]);
		add_count(cells, total->by_change[CHANGE_OUT]);
		add_count(cells, total->listed_before);
		add_count(cells, total->listed_now);
	}
	return rows_of(cells, names[diff->words.language], TOTAL_COLUMNS);
}

/* ---- formats ------------------------------------------------------------------------------------ */

static int64_t changed(const struct comparison *comparison)
{
	const int64_t *by = comparison->by_change;
	return by[CHANGE_UP] + by[CHANGE_DOWN] + by[CHANGE_NEW] + by[CHANGE_OUT];
}

static int64_t unchanged(const struct comparison *comparison)
{
	int64_t sum = 0;
	for (int change = 0; change < CHANGES; change++)
		sum += comparison->by_change[change];
	return sum - changed(comparison);
}

/* The first line: what somebody wants to know. */
static void write_answer(const struct diff *diff, struct buf *buf)
{
	const struct comparison *all = &diff->comparison;
	const int64_t *by = all->by_change;
	long long up = by[CHANGE_UP], down = by[CHANGE_DOWN], new = by[CHANGE_NEW], out = by[CHANGE_OUT];
	if (diff->words.language == LANGUAGE_ENGLISH)
		buf_format(buf, "%lld levels change: %lld up, %lld down, %lld new, %lld dropped out;"
			   " the other %lld stay\n", (long long)changed(all), up, down, new, out,
			   (long long)unchanged(all));
	else
		buf_format(buf, "%lld 家次级别变化：升 %lld，降 %lld，新达标 %lld，退出 %lld；其余 %lld 家次不变\n",
			   (long long)changed(all), up, down, new, out, (long long)unchanged(all));
}

/* What else is another, among those whose level stays; no line where nothing is. */
static void write_rest(const struct diff *diff, struct buf *buf)
{
	const struct comparison *all = &diff->comparison;
	const int64_t *by = all->by_change;
	if (by[CHANGE_OUTCOME] + by[CHANGE_ONLY_BEFORE] + by[CHANGE_ONLY_NOW] + all->renamed + all->moved == 0)
		return;
	if (diff->words.language == LANGUAGE_ENGLISH)
		buf_format(buf, "besides: %lld between 未达标 and 未完成, without a level %lld only in A, %lld only in B;"
			   " %lld renamed, %lld moved\n", (long long)by[CHANGE_OUTCOME],
			   (long long)by[CHANGE_ONLY_BEFORE], (long long)by[CHANGE_ONLY_NOW],
			   (long long)all->renamed, (long long)all->moved);
	else
		buf_format(buf, "另有：未达标与未完成之间 %lld，无级别且仅在 A %lld、仅在 B %lld，更名 %lld，迁移 %lld\n",
			   (long long)by[CHANGE_OUTCOME], (long long)by[CHANGE_ONLY_BEFORE],
			   (long long)by[CHANGE_ONLY_NOW], (long long)all->renamed, (long long)all->moved);
}

static void write_sides(const struct diff *diff, struct buf *buf)
{
	for (int i = 0; i < 2; i++) {
		buf_format(buf, "%s: ", i ? "B" : "A");
		plain_write(buf, diff->names[i]);
		buf_byte(buf, '\n');
	}
}

static void write_table(struct diff *diff, struct buf *buf)
{
	struct cells cells = { .arena = diff->arena };
	write_answer(diff, buf);
	write_rest(diff, buf);
	write_sides(diff, buf);
	if (diff->comparison.row_count) {
		struct rows rows = few_columns(diff, &cells);
		buf_byte(buf, '\n');
		print_table(&rows, buf);
	}
	cells.values.count = 0;
	struct rows sums = totals(diff, &cells);
	buf_byte(buf, '\n');
	print_table(&sums, buf);
	LIST_FREE(&cells.values);
}

static void write_csv(struct diff *diff, struct buf *buf)
{
	struct cells cells = { .arena = diff->arena };
	struct rows rows = all_columns(diff, &cells);
	print_csv(&rows, buf);
	LIST_FREE(&cells.values);
}

static void write_counts(const struct diff *diff, struct json_write *json)
{
	const struct comparison *all = &diff->comparison;
	const int64_t *by = all->by_change;
	json_write_named_integer(json, "changed", changed(all));
	json_write_named_integer(json, "up", by[CHANGE_UP]);
	json_write_named_integer(json, "down", by[CHANGE_DOWN]);
	json_write_named_integer(json, "new", by[CHANGE_NEW]);
	json_write_named_integer(json, "out", by[CHANGE_OUT]);
	json_write_named_integer(json, "unchanged", unchanged(all));
	json_write_named_integer(json, "outcome", by[CHANGE_OUTCOME]);
	json_write_named_integer(json, "only_in_a", by[CHANGE_ONLY_BEFORE]);
	json_write_named_integer(json, "only_in_b", by[CHANGE_ONLY_NOW]);
	json_write_named_integer(json, "renamed", all->renamed);
	json_write_named_integer(json, "moved", all->moved);
}

static void write_json(struct diff *diff, struct buf *buf)
{
	struct cells cells = { .arena = diff->arena };
	struct json_write json;
	json_write_init(&json, buf);
	json_write_object(&json, JSON_LINES);
	json_write_named_text(&json, "a", diff->names[0]);
	json_write_named_text(&json, "b", diff->names[1]);
	write_counts(diff, &json);
	struct rows rows = all_columns(diff, &cells);
	json_write_key(&json, TEXT("rows"));
	print_json_rows(&rows, &json);
	cells.values.count = 0;
	struct rows sums = totals(diff, &cells);
	json_write_key(&json, TEXT("totals"));
	print_json_rows(&sums, &json);
	json_write_close(&json);
	json_write_end(&json);
	buf_byte(buf, '\n');
	LIST_FREE(&cells.values);
}

/* Columns that programs read keep their Chinese names and words, whatever language people speak. */
static const struct {
	const char *name;
	void (*write)(struct diff *diff, struct buf *buf);
	bool is_for_people;
} formats[] = { { "table", write_table, true }, { "csv", write_csv, false }, { "json", write_json, false } };

/* ---- the command -------------------------------------------------------------------------------- */

static void print(struct diff *diff, int format)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_FILE);
	diff->words.language = formats[format].is_for_people ? diff->options[0].environment.language : LANGUAGE_CHINESE;
	formats[format].write(diff, &buf);
	fwrite(buf.at, 1, buf.size, stdout);
	buf_clear(&buf);
}

/* The exit code of both; where a side has errors its name stands over their number. */
static int finish(const struct diff *diff)
{
	int code = fflush(stdout) ? EXIT_WORLD : EXIT_CLEAN;
	for (int i = 0; i < (diff->kind == DIFF_FOLDERS ? 2 : 1); i++) {
		int own = run_exit_code(&diff->runs[i]);
		if (own != EXIT_CLEAN) {
			say_line(stderr, "%s: %.*s", i ? "B" : "A", TEXT_ARGS(diff->names[i]));
			run_print_counts(&diff->runs[i]);
		}
		code = own > code ? own : code;
	}
	return code;
}

/* One of the two has nothing to compare: everything wrong is told, as check would. */
static int report(struct diff *diff)
{
	int code = run_report_errors(&diff->runs[0]);
	int second = diff->kind == DIFF_FOLDERS ? run_report_errors(&diff->runs[1]) : EXIT_CLEAN;
	return second > code ? second : code;
}

int command_diff(const struct options *options)
{
	struct diff diff = { .options = { *options, *options }, .arena = arena_new(),
			     .may_be_wrong = options->date || options->year };
	int format = FORMAT_FIND(formats, options->format);
	int code = 0;
	if (format < 0)
		code = say_usage(options, "格式只能是 table、csv、json", "the format is table, csv or json", options->format);
	if (!code)
		code = open_sides(&diff, options);
	if (!code && diff.runs[0].model && diff.runs[1].model) {
		compare(&diff);
		print(&diff, format);
		code = finish(&diff);
	} else if (!code) {
		code = report(&diff);
	}
	if (diff.runs[1].arena && diff.kind == DIFF_FOLDERS)
		run_close(&diff.runs[1]);
	if (diff.runs[0].arena)
		run_close(&diff.runs[0]);
	arena_free(diff.arena);
	return code;
}
