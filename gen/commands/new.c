/* SPDX-License-Identifier: MIT
 *
 * xingji new: the folder of a new year, and what is to be done next.
 */
#include <errno.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "build/begin.h"
#include "build/folders.h"
#include "build/run.h"
#include "build/say.h"
#include "commands/commands.h"

static bool is_english(const struct options *options)
{
	return options->environment.language == LANGUAGE_ENGLISH;
}

/* ---- what was made --------------------------------------------------------------------------- */

static struct text remark_campaign(struct arena *arena, const struct begin *begin, bool english)
{
	const char *title = "";
	if (begin->from && !begin->names_year)
		title = english ? "; the title names no year: look at it" : "；名称中没有年度，请核对";
	if (!begin->from)
		title = english ? "; title, province, publisher and rules to write" : "；名称、省份、发布单位和评定规则待写";
	return english ? text_format(arena, "%lld dates to fill in, state 拟公布%s", (long long)begin->dates, title)
		       : text_format(arena, "%lld 个日期待填，状态为拟公布%s", (long long)begin->dates, title);
}

static struct text remark_table(struct arena *arena, const struct begin_file *file, bool english)
{
	if (!file->entity)
		return english ? TEXT("empty folder, for the results") : TEXT("空文件夹，放各机构交来的结果");
	if (file->has_examples)
		return english ? TEXT("headings, notes, and an example of each channel")
			       : TEXT("没有数据行，有说明和各渠道的示例；发送诊断书以前填写");
	if (!file->kept)
		return english ? TEXT("empty table, headings only") : TEXT("空表，只有表头");
	bool is_agency = file->entity == schema_entity(ENTITY_AGENCY);
	const char *blank = is_agency ? "，服务承诺书日期留空，待各机构重新签署" : "，两列数字留空";
	if (english)
		blank = is_agency ? ", dates of the commitment letters left empty" : ", numbers left empty";
	return english ? text_format(arena, "%lld rows of last year's%s", (long long)file->kept, blank)
		       : text_format(arena, "沿用上年 %lld 行%s", (long long)file->kept, blank);
}

static void print_files(struct arena *arena, const struct begin *begin, bool english)
{
	for (size_t i = 0; i < begin->count; i++) {
		const struct begin_file *file = &begin->files[i];
		bool is_campaign = text_is(file->name, "campaign.xml");
		struct text remark =
			is_campaign ? remark_campaign(arena, begin, english) : remark_table(arena, file, english);
		say_line(stdout, "  %-20.*s %.*s", TEXT_ARGS(file->name), TEXT_ARGS(remark));
	}
}

/* ---- what is next ------------------------------------------------------------------------------- */

static void print_next(const struct options *options, const char *folder, const struct begin *begin)
{
	static const char *const none[2] = {
		"（没有：放入 models/，并用 <track> 写明）", "(none: put one into models/ and name it in a <track>)",
	};
	const char *year = options->arguments[0], *flag = options->data ? " --data " : "";
	const char *data = options->data ? options->data : "";
	struct text models = begin->models.size ? begin->models : text_from(none[is_english(options)]);
	if (is_english(options)) {
		say_line(stdout, "Catalogues stay where they are: %.*s", TEXT_ARGS(models));
		say_line(stdout, "Next: 1. in %s/campaign.xml write a date for each %s, compare title and rules"
			 " with the notice", folder, BEGIN_TO_FILL);
		say_line(stdout, "      2. xingji check --year %s%s%s   names what is still missing, file and line",
			 year, flag, data);
		say_line(stdout, "      3. fill in enterprises.csv and participations.csv, put the results"
			 " into results/, check again");
		return;
	}
	say_line(stdout, "条目目录不动，仍用：%.*s", TEXT_ARGS(models));
	say_line(stdout, "接下来：1. 在 %s/campaign.xml 里把每个“" BEGIN_TO_FILL "”改成日期，按通知核对名称和评定规则", folder);
	say_line(stdout, "        2. xingji check --year %s%s%s   逐处列出还缺什么，写明文件和行", year, flag, data);
	say_line(stdout, "        3. 填写 enterprises.csv、participations.csv，把结果放进 results/，再检查");
}

static void print_made(const struct options *options, struct arena *arena, const char *folder,
		       const struct begin *begin)
{
	bool english = is_english(options);
	if (begin->from)
		say_line(stdout, english ? "%s is made from %lld:" : "已建立 %s，依据 %lld 年度：", folder,
			 (long long)begin->from);
	else
		say_line(stdout, english ? "%s is made; there is no earlier year:" : "已建立 %s（没有更早的年度）：", folder);
	print_files(arena, begin, english);
	print_next(options, folder, begin);
}

/* ---- the command ------------------------------------------------------------------------------------ */

static void make(const struct begin_place *place, const struct begin *begin, const char *folder)
{
	struct folder_file *files = ARENA_ARRAY(place->arena, struct folder_file, begin->count);
	for (size_t i = 0; i < begin->count; i++)
		files[i] = (struct folder_file){ begin->files[i].name, begin->files[i].bytes };
	int error = folder_make(place->arena, folder, files, begin->count);
	if (error == EEXIST)
		DIAG(place->diag, DIAG_YEAR_THERE, .a = text_from(folder));
	else if (error)
		DIAG(place->diag, DIAG_FILE_UNWRITABLE, .a = text_from(folder), .b = file_reason(error));
}

int command_new(const struct options *options)
{
	struct text word = text_from(options->arguments[0]);
	if (text_is(word, "model"))
		return new_model(options);
	if (options->argument_count > 1 || options->from || options->levels)
		return say_usage(options, "--from 和名称只用于 new model", "--from and a name are for new model",
				 options->argument_count > 1 ? options->arguments[1] : "--from");
	int64_t year;
	if (word.size != 4 || !text_to_integer(word, &year) || year < 1900 || year > 2199)
		return say_usage(options, "年度应为四位数字", "the year has four digits", options->arguments[0]);
	struct run run = { .options = options, .arena = arena_new() };
	run.sources = sources_new(run.arena);
	run.diag = diag_new(run.arena, run.sources);
	const struct begin_place place = {
		.arena = run.arena, .sources = run.sources, .diag = run.diag, .year = year,
		.data = run_data_folder(options), .models = folders_models(run.arena, options),
	};
	const char *folder = file_join(run.arena, run_data_folder(options), text_from(options->arguments[0]));
	struct begin begin = { 0 };
	if (file_exists(folder))
		DIAG(run.diag, DIAG_YEAR_THERE, .a = text_from(folder));
	else if (begin_year(&place, &begin))
		make(&place, &begin, folder);
	int code = run_exit_code(&run);
	if (code == EXIT_CLEAN)
		print_made(options, run.arena, folder, &begin);
	else
		run_report(&run);
	run_close(&run);
	return code;
}
