/* SPDX-License-Identifier: MIT
 *
 * xingji status: where the year stands on a day (assess/duty.h), duty by duty and city by city,
 * or agency by agency: how many were to do it, how many have, and the names of who did it late, of who has
 * not although the deadline has passed, and of who has until then.
 *
 * For the office alone: it names who is late.  Reads only, and needs no more than enterprises and
 * participations: what else is missing or wrong is counted, and the answer stands.
 */
#include <stdio.h>
#include <string.h>

#include "assess/duty.h"
#include "base/buf.h"
#include "base/file.h"
#include "build/run.h"
#include "build/say.h"
#include "commands/commands.h"
#include "commands/table_out.h"
#include "model/track.h"

/* Names are cut where a cell of a workbook would be too long for who opens it; CSV and table have no end. */
enum { CELL_MOST = 30000 };

/* Who is named, in the order of a call: the state, and its heading where each has a column of names. */
static const struct {
	enum duty_state state;
	const char *word, *heading;
} named[] = {
	{ DUTY_OVERDUE, "逾期未完成", "逾期未完成名单" },
	{ DUTY_LATE, "逾期完成", "逾期完成名单" },
	{ DUTY_AHEAD, "未到期", "未到期名单" },
};
enum { NAMED = sizeof named / sizeof *named, FIGURES = 8, COLUMNS_MOST = FIGURES + NAMED };

/* The second is 机构 where the table is by agency. */
static const char *const figures[FIGURES] = {
	"阶段", "设区市", "应完成", "已完成", "按期", "逾期完成", "逾期未完成", "未到期",
};

struct status_table {
	struct run *run;
	struct date day;
	bool is_by_agency;
	int format;
	const bool *is_withdrawn;   /* by participation */
	struct table_out table;
};

/* A row of the table: how many are in which state, and the names of those that are told. */
struct group {
	int64_t by_state[DUTY_STATES];
	struct names {
		struct buf buf;
		int64_t unnamed; /* behind those that the cell had room for */
	} names[NAMED];
};

/* ---- groups: 0 … count - 1 in order, then one for who has none, then the province -------------------- */

static size_t count_groups(const struct status_table *status)
{
	const struct model *model = status->run->model;
	return status->is_by_agency ? model->agency_count : (size_t)model->prefectures.count;
}

/* Of the agency that checks it; the self-assessment, of the one that advises. */
static int32_t agency_of(const struct model *model, const struct participation *row, enum duty duty)
{
	int32_t consultant = model->enterprises[row->enterprise].consultant;
	if (duty == DUTY_SELF)
		return consultant >= 0 ? consultant : row->checker;
	return row->checker >= 0 ? row->checker : consultant;
}

static size_t group_of(const struct status_table *status, const struct participation *row, enum duty duty)
{
	const struct model *model = status->run->model;
	int32_t index = status->is_by_agency ? agency_of(model, row, duty) : model->enterprises[row->enterprise].city;
	return index >= 0 ? (size_t)index : count_groups(status);
}

static struct text group_name(const struct status_table *status, size_t index)
{
	const struct model *model = status->run->model;
	size_t count = count_groups(status);
	if (index > count)
		return TEXT("全省");
	if (index == count)
		return TEXT("（未知）");
	if (!status->is_by_agency)
		return model->prefectures.at[index].name;
	const struct agency *agency = &model->agencies[index];
	return agency->name.size ? agency->name : agency->code;
}

/* ---- counting ------------------------------------------------------------------------------------------ */

static int count_tracks(const struct model *model, const struct enterprise *enterprise)
{
	int count = 0;
	for (int track = 0; track < model->campaign.track_count; track++)
		count += enterprise->participation[track] >= 0;
	return count;
}

/* "示例甲", and where it takes part in several tracks "示例甲（平台）". */
static struct text name_of(const struct status_table *status, const struct participation *row)
{
	const struct model *model = status->run->model;
	const struct enterprise *enterprise = &model->enterprises[row->enterprise];
	struct text name = enterprise->name.size ? enterprise->name : enterprise->code;
	if (count_tracks(model, enterprise) < 2)
		return name;
	return text_format(status->run->arena, "%.*s（%.*s）", TEXT_ARGS(name),
			   TEXT_ARGS(track_label(&model->campaign, row->track)));
}

static void name_in(const struct status_table *status, struct names *names, struct text name)
{
	if (table_out_is_workbook(status->format) && names->buf.size + name.size > CELL_MOST) {
		names->unnamed++;
		return;
	}
	buf_format(&names->buf, "%s%.*s", names->buf.size ? "、" : "", TEXT_ARGS(name));
}

