/* SPDX-License-Identifier: MIT
 *
 * xingji new model: models/<NAME>.xml from a table that was filled in (check/item_table.h).
 *
 * All or nothing: with an error nothing is written, and a catalogue that is there stays as it is.
 */
#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "build/folders.h"
#include "build/model_file.h"
#include "build/run.h"
#include "build/say.h"
#include "check/catalogue.h"
#include "check/item_table.h"
#include "commands/commands.h"

static void print_made(const struct options *options, const struct catalogue *made, const char *path)
{
	bool is_english = options->environment.language == LANGUAGE_ENGLISH;
	say_line(stdout, is_english ? "%s is made: %d classes, %d areas, %d items, levels 1 to %d"
				    : "已建立 %s：%d 个类，%d 个过程域，%d 个条目，%d 级",
		 path, made->class_count, made->area_count, made->item_count, made->level_count);
	say_line(stdout, is_english ? "Next: write model=\"%.*s\" at the <track> of campaign.xml, then xingji check"
				    : "接下来：在 campaign.xml 的 <track> 中写 model=\"%.*s\"，再运行 xingji check",
		 TEXT_ARGS(made->id));
}

static bool write_file(const struct run *run, const struct catalogue *catalogue, const char *path)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_FILE);
	model_file_write(catalogue, &buf);
	int error = file_write(path, buf_view(&buf), 0644);
	if (error)
		DIAG(run->diag, DIAG_FILE_UNWRITABLE, .a = text_from(path), .b = file_reason(error));
	buf_clear(&buf);
	return !error;
}

/* A folder models/ of the data alone would hide those that the years use now. */
static bool has_folder(const struct run *run, const char *folder)
{
	const char *elsewhere = folders_models(run->arena, run->options);
	if (elsewhere && file_is_folder(elsewhere)) {
		DIAG(run->diag, DIAG_MODELS_ELSEWHERE, .a = text_from(elsewhere), .b = text_from(folder));
		return false;
	}
	return true;
}

static const struct catalogue *make(const struct run *run, const char *path)
{
	const struct options *options = run->options;
	const struct reader reader = { .arena = run->arena, .sources = run->sources, .diag = run->diag };
	const struct item_table from = {
		.items = options->from, .head = options->levels, .id = text_from(options->arguments[1]),
		.data = run_data_folder(options), .shared = folders_shared(run->arena, options),
	};
	if (file_exists(path)) {
		DIAG(run->diag, DIAG_MODEL_THERE, .a = text_from(path));
		return NULL;
	}
	const struct catalogue *catalogue = item_table_read(&reader, &from);
	return catalogue && write_file(run, catalogue, path) ? catalogue : NULL;
}

int new_model(const struct options *options)
{
	if (options->argument_count < 2 || !catalogue_is_id(text_from(options->arguments[1])))
		return say_usage(options, "请写明目录的名称，不含 /", "name the catalogue, without a /",
				 options->argument_count < 2 ? "model" : options->arguments[1]);
	if (!options->from)
		return say_usage(options, "请用 --from 写明填好的表", "say with --from which table was filled in", "--from");
	if (!options->levels && !text_ends(text_from(options->from), ".xlsx"))
		return say_usage(options, "不是工作簿的，级别和版本请用 --levels 写明另一张表",
				 "no workbook: say with --levels which table has levels and edition",
				 options->from);
	struct run run = { .options = options, .arena = arena_new() };
	run.sources = sources_new(run.arena);
	run.diag = diag_new(run.arena, run.sources);
	const char *folder = file_join(run.arena, run_data_folder(options), TEXT("models"));
	const char *path = file_join(run.arena, folder, text_format(run.arena, "%s.xml", options->arguments[1]));
	const struct catalogue *made = has_folder(&run, folder) ? make(&run, path) : NULL;
	run_report(&run);
	if (made)
		print_made(options, made, path);
	int code = run_exit_code(&run);
	run_close(&run);
	return code;
}
