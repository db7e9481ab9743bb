/* SPDX-License-Identifier: MIT */
#include "build/press.h"

#include <string.h>

#include "build/build.h"
#include "build/folders.h"
#include "build/planned.h"
#include "build/receipt.h"
#include "render/fonts.h"
#include "setting/shape.h"
#include "theme/theme.h"

enum { FEW_TASKS = 12 }; /* below this, cutting whole fonts in advance costs more than it saves */

static struct theme_options theme_options(const struct build *build)
{
	return (struct theme_options){
		.name_or_folder = build->options->theme ? build->options->theme : "default", .themes = build->press.themes,
		.more_themes = folders_more_themes(build->run.arena, build->options),
		.font_folders = folders_fonts(build->run.arena, build->options),
	};
}

static bool open_fonts(struct build *build)
{
	if (!press_open_shaper(build))
		return false;
	build->press.fonts = fonts_new(build->press.theme, build->run.diag);
	return build->press.fonts != NULL;
}

bool press_open_looks(struct build *build)
{
	struct run *run = &build->run;
	const struct theme_options options = theme_options(build);
	build->press.theme = theme_load(run->arena, run->sources, run->diag, &options);
	if (!build->press.theme || !(build->plan.parts & (PART_REPORT | PART_DIAGNOSIS | PART_PACKS)))
		return build->press.theme != NULL;
	return open_fonts(build);
}

bool press_open_faces(struct build *build)
{
	build->plan.parts = PART_DIAGNOSIS;
	if (!press_open_looks(build))
		return false;
	characters_note(build);
	fonts_prepare(build->press.fonts);
	return true;
}

bool press_open_shaper(struct build *build)
{
	if (!build->press.shaper)
		build->press.shaper = shaper_new(build->press.theme, build->run.diag);
	return build->press.shaper != NULL;
}

void press_choose_folders(struct build *build)
{
	struct arena *arena = build->run.arena;
	const char *more_themes = folders_more_themes(arena, build->options);
	build->press.content = folders_content(arena, build->options);
	build->press.themes = folders_themes(build->options);
	sources_root(build->run.sources, "content", build->press.content);
	sources_root(build->run.sources, "themes", build->press.themes);
	if (more_themes)
		sources_root(build->run.sources, "themes", more_themes);
	const struct theme_options options = theme_options(build);
	const char *inherited = theme_find(arena, &options, TEXT("default"));
	build->press.theme_folder = theme_find(arena, &options, text_from(options.name_or_folder));
	build->press.default_folder = strcmp(build->press.theme_folder, inherited) == 0 ? NULL : inherited;
}

/* The plan of a job has looked, and the merge will say what there is to say; the report lists it among the problems. */
static bool needs_check(const struct build *build)
{
	return !build->book || build->is_merge || plan_has(&build->plan, TASK_REPORT);
}

bool press_open(struct build *build)
{
	if (!press_open_looks(build) || (build->book && !planned_compare(build)) || !files_load(build))
		return false;
	if (needs_check(build))
		characters_check(build);
	return run_is_good(&build->run);
}

bool press_open_paper(struct build *build)
{
	if (!open_fonts(build) || !files_load(build))
		return false;
	characters_check(build);
	return run_is_good(&build->run);
}

void press_warm(struct build *build, size_t count)
{
	if (!build->press.fonts || build->press.is_warm || !count)
		return;
	receipts_take_fonts(build);
	if (count <= FEW_TASKS)
		return;
	build->press.is_warm = true;
	shaper_prepare(build->press.shaper);
	characters_note(build);
	fonts_prepare(build->press.fonts);
}

bool press_open_letter(struct build *build)
{
	build->plan.parts = PART_DIAGNOSIS; /* paper is printed */
	return press_open_looks(build) && files_load_letter(build);
}

void press_close(struct press *press)
{
	shaper_free(press->shaper);
	fonts_free(press->fonts);
	map_clear(&press->remarks_by_code);
}
