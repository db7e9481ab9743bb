/* SPDX-License-Identifier: MIT */
#include "build/run.h"

#include <stdio.h>

#include "assess/closure_doubt.h"
#include "assess/chronicle.h"
#include "assess/correction.h"
#include "assess/past.h"
#include "assess/prior.h"
#include "base/buf.h"
#include "base/plain.h"
#include "check/drop.h"
#include "check/load.h"
#include "model/place.h"
#include "build/folders.h"
#include "build/plan.h"
#include "build/record.h"
#include "build/say.h"

const char *run_data_folder(const struct options *options)
{
	return options->data ? options->data : "data";
}

static int parse_options(struct run *run, int64_t *year)
{
	const struct options *options = run->options;
	*year = 0;
	if (options->year && (!text_to_integer(text_from(options->year), year) || *year < 1900 || *year > 2199))
		return say_usage(options, "年度应为四位数字", "the year has four digits", options->year);
	if (options->date && !date_parse_iso(text_from(options->date), &run->today))
		return say_usage(options, "没有这一天，或写法不是 2021-11-30 的样子",
				 "there is no such day, or it is not written like 2021-11-30", options->date);
	return plan_jobs(options, &run->jobs);
}

static struct load_options load_options_of(const struct run *run, int64_t year)
{
	const struct options *options = run->options;
	return (struct load_options){
		.data = run_data_folder(options), .models = folders_models(run->arena, options),
		.shared = folders_shared(run->arena, options),
		.year = year, .encoding = options->encoding, .kept = run->kept, .readers = run->jobs,
	};
}

/* Its cities are counted as this year's are.  Where one of the two provinces is unknown, that was said. */
static bool is_of_same_province(const struct run *run, const struct model *earlier)
{
	const struct campaign *then = &earlier->campaign, *now = &run->model->campaign;
	if (prefectures_are_same(earlier->prefectures, run->model->prefectures))
		return true;
	if (earlier->prefectures.count && run->model->prefectures.count)
		DIAG(run->diag, DIAG_EARLIER_PROVINCE, .span = then->place, .a = then->province, .b = now->province);
	return false;
}

/*
 * The listings that a year without a published list gives, as they stood when this one was made:
 * what happened to them later changes nothing in this year.
 */
static void add_listings(struct run *run, const struct model *model, const struct assessment *decided,
			 struct diag *diag)
{
	struct date last = date_is_missing(run->today) ? chronicle_last_day(run->model) : run->today;
	const struct chronicle *chronicle = chronicle_new(run->arena, decided, last, diag);
	struct earlier *rows;
	size_t count = assess_listings(run->arena, chronicle_assessment(run->arena, decided, chronicle), &rows);
	load_add_earlier(run->model, run->arena, &(struct load_rows){ &model->campaign, rows, count });
}

/* The full years before this one, as far as they are read. */
struct earlier_years {
	const struct prior_year **at;
	size_t count;
};

/*
 * An earlier year with data is decided by its own rule (data/FORMATS.md §5): for what it left, and, where
 * no published list says it, for who reached what.  Its decisions are given back, its model is kept.
 */
static void add_earlier_year(struct run *run, const struct load_full_year *year, struct earlier_years *years)
{
	struct load_options options = load_options_of(run, year->year);
	options.is_earlier = true;
	struct diag *diag = diag_new(run->arena, run->sources);
	struct model *model = load_model(run->arena, run->sources, diag, &options, NULL);
	if (diag_count(diag, SEVERITY_ERROR))
		DIAG(run->diag, DIAG_EARLIER_PROBLEMS, .a = text_format(run->arena, "%lld", (long long)year->year),
		     .n = (int64_t)diag_count(diag, SEVERITY_ERROR));
	if (!model)
		return;
	run->earlier[run->earlier_count++] = model;
	if (!is_of_same_province(run, model))
		return;
	struct arena *scratch = arena_new();
	const struct assessment *decided = assess_model(scratch, model, diag);
	if (!year->is_listed)
		add_listings(run, model, decided, diag);
	const struct prior_year *before = years->count ? years->at[years->count - 1] : NULL;
	years->at[years->count++] = prior_keep(run->arena, decided, before);
	arena_free(scratch);
}

