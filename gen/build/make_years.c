/* SPDX-License-Identifier: MIT
 *
 * build site --all-years: out/public with the newest year at its root and every year in
 * its own folder, there exactly as out/<year>/public has it.
 *
 * First every year is read for what is confidential in it.  Then, oldest first, each
 * tree is made and searched for what is confidential in any year, but for what its own
 * year publishes (an enterprise that is not listed now stands rightly in the years that
 * listed it), and only then copied.  The root is the newest year made again with links to
 * the others.  All trees take the place of the old ones at once; the reports of the searches
 * are left in out/all-years/internal.
 */
#include <stdio.h>

#include "assess/chronicle.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/interrupt.h"
#include "base/list.h"
#include "check/load.h"
#include "build/build.h"
#include "build/manifest_head.h"
#include "build/out.h"
#include "build/progress.h"
#include "build/say.h"
#include "theme/theme.h"

struct years {
	const struct options *options;
	struct arena *arena;
	struct sources *sources;
	struct diag *diag;
	struct output *output;      /* out/public */
	struct output *papers;      /* out/all-years */
	struct load_year *shown;    /* ascending */
	int64_t *data_years;        /* the year whose data tell about it: itself, or the next with data */
	struct text *addresses;     /* base-url of each; missing: none */
	struct facts_year *known;   /* newest first, filled from the end */
	size_t count, made;
	struct leak *others;
	struct map pages;           /* "2020/enterprises/…/" → 0: of the years before the newest */
	LIST(struct text) paths;    /* its keys in order */
	struct leak_summary leaks;  /* of all trees */
	struct buf head;            /* of the manifest */
};

/* The address of a page of an older year: who was listed then and what was shown can be found from the root. */
static void note_page(struct years *years, struct text path)
{
	struct text page = text_slice(path, 0, path.size - strlen("index.html"));
	if (map_find(&years->pages, page))
		return;
	page = text_copy(years->arena, page);
	map_add(&years->pages, page, 0);
	LIST_PUSH(&years->paths, page);
}

static bool is_older(const struct years *years, struct text folder)
{
	return folder.size && years->made < years->count;
}

/* The public files of a tree that was searched, below `folder` ("2020/", or "" for the root). */
static bool copy_tree(struct years *years, struct build *build, struct text folder)
{
	size_t count;
	const struct output_file *files = output_files(build->edition.output, &count);
	bool is_good = true;
	for (size_t i = 0; i < count && is_good; i++) {
		struct file_bytes bytes;
		if (!text_starts(files[i].path, TREE_PUBLIC))
			continue;
		struct text rest = text_slice(files[i].path, strlen(TREE_PUBLIC), files[i].path.size);
		struct text path = text_format(build->scratch, "%.*s%.*s", TEXT_ARGS(folder), TEXT_ARGS(rest));
		const char *from = file_join(build->scratch, output_folder(build->edition.output), files[i].path);
		int error = file_map(from, BUF_LIMIT_FILE, &bytes);
		if (error) {
			DIAG(build->run.diag, DIAG_FILE_UNREADABLE, .a = text_from(from), .b = file_reason(error));
			return false;
		}
		is_good = output_write(years->output, path, bytes.text);
		file_release(&bytes);
		if (is_older(years, folder) && (text_is(rest, "index.html") || text_ends(rest, "/index.html")))
			note_page(years, path);
	}
	return is_good;
}

/* ---- papers -------------------------------------------------------------------------- */

static bool copy_paper(struct years *years, struct build *build, const char *name, struct text folder)
{
	struct text bytes, stem = folder.size ? text_slice(folder, 0, folder.size - 1) : TEXT("root");
	struct text path = text_format(build->scratch, TREE_INTERNAL "%s.json", name);
	return output_map(build->edition.output, path, &bytes) &&
	       output_write(years->papers, text_format(build->scratch, TREE_INTERNAL "%s-%.*s.json", name, TEXT_ARGS(stem)), bytes);
}

static bool keep_papers(struct years *years, struct build *build, struct text folder)
{
	years->leaks.bytes += build->edition.leaks.bytes;
	years->leaks.files += build->edition.leaks.files;
	years->leaks.hits += build->edition.leaks.hits;
	if (build->edition.leaks.values > years->leaks.values)
		years->leaks.values = build->edition.leaks.values;
	return copy_paper(years, build, "leak-report", folder) && copy_paper(years, build, "crosscheck-report", folder);
}

