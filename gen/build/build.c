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
#include "base/plain.h"
#include "build/as_of.h"
#include "build/handout.h"
#include "build/out.h"
#include "build/part.h"
#include "build/progress.h"
#include "build/receipt.h"
#include "build/say.h"
#include "build/workers.h"
#include "build/years.h"

enum build_stage { STAGE_DATA, STAGE_TEXTS, STAGE_FILES, STAGE_CHECKS, STAGES };

static void tell_stage(const struct options *options, enum build_stage stage)
{
	static const struct {
		const char *chinese, *english;
	} words[STAGES] = {
		[STAGE_DATA] = { "读取和检查数据", "reading and checking the data" },
		[STAGE_TEXTS] = { "准备字体和正文", "fonts and texts" },
		[STAGE_FILES] = { "生成文件", "making files" },
		[STAGE_CHECKS] = { "搜查泄露、核对、发布", "leak scan, checks, publishing" },
	};
	progress_stage(options, words[stage].chinese, words[stage].english);
}

static bool make_task(struct build *build, const struct task *task)
{
	if (task->kind == TASK_REPORT)
		return make_report(build);
	if (task->kind == TASK_CITY || task->kind == TASK_AGENCY)
		return make_handout(build, task);
	return task->kind == TASK_SITE ? make_site(build) : make_diagnosis(build, task->enterprise);
}

/* ---- tasks --------------------------------------------------------------------- */

static bool make_left(struct build *build, uint32_t number)
{
	receipts_begin(build, number);
	bool good = make_task(build, &build->plan.tasks[number]);
	receipts_end(build, number, good);
	return good;
}

static bool run_task(void *context, size_t index)
{
	struct build *build = context;
	bool good = build->is_merge ? merge_take(build, index) : make_left(build, build->plan.left[index]);
	arena_clear(build->scratch);
	return good;
}

static void write_report(void *context, struct buf *records)
{
	struct build *build = context;
	struct buf files, notes;
	buf_init(&files, BUF_LIMIT_FILE);
	buf_init(&notes, BUF_LIMIT_FILE);
	output_export(build->edition.output, &files);
	receipts_export(build, &notes);
	buf_format(records, "%zu\n%zu\n", files.size, notes.size);
	buf_text(records, buf_view(&files));
	buf_text(records, buf_view(&notes));
	receipts_export_words(build, records);
	diag_export(build->run.diag, records);
	records->overflowed |= files.overflowed || notes.overflowed;
	buf_clear(&files);
	buf_clear(&notes);
}

/* "120\n": the bytes of a part; false where it has no such size. */
static bool next_size(struct text *records, size_t *size)
{
	struct text line;
	int64_t bytes;
	if (!text_next(records, '\n', &line) || !text_to_integer(line, &bytes) || bytes < 0)
		return false;
	*size = (size_t)bytes;
	return true;
}

static bool receive_report(void *context, struct text records)
{
	struct build *build = context;
	size_t files, notes;
	if (!next_size(&records, &files) || !next_size(&records, &notes) || files > records.size ||
	    notes > records.size - files)
		return false;
	return output_import(build->edition.output, text_slice(records, 0, files)) &&
	       receipts_import(build, text_slice(records, files, notes)) &&
	       diag_import(build->run.diag, text_slice(records, files + notes, records.size));
}

/* Disk, memory, fonts: the other tasks would fail of the same; wrong input they should all tell of. */
static bool world_failed(void *context)
{
	const struct build *build = context;
	return diag_count(build->run.diag, SEVERITY_WORLD) > 0;
}

static size_t count_tasks(const struct build *build)
{
	return build->is_merge ? build->book->job_count : build->plan.left_count;
}

static void show_progress(void *context, size_t done)
{
	const struct build *build = context;
	const size_t count = count_tasks(build);
	const size_t taken = build->is_merge ? 0 : build->plan.task_count - count;
	progress_count(build->options, taken + done, taken + count);
}

static bool run_workers(struct build *build)
{
	size_t count = count_tasks(build);
	const struct workers workers = {
		.count = count, .jobs = count > 1 ? build->plan.jobs : 1, .context = build,
		.task = run_task, .report = write_report, .receive = receive_report, .progress = show_progress,
		.stops = world_failed,
	};
	diag_export_from_here(build->run.diag);
	output_export_from_here(build->edition.output); /* files taken over would come home once from each */
	enum workers_result result = workers_run(&workers);
	if (result == WORKERS_DIED)
		DIAG(build->run.diag, DIAG_WORKER_DIED, .n = 0);
	if (result == WORKERS_KILLED)
		DIAG(build->run.diag, DIAG_WORKER_KILLED, .n = 0);
	if (result == WORKERS_NO_MEMORY)
		DIAG(build->run.diag, DIAG_OUT_OF_MEMORY, .n = 0);
	return result == WORKERS_DONE;
}

bool build_makes_site(const struct build *build)
{
	return build->options->all_years || plan_has(&build->plan, TASK_SITE);
}

bool build_is_for_outside(const struct build *build)
{
	return build_makes_site(build) || build->press.report_public;
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
		good &= output_write(build->edition.output, text_from(files[i].path), buf_view(&buf));
		buf_clear(&buf);
	}
	return good;
}

static bool publish(struct build *build)
{
	return output_publish(build->edition.output, NO_TEXT);
}

