/* SPDX-License-Identifier: MIT
 *
 * xingji dispatch: what goes to the enterprises, and what became of it.  prepare makes a batch (build/batch.h); the
 * others stand in files of their own.
 */
#include "commands/dispatch.h"

#include <stdio.h>
#include <string.h>

#include "build/batch.h"
#include "build/build.h"
#include "build/finished.h"
#include "build/say.h"
#include "commands/commands.h"

static bool is_english(const struct options *options)
{
	return options->environment.language == LANGUAGE_ENGLISH;
}

/* ---- shared ---------------------------------------------------------------------------- */

bool dispatch_day(const struct run *run, struct date *day)
{
	const struct model *model = run->model;
	*day = run->today;
	if (run->options->day) {
		if (date_parse(text_from(run->options->day), day) == DATE_GOOD)
			return true;
		say_usage(run->options, "日期应写成 2021-11-30", "a day is written 2021-11-30", run->options->day);
		return false;
	}
	for (size_t i = 0; i < model->recorded_count && !run->options->date; i++) {
		const struct recorded *line = &model->recorded[i];
		struct date last = line->event == EVENT_STATE ? line->step.day : line->day;
		*day = date_compare(last, *day) > 0 ? last : *day;
	}
	if (date_is_missing(*day))
		say_usage(run->options, "没有公布日期，请用 --day 写明日期", "there is no publication date: name the day", "--day");
	return !date_is_missing(*day);
}

/* ---- prepare ------------------------------------------------------------------------------ */

static void say_result(const struct run *run, const struct batch_result *result)
{
	bool english = is_english(run->options);
	size_t all = 0;
	for (int channel = 0; channel < CHANNELS; channel++)
		all += result->copies[channel];
	if (result->batch.size)
		say_line(stdout, english ? "batch %.*s: %zu copies, of which %zu correct an earlier one"
			: "批次 %.*s：%zu 份，其中更正 %zu 份",
			 TEXT_ARGS(result->batch), all, result->corrected);
	else if (!run->model->enterprise_count)
		say_line(stdout, "%s", english ? "nothing to prepare: the year has no enterprise" : "没有要备的：本年度没有企业");
	else
		say_line(stdout, "%s", english ? "nothing to prepare" : "没有要备的");
	for (int channel = 0; channel < CHANNELS; channel++)
		if (result->copies[channel])
			say_line(stdout, "  %s %zu", choice_word(SET_CHANNEL, channel), result->copies[channel]);
	if (result->batch.size)
		say_line(stdout, "  %s", result->path);
	if (result->sent)
		say_line(stdout, english ? "%zu documents were prepared or sent before" : "已备过或发过、没有变动的 %zu 份",
			result->sent);
	if (result->held + result->doubtful)
		say_line(stdout, english ? "%zu are held back" : "有疑问、没有备的 %zu 份", result->held + result->doubtful);
	if (result->missing)
		say_line(stdout, english ? "%zu enterprises have no diagnosis in this build"
			: "这次生成里没有诊断书的 %zu 家", result->missing);
	if (result->overdue)
		say_line(stdout, english ? "%zu copies are overdue: overdue.csv"
			: "逾期没有回执的 %zu 份，见 overdue.csv", result->overdue);
}

static bool find_only(const struct run *run, int32_t *only)
{
	*only = -1;
	if (!run->options->only)
		return true;
	*only = run_choose_enterprise(run, text_from(run->options->only));
	return *only >= 0;
}

static void prepare(struct build *build, const char *folder)
{
	struct run *run = &build->run;
	struct batch_options batch = { .key = run->options->key, .folder = folder };
	struct batch_result result;
	if (dispatch_day(run, &batch.day) && find_only(run, &batch.only) && batch_mend(build, folder) &&
	    batch_prepare(build, &batch, &result))
		say_result(run, &result);
}

static int dispatch_prepare(const struct options *options)
{
	if (!options->key)
		return say_usage(options, "请用 --key 写明密钥文件（xingji key new 生成）",
			"name the file of the key (xingji key new)", "--key");
	return finished_run(options, prepare);
}

/* ---- the command ----------------------------------------------------------------------------- */

static const struct {
	const char *name;
	size_t least, most; /* arguments behind it */
	int (*run)(const struct options *options);
} forms[] = {
	{ "prepare", 0, 0, dispatch_prepare }, { "send", 0, 0, dispatch_send }, { "status", 0, 0, dispatch_status },
	{ "received", 1, 2, dispatch_note },   { "answered", 1, 2, dispatch_note }, { "returned", 1, 2, dispatch_note },
	{ "void", 0, 2, dispatch_note },       { "reports", 1, 1, dispatch_reports },
};

int command_dispatch(const struct options *options)
{
	size_t count = options->argument_count - 1;
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		if (strcmp(forms[i].name, options->arguments[0]) != 0)
			continue;
		if (count < forms[i].least)
			return say_usage(options, "缺少参数：信用代码和日期，或退信的文件夹",
				"code and day, or the folder of reports, are missing", options->arguments[0]);
		if (count > forms[i].most)
			return say_usage(options, "参数太多", "too many arguments", options->arguments[1 + forms[i].most]);
		return forms[i].run(options);
	}
	return say_usage(options, "只能是 prepare、send、status、received、answered、returned、void、reports",
			 "one of prepare, send, status, received, answered, returned, void, reports",
			 options->arguments[0]);
}
