/* SPDX-License-Identifier: MIT
 *
 * build site --all-years: out/public with every year in its own folder, there exactly as
 * out/<year>/public has it but for the link up, and at the root what belongs to no single one: the
 * years, and a page for every enterprise that any of them lists (themes/<name>/years.xml).
 *
 * First every year is read for what is confidential in it and for what it publishes.  Then, oldest
 * first, each tree is made and searched for what is confidential in any year, but for what its own
 * year publishes (an enterprise that is not listed now stands rightly in the years that
 * listed it), and only then copied.  All trees take the place of the old ones at once; the reports of
 * the searches are left in out/all-years/internal.
 */
#include <stdio.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/interrupt.h"
#include "base/list.h"
#include "check/load.h"
#include "check/newest.h"
#include "model/address.h"
#include "build/build.h"
#include "build/manifest_head.h"
#include "build/out.h"
#include "build/progress.h"
#include "build/record.h"
#include "build/say.h"
#include "build/years.h"
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
	struct facts_year *known;   /* newest first */
	struct date *first_days;    /* of the list of each of `shown` */
	size_t count;
	struct leak *others;
	LIST(struct text) pages;    /* "2020/enterprises/…/" */
	struct leak_summary leaks;  /* of all trees */
	struct buf head;            /* of the manifest */
};

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
		if (folder.size && (text_is(rest, "index.html") || text_ends(rest, "/index.html"))) {
			struct text page = text_slice(path, 0, path.size - strlen("index.html"));
			LIST_PUSH(&years->pages, text_copy(years->arena, page));
		}
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

/* What stands above the years, told by the facts of the newest. */
static bool make_root(struct years *years, struct build *build)
{
	build->edition.newest = NULL;
	build->edition.is_below_root = false;
	build->edition.years = years->known;
	build->edition.year_count = years->count;
	build->edition.page_paths = years->pages.at;
	build->edition.page_path_count = years->pages.count;
	manifest_head_write_public(&build->run, build->press.theme->hash, &years->head);
	return files_load_years(build) && make_tree(years, build, NO_TEXT);
}

static bool make_year(struct years *years, struct build *build)
{
	const struct facts_year *newest = &years->known[0];
	int64_t year = build->run.model ? build->run.model->campaign.year : 0;
	build->edition.newest = year < newest->year ? newest : NULL;
	build->edition.is_below_root = true;
	if (!run_is_good(&build->run) || !press_open(build) ||
	    !make_tree(years, build, text_format(years->arena, "%lld/", (long long)year)))
		return false;
	return year < newest->year || make_root(years, build);
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

/* What is confidential in the year, what it publishes and where; what is wrong in it is said when it is made. */
static int read_year(struct years *years, size_t number)
{
	struct options options;
	struct build build;
	int code = open_year(years, number, &options, &build);
	if (!code && build.run.model) {
		make_leak_collect(&build, years->others);
		years->addresses[number] = text_copy(years->arena, build.run.model->campaign.publication.base_url);
		years->first_days[number] = years_first_day(&build.run);
		years->known[years->count - 1 - number] = years_describe(years->arena, &build.run);
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

/* One root stands above them all: that of the newest. */
static void compare_addresses(struct years *years)
{
	struct text root = address_of_root(years->addresses[years->count - 1]);
	for (size_t i = 0; i + 1 < years->count; i++) {
		struct text own = address_of_root(years->addresses[i]);
		if (own.size && root.size && !text_equal(own, root))
			DIAG(years->diag, DIAG_BASE_URL_APART, .n = years->shown[i].year, .a = own, .b = root,
			     .c = text_format(years->arena, "%lld", (long long)years->shown[years->count - 1].year));
	}
}

/* A list that is not out on the day of the run is in no site of that day. */
static void leave_out_later(struct years *years)
{
	struct date day;
	if (!years->options->date || !date_parse_iso(text_from(years->options->date), &day))
		return;
	for (; years->count && date_compare(years->first_days[years->count - 1], day) > 0; years->count--) {
		DIAG(years->diag, DIAG_YEAR_LATER, .n = years->shown[years->count - 1].year,
		     .a = record_iso(years->arena, years->first_days[years->count - 1]),
		     .b = text_from(years->options->date));
		years->known++;
	}
}

static int run_years(struct years *years)
{
	int worst = EXIT_CLEAN;
	for (size_t i = 0; i < years->count && !worst; i++)
		worst = read_year(years, i);
	leave_out_later(years);
	if (years->count == 0)
		return EXIT_INPUT;
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
	years->first_days = ARENA_ARRAY(years->arena, struct date, count);
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
	/* Without the newest, last year's list would stand as the last. */
	const struct reader reader = { .arena = years.arena, .sources = years.sources, .diag = years.diag };
	if (newest_campaign(&reader, data) && open_outputs(&years))
		code = run_years(&years);
	output_close(years.output);
	output_close(years.papers);
	int told = print_complaints(&years);
	leak_free(years.others);
	LIST_FREE(&years.pages);
	buf_clear(&years.head);
	arena_free(years.arena);
	return told > code ? told : code;
}
