/* SPDX-License-Identifier: MIT
 *
 * xingji status: where the year stands on a day (assess/duty_count.h), duty by duty and city by city,
 * or agency by agency: how many were to do it, how many have, and the names of who did it late, of who has
 * not although the deadline has passed, and of who has until then.
 *
 * For the office alone: it names who is late.  Reads only, and needs no more than enterprises and
 * participations: what else is missing or wrong is counted, and the answer stands.
 */
#include <stdio.h>
#include <string.h>

#include "assess/duty_count.h"
#include "base/buf.h"
#include "base/file.h"
#include "build/run.h"
#include "build/say.h"
#include "commands/commands.h"
#include "commands/table_out.h"

/* Names are cut where a cell of a workbook would be too long for who opens it; CSV and table have no end. */
enum { CELL_MOST = 30000 };

/* Who is named, in the order of a call: the state, what it is called, and its heading where each has a column. */
static const struct {
	enum duty_state state;
	const char *word, *heading;
} named[] = {
	{ DUTY_OVERDUE, "逾期未交", "逾期未交名单" },
	{ DUTY_LATE, "逾期完成", "逾期完成名单" },
	{ DUTY_AHEAD, "未到期", "未到期名单" },
};
enum { NAMED = sizeof named / sizeof *named };

/* The first eight are the contract (data/FORMATS.md); the table for people has no more. */
static const char *const headings[] = {
	"阶段", "设区市", "应完成", "已完成", "按期", "逾期", "未交", "名单", "其中逾期未交", "其中未到期",
};
enum { FIRST = 8, FIGURES = sizeof headings / sizeof *headings, COLUMNS_MOST = FIGURES + NAMED };

struct status_table {
	struct run *run;
	struct duty_view view;
	int format;
	struct table_out table;
};

/* ---- rows ------------------------------------------------------------------------------------------------ */

/* The names of those in one state, or in any (DUTY_STATES). */
static struct text names_of(const struct status_table *status, const struct duty_group *group, enum duty_state state)
{
	size_t unnamed = 0; /* behind those that the cell had room for */
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	for (size_t i = 0; i < group->name_count; i++) {
		struct text name = group->names[i].name;
		if (state != DUTY_STATES && group->names[i].state != state)
			continue;
		if (table_out_is_workbook(status->format) && buf.size + name.size > CELL_MOST)
			unnamed++;
		else
			buf_format(&buf, "%s%.*s", buf.size ? "、" : "", TEXT_ARGS(name));
	}
	if (unnamed)
		buf_format(&buf, "……另有 %zu 家次，见 CSV", unnamed);
	struct text names = text_copy(status->run->arena, buf_view(&buf));
	buf_clear(&buf);
	return names;
}

/* For people one cell, in which each list says what it is: a row has hardly more than one. */
static struct text lists_of(const struct status_table *status, const struct duty_group *group)
{
	struct buf line;
	buf_init(&line, BUF_LIMIT_FILE);
	for (size_t i = 0; i < NAMED; i++) {
		struct text names = names_of(status, group, named[i].state);
		if (names.size)
			buf_format(&line, "%s%s：%.*s", line.size ? "；" : "", named[i].word, TEXT_ARGS(names));
	}
	struct text lists = text_copy(status->run->arena, buf_view(&line));
	buf_clear(&line);
	return lists;
}

static void add_row(struct status_table *status, enum duty duty, const struct duty_group *group)
{
	struct table_out *table = &status->table;
	table_out_text(table, duty_name(&status->run->model->campaign, duty));
	table_out_text(table, group->name);
	table_out_number(table, duty_expected(group));
	table_out_number(table, duty_done(group));
	table_out_number(table, group->by_state[DUTY_ON_TIME]);
	table_out_number(table, group->by_state[DUTY_LATE]);
	table_out_number(table, group->by_state[DUTY_OVERDUE] + group->by_state[DUTY_AHEAD]);
	if (!status->format) {
		table_out_text(table, lists_of(status, group));
		return;
	}
	table_out_text(table, names_of(status, group, DUTY_STATES));
	table_out_number(table, group->by_state[DUTY_OVERDUE]);
	table_out_number(table, group->by_state[DUTY_AHEAD]);
	for (size_t i = 0; i < NAMED; i++)
		table_out_text(table, names_of(status, group, named[i].state));
}

