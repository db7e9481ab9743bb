/* SPDX-License-Identifier: MIT
 *
 * The flow, once through: read, check, assess → tasks in forked workers (report, site,
 * one diagnosis an enterprise) → leak scan → exchange.
 */
#include "build/build.h"

#include <stdio.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/interrupt.h"
#include "build/folders.h"
#include "build/out.h"
#include "build/progress.h"
#include "build/say.h"
#include "build/workers.h"
#include "layout/shape.h"
#include "render/fonts.h"
#include "theme/theme.h"

static const struct {
	const char *name;
	unsigned parts;
} part_names[] = { { "all", PART_ALL }, { "site", PART_SITE }, { "report", PART_REPORT }, { "diagnosis", PART_DIAGNOSIS } };

enum { FEW_TASKS = 6 }; /* below this, cutting whole fonts in advance costs more than it saves */

struct facts *build_facts(struct build *build, enum facts_scope scope)
{
	if (build->facts[scope])
		return build->facts[scope];
	const struct facts_options options = {
		.assessment = scope == SCOPE_PUBLIC ? build->run.shown : build->run.assessment,
		.diag = build->run.diag, .scope = scope, .today = build->run.today,
		.sources = build->run.sources, .problems = build->problems, .problem_count = build->problem_count,
		.years = build->years, .year_count = build->year_count, .pages = build->pages,
		.page_paths = build->page_paths, .page_path_count = build->page_path_count, .is_list_only = build->run.is_list_only,
	};
	build->facts[scope] = facts_open(&options);
	return build->facts[scope];
}

static bool query(void *context, struct arena *arena, struct text sql, struct span place, struct rows *rows)
{
	*rows = (struct rows){ 0 };
	return context && facts_query(context, arena, sql, place, rows);
}

struct compose_source build_source(struct build *build, enum facts_scope scope)
{
	return (struct compose_source){ .query = query, .context = build_facts(build, scope) };
}

/* ---- options ------------------------------------------------------------------ */

static unsigned find_parts(const char *word)
{
	for (size_t i = 0; i < sizeof part_names / sizeof *part_names; i++)
		if (strcmp(part_names[i].name, word) == 0)
			return part_names[i].parts;
	return 0;
}

const char *build_part_word(unsigned parts)
{
	for (size_t i = 0; i < sizeof part_names / sizeof *part_names; i++)
		if (part_names[i].parts == parts)
			return part_names[i].name;
	return "";
}

static int choose_parts(struct build *build)
{
	const struct options *options = build->options;
	const char *wanted = options->argument_count ? options->arguments[0] : "all";
	build->parts = find_parts(wanted);
	if (!build->parts)
		return say_usage(options, "只能生成 all、site、report、diagnosis", "what to build is all, site, report or diagnosis", wanted);
	if (options->only && build->parts & PART_DIAGNOSIS)
		build->parts = PART_DIAGNOSIS;
	return 0;
}

static int parse_jobs(const struct options *options, int *jobs)
{
	int64_t number = options->environment.processors;
	if (options->jobs && (!text_to_integer(text_from(options->jobs), &number) || number < 1 || number > 256))
		return say_usage(options, "进程数应为 1 到 256", "jobs is a number from 1 to 256", options->jobs);
	*jobs = (int)number;
	return 0;
}

static int parse_shard(const struct options *options, int64_t *part, int64_t *parts)
{
	*part = *parts = 1;
	struct text rest = text_from(options->shard ? options->shard : "1/1"), first = NO_TEXT;
	bool good = text_next(&rest, '/', &first) && text_to_integer(first, part) && text_to_integer(rest, parts);
	if (!good || *parts < 1 || *parts > 100000 || *part < 1 || *part > *parts)
		return say_usage(options, "分片应写作 K/N，K 从 1 到 N", "a shard is written K/N, K from 1 to N", options->shard);
	return 0;
}

/* ---- tasks --------------------------------------------------------------------- */

static void add_task(struct build *build, enum task_kind kind, int32_t enterprise)
{
	build->tasks[build->task_count++] = (struct task){ kind, enterprise };
}

static bool takes_part(const struct enterprise *enterprise)
{
	return enterprise->participation[TRACK_ICS] >= 0 || enterprise->participation[TRACK_PLATFORM] >= 0;
}

