/* SPDX-License-Identifier: MIT
 *
 * xingji verify: a tree against its manifest, and against the inputs where they lie; there
 * also whether the register is whole.
 */
#include <stdio.h>

#include "base/buf.h"
#include "base/chain.h"
#include "base/file.h"
#include "build/folders.h"
#include "build/run.h"
#include "build/say.h"
#include "check/recorded.h"
#include "commands/commands.h"
#include "publish/manifest.h"
#include "publish/verify.h"

/* The year of the tree, from its manifest; 0 where it does not say, as that of a site of several years. */
static int64_t year_of(struct run *run, const char *folder)
{
	struct manifest manifest;
	int64_t year = 0;
	struct text head, line;
	manifest_load(run->arena, folder, &manifest);
	head = manifest.part_count ? manifest.parts[0].head : NO_TEXT;
	while (text_next(&head, '\n', &line))
		if (text_starts(line, "# year "))
			text_to_integer(text_slice(line, strlen("# year "), line.size), &year);
	return year;
}

/* Where the data lie: that no line of the year's register was changed. */
static void check_register(struct run *run, const char *folder)
{
	const char *data = run_data_folder(run->options);
	const struct reader reader = {
		.arena = run->arena, .sources = run->sources, .diag = run->diag, .beneath = data, .has_parts = true,
	};
	int64_t year = year_of(run, folder);
	struct recorded *lines;
	struct text name = text_format(run->arena, "%lld/" REGISTER_NAME, (long long)year);
	if (year)
		recorded_read(&reader, file_join(run->arena, data, name), &lines);
}

int command_verify(const struct options *options)
{
	struct run run = { .options = options, .arena = arena_new() };
	struct buf hashes;
	run.sources = sources_new(run.arena);
	run.diag = diag_new(run.arena, run.sources);
	buf_init(&hashes, BUF_LIMIT_FILE);
	const struct verify_root roots[] = {
		{ "data", run_data_folder(options), options->data != NULL,
		  { { "data/models", folders_models(run.arena, options) },
			{ "data", folders_shared(run.arena, options) } } },
		{ "content", options->content ? options->content : "content", options->content != NULL, { { 0 } } },
		{ "themes", options->themes ? options->themes : "themes", options->themes != NULL, { { 0 } } },
	};
	bool good = verify_tree(run.arena, options->arguments[0], roots, sizeof roots / sizeof *roots, run.diag, &hashes);
	check_register(&run, options->arguments[0]);
	int code = run_report(&run);
	if (good) {
		puts(options->environment.language == LANGUAGE_ENGLISH ? "the tree is as its manifest says" : "文件与清单一致");
		say_lines(stdout, buf_view(&hashes));
	}
	buf_clear(&hashes);
	run_close(&run);
	return code;
}