static struct earlier_years add_earlier_years(struct run *run, const struct load_full *full)
{
	struct earlier_years years = { .at = arena_array(run->arena, full->count, sizeof *years.at) };
	run->earlier = arena_array(run->arena, full->count, sizeof *run->earlier);
	for (size_t i = 0; i < full->count; i++)
		add_earlier_year(run, &full->years[i], &years);
	return years;
}

static void open_bare(struct run *run, const struct options *options, struct arena *arena)
{
	*run = (struct run){ .options = options, .arena = arena ? arena : arena_new() };
	run->sources = sources_new(run->arena);
	run->diag = diag_new(run->arena, run->sources);
}

void run_open_bare(struct run *run, const struct options *options)
{
	open_bare(run, options, NULL);
}

/* Behind open_bare. */
static int open_data(struct run *run)
{
	const struct options *options = run->options;
	const char *models = folders_models(run->arena, options), *shared = folders_shared(run->arena, options);
	sources_root(run->sources, "data", run_data_folder(options));
	if (models)
		sources_root(run->sources, "data/models", models);
	if (shared)
		sources_root(run->sources, "data", shared);
	int64_t year;
	int code = parse_options(run, &year);
	if (code)
		return code;
	const struct load_options load = load_options_of(run, year);
	struct load_full full = { 0 };
	run->model = load_model(run->arena, run->sources, run->diag, &load, &full);
	if (!run->model)
		return 0;
	const struct earlier_years years = add_earlier_years(run, &full);
	if (options->keep_going)
		run->dropped = drop_touched(run->model, run->arena, run->diag);
	run->assessment = assess_model(run->arena, run->model, run->diag);
	run->shown = chronicle_assessment(run->arena, run->assessment, chronicle_new(run->arena, run->assessment, run->today, run->diag));
	correction_check(run->arena, run->assessment, run->shown, run->diag);
	/* Behind the list that is shown: what earlier years left is nothing for the public. */
	run->assessment->prior = prior_new(run->arena, run->assessment, years.at, years.count);
	chronicle_rename(run->model, run->assessment, run->shown->chronicle);
	if (date_is_missing(run->today))
		run->today = chronicle_last_day(run->model);
	closure_doubt_future(run->assessment, run->today, run->diag);
	record_compare(run);
	return 0;
}

int run_open_in(struct run *run, const struct options *options, struct arena *arena)
{
	open_bare(run, options, arena);
	return open_data(run);
}

int run_open(struct run *run, const struct options *options)
{
	return run_open_in(run, options, NULL);
}

int run_open_recorded(struct run *run, const struct options *options)
{
	return run_open_kept(run, options, NULL);
}

int run_open_kept(struct run *run, const struct options *options, const struct kept_store *kept)
{
	open_bare(run, options, NULL);
	sources_hash_all(run->sources);
	run->kept = kept;
	int code = open_data(run);
	run->kept = NULL;
	return code;
}

/* Its own campaign, read aside: the tables that it lacks are no mistake here. */
static struct model *load_own_campaign(struct run *run, const struct load_year *past)
{
	struct load_options load = load_options_of(run, past->year);
	load.is_earlier = true;
	load.encoding = NULL;
	return past->has_campaign ? load_model(run->arena, run->sources, diag_new(run->arena, run->sources), &load, NULL) : NULL;
}

