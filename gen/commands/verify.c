/* SPDX-License-Identifier: MIT
 *
 * xingji verify: a tree against its manifest, and against the inputs where they lie.
 */
#include <stdio.h>

#include "base/buf.h"
#include "build/folders.h"
#include "build/run.h"
#include "commands/commands.h"
#include "build/say.h"
#include "publish/verify.h"

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
	int code = run_report(&run);
	if (good) {
		puts(options->environment.language == LANGUAGE_ENGLISH ? "the tree is as its manifest says" : "文件与清单一致");
		say_lines(stdout, buf_view(&hashes));
	}
	buf_clear(&hashes);
	run_close(&run);
	return code;
}
