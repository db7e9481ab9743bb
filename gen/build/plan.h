/* SPDX-License-Identifier: MIT
 *
 * What a run makes: parts, shards, one enterprise alone; and the tasks that follow from it.
 */
#ifndef XINGJI_BUILD_PLAN_H
#define XINGJI_BUILD_PLAN_H

#include "base/map.h"
#include "build/run.h"

enum part { PART_SITE = 1 << 0, PART_REPORT = 1 << 1, PART_DIAGNOSIS = 1 << 2, PART_PACKS = 1 << 3,
	    /* What is handed out is asked for: it doubles the files, and leans on diagnoses that are finished. */
	    PART_ALL = PART_SITE | PART_REPORT | PART_DIAGNOSIS };

enum task_kind { TASK_REPORT, TASK_SITE, TASK_DIAGNOSIS, TASK_CITY, TASK_AGENCY };

struct task {
	enum task_kind kind;
	int32_t enterprise; /* for a diagnosis: index in model.enterprises */
	int32_t owner;      /* for a pack: index in model.prefectures or model.agencies */
};

struct plan {
	unsigned parts;        /* enum part */
	int64_t shard, shards; /* 1 of 1 where the run is not split */
	int jobs;              /* processes */
	int32_t only;          /* --only: the enterprise; -1: all */
	bool is_one_pack;      /* --only: of packs, a city or an agency */
	struct task *tasks;    /* report and site first */
	size_t task_count;
	uint32_t *left;        /* indexes in tasks: what receipt.h has not taken over */
	size_t left_count;
	struct map remade;     /* keep.c: paths of the diagnoses and sheets, folders of the packs that this run makes */
};

/* --jobs, else the processors.  0, or EXIT_USAGE after saying what is wrong with it. */
int plan_jobs(const struct options *options, int *jobs);
/* From the command line; 0, or EXIT_USAGE after saying what is wrong with it. */
int plan_parse(struct plan *plan, const struct options *options);
/* The tasks, in run->arena.  False after reporting that --only names nobody who takes part. */
bool plan_tasks(struct plan *plan, const struct run *run);
/* In any track; who does has a diagnosis. */
bool enterprise_takes_part(const struct enterprise *enterprise);
bool plan_has(const struct plan *plan, enum task_kind kind);
/* "all", "site" … as on the command line; "" for parts that have no word. */
const char *plan_part_word(unsigned parts);

#endif
