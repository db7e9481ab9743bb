/* SPDX-License-Identifier: MIT
 *
 * xingji dispatch status: where each copy is, or by city how many are due, received, not received, overdue.
 */
#include <stdio.h>

#include "base/buf.h"
#include "build/record.h"
#include "build/run.h"
#include "build/say.h"
#include "commands/dispatch.h"
#include "commands/table_out.h"

enum { COPY_COLUMNS = 9, CITY_COLUMNS = 5 };

static const char *const copy_headings[2][COPY_COLUMNS] = {
	{ "统一社会信用代码", "渠道", "文书", "份号", "状态", "日期", "应答", "企业名称", "批次" },
	{ "统一社会信用代码", "渠道", "文书", "份号", "状态", "日期", "应答", "企业名称", "批次" },
};
static const char *const city_headings[CITY_COLUMNS] = { "设区市", "应送", "送达", "未达", "逾期未答复" };

struct standing_table {
	struct run *run;
	struct copies copies;
	struct date day;
	struct table_out table;
};

/* ---- a row a copy --------------------------------------------------------------------------- */

static struct text name_of(const struct model *model, struct text code)
{
	const uint32_t *found = map_find(&model->enterprise_by_code, code);
	return found ? model->enterprises[*found].name : NO_TEXT;
}

static void add_copy(struct standing_table *standing, const struct copy *copy)
{
	struct table_out *table = &standing->table;
	table_out_text(table, copy->copy->code);
	table_out_text(table, text_from(choice_word(SET_CHANNEL, copy->channel)));
	table_out_text(table, copy->copy->number);
	table_out_text(table, copy->copy->copy);
	table_out_text(table, send_state_chinese(copy->state));
	table_out_text(table, record_iso(standing->run->arena, copy->since));
	table_out_text(table, copy->detail);
	table_out_text(table, name_of(standing->run->model, copy->copy->code));
	table_out_text(table, copy->batch);
}

static bool is_wanted(const struct standing_table *standing, const struct copy *copy)
{
	const struct options *options = standing->run->options;
	int64_t days = standing->run->model->campaign.sending.reply_days;
	if (options->batch && !text_is(copy->batch, options->batch))
		return false;
	return !options->overdue || copies_is_overdue(copy, standing->day, days);
}

static void add_copies(struct standing_table *standing)
{
	for (size_t i = 0; i < standing->copies.list.count; i++)
		if (is_wanted(standing, &standing->copies.list.at[i]))
			add_copy(standing, &standing->copies.list.at[i]);
}

/* ---- a row a city ---------------------------------------------------------------------------- */

struct city_counts {
	int64_t due, received, overdue;
};

static void count(const struct standing_table *standing, const struct enterprise *enterprise,
	struct city_counts *counts)
{
	const struct copies_outcome outcome = copies_outcome(&standing->copies, enterprise->code, standing->day,
							     standing->run->model->campaign.sending.reply_days);
	counts->due += outcome.is_due;
	counts->received += outcome.is_received;
	counts->overdue += outcome.is_overdue;
}

static void add_city(struct standing_table *standing, struct text name, const struct city_counts *counts)
{
	table_out_text(&standing->table, name);
	table_out_number(&standing->table, counts->due);
	table_out_number(&standing->table, counts->received);
	table_out_number(&standing->table, counts->due - counts->received);
	table_out_number(&standing->table, counts->overdue);
}

/* In official order; who has no known city stands before the province. */
static void add_cities(struct standing_table *standing)
{
	const struct model *model = standing->run->model;
	size_t cities = (size_t)model->prefectures.count;
	struct city_counts *counts = ARENA_ARRAY(standing->run->arena, struct city_counts, cities + 2);
	for (size_t i = 0; i < model->enterprise_count; i++) {
		const struct enterprise *enterprise = &model->enterprises[i];
		count(standing, enterprise, &counts[enterprise->city >= 0 ? (size_t)enterprise->city : cities]);
		count(standing, enterprise, &counts[cities + 1]);
	}
	for (size_t i = 0; i < cities; i++)
		if (counts[i].due)
			add_city(standing, model->prefectures.at[i].name, &counts[i]);
	if (counts[cities].due)
		add_city(standing, TEXT("（未知）"), &counts[cities]);
	add_city(standing, TEXT("全省"), &counts[cities + 1]);
}

/* ---- printing --------------------------------------------------------------------------------- */

static int print(struct run *run, int format)
{
	struct standing_table standing = { .run = run };
	struct buf buf;
	if (!dispatch_day(run, &standing.day))
		return EXIT_USAGE;
	bool is_by_city = run->options->by != NULL;
	struct date until = run->options->date || run->options->day ? standing.day : (struct date){ 0 };
	standing.copies = copies_standing(run->model->recorded, run->model->recorded_count, until);
	standing.table = (struct table_out){
		.arena = run->arena, .headings = is_by_city ? city_headings : copy_headings[0],
		.column_count = is_by_city ? CITY_COLUMNS : COPY_COLUMNS,
	};
	if (is_by_city)
		add_cities(&standing);
	else
		add_copies(&standing);
	buf_init(&buf, BUF_LIMIT_FILE);
	table_out_write(&standing.table, format, &buf);
	int code = table_out_deliver(run, buf_view(&buf));
	buf_clear(&buf);
	copies_clear(&standing.copies);
	return code;
}

int dispatch_status(const struct options *options)
{
	struct run run;
	int format = table_out_format(options);
	if (format < 0)
		return EXIT_USAGE;
	if (options->by && !text_is(text_from(options->by), "city"))
		return say_usage(options, "只能按 city（设区市）", "by city only", options->by);
	int code = run_open(&run, options);
	if (!code)
		code = run.model ? print(&run, format) : run_report(&run);
	if (!code)
		code = run_report_errors(&run);
	run_close(&run);
	return code;
}
