/* SPDX-License-Identifier: MIT
 *
 * xingji template: an empty CSV with the headings of schema.def.
 */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "build/begin.h"
#include "build/say.h"
#include "commands/commands.h"
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

static void write_template(const struct entity *entity)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	begin_header(entity, &buf);
	fwrite(buf.at, 1, buf.size, stdout);
	buf_clear(&buf);
}

int command_template(const struct options *options)
{
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
	write_template(entity);
	return EXIT_CLEAN;
}
