/* SPDX-License-Identifier: MIT
 *
 * xingji template: an empty table with the headings of schema.def, as CSV or, to be filled in, as a workbook.
 */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "build/begin.h"
#include "build/form.h"
#include "build/say.h"
#include "commands/commands.h"
#include "compose/workbook.h"
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
	for (int kind = 0; kind < ENTITIES; kind++) {
		const struct entity *entity = schema_entity((enum entity_kind)kind);
		const char *slash = strchr(entity->file, '/');
		size_t size = slash ? (size_t)(slash - entity->file) : 0;
		if (is_csv(entity) && size && text_equal(text_slice(name, 0, size), text_slice(text_from(entity->file), 0, size)) &&
		    (name.size == size || name.at[size] == '/'))
			return entity;
	}
	return schema_find(name);
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
	const struct workbook_form form = { text_from(entity->heading), columns };
	workbook_write_form(&rows, &form, buf);
	arena_free(arena);
}

static const struct {
	const char *name;
	void (*write)(const struct entity *entity, struct buf *buf);
} formats[] = { { "csv", write_csv }, { "xlsx", write_workbook } };

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
	write_template(entity, format);
	return EXIT_CLEAN;
}
