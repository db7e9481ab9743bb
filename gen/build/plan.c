/* SPDX-License-Identifier: MIT */
#include "build/plan.h"

#include <string.h>

#include "build/say.h"
#include "model/parts.h"
#include "model/place.h"

static const struct {
	const char *name;
	unsigned parts;
} part_names[] = {
	{ "all", PART_ALL }, { "site", PART_SITE }, { "report", PART_REPORT }, { "diagnosis", PART_DIAGNOSIS },
	{ "packs", PART_PACKS },
};

static unsigned find_parts(const char *word)
{
	for (size_t i = 0; i < sizeof part_names / sizeof *part_names; i++)
		if (strcmp(part_names[i].name, word) == 0)
			return part_names[i].parts;
	return 0;
}

const char *plan_part_word(unsigned parts)
{
	for (size_t i = 0; i < sizeof part_names / sizeof *part_names; i++)
		if (part_names[i].parts == parts)
			return part_names[i].name;
	return "";
}

static int choose_parts(struct plan *plan, const struct options *options)
{
	const char *wanted = options->argument_count ? options->arguments[0] : "all";
	plan->parts = find_parts(wanted);
	if (!plan->parts)
		return say_usage(options, "只能生成 all、site、report、diagnosis、packs",
				 "what to build is all, site, report, diagnosis or packs", wanted);
	if (options->only && plan->parts & PART_DIAGNOSIS)
		plan->parts = PART_DIAGNOSIS;
	return 0;
}

int plan_jobs(const struct options *options, int *jobs)
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

int plan_parse(struct plan *plan, const struct options *options)
{
	int code = choose_parts(plan, options);
	if (!code)
		code = plan_jobs(options, &plan->jobs);
	return code ? code : parse_shard(options, &plan->shard, &plan->shards);
}

static void add_task(struct plan *plan, enum task_kind kind, int32_t enterprise)
{
	plan->tasks[plan->task_count++] = (struct task){ kind, enterprise, -1 };
}

bool enterprise_takes_part(const struct enterprise *enterprise)
{
	return parts_first(enterprise) >= 0;
}

static void add_pack(struct plan *plan, enum task_kind kind, int32_t owner)
{
	plan->tasks[plan->task_count++] = (struct task){ kind, -1, owner };
}

/* The cities, those without an enterprise too, and the agencies; of --only the one that it names. */
static bool add_packs(struct plan *plan, const struct run *run)
{
	const struct model *model = run->model;
	struct text only = text_from(run->options->only ? run->options->only : "");
	int32_t city = only.size ? city_find(model->prefectures, only) : -1;
	int32_t agency = only.size && city < 0 ? run_find_agency(model, only) : -1;
	size_t cities = (size_t)model->prefectures.count, count = cities + model->agency_count;
	plan->is_one_pack = only.size > 0;
	plan->tasks = ARENA_ARRAY(run->arena, struct task, count);
	if (only.size && city < 0 && agency < 0) {
		DIAG(run->diag, DIAG_PACK_NOBODY, .a = only);
		return false;
	}
	for (size_t i = 0; i < count; i++) {
		bool is_city = i < cities;
		int32_t owner = (int32_t)(is_city ? i : i - cities);
		if ((only.size && owner != (is_city ? city : agency)) ||
		    (int64_t)i % plan->shards != plan->shard - 1)
			continue;
		add_pack(plan, is_city ? TASK_CITY : TASK_AGENCY, owner);
	}
	return true;
}

bool plan_tasks(struct plan *plan, const struct run *run)
{
	const struct model *model = run->model;
	const char *only = run->options->only;
	plan->only = -1;
	if (plan->parts == PART_PACKS)
		return add_packs(plan, run);
	if (only) {
		plan->only = run_choose_enterprise(run, text_from(only));
		bool takes_part = plan->only >= 0 && enterprise_takes_part(&model->enterprises[plan->only]);
		if (plan->only >= 0 && !takes_part)
			DIAG(run->diag, DIAG_NO_PART, .a = model->enterprises[plan->only].name);
		if (!takes_part)
			return false;
	}
	plan->tasks = ARENA_ARRAY(run->arena, struct task, model->enterprise_count + 2);
	if (plan->parts & PART_REPORT && plan->shard == 1)
		add_task(plan, TASK_REPORT, -1);
	if (plan->parts & PART_SITE && plan->shard == 1)
		add_task(plan, TASK_SITE, -1);
	for (size_t i = 0; plan->parts & PART_DIAGNOSIS && i < model->enterprise_count; i++)
		if (enterprise_takes_part(&model->enterprises[i]) && (plan->only < 0 || plan->only == (int32_t)i) &&
		    (int64_t)i % plan->shards == plan->shard - 1)
			add_task(plan, TASK_DIAGNOSIS, (int32_t)i);
	return true;
}

bool plan_has(const struct plan *plan, enum task_kind kind)
{
	for (size_t i = 0; i < plan->task_count; i++)
		if (plan->tasks[i].kind == kind)
			return true;
	return false;
}