static void count_in(const struct status_table *status, struct group *group, enum duty_state state, struct text name)
{
	group->by_state[state]++;
	for (size_t i = 0; i < NAMED; i++)
		if (named[i].state == state)
			name_in(status, &group->names[i], name);
}

static void count_duty(const struct status_table *status, enum duty duty, struct group *groups)
{
	const struct model *model = status->run->model;
	struct group *province = &groups[count_groups(status) + 1];
	for (size_t i = 0; i < model->participation_count; i++) {
		const struct participation *row = &model->participations[i];
		enum duty_state state = duty_state(model, row, duty, status->day);
		bool is_open = state == DUTY_OVERDUE || state == DUTY_AHEAD;
		if (state == DUTY_NOT_EXPECTED || (is_open && status->is_withdrawn[i]))
			continue;
		struct text name = name_of(status, row);
		count_in(status, &groups[group_of(status, row, duty)], state, name);
		count_in(status, province, state, name);
	}
}

/* ---- rows ------------------------------------------------------------------------------------------------ */

/* For people one column, in which each list says what it is: a row has hardly more than one. */
static void add_names(struct status_table *status, struct group *group)
{
	struct buf line;
	buf_init(&line, BUF_LIMIT_FILE);
	for (size_t i = 0; i < NAMED; i++) {
		struct names *names = &group->names[i];
		if (names->unnamed)
			buf_format(&names->buf, "……另有 %lld 家次，见 CSV", (long long)names->unnamed);
		if (status->format)
			table_out_text(&status->table, text_copy(status->run->arena, buf_view(&names->buf)));
		else if (names->buf.size)
			buf_format(&line, "%s%s：%s", line.size ? "；" : "", named[i].word, names->buf.at);
	}
	if (!status->format)
		table_out_text(&status->table, text_copy(status->run->arena, buf_view(&line)));
	buf_clear(&line);
}

static void add_row(struct status_table *status, enum duty duty, size_t index, struct group *group)
{
	struct table_out *table = &status->table;
	const int64_t *n = group->by_state;
	int64_t done = n[DUTY_ON_TIME] + n[DUTY_LATE];
	table_out_text(table, duty_name(&status->run->model->campaign, duty));
	table_out_text(table, group_name(status, index));
	table_out_number(table, done + n[DUTY_OVERDUE] + n[DUTY_AHEAD]);
	table_out_number(table, done);
	table_out_number(table, n[DUTY_ON_TIME]);
	table_out_number(table, n[DUTY_LATE]);
	table_out_number(table, n[DUTY_OVERDUE]);
	table_out_number(table, n[DUTY_AHEAD]);
	add_names(status, group);
}

/* Of whom nothing is expected there is no row; the province always has one. */
static void add_duty(struct status_table *status, enum duty duty)
{
	size_t count = count_groups(status) + 2;
	struct group *groups = ARENA_ARRAY(status->run->arena, struct group, count);
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < NAMED; k++)
			buf_init(&groups[i].names[k].buf, BUF_LIMIT_PAGE);
	count_duty(status, duty, groups);
	for (size_t i = 0; i < count; i++) {
		const int64_t *n = groups[i].by_state;
		if (i == count - 1 || n[DUTY_ON_TIME] + n[DUTY_LATE] + n[DUTY_OVERDUE] + n[DUTY_AHEAD])
			add_row(status, duty, i, &groups[i]);
		for (size_t k = 0; k < NAMED; k++)
			buf_clear(&groups[i].names[k].buf);
	}
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
	int32_t days = date_days(stage->deadline) - date_days(status->day);
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
		date_write_iso(buf, status->day);
		buf_byte(buf, '\n');
		for (int duty = 0; duty < DUTIES; duty++)
			print_deadline(status, (enum duty)duty, buf);
		buf_byte(buf, '\n');
	}
	buf_text(buf, buf_view(&rows));
	buf_clear(&rows);
}

/* How many there are. */
static size_t write_headings(const struct status_table *status, const char **headings)
{
	memcpy(headings, figures, sizeof figures);
	if (status->is_by_agency)
		headings[1] = "机构";
	if (status->format == 0) {
		headings[FIGURES] = "名单";
		return FIGURES + 1;
	}
	for (size_t i = 0; i < NAMED; i++)
		headings[FIGURES + i] = named[i].heading;
	return COLUMNS_MOST;
}

static int print_status(struct run *run, int format)
{
	struct status_table status = {
		.run = run, .day = run->today, .format = format,
		.is_by_agency = text_is(text_from(run->options->by), "agency"),
		.is_withdrawn = duty_withdrawn(run->arena, run->model, run->today),
	};
	struct buf buf;
	const char *headings[COLUMNS_MOST];
	size_t columns = write_headings(&status, headings);
	status.table = (struct table_out){ .arena = run->arena, .headings = headings, .column_count = columns };
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
