/* SPDX-License-Identifier: MIT
 *
 * build site --all-years: out/public with the newest year at its root and every year in
 * its own folder, there exactly as out/<year>/public has it.
 *
 * Oldest first.  Each tree is made and searched for leaks on its own, with what is
 * confidential in its year (an enterprise that is not listed now stands rightly in the
 * years that listed it), and only then copied.  The root is the newest year made again
 * with links to the others.  All trees take the place of the old ones at once.
 */
#include <stdio.h>

#include "base/buf.h"
#include "base/file.h"
#include "check/load.h"
#include "commands/build.h"
#include "commands/manifest_head.h"
#include "commands/progress.h"
#include "commands/workers.h"
#include "theme/theme.h"

struct years {
	const struct options *options;
	struct arena *arena;
	struct sources *sources;
	struct diag *diag;
	struct output *output;      /* out/public */
	struct facts_year *known;   /* newest first, filled from the end */
	size_t count, made;
	struct map pages;           /* "2020/enterprises/…/" → 0 */
	struct buf head;            /* of the manifest */
};

static const char *out_folder(const struct years *years)
{
	return years->options->out ? years->options->out : "out";
}

static bool note_page(struct years *years, struct text path)
{
	struct text page = text_slice(path, 0, path.size - strlen("index.html"));
	return map_add(&years->pages, text_copy(years->arena, page), 0) == 0;
}

/* The public files of a tree that was searched, below `folder` ("2020/", or "" for the root). */
static bool copy_tree(struct years *years, struct build *build, struct text folder)
{
	size_t count;
	const struct output_file *files = output_files(build->output, &count);
	bool is_good = true;
	for (size_t i = 0; i < count && is_good; i++) {
		struct file_bytes bytes;
		if (!text_starts(files[i].path, "public/"))
			continue;
		struct text rest = text_slice(files[i].path, strlen("public/"), files[i].path.size);
		struct text path = text_format(build->scratch, "%.*s%.*s", TEXT_ARGS(folder), TEXT_ARGS(rest));
		const char *from = file_join(build->scratch, output_folder(build->output), files[i].path);
		int error = file_map(from, BUF_LIMIT_FILE, &bytes);
		if (error) {
			DIAG(build->run.diag, DIAG_FILE_UNREADABLE, .a = text_from(from), .b = text_from(strerror(error)));
			return false;
		}
		is_good = output_write(years->output, path, bytes.text);
		file_release(&bytes);
		if (folder.size && text_starts(rest, "enterprises/") && text_ends(rest, "/index.html"))
			note_page(years, path);
	}
	return is_good;
}

static bool make_tree(struct years *years, struct build *build, struct text folder)
{
	struct text scratch = text_format(build->run.arena, "%s/public-%s", out_folder(years), build->options->year);
	const struct output_options options = { .folder = scratch.at };
	output_close(build->output);
	build->output = output_open(build->run.arena, &options, build->run.diag);
	facts_close(build->facts[SCOPE_PUBLIC]);
	build->facts[SCOPE_PUBLIC] = NULL;
	bool is_good = build->output && make_site(build) && run_is_good(&build->run) && make_leak_scan(build) && make_crosscheck(build) && copy_tree(years, build, folder);
	arena_clear(build->scratch);
	return is_good && !workers_interrupted();
}

static struct facts_year describe_year(const struct years *years, const struct run *run)
{
	const struct campaign *campaign = &run->model->campaign;
	struct facts_year year = {
		.year = campaign->year, .title = text_copy(years->arena, campaign->title), .date = campaign->publication.date,
		.state = campaign->publication.state, .link = text_format(years->arena, "%lld/", (long long)campaign->year),
	};
	for (size_t i = 0; i < run->model->participation_count; i++)
		year.listed += run->shown->decisions[i].outcome == OUTCOME_REACHED;
	return year;
}

static bool make_year(struct years *years, struct build *build)
{
	if (!run_is_good(&build->run) || !build_prepare(build))
		return false;
	struct facts_year *year = &years->known[years->count - ++years->made];
	*year = describe_year(years, &build->run);
	if (!make_tree(years, build, year->link))
		return false;
	if (years->made < years->count)
		return true;
	build->years = years->known;
	build->year_count = years->count;
	build->pages = &years->pages;
	manifest_head_write_public(&build->run, build->theme->hash, &years->head);
	return make_tree(years, build, NO_TEXT);
}

/* Opens, makes and reports one year; the first that fails ends the run. */
static int run_year(struct years *years, int64_t number, bool *is_made)
{
	struct options options = *years->options;
	options.year = text_format(years->arena, "%lld", (long long)number).at;
	struct build build = { .options = &options, .scratch = arena_new(), .parts = PART_SITE };
	int code = run_open(&build.run, &options);
	if (!code) {
		build_choose_folders(&build);
		*is_made = make_year(years, &build);
		progress_end(&options);
		code = run_report(&build.run);
	}
	build_close(&build);
	run_close(&build.run);
	return code;
}

static int run_years(struct years *years, const int64_t *numbers)
{
	int worst = EXIT_CLEAN;
	for (size_t i = 0; i < years->count; i++) {
		bool is_made = false;
		int code = run_year(years, numbers[i], &is_made);
		worst = code > worst ? code : worst;
		if (!is_made)
			return worst ? worst : EXIT_INPUT;
	}
	if (!output_publish(years->output, buf_view(&years->head)))
		return EXIT_WORLD;
	if (!years->options->quiet)
		fprintf(stderr, "%s %zu: %s/public\n", years->options->environment.language == LANGUAGE_ENGLISH ? "years," : "年度数", years->count,
			out_folder(years));
	return worst;
}

static int print_complaints(struct years *years)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_FILE);
	diag_write(years->diag, DIAG_FORMAT_TEXT, years->options->environment.language, &buf);
	fwrite(buf.at, 1, buf.size, stderr);
	buf_clear(&buf);
	return diag_count(years->diag, SEVERITY_WORLD) ? EXIT_WORLD : diag_count(years->diag, SEVERITY_ERROR) ? EXIT_INPUT : EXIT_CLEAN;
}

int build_all_years(const struct options *options)
{
	struct years years = { .options = options, .arena = arena_new() };
	int64_t *numbers;
	years.sources = sources_new(years.arena);
	years.diag = diag_new(years.arena, years.sources);
	years.count = load_years(years.arena, options->data ? options->data : "data", &numbers);
	years.known = ARENA_ARRAY(years.arena, struct facts_year, years.count);
	buf_init(&years.head, BUF_LIMIT_PAGE);
	const struct output_options output = { .folder = text_format(years.arena, "%s/public", out_folder(&years)).at };
	int code = EXIT_CLEAN;
	workers_catch_interrupts();
	progress_stage(options, "逐年生成网站", "making the site year by year");
	if (years.count == 0)
		DIAG(years.diag, DIAG_YEAR_MISSING, .a = text_from(options->data ? options->data : "data"));
	else if ((years.output = output_open(years.arena, &output, years.diag)))
		code = run_years(&years, numbers);
	output_close(years.output);
	int told = print_complaints(&years);
	map_clear(&years.pages);
	buf_clear(&years.head);
	arena_free(years.arena);
	return told > code ? told : code;
}