/* What was taken over wrongly is made, too. */
bool build_run_tasks(struct build *build)
{
	if (build->is_merge)
		return run_workers(build);
	if (!receipts_reuse(build))
		return false;
	press_warm(build, build->plan.left_count);
	if (!run_workers(build))
		return false;
	if (receipts_hold(build))
		return true;
	press_warm(build, build->plan.left_count);
	return run_workers(build);
}

bool build_make(struct build *build)
{
	const struct options *options = build->options;
	if (build_makes_site(build) && !build->planned)
		build->edition.newest = years_newest(&build->run);
	tell_stage(options, STAGE_TEXTS);
	if (!press_open(build))
		return false;
	receipts_look(build);
	if (!keep_open_output(build) || !handout_has_documents(build) || !write_problems(build))
		return false;
	if (build->plan.parts & PART_REPORT)
		build->edition.problems = run_problems(&build->run, &build->edition.problem_count);
	build->issued = issued_open(&build->run);
	tell_stage(options, STAGE_FILES);
	if (!build_run_tasks(build))
		return false;
	issued_warn(build);
	if (!run_is_good(&build->run))
		return false;
	tell_stage(options, STAGE_CHECKS);
	bool is_compared = build_is_for_outside(build) || plan_has(&build->plan, TASK_REPORT);
	bool is_done = (!build_is_for_outside(build) || make_leak_scan(build)) &&
		       (!is_compared || make_crosscheck(build)) && publish(build);
	receipts_tell(build);
	return is_done;
}

void build_close(struct build *build)
{
	as_of_close(build);
	issued_clear(&build->issued);
	edition_close(&build->edition);
	press_close(&build->press);
	receipts_close(build->receipts);
	map_clear(&build->plan.remade);
	arena_free(build->scratch);
}

/* Whatever else there is to complain of after stopping halfway comes from that. */
static void forget_after_interrupt(struct build *build, bool is_done)
{
	if (is_done || !interrupt_requested())
		return;
	build->run.diag = diag_new(build->run.arena, build->run.sources);
	DIAG(build->run.diag, DIAG_INTERRUPTED, .n = 0);
}

int build_report(struct build *build, bool is_done)
{
	progress_end(build->options);
	forget_after_interrupt(build, is_done);
	return run_report(&build->run);
}

static void write_end(const struct build *build, struct buf *said)
{
	const bool is_english = build->options->environment.language == LANGUAGE_ENGLISH;
	struct arena *arena = build->run.arena;
	const struct text lines[] = {
		text_format(arena, "%s %zu: %s/%lld", is_english ? "documents done," : "完成文书",
			    build->plan.task_count, out_folder(build->options),
			    (long long)build->run.model->campaign.year),
		text_format(arena,
			    is_english ? "SHA-256 of %s, for the minutes: %s" : "%s 的 SHA-256（可记入纪要）：%s",
			    output_manifest_name(build->edition.output), output_manifest_hash(build->edition.output)),
	};
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		plain_write(said, lines[i]);
		buf_byte(said, '\n');
	}
}

int build_finish(struct build *build, bool is_done)
{
	struct buf said;
	buf_init(&said, BUF_LIMIT_FILE);
	progress_end(build->options);
	forget_after_interrupt(build, is_done);
	int code = run_report_write(&build->run, &said);
	if (is_done && !build->options->quiet)
		write_end(build, &said);
	fwrite(said.at, 1, said.size, stderr);
	if (is_done)
		receipts_write(build, buf_view(&said), code);
	buf_clear(&said);
	return code;
}

/* What a run that has nothing to do says, as it was said the last time. */
static bool repeat(struct build *build, int *code)
{
	struct buf said;
	buf_init(&said, BUF_LIMIT_FILE);
	bool is_same = receipts_repeat(build->receipts, &said, code);
	for (int stage = STAGE_DATA + 1; is_same && stage < STAGES; stage++)
		tell_stage(build->options, (enum build_stage)stage);
	if (is_same) {
		progress_end(build->options);
		fwrite(said.at, 1, said.size, stderr);
	}
	buf_clear(&said);
	return is_same;
}

/* What goes with --plan alone. */
static int check_plan_options(const struct options *options)
{
	if (options->job || options->output)
		return say_usage(options, "与 --plan 合用", "goes with --plan", options->job ? "--job" : "--output");
	return 0;
}

int build_run(const struct options *options)
{
	if (options->plan)
		return build_part(options);
	struct build build = { .options = options, .scratch = arena_new() };
	int code = check_plan_options(options);
	if (!code)
		code = plan_parse(&build.plan, options);
	if (!code && options->all_years && build.plan.parts != PART_SITE)
		code = say_usage(options, "--all-years 只用于 build site", "--all-years goes with build site", "--all-years");
	if (!code)
		code = out_check(options);
	if (!code)
		code = receipts_check(options);
	if (code || options->all_years) {
		arena_free(build.scratch);
		return code ? code : build_all_years(options);
	}
	interrupt_catch();
	tell_stage(options, STAGE_DATA);
	build.receipts = receipts_open(&build, true);
	if (repeat(&build, &code)) {
		build_close(&build);
		return code;
	}
	code = receipts_read_data(&build, build.receipts);
	if (!code) {
		press_choose_folders(&build);
		bool is_done = run_is_good(&build.run) && plan_tasks(&build.plan, &build.run) && build_make(&build);
		code = build_finish(&build, is_done);
	}
	build_close(&build);
	run_close(&build.run);
	return code;
}