static bool plan_tasks(struct build *build)
{
	const struct model *model = build->run.model;
	build->only = -1;
	if (build->options->only) {
		build->only = run_find_enterprise(model, text_from(build->options->only));
		if (build->only < 0 || !takes_part(&model->enterprises[build->only])) {
			DIAG(build->run.diag, DIAG_NO_ENTERPRISE, .a = text_from(build->options->only));
			return false;
		}
	}
	build->tasks = ARENA_ARRAY(build->run.arena, struct task, model->enterprise_count + 2);
	if (build->parts & PART_REPORT && build->shard == 1)
		add_task(build, TASK_REPORT, -1);
	if (build->parts & PART_SITE && build->shard == 1)
		add_task(build, TASK_SITE, -1);
	for (size_t i = 0; build->parts & PART_DIAGNOSIS && i < model->enterprise_count; i++)
		if (takes_part(&model->enterprises[i]) && (build->only < 0 || build->only == (int32_t)i) && (int64_t)i % build->shards == build->shard - 1)
			add_task(build, TASK_DIAGNOSIS, (int32_t)i);
	return true;
}

static bool run_task(void *context, size_t index)
{
	struct build *build = context;
	const struct task *task = &build->tasks[index];
	bool good = task->kind == TASK_REPORT ? make_report(build) : task->kind == TASK_SITE ? make_site(build) : make_diagnosis(build, task->enterprise);
	arena_clear(build->scratch);
	return good;
}

static void write_report(void *context, struct buf *records)
{
	struct build *build = context;
	struct buf files;
	buf_init(&files, BUF_LIMIT_FILE);
	output_export(build->output, &files);
	buf_format(records, "%zu\n", files.size);
	buf_text(records, buf_view(&files));
	diag_export(build->run.diag, records);
	records->overflowed |= files.overflowed;
	buf_clear(&files);
}

static bool receive_report(void *context, struct text records)
{
	struct build *build = context;
	struct text size;
	int64_t bytes;
	if (!text_next(&records, '\n', &size) || !text_to_integer(size, &bytes) || bytes < 0 || (size_t)bytes > records.size)
		return false;
	return output_import(build->output, text_slice(records, 0, (size_t)bytes)) &&
	       diag_import(build->run.diag, text_slice(records, (size_t)bytes, records.size));
}

/* Disk, memory, fonts: the other tasks would fail of the same; wrong input they should all tell of. */
static bool world_failed(void *context)
{
	const struct build *build = context;
	return diag_count(build->run.diag, SEVERITY_WORLD) > 0;
}

static void show_progress(void *context, size_t done)
{
	const struct build *build = context;
	progress_count(build->options, done, build->task_count);
}

static bool run_tasks(struct build *build, int jobs)
{
	const struct workers workers = {
		.count = build->task_count, .jobs = build->task_count > 1 ? jobs : 1, .context = build,
		.task = run_task, .report = write_report, .receive = receive_report, .progress = show_progress,
		.stops = world_failed,
	};
	diag_export_from_here(build->run.diag);
	enum workers_result result = workers_run(&workers);
	if (result == WORKERS_DIED)
		DIAG(build->run.diag, DIAG_WORKER_DIED, .n = 0);
	if (result == WORKERS_KILLED)
		DIAG(build->run.diag, DIAG_WORKER_KILLED, .n = 0);
	if (result == WORKERS_NO_MEMORY)
		DIAG(build->run.diag, DIAG_OUT_OF_MEMORY, .n = 0);
	return result == WORKERS_DONE;
}

/* ---- set-up ---------------------------------------------------------------------- */

static bool load_looks(struct build *build)
{
	struct run *run = &build->run;
	const struct theme_options options = {
		.name_or_folder = build->options->theme ? build->options->theme : "default", .themes = build->themes,
		.more_themes = folders_more_themes(run->arena, build->options), .font_folders = folders_fonts(run->arena, build->options),
	};
	const char *inherited = theme_find(run->arena, &options, TEXT("default"));
	build->theme_folder = theme_find(run->arena, &options, text_from(options.name_or_folder));
	build->default_folder = strcmp(build->theme_folder, inherited) == 0 ? NULL : inherited;
	build->theme = theme_load(run->arena, run->sources, run->diag, &options);
	if (!build->theme || !(build->parts & (PART_REPORT | PART_DIAGNOSIS)))
		return build->theme != NULL;
	build->shaper = shaper_new(build->theme, run->diag);
	build->fonts = fonts_new(build->theme, run->diag);
	if (!build->shaper || !build->fonts)
		return false;
	return true;
}

void build_choose_folders(struct build *build)
{
	const char *more_themes = folders_more_themes(build->run.arena, build->options);
	build->content = folders_content(build->run.arena, build->options);
	build->themes = folders_themes(build->options);
	sources_root(build->run.sources, "content", build->content);
	sources_root(build->run.sources, "themes", build->themes);
	if (more_themes)
		sources_root(build->run.sources, "themes", more_themes);
}

/* ---- the end ------------------------------------------------------------------------ */