static bool publish_papers(struct years *years)
{
	struct text report = text_format(years->arena, "{\"trees\": %zu, \"files\": %llu, \"bytes\": %llu, \"values_most\": %llu, \"hits\": %llu}\n",
					 years->count + 1, (unsigned long long)years->leaks.files, (unsigned long long)years->leaks.bytes,
					 (unsigned long long)years->leaks.values, (unsigned long long)years->leaks.hits);
	return output_write(years->papers, TEXT(TREE_LEAK_REPORT), report) && output_publish(years->papers, buf_view(&years->head));
}

/* ---- trees --------------------------------------------------------------------------- */

static bool make_tree(struct years *years, struct build *build, struct text folder)
{
	struct text scratch = text_format(build->run.arena, "%s/public-%s", out_folder(years->options), build->options->year);
	const struct output_options options = { .folder = scratch.at };
	output_close(build->edition.output);
	build->edition.output = output_open(build->run.arena, &options, build->run.diag);
	facts_close(build->edition.facts[SCOPE_PUBLIC]);
	build->edition.facts[SCOPE_PUBLIC] = NULL;
	build->edition.others = years->others;
	bool is_good = build->edition.output && make_site(build) && run_is_good(&build->run) && make_leak_scan(build) && make_crosscheck(build) &&
		       keep_papers(years, build, folder) && copy_tree(years, build, folder);
	arena_clear(build->scratch);
	return is_good;
}

static int64_t count_listed(const struct assessment *assessment)
{
	int64_t count = 0;
	for (size_t i = 0; i < assessment->model->participation_count; i++)
		count += assessment_lists(assessment, (int32_t)i);
	return count;
}

static void describe_version(const struct run *run, size_t number, int64_t entries, struct facts_version *version)
{
	const struct chronicle *chronicle = run->shown->chronicle;
	*version = (struct facts_version){ .date = chronicle->versions[number].date, .state = chronicle->versions[number].state };
	version->listed = entries;
	for (size_t i = 0; i < chronicle->touched_count; i++) {
		int8_t kind = chronicle_standing(run->shown, chronicle, number, chronicle->touched[i]).kind;
		version->corrected += kind == STANDING_CORRECTED;
		version->withdrawn += kind == STANDING_WITHDRAWN;
		version->listed -= kind == STANDING_WITHDRAWN || kind == STANDING_ABSENT;
	}
}

static struct facts_year describe_year(const struct years *years, const struct run *run)
{
	const struct campaign *campaign = &run->model->campaign;
	struct facts_year year = {
		.year = campaign->year,
		.title = text_copy(years->arena, campaign->title),
		.date = run->shown->chronicle->since,
		.state = run->shown->chronicle->state,
		.link = text_format(years->arena, "%lld/", (long long)campaign->year),
		.listed = count_listed(run->shown),
		.is_list_only = run->is_list_only,
		.version_count = run->is_list_only ? 0 : run->shown->chronicle->version_count,
	};
	struct facts_version *versions = ARENA_ARRAY(years->arena, struct facts_version, year.version_count);
	for (size_t i = 0; i < year.version_count; i++)
		describe_version(run, i, count_listed(run->assessment), &versions[i]);
	year.versions = versions;
	return year;
}

static bool make_year(struct years *years, struct build *build)
{
	if (!run_is_good(&build->run) || !press_open(build))
		return false;
	struct facts_year *year = &years->known[years->count - ++years->made];
	*year = describe_year(years, &build->run);
	if (!make_tree(years, build, year->link))
		return false;
	if (years->made < years->count)
		return true;
	build->edition.years = years->known;
	build->edition.year_count = years->count;
	build->edition.pages = &years->pages;
	build->edition.page_paths = years->paths.at;
	build->edition.page_path_count = years->paths.count;
	manifest_head_write_public(&build->run, build->press.theme->hash, &years->head);
	return make_tree(years, build, NO_TEXT);
}

/* ---- years --------------------------------------------------------------------------- */

static int open_year(struct years *years, size_t number, struct options *options, struct build *build)
{
	*options = *years->options;
	options->year = text_format(years->arena, "%lld", (long long)years->data_years[number]).at;
	*build = (struct build){ .options = options, .scratch = arena_new(), .plan.parts = PART_SITE };
	const struct load_year *shown = &years->shown[number];
	int code = shown->is_list_only ? run_open_past(&build->run, options, shown) : run_open(&build->run, options);
	options->year = text_format(years->arena, "%lld", (long long)shown->year).at;
	return code;
}

static void close_year(struct build *build)
{
	build_close(build);
	run_close(&build->run);
}

/* What is confidential in the year, and its address; what is wrong in it is said when it is made. */
static int read_year(struct years *years, size_t number)
{
	struct options options;
	struct build build;
	int code = open_year(years, number, &options, &build);
	if (!code && build.run.model) {
		make_leak_collect(&build, years->others);
		years->addresses[number] = text_copy(years->arena, build.run.model->campaign.publication.base_url);
	}
	close_year(&build);
	return code;
}

