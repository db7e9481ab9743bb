/* SPDX-License-Identifier: MIT
 *
 * xingji merge: every part is there, whole, and of this plan; then they are taken as the work of a build.
 */
#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/interrupt.h"
#include "build/out.h"
#include "build/part.h"
#include "build/planned.h"
#include "build/progress.h"
#include "publish/image.h"
#include "publish/manifest.h"

/* ---- are they there --------------------------------------------------------------- */

enum part_state { PART_WHOLE, PART_MISSING, PART_DAMAGED, PART_OF_OTHER_PLAN, PART_STATES };

static enum part_state state_of(struct arena *arena, const struct plan_book *book, size_t job)
{
	struct manifest manifest;
	const char *folder = part_folder(arena, book, job);
	manifest_load(arena, folder, &manifest);
	if (!manifest.is_there)
		return PART_MISSING;
	if (manifest.bad || manifest.part_count != 1)
		return PART_DAMAGED;
	return text_contains(manifest.parts[0].head, part_head(arena, book, job)) ? PART_WHOLE : PART_OF_OTHER_PLAN;
}

static void tell(struct build *build, enum diag_kind kind, const size_t *jobs, size_t count)
{
	struct arena *arena = build->run.arena;
	if (count)
		DIAG(build->run.diag, kind, .a = planned_ranges(arena, jobs, count),
		     .b = text_from(build->book->folder), .c = text_format(arena, "%zu", jobs[0]),
		     .n = (int64_t)count);
}

/* All that must be repeated is told at once. */
static bool check_parts(struct build *build)
{
	static const enum diag_kind kinds[PART_STATES] = {
		[PART_MISSING] = DIAG_PART_MISSING, [PART_DAMAGED] = DIAG_PART_DAMAGED,
		[PART_OF_OTHER_PLAN] = DIAG_PART_OTHER,
	};
	const struct plan_book *book = build->book;
	size_t *jobs[PART_STATES], counts[PART_STATES] = { 0 };
	for (int state = 0; state < PART_STATES; state++)
		jobs[state] = ARENA_ARRAY(build->run.arena, size_t, book->job_count);
	for (size_t job = 0; job < book->job_count && !interrupt_requested(); job++) {
		enum part_state state = state_of(build->scratch, book, job);
		jobs[state][counts[state]++] = job;
		arena_clear(build->scratch);
	}
	for (int state = PART_MISSING; state < PART_STATES; state++)
		tell(build, kinds[state], jobs[state], counts[state]);
	return counts[PART_WHOLE] == book->job_count;
}

/* ---- taking them ------------------------------------------------------------------ */

/* Where the files of a job may lie: nobody writes for another. */
static bool may_write(enum task_kind kind, struct text path)
{
	if (kind == TASK_SITE)
		return text_starts(path, TREE_PUBLIC);
	return text_starts(path, kind == TASK_REPORT ? TREE_REPORTS : TREE_DIAGNOSES);
}

static bool fail(struct build *build, size_t job, struct text path)
{
	DIAG(build->run.diag, DIAG_PART_FILE, .n = (int64_t)job, .a = path, .b = text_from(build->book->folder));
	return false;
}

/* As its manifest says it is, and nothing else. */
static bool take_bytes(struct build *build, const struct plan_job *job, const struct output_file *file,
		       struct text bytes)
{
	char hash[65];
	hash_of(bytes, hash);
	size_t number = (size_t)(job - build->book->jobs);
	if (bytes.size != file->size || strcmp(hash, file->hash) != 0)
		return fail(build, number, file->path);
	if (text_is(file->path, PART_COMPLAINTS))
		return diag_import(build->run.diag, bytes) || fail(build, number, file->path);
	if (!may_write(job->kind, file->path))
		return fail(build, number, file->path);
	return output_write(build->edition.output, file->path, bytes);
}

static bool take_file(struct build *build, size_t job, const struct output_file *file)
{
	const char *path = file_join(build->scratch, part_folder(build->scratch, build->book, job), file->path);
	struct file_bytes bytes;
	if (!file_is_regular_here(path) || file_map(path, SIZE_MAX / 2, &bytes))
		return fail(build, job, file->path);
	bool is_good = take_bytes(build, &build->book->jobs[job], file, bytes.text);
	file_release(&bytes);
	return is_good;
}

bool merge_take(struct build *build, size_t job)
{
	struct manifest manifest;
	bool is_good = true;
	manifest_load(build->scratch, part_folder(build->scratch, build->book, job), &manifest);
	if (manifest.bad || manifest.part_count != 1)
		return fail(build, job, TEXT(MANIFEST_NAME));
	for (size_t i = 0; i < manifest.count && is_good && !interrupt_requested(); i++)
		is_good = take_file(build, job, &manifest.files[i]);
	return is_good;
}

/* ---- the whole -------------------------------------------------------------------- */

int build_merge(const struct options *options)
{
	struct build build = { .options = options, .scratch = arena_new(), .is_merge = true };
	struct plan_book book;
	struct arena *books = arena_new();
	interrupt_catch();
	progress_stage(options, "核对计划和各份结果", "looking at the plan and its parts");
	int code = planned_open(&build, &book, books);
	if (!code)
		code = out_check(build.options);
	if (!code) {
		if (build.planned)
			image_load();
		press_choose_folders(&build);
		code = build_finish(&build, check_parts(&build) && build_make(&build));
	}
	build_close(&build);
	if (build.run.arena)
		run_close(&build.run);
	arena_free(books);
	return code;
}