int run_open_past(struct run *run, const struct options *options, const struct load_year *past)
{
	int code = run_open(run, options);
	if (code || !run->model)
		return code;
	struct model *later = run->model, *own = load_own_campaign(run, past);
	const struct past_options choice = {
		.later = later, .decided = run->assessment, .chronicle = run->shown->chronicle,
		.own = own, .year = past->year,
	};
	run->diag = diag_new(run->arena, run->sources);
	run->assessment = past_assess(run->arena, &choice, run->diag, &run->model);
	run->is_list_only = true;
	run->shown = chronicle_assessment(run->arena, run->assessment, chronicle_new(run->arena, run->assessment, run->today, run->diag));
	/* The catalogues go with the model that uses them now. */
	memset(own ? own->catalogues : later->catalogues, 0, sizeof later->catalogues);
	load_release(own);
	load_release(later);
	return 0;
}

void run_settle(struct run *run)
{
	load_settle(run->model, run->arena);
	for (size_t i = 0; i < run->earlier_count; i++)
		load_settle(run->earlier[i], run->arena);
}

void run_close(struct run *run)
{
	load_release(run->model);
	for (size_t i = 0; i < run->earlier_count; i++)
		load_release(run->earlier[i]);
	arena_free(run->arena);
	*run = (struct run){ 0 };
}

bool run_is_good(const struct run *run)
{
	if (!run->model || diag_count(run->diag, SEVERITY_WORLD))
		return false;
	if (run->options->strict && diag_count(run->diag, SEVERITY_WARNING))
		return false;
	if (!diag_count(run->diag, SEVERITY_ERROR))
		return true;
	return run->options->keep_going && !diag_has_general_error(run->diag);
}

int run_exit_code(const struct run *run)
{
	if (diag_count(run->diag, SEVERITY_WORLD))
		return EXIT_WORLD;
	if (diag_count(run->diag, SEVERITY_ERROR) || (run->options->strict && diag_count(run->diag, SEVERITY_WARNING)))
		return EXIT_INPUT;
	return EXIT_CLEAN;
}

static void write_counts(const struct run *run, struct buf *said)
{
	size_t errors = diag_count(run->diag, SEVERITY_ERROR) + diag_count(run->diag, SEVERITY_WORLD);
	size_t warnings = diag_count(run->diag, SEVERITY_WARNING), notes = diag_count(run->diag, SEVERITY_NOTE);
	if (run->options->environment.language == LANGUAGE_ENGLISH)
		buf_format(said, "%zu errors, %zu warnings, %zu notes\n", errors, warnings, notes);
	else
		buf_format(said, "%zu 个错误，%zu 个警告，%zu 条提示\n", errors, warnings, notes);
}

static void print(const struct buf *said)
{
	fwrite(said->at, 1, said->size, stderr);
}

void run_print_counts(const struct run *run)
{
	struct buf said;
	buf_init(&said, BUF_LIMIT_PAGE);
	write_counts(run, &said);
	print(&said);
	buf_clear(&said);
}

int run_finish_print(const struct run *run)
{
	int code = fflush(stdout) ? EXIT_WORLD : run_exit_code(run);
	if (code == EXIT_INPUT)
		run_print_counts(run);
	return code;
}

static int report(struct run *run, bool is_errors_only, struct buf *said)
{
	const struct diag_view view = { .language = run->options->environment.language, .is_each = run->options->all,
					.is_errors_only = is_errors_only };
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_FILE);
	diag_write_view(run->diag, &view, &buf);
	plain_write_lines(said, buf_view(&buf));
	if (buf.size)
		write_counts(run, said);
	buf_clear(&buf);
	return run_exit_code(run);
}

static int print_report(struct run *run, bool is_errors_only)
{
	struct buf said;
	buf_init(&said, BUF_LIMIT_FILE);
	int code = report(run, is_errors_only, &said);
	print(&said);
	buf_clear(&said);
	return code;
}

int run_report(struct run *run)
{
	return print_report(run, false);
}

int run_report_write(struct run *run, struct buf *said)
{
	return report(run, false, said);
}

int run_report_errors(struct run *run)
{
	return print_report(run, !run->options->strict);
}

