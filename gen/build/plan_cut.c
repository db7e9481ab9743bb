/* SPDX-License-Identifier: MIT */
#include "build/plan_cut.h"

#include "base/arena.h"
#include "build/say.h"
#include "model/parts.h"

/*
 * So many findings are as much work as everything else of a track: in the sample a diagnosis has 10.4 pages and 0.034
 * more a finding.
 */
enum { FINDINGS_OF_REST = 300 };

static int parse_number(const struct options *options, const char *word, size_t *number)
{
	int64_t value = 0;
	if (word && (!text_to_integer(text_from(word), &value) || value < 1 || value > PLAN_JOBS_MOST))
		return say_usage(options, "应为 1 到 1000000 的整数", "a number from 1 to 1000000", word);
	*number = (size_t)value;
	return 0;
}

int plan_cut_parse(struct plan_cut *cut, const struct options *options)
{
	*cut = (struct plan_cut){ 0 };
	if (options->job_count && options->job_size)
		return say_usage(options, "--job-count 和 --job-size 只用一个",
				 "give --job-count or --job-size, not both", options->job_size);
	int code = parse_number(options, options->job_count, &cut->count);
	if (!code)
		code = parse_number(options, options->job_size, &cut->size);
	if (!code && !cut->count && !cut->size)
		cut->size = PLAN_JOB_SIZE;
	return code;
}

static uint64_t work_of(const struct run *run, const struct task *task)
{
	const struct model *model = run->model;
	uint64_t work = 0;
	EACH_PART(part, model, &model->enterprises[task->enterprise])
		work += FINDINGS_OF_REST + run->assessment->decisions[part].finding_count;
	return work;
}

static void add_job(struct plan_book *book, enum task_kind kind, size_t first, size_t count)
{
	book->jobs[book->job_count++] = (struct plan_job){ kind, first, count };
}

/* Each ends where its share of all the work is done, with one task at least. */
static void cut_diagnoses(struct plan_book *book, const struct plan *plan, const struct run *run, size_t jobs)
{
	uint64_t all = 0, done = 0;
	size_t first = book->job_count; /* of the tasks before, each is a job */
	for (size_t i = first; i < plan->task_count; i++)
		all += work_of(run, &plan->tasks[i]);
	for (size_t job = 0; job < jobs; job++) {
		size_t start = first, left = jobs - job - 1;
		uint64_t end = all / jobs * (job + 1) + all % jobs * (job + 1) / jobs;
		do
			done += work_of(run, &plan->tasks[first++]);
		while (plan->task_count - first > left && (done < end || !left));
		add_job(book, TASK_DIAGNOSIS, start, first - start);
	}
}

void plan_cut(struct plan_book *book, struct arena *arena, const struct plan *plan, const struct run *run,
	      struct plan_cut cut)
{
	size_t first = 0;
	while (first < plan->task_count && plan->tasks[first].kind != TASK_DIAGNOSIS)
		first++;
	size_t diagnoses = plan->task_count - first;
	size_t jobs = cut.count ? cut.count : (diagnoses + cut.size - 1) / cut.size;
	jobs = jobs < diagnoses ? jobs : diagnoses;
	book->jobs = ARENA_ARRAY(arena, struct plan_job, first + jobs);
	for (size_t i = 0; i < first; i++)
		add_job(book, plan->tasks[i].kind, i, 1);
	if (jobs)
		cut_diagnoses(book, plan, run, jobs);
}