/* Makes and reports one year; the first that fails ends the run. */
static int run_year(struct years *years, size_t number, bool *is_made)
{
	struct options options;
	struct build build;
	int code = open_year(years, number, &options, &build);
	if (!code) {
		press_choose_folders(&build);
		*is_made = make_year(years, &build);
		code = build_report(&build, *is_made);
	}
	close_year(&build);
	return code;
}

static void compare_addresses(struct years *years)
{
	for (size_t i = 0; i < years->count; i++)
		for (size_t j = i + 1; j < years->count; j++)
			if (years->addresses[i].size && text_equal(years->addresses[i], years->addresses[j]))
				DIAG(years->diag, DIAG_BASE_URL_TWICE, .a = text_format(years->arena, "%lld", (long long)years->shown[i].year),
				     .b = text_format(years->arena, "%lld", (long long)years->shown[j].year), .c = years->addresses[i]);
}

static int run_years(struct years *years)
{
	int worst = EXIT_CLEAN;
	for (size_t i = 0; i < years->count && !worst; i++)
		worst = read_year(years, i);
	compare_addresses(years);
	for (size_t i = 0; i < years->count && worst != EXIT_USAGE; i++) {
		bool is_made = false;
		int code = run_year(years, i, &is_made);
		worst = code > worst ? code : worst;
		if (!is_made)
			return worst ? worst : EXIT_INPUT;
	}
	if (worst == EXIT_USAGE)
		return worst;
	if (!output_publish(years->output, buf_view(&years->head)) || !publish_papers(years))
		return EXIT_WORLD;
	if (!years->options->quiet)
		say_line(stderr, "%s %zu: %s/public", years->options->environment.language == LANGUAGE_ENGLISH ? "years," : "年度数", years->count,
			out_folder(years->options));
	return worst;
}

/* Of a year that has only its list a later one tells; with none behind it, it is left out. */
static void choose_years(struct years *years, const char *data)
{
	struct load_year *all;
	size_t count = load_shown_years(years->arena, data, &all);
	int64_t next = 0;
	years->data_years = ARENA_ARRAY(years->arena, int64_t, count);
	years->addresses = ARENA_ARRAY(years->arena, struct text, count);
	years->known = ARENA_ARRAY(years->arena, struct facts_year, count);
	for (size_t i = count; i-- > 0;) {
		next = all[i].is_list_only ? next : all[i].year;
		if (next)
			years->data_years[i] = next;
		else
			DIAG(years->diag, DIAG_PAST_LAST, .n = all[i].year);
		years->count += next != 0;
	}
	years->shown = all;
}

static bool open_outputs(struct years *years)
{
	const struct output_options site = { .folder = text_format(years->arena, "%s/" TREE_ALL_YEARS_SITE, out_folder(years->options)).at };
	const struct output_options papers = { .folder = text_format(years->arena, "%s/" TREE_ALL_YEARS_PAPERS, out_folder(years->options)).at };
	years->output = output_open(years->arena, &site, years->diag);
	years->papers = years->output ? output_open(years->arena, &papers, years->diag) : NULL;
	return years->papers != NULL;
}

static int print_complaints(struct years *years)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_FILE);
	diag_write(years->diag, DIAG_FORMAT_TEXT, years->options->environment.language, &buf);
	say_lines(stderr, buf_view(&buf));
	buf_clear(&buf);
	if (diag_count(years->diag, SEVERITY_WORLD))
		return EXIT_WORLD;
	return diag_count(years->diag, SEVERITY_ERROR) ? EXIT_INPUT : EXIT_CLEAN;
}

int build_all_years(const struct options *options)
{
	struct years years = { .options = options, .arena = arena_new() };
	const char *data = run_data_folder(options);
	years.sources = sources_new(years.arena);
	years.diag = diag_new(years.arena, years.sources);
	years.others = leak_store_new(years.arena);
	choose_years(&years, data);
	buf_init(&years.head, BUF_LIMIT_PAGE);
	int code = EXIT_CLEAN;
	interrupt_catch();
	progress_stage(options, "逐年生成网站", "making the site year by year");
	if (years.count == 0)
		DIAG(years.diag, DIAG_YEAR_MISSING, .a = text_from(data));
	else if (open_outputs(&years))
		code = run_years(&years);
	output_close(years.output);
	output_close(years.papers);
	int told = print_complaints(&years);
	leak_free(years.others);
	LIST_FREE(&years.paths);
	map_clear(&years.pages);
	buf_clear(&years.head);
	arena_free(years.arena);
	return told > code ? told : code;
}