int32_t run_find_enterprise(const struct model *model, struct text wanted)
{
	const uint32_t *found = map_find(&model->enterprise_by_code, wanted);
	int32_t match = -1, matches = 0;
	if (found)
		return (int32_t)*found;
	for (size_t i = 0; i < model->enterprise_count; i++) {
		if (text_equal(model->enterprises[i].name, wanted) ||
		    (wanted.size && text_equal(model->enterprises[i].former, wanted)))
			return (int32_t)i;
		if (wanted.size && text_contains(model->enterprises[i].name, wanted)) {
			match = (int32_t)i;
			matches++;
		}
	}
	return matches == 1 ? match : -1;
}

/* The first of them, for who has to say which. */
static struct text names_with(const struct run *run, struct text part, int64_t *count)
{
	enum { NAMED_MOST = 3 };
	const struct model *model = run->model;
	struct text names = NO_TEXT;
	*count = 0;
	for (size_t i = 0; i < model->enterprise_count && part.size; i++) {
		struct text name = model->enterprises[i].name;
		if (!text_contains(name, part))
			continue;
		if (++*count <= NAMED_MOST)
			names = text_format(run->arena, "%.*s%s%.*s", TEXT_ARGS(names), names.size ? "、" : "",
					    TEXT_ARGS(name));
		else if (*count == NAMED_MOST + 1)
			names = text_format(run->arena, "%.*s…", TEXT_ARGS(names));
	}
	return names;
}

int32_t run_choose_enterprise(const struct run *run, struct text wanted)
{
	int32_t found = run_find_enterprise(run->model, wanted);
	int64_t count;
	if (found >= 0)
		return found;
	struct text names = names_with(run, wanted, &count);
	if (count > 1)
		DIAG(run->diag, DIAG_SEVERAL_ENTERPRISES, .a = wanted, .b = names, .n = count);
	else
		DIAG(run->diag, DIAG_NO_ENTERPRISE, .a = wanted);
	return -1;
}

int32_t run_find_agency(const struct model *model, struct text wanted)
{
	const uint32_t *found = map_find(&model->agency_by_code, wanted);
	if (found)
		return (int32_t)*found;
	for (size_t i = 0; i < model->agency_count; i++)
		if (text_equal(model->agencies[i].name, wanted))
			return (int32_t)i;
	return -1;
}

bool run_parse_scope(const struct options *options, enum facts_scope *scope, struct text *whose)
{
	/* Of those with a colon an id follows. */
	static const struct {
		const char *word;
		enum facts_scope scope;
	} words[] = {
		{ "public", SCOPE_PUBLIC }, { "firm:", SCOPE_FIRM }, { "agency:", SCOPE_AGENCY },
		{ "city:", SCOPE_CITY }, { "province", SCOPE_PROVINCE },
	};
	struct text wanted = text_from(options->scope ? options->scope : "province");
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (!text_starts(wanted, words[i].word))
			continue;
		*scope = words[i].scope;
		*whose = text_slice(wanted, strlen(words[i].word), wanted.size);
		return strchr(words[i].word, ':') ? whose->size > 0 : whose->size == 0;
	}
	return false;
}

bool run_has_documents(enum facts_scope scope)
{
	return scope == SCOPE_PUBLIC || scope == SCOPE_FIRM || scope == SCOPE_PROVINCE;
}

/* A word of a text that nobody proved is no fault of the data, and is told by whichever run compiles that text. */
static bool is_of_data(const struct diag_line *line)
{
	return !text_starts(line->file, "content/") && !text_starts(line->file, "themes/");
}

const struct facts_problem *run_problems(struct run *run, size_t *count)
{
	struct diag_line *lines;
	size_t all = diag_list(run->diag, LANGUAGE_CHINESE, run->arena, &lines);
	struct facts_problem *problems = ARENA_ARRAY(run->arena, struct facts_problem, all);
	*count = 0;
	for (size_t i = 0; i < all; i++)
		if (is_of_data(&lines[i]))
			problems[(*count)++] = (struct facts_problem){
				.code = lines[i].code, .severity = lines[i].severity, .file = lines[i].file,
				.message = lines[i].message, .line = lines[i].line, .column = lines[i].column,
			};
	return problems;
}
