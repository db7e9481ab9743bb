/* SPDX-License-Identifier: MIT
 *
 * xingji verify: a tree against its manifest.
 */
#include <stdio.h>

#include "base/buf.h"
#include "commands/run.h"
#include "publish/manifest.h"

int command_verify(const struct options *options)
{
	struct run run = { .options = options, .arena = arena_new() };
	run.sources = sources_new(run.arena);
	run.diag = diag_new(run.arena, run.sources);
	bool good = manifest_verify(run.arena, options->arguments[0], run.diag);
	int code = run_report(&run);
	if (good)
		puts(options->environment.language == LANGUAGE_ENGLISH ? "the tree is as its manifest says" : "文件与清单一致");
	run_close(&run);
	return code;
}
