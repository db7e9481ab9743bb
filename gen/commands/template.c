/* SPDX-License-Identifier: MIT
 *
 * xingji template: an empty table with the headings of schema.def, as CSV or, to be filled in, as a workbook; the
 * table of a catalogue also filled with one that is there.
 */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "build/begin.h"
#include "build/folders.h"
#include "build/form.h"
#include "build/run.h"
#include "build/say.h"
#include "check/catalogue.h"
#include "check/item_table.h"
#include "commands/commands.h"
#include "commands/template_answers.h"
#include "commands/template_items.h"
#include "facts/facts.h"
#include "model/schema.h"

static bool is_csv(const struct entity *entity)
{
	return strstr(entity->file, ".csv") != NULL;
}

static void list_templates(enum diag_language language)
{
	puts(language == LANGUAGE_ENGLISH ? "templates:" : "可用模板：");
	for (int kind = 0; kind < ENTITIES; kind++) {
		const struct entity *entity = schema_entity((enum entity_kind)kind);
		if (is_csv(entity))
			printf("  %-16s %s  %s\n", entity->name, entity->file, entity->heading);
	}
	puts("  dictionary       data/README.md  数据字典");
}

/* By the entity, or by its file or folder: "results" is "results/", "results/online.csv" any file in it. */
static const struct entity *find_template(struct text name)
{
	const struct entity *named = text_is(name, "item") ? schema_entity(ENTITY_ITEM_ROW) : schema_find(name);
	if (named)
		return named;
	for (int kind = 0; kind < ENTITIES; kind++) {
		const struct entity *entity = schema_entity((enum entity_kind)kind);
		const char *slash = strchr(entity->file, '/');
		size_t size = slash ? (size_t)(slash - entity->file) : 0;
		if (is_csv(entity) && size && text_equal(text_slice(name, 0, size), text_slice(text_from(entity->file), 0, size)) &&
		    (name.size == size || name.at[size] == '/'))
			return entity;
	}
	return NULL;
}

static void write_csv(const struct entity *entity, struct buf *buf)
{
	begin_header(entity, buf);
}

static void write_workbook(const struct entity *entity, struct buf *buf)
{
	struct arena *arena = arena_new();
	struct workbook_column columns[FIELDS_MOST];
	struct text names[FIELDS_MOST];
	for (size_t i = 0; i < entity->field_count; i++) {
		names[i] = text_from(entity->fields[i].heading);
		columns[i] = form_column(&entity->fields[i], arena);
	}
	const struct rows rows = { .names = names, .column_count = entity->field_count };
	const struct workbook_form form = { .name = text_from(entity->heading), .columns = columns };
	workbook_write_form(&rows, &form, buf);
	arena_free(arena);
}

static const struct {
	const char *name;
	void (*write)(const struct entity *entity, struct buf *buf);
} formats[] = { { "csv", write_csv }, { "xlsx", write_workbook } };

/* The catalogue of --model; NULL after reporting that it cannot be read. */
static const struct catalogue *load_model(struct run *run)
{
	const struct reader reader = { .arena = run->arena, .sources = run->sources, .diag = run->diag };
	const char *folder = folders_models(run->arena, run->options);
	struct text id = text_from(run->options->model);
	if (!folder)
		folder = file_join(run->arena, run_data_folder(run->options), TEXT("models"));
	const char *path = file_join(run->arena, folder, text_format(run->arena, "%.*s.xml", TEXT_ARGS(id)));
	if (catalogue_is_id(id) && file_exists(path))
		return item_table_catalogue(&reader, id, path);
	DIAG(run->diag, DIAG_CATALOGUE_MISSING, .a = id, .b = text_from(path));
	return NULL;
}

static int write_items(const struct options *options, const struct entity *entity, int format)
{
	struct run run = { .options = options, .arena = arena_new() };
	run.sources = sources_new(run.arena);
	run.diag = diag_new(run.arena, run.sources);
	const struct catalogue *catalogue = options->model ? load_model(&run) : NULL;
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_FILE);
	if (formats[format].write == write_csv)
		template_items_csv(catalogue, entity, &buf);
	else
		template_items_workbook(catalogue, &buf);
	run_report(&run);
	int code = run_exit_code(&run);
	if (code == EXIT_CLEAN)
		fwrite(buf.at, 1, buf.size, stdout);
	buf_clear(&buf);
	run_close(&run);
	return code;
}

static void write_template(const struct entity *entity, int format)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	formats[format].write(entity, &buf);
	fwrite(buf.at, 1, buf.size, stdout);
	buf_clear(&buf);
}

int command_template(const struct options *options)
{
	int format = FORMAT_FIND(formats, options->format);
	if (format < 0)
		return say_usage(options, "格式只能是 csv、xlsx", "the format is csv or xlsx", options->format);
	if (options->argument_count == 0) {
		list_templates(options->environment.language);
		return EXIT_CLEAN;
	}
	if (strcmp(options->arguments[0], "dictionary") == 0) {
		dictionary_print();
		return EXIT_CLEAN;
	}
	const struct entity *entity = find_template(text_from(options->arguments[0]));
	if (!entity || !is_csv(entity))
		return say_usage(options, "没有这个模板", "no such template", options->arguments[0]);
	if (options->for_whom && entity == schema_entity(ENTITY_RECTIFICATION))
		return template_answers(options, formats[format].write == write_csv);
	if (options->for_whom || options->output)
		return say_usage(options, "--for、--output 只用于 template rectification",
				 "--for and --output are for the template rectification", options->arguments[0]);
	if (template_is_items(entity))
		return write_items(options, entity, format);
	if (options->model)
		return say_usage(options, "--model 只用于条目表（item、catalogue）",
				 "--model is for the tables item and catalogue", options->arguments[0]);
	write_template(entity, format);
	return EXIT_CLEAN;
}