static void add_duty(struct status_table *status, enum duty duty)
{
	struct duty_group *groups;
	size_t count = duty_groups(&status->view, duty, &groups);
	for (size_t i = 0; i < count; i++)
		add_row(status, duty, &groups[i]);
}

/* ---- printing -------------------------------------------------------------------------------------------- */

/* Above the table for people: until when, and how many days that is from now. */
static void print_deadline(const struct status_table *status, enum duty duty, struct buf *buf)
{
	const struct campaign *campaign = &status->run->model->campaign;
	const struct stage *stage = duty_stage(campaign, duty);
	bool is_english = status->run->options->environment.language == LANGUAGE_ENGLISH;
	struct text name = duty_name(campaign, duty);
	buf_text(buf, name);
	if (!stage || date_is_missing(stage->deadline)) {
		buf_string(buf, is_english ? ": no deadline\n" : "：没有截止日期\n");
		return;
	}
	int32_t days = date_days(stage->deadline) - date_days(status->view.day);
	buf_string(buf, is_english ? ": due " : "：截止 ");
	date_write_iso(buf, stage->deadline);
	if (days >= 0)
		buf_format(buf, is_english ? ", in %d days\n" : "，还有 %d 天\n", days);
	else
		buf_format(buf, is_english ? ", %d days ago\n" : "，已过 %d 天\n", -days);
}

static void write_out(struct status_table *status, struct buf *buf)
{
	struct buf rows;
	buf_init(&rows, BUF_LIMIT_FILE);
	table_out_write(&status->table, status->format, &rows);
	if (status->format == 0) {
		date_write_iso(buf, status->view.day);
		buf_byte(buf, '\n');
		for (int duty = 0; duty < DUTIES; duty++)
			print_deadline(status, (enum duty)duty, buf);
		buf_byte(buf, '\n');
	}
	buf_text(buf, buf_view(&rows));
	buf_clear(&rows);
}

/* How many there are. */
static size_t write_headings(const struct status_table *status, const char **written)
{
	memcpy(written, headings, sizeof headings);
	if (status->view.is_by_agency)
		written[1] = "机构";
	for (size_t i = 0; i < NAMED; i++)
		written[FIGURES + i] = named[i].heading;
	return status->format ? COLUMNS_MOST : FIRST;
}

static int print_status(struct run *run, int format)
{
	struct status_table status = {
		.run = run, .format = format,
		.view = { .arena = run->arena, .model = run->model, .day = run->today,
			  .is_by_agency = text_is(text_from(run->options->by), "agency"),
			  .is_withdrawn = duty_withdrawn(run->arena, run->model, run->today) },
	};
	struct buf buf;
	const char *written[COLUMNS_MOST];
	size_t columns = write_headings(&status, written);
	status.table = (struct table_out){ .arena = run->arena, .headings = written, .column_count = columns };
	for (int duty = 0; duty < DUTIES; duty++)
		add_duty(&status, (enum duty)duty);
	buf_init(&buf, BUF_LIMIT_FILE);
	write_out(&status, &buf);
	int code = table_out_deliver(run, buf_view(&buf));
	buf_clear(&buf);
	return code;
}

/* ---- the command ------------------------------------------------------------------------------------------- */

/* Without participants there is nothing to say; where that is because their tables are wrong, the complaints say it. */
static bool can_answer(const struct run *run)
{
	bool is_wrong = diag_count(run->diag, SEVERITY_ERROR) > 0;
	return run->model && !diag_count(run->diag, SEVERITY_WORLD) && (run->model->participation_count || !is_wrong);
}

static bool is_grouping(const char *by)
{
	return !by || text_is(text_from(by), "city") || text_is(text_from(by), "agency");
}

int command_status(const struct options *options)
{
	struct run run;
	int format = table_out_format(options);
	if (format < 0)
		return EXIT_USAGE;
	if (!is_grouping(options->by))
		return say_usage(options, "只能按 city（设区市）或 agency（机构）", "by city or by agency", options->by);
	int code = run_open(&run, options);
	if (!code && !can_answer(&run))
		code = run_report(&run);
	else if (!code && date_is_missing(run.today))
		code = say_usage(options, "没有公布日期，请用 --date 写明日期",
				 "there is no publication date: name the day with --date", "--date");
	else if (!code) {
		code = print_status(&run, format);
		if (diag_count(run.diag, SEVERITY_ERROR) && code == EXIT_CLEAN)
			run_print_counts(&run);
	}
	run_close(&run);
	return code;
}
