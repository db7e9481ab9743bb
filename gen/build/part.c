/* SPDX-License-Identifier: MIT */
#include "build/part.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/interrupt.h"
#include "build/planned.h"
#include "build/progress.h"
#include "build/say.h"

const char *part_folder(struct arena *arena, const struct plan_book *book, size_t job)
{
	const char *parts = book->options.output;
	if (!parts)
		parts = file_join(arena, book->folder, TEXT(PLAN_PARTS));
	return file_join(arena, parts, text_format(arena, "%zu", job));
}

struct text part_head(struct arena *arena, const struct plan_book *book, size_t job)
{
	const struct plan_job *is = &book->jobs[job];
	return text_format(arena, "# plan %s\n# job %zu %s %zu %zu\n", book->id, job, plan_book_kind(is->kind),
			   is->first, is->count);
}

/* ---- which ------------------------------------------------------------------------ */

/* --job; else what the engine of the jobs says, of which there is one. */
static int choose_job(const struct options *options, int64_t *job)
{
	const struct environment *environment = &options->environment;
	const char *word = options->job;
	if (options->argument_count)
		return say_usage(options, "计划里已经定下做什么", "the plan has decided what is made",
				 options->arguments[0]);
	if (!word && environment->job_slurm && environment->job_kubernetes &&
	    strcmp(environment->job_slurm, environment->job_kubernetes) != 0)
		return say_usage(options,
				 "SLURM_ARRAY_TASK_ID 和 JOB_COMPLETION_INDEX 不一致，请用 --job 指明",
				 "SLURM_ARRAY_TASK_ID and JOB_COMPLETION_INDEX differ: say which with --job",
				 environment->job_kubernetes);
	if (!word)
		word = environment->job_slurm ? environment->job_slurm : environment->job_kubernetes;
	if (!word)
		return say_usage(options, "缺少 --job 编号", "--job is missing", "--plan");
	if (!text_to_integer(text_from(word), job) || *job < 0)
		return say_usage(options, "编号应为 0 起的整数", "a job is a number, counted from 0", word);
	return 0;
}

/* ---- making it -------------------------------------------------------------------- */

/* The part while it is made. */
struct part_run {
	struct build build;
	struct plan_book book;
	size_t job;
	struct buf before, complaints; /* of opening the press, which each job would have; of its tasks */
	struct buf rest;               /* of the end */
};

static bool open_output(struct part_run *part)
{
	struct build *build = &part->build;
	struct arena *arena = build->run.arena;
	const struct output_options output = {
		.folder = part_folder(arena, &part->book, part->job), .is_secret = true, .makes_all = true,
		.head = part_head(arena, &part->book, part->job),
		.made = text_format(arena, "job %zu", part->job),
	};
	build->edition.output = output_open(arena, &output, build->run.diag);
	return build->edition.output != NULL;
}

/* As make_all of build.c does it, for these tasks alone, and without what is done to the whole. */
static bool make_tasks(struct part_run *part)
{
	struct build *build = &part->build;
	progress_stage(build->options, "准备字体和正文", "fonts and texts");
	if (!press_open(build) || !open_output(part))
		return false;
	if (plan_has(&build->plan, TASK_REPORT))
		build->edition.problems = run_problems(&build->run, &build->edition.problem_count);
	build->issued = issued_open(&build->run);
	diag_export(build->run.diag, &part->before);
	progress_stage(build->options, "生成文件", "making files");
	return build_run_tasks(build) && run_is_good(&build->run);
}

static bool make(struct part_run *part)
{
	struct build *build = &part->build;
	bool is_good = make_tasks(part);
	diag_export(build->run.diag, &part->complaints);
	is_good &= !part->complaints.overflowed;
	return is_good && output_write(build->edition.output, TEXT(PART_COMPLAINTS), buf_view(&part->complaints)) &&
	       output_publish(build->edition.output, NO_TEXT);
}

/* What the plan had to say of the data was said there. */
static int report(struct part_run *part, bool is_done)
{
	struct build *build = &part->build;
	struct diag *own = diag_new(build->run.arena, build->run.sources);
	const struct buf *records[] = { &part->before, &part->complaints, &part->rest };
	diag_export(build->run.diag, &part->rest);
	for (size_t i = 0; i < sizeof records / sizeof *records; i++)
		if (!diag_import(own, buf_view(records[i])))
			return build_report(build, is_done); /* then everything */
	build->run.diag = own;
	return build_report(build, is_done);
}

static int finish(struct part_run *part, bool is_done)
{
	const struct options *options = part->build.options;
	const char *folder = part_folder(part->build.run.arena, &part->book, part->job);
	int code = report(part, is_done);
	if (is_done && !options->quiet)
		say_line(stderr,
			 options->environment.language == LANGUAGE_ENGLISH ? "job %zu done: %s" : "第 %zu 份完成：%s",
			 part->job, folder);
	buf_clear(&part->before);
	buf_clear(&part->complaints);
	buf_clear(&part->rest);
	return code;
}

static bool choose_tasks(struct part_run *part, int64_t job)
{
	struct plan *plan = &part->build.plan;
	if ((uint64_t)job >= part->book.job_count) {
		DIAG(part->build.run.diag, DIAG_PLAN_NO_JOB, .a = text_from(part->book.folder), .n = job,
		     .b = text_format(part->build.run.arena, "%zu", part->book.job_count - 1));
		return false;
	}
	const struct plan_job *is = &part->book.jobs[job];
	part->job = (size_t)job;
	plan->tasks += is->first;
	plan->task_count = is->count;
	return true;
}

int build_part(const struct options *options)
{
	struct part_run part = { .build = { .options = options, .scratch = arena_new() } };
	struct build *build = &part.build;
	int64_t job = 0;
	int code = choose_job(options, &job);
	interrupt_catch();
	struct arena *books = arena_new();
	if (!code)
		code = planned_open(build, &part.book, books);
	if (!code) {
		buf_init(&part.before, BUF_LIMIT_FILE);
		buf_init(&part.complaints, BUF_LIMIT_FILE);
		buf_init(&part.rest, BUF_LIMIT_FILE);
		diag_export_from_here(build->run.diag);
		press_choose_folders(build);
		code = finish(&part, choose_tasks(&part, job) && make(&part));
	}
	build_close(build);
	if (build->run.arena)
		run_close(&build->run);
	arena_free(books);
	return code;
}