static bool write_problems(struct build *build)
{
	static const struct {
		const char *path;
		enum diag_format format;
	} files[] = {
		{ TREE_PROBLEMS "txt", DIAG_FORMAT_TEXT },
		{ TREE_PROBLEMS "csv", DIAG_FORMAT_CSV },
		{ TREE_PROBLEMS "html", DIAG_FORMAT_HTML },
	};
	bool good = true;
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		struct buf buf;
		buf_init(&buf, BUF_LIMIT_FILE);
		diag_write_inside(build->run.diag, files[i].format, LANGUAGE_CHINESE, &buf);
		good &= output_write(build->output, text_from(files[i].path), buf_view(&buf));
		buf_clear(&buf);
	}
	return good;
}

static bool publish(struct build *build)
{
	return output_publish(build->output, NO_TEXT);
}

bool build_makes_site(const struct build *build)
{
	if (build->options->all_years)
		return true;
	for (size_t i = 0; i < build->task_count; i++)
		if (build->tasks[i].kind == TASK_SITE)
			return true;
	return false;
}

bool build_prepare(struct build *build)
{
	if (!load_looks(build) || !files_load(build))
		return false;
	characters_check(build);
	if (build->fonts && build->task_count > FEW_TASKS) {
		characters_note(build);
		fonts_prepare(build->fonts);
	}
	return run_is_good(&build->run);
}

static bool make_all(struct build *build, int jobs)
{
	const struct options *options = build->options;
	progress_stage(options, "准备字体和正文", "fonts and texts");
	if (!build_prepare(build))
		return false;
	if (!keep_open_output(build) || !write_problems(build))
		return false;
	if (build->parts & PART_REPORT)
		build->problems = run_problems(&build->run, &build->problem_count);
	progress_stage(options, "生成文件", "making files");
	if (!run_tasks(build, jobs) || !run_is_good(&build->run))
		return false;
	progress_stage(options, "搜查泄露、核对、发布", "leak scan, checks, publishing");
	bool is_for_outside = build_makes_site(build) || build->report_public;
	if (build_makes_site(build) && !make_ledger(build, build->output, output_target(build->output), TEXT(TREE_LEDGER_PUBLISHED)))
		return false;
	return (!is_for_outside || (make_leak_scan(build) && make_crosscheck(build))) && publish(build);
}

void build_close(struct build *build)
{
	for (size_t i = 0; i < sizeof build->facts / sizeof *build->facts; i++)
		facts_close(build->facts[i]);
	output_close(build->output);
	shaper_free(build->shaper);
	fonts_free(build->fonts);
	map_clear(&build->remarks_by_code);
	map_clear(&build->remade);
	arena_free(build->scratch);
}

int build_report(struct build *build, bool is_done)
{
	progress_end(build->options);
	/* Whatever else there is to complain of now comes from stopping halfway. */
	if (!is_done && interrupt_requested()) {
		build->run.diag = diag_new(build->run.arena, build->run.sources);
		DIAG(build->run.diag, DIAG_INTERRUPTED, .n = 0);
	}
	return run_report(&build->run);
}

static int finish(struct build *build, bool is_done)
{
	int code = build_report(build, is_done);
	if (is_done && !build->options->quiet)
		say_line(stderr, "%s %zu: %s/%lld", build->options->environment.language == LANGUAGE_ENGLISH ? "documents done," : "完成文书",
			 build->task_count, out_folder(build->options), (long long)build->run.model->campaign.year);
	if (is_done && !build->options->quiet)
		say_line(stderr, build->options->environment.language == LANGUAGE_ENGLISH ? "SHA-256 of %s, for the minutes: %s" : "%s 的 SHA-256（可记入纪要）：%s",
			 output_manifest_name(build->output), output_manifest_hash(build->output));
	return code;
}

int build_run(const struct options *options)
{
	struct build build = { .options = options, .scratch = arena_new() };
	int jobs = 1;
	int code = choose_parts(&build);
	if (!code)
		code = parse_jobs(options, &jobs);
	if (!code)
		code = parse_shard(options, &build.shard, &build.shards);
	if (!code && options->all_years && build.parts != PART_SITE)
		code = say_usage(options, "--all-years 只用于 build site", "--all-years goes with build site", "--all-years");
	if (!code)
		code = out_check(options);
	if (code || options->all_years) {
		arena_free(build.scratch);
		return code ? code : build_all_years(options);
	}
	interrupt_catch();
	progress_stage(options, "读取和检查数据", "reading and checking the data");
	code = run_open(&build.run, options);
	if (!code) {
		build_choose_folders(&build);
		bool is_done = run_is_good(&build.run) && plan_tasks(&build) && make_all(&build, jobs);
		code = finish(&build, is_done);
	}
	build_close(&build);
	run_close(&build.run);
	return code;
}
