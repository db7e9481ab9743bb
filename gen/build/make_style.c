/* SPDX-License-Identifier: MIT
 *
 * The style sheet of the site for pages beside it: the preview's own, which look as the site does.
 */
#include "base/buf.h"
#include "build/build.h"
#include "compose/site_style.h"

bool make_style(const struct options *options, struct buf *css)
{
	struct build build = { .options = options, .run = { .options = options, .arena = arena_new() } };
	struct document_file file;
	build.plan.parts = PART_SITE;
	build.run.sources = sources_new(build.run.arena);
	build.run.diag = diag_new(build.run.arena, build.run.sources);
	press_choose_folders(&build);
	bool is_good = press_open_looks(&build) && files_open_theme(&build, "site.css", &file) &&
		       site_style(build.run.arena, build.run.diag, &file, build.press.theme, css);
	run_close(&build.run);
	return is_good;
}
