/* SPDX-License-Identifier: MIT
 *
 * Which tasks need not be done, and what is noted of those that were.
 */
#include <stdlib.h>

#include "base/arena.h"
#include "base/file.h"
#include "build/build.h"
#include "build/receipt_inside.h"

/* Many files at once, and what it reports is noted with them. */
static bool is_whole(const struct task *task)
{
	return task->kind == TASK_SITE || task->kind == TASK_REPORT;
}

/* ---- files as they lie ----------------------------------------------------------------------- */

static bool has_hash(const struct receipts *receipts, const struct receipt_file *file)
{
	struct file_bytes bytes;
	char hash[65] = "";
	if (file_map(file_join(receipts->arena, receipts->target, file->file.path), SIZE_MAX / 2, &bytes))
		return false;
	hash_of(bytes.text, hash);
	file_release(&bytes);
	return strcmp(hash, file->file.hash) == 0;
}

/* As it was left: by its stamp, else by its bytes. */
static bool is_as_left(const struct receipts *receipts, struct receipt_file *file)
{
	char stamp[160];
	if (!footprint_of_file(file_join(receipts->arena, receipts->target, file->file.path), stamp))
		return false;
	if (text_is(file->stamp, stamp))
		return true;
	file->stamp = text_copy(receipts->arena, text_from(stamp));
	return has_hash(receipts, file);
}

void receipts_look(struct build *build)
{
	struct receipts *receipts = build->receipts;
	for (size_t i = 0; receipts && i < receipts->before.count; i++) {
		struct receipt_note *note = &receipts->before.at[i];
		note->is_there = true;
		for (size_t j = 0; j < note->count && note->is_there; j++)
			note->is_there = is_as_left(receipts, &note->files[j]);
	}
}

/* ---- taking over ------------------------------------------------------------------------------- */

/* The note by which the task need not be done; NULL: it is to be done. */
static struct receipt_note *find_note(struct build *build, const struct task *task)
{
	struct receipts *receipts = build->receipts;
	char digest[65];
	struct text name = receipt_name(build, task);
	const uint32_t *found = name.size ? map_find(&receipts->by_name, name) : NULL;
	struct receipt_note *note = found ? &receipts->before.at[*found] : NULL;
	if (!note || !note->is_there)
		return NULL;
	receipt_key(build, task, digest);
	if (strcmp(digest, note->key) != 0)
		return NULL;
	if (receipt_is_among_the_same(build, task, note))
		return note;
	if (!receipt_among(build, task, note->asked, digest))
		return NULL;
	return strcmp(digest, note->among) == 0 ? note : NULL;
}

/* What was reported then is reported now. */
static bool take(struct build *build, const struct receipt_note *note)
{
	bool is_taken = diag_import(build->run.diag, note->words);
	for (size_t i = 0; i < note->count && is_taken; i++)
		is_taken = output_take(build->edition.output, &note->files[i].file);
	return is_taken;
}

static void find_notes(struct build *build, struct receipt_note **notes)
{
	for (size_t i = 0; i < build->plan.task_count; i++) {
		notes[i] = find_note(build, &build->plan.tasks[i]);
		if (notes[i]) /* it holds for what there is now, too */
			memcpy(notes[i]->facts, build->receipts->facts, sizeof notes[i]->facts);
		arena_clear(build->scratch);
	}
}

static void decide(struct build *build, size_t index, struct receipt_note *note, bool is_drawn)
{
	struct receipts *receipts = build->receipts;
	struct plan *plan = &build->plan;
	if (note && is_drawn)
		receipts->expected[index] = 1 + (uint32_t)(note - receipts->before.at);
	else if (note && take(build, note)) {
		receipts->taken[receipts->taken_count++] = (uint32_t)index;
		LIST_PUSH(&receipts->made, *note);
		return;
	}
	plan->left[plan->left_count++] = (uint32_t)index;
}

static void decide_all(struct build *build)
{
	const size_t count = build->plan.task_count;
	struct receipt_note **notes = ARENA_ARRAY(build->run.arena, struct receipt_note *, count);
	bool *is_drawn = ARENA_ARRAY(build->run.arena, bool, count);
	find_notes(build, notes);
	receipt_draw_sample(build, notes, is_drawn);
	for (size_t i = 0; i < count; i++)
		decide(build, i, notes[i], is_drawn[i]);
}

static void leave_all(struct plan *plan)
{
	for (size_t i = 0; i < plan->task_count; i++)
		plan->left[plan->left_count++] = (uint32_t)i;
}

bool receipts_reuse(struct build *build)
{
	struct receipts *receipts = build->receipts;
	struct plan *plan = &build->plan;
	plan->left = ARENA_ARRAY(build->run.arena, uint32_t, plan->task_count);
	if (!receipts) {
		leave_all(plan);
		return true;
	}
	receipts->is_off = receipts->is_off || !receipt_depends_open(build);
	receipts->expected = ARENA_ARRAY(build->run.arena, uint32_t, plan->task_count);
	receipts->taken = ARENA_ARRAY(build->run.arena, uint32_t, plan->task_count);
	if (receipts->is_off)
		leave_all(plan);
	else
		decide_all(build);
	receipts->exported = receipts->made.count;
	return run_is_good(&build->run);
}

/* ---- noting --------------------------------------------------------------------------------------- */

void receipts_begin(struct build *build, size_t task)
{
	struct receipts *receipts = build->receipts;
	if (!receipts || receipts->is_off)
		return;
	receipt_forget_asked(build);
	if (is_whole(&build->plan.tasks[task]))
		diag_export(build->run.diag, &receipts->words);
	receipts->told = diag_told(build->run.diag);
	(void)output_made(build->edition.output, &receipts->files);
}

static bool stays(const void *context, uint32_t source)
{
	return receipt_is_steady(context, source);
}

/*
 * What the task reported, in receipts->arena.  False where another run might have to say it otherwise: it is about the
 * data, or a repeat of what was said before.
 */
static bool find_words(struct build *build, const struct task *task, struct text *words)
{
	struct receipts *receipts = build->receipts;
	const size_t told = diag_told(build->run.diag) - receipts->told, before = receipts->words.size;
	size_t count;
	*words = NO_TEXT;
	if (!told || !is_whole(task))
		return !told;
	diag_export(build->run.diag, &receipts->words);
	*words = text_copy(receipts->arena, text_slice(buf_view(&receipts->words), before, receipts->words.size));
	return diag_wire_stays(*words, stays, build, &count) && count == told;
}

static void compare(struct receipts *receipts, const struct receipt_note *made, size_t task)
{
	const struct receipt_note *was =
	    receipts->expected[task] ? &receipts->before.at[receipts->expected[task] - 1] : NULL;
	const bool is_same_count = !was || was->count == made->count;
	bool is_same = is_same_count;
	size_t i = 0;
	for (; was && i < was->count && is_same; i++)
		is_same = strcmp(was->files[i].file.hash, made->files[i].file.hash) == 0 &&
			  text_equal(was->files[i].file.path, made->files[i].file.path);
	if (is_same)
		return;
	receipts->wrong_count++;
	struct text path = made->files[is_same_count ? i - 1 : 0].file.path;
	if (!receipts->wrong.size || text_compare(path, receipts->wrong) < 0)
		receipts->wrong = path;
}

void receipts_end(struct build *build, size_t task, bool is_good)
{
	struct receipts *receipts = build->receipts;
	struct receipt_note note = { .count = 0 };
	size_t count;
	if (!receipts || receipts->is_off || !is_good)
		return;
	const struct task *done = &build->plan.tasks[task];
	const struct output_file *files = output_made(build->edition.output, &count);
	note.name = text_copy(receipts->arena, receipt_name(build, done));
	if (!note.name.size || count == receipts->files)
		return;
	note.files = ARENA_ARRAY(receipts->arena, struct receipt_file, count - receipts->files);
	for (size_t i = receipts->files; i < count; i++)
		note.files[note.count++].file = files[i];
	compare(receipts, &note, task);
	if (!find_words(build, done, &note.words))
		return;
	note.asked = receipt_asked(build);
	memcpy(note.facts, receipts->facts, sizeof note.facts);
	receipt_key(build, done, note.key);
	if (receipt_among(build, done, note.asked, note.among))
		LIST_PUSH(&receipts->made, note);
}

void receipts_export(struct build *build, struct buf *records)
{
	struct receipts *receipts = build->receipts;
	if (!receipts)
		return;
	for (; receipts->exported < receipts->made.count; receipts->exported++)
		receipt_write_note(records, &receipts->made.at[receipts->exported]);
	buf_format(records, "wrong %lld %.*s\n", (long long)receipts->wrong_count, TEXT_ARGS(receipts->wrong));
}

void receipts_export_words(struct build *build, struct buf *records)
{
	if (!build->receipts)
		return;
	buf_text(records, buf_view(&build->receipts->words));
	records->overflowed |= build->receipts->words.overflowed;
	buf_reset(&build->receipts->words);
}

bool receipts_import(struct build *build, struct text records)
{
	if (build->receipts)
		receipt_read(build->receipts, records, false);
	return true;
}

/* ---- what was not as it should have been ------------------------------------------------------------- */

bool receipts_hold(struct build *build)
{
	struct receipts *receipts = build->receipts;
	if (!receipts || !receipts->wrong_count)
		return true;
	build->plan.left_count = receipts->taken_count;
	for (size_t i = 0; i < receipts->taken_count; i++)
		build->plan.left[i] = receipts->taken[i];
	return false;
}

void receipts_tell(struct build *build)
{
	const struct receipts *receipts = build->receipts;
	if (receipts && receipts->wrong_count)
		DIAG(build->run.diag, DIAG_RECEIPT_WRONG, .a = receipts->wrong, .n = receipts->wrong_count);
	else if (receipts && receipts->read_wrong)
		DIAG(build->run.diag, DIAG_RECEIPT_READ_WRONG, .a = receipts->read_name, .n = receipts->read_wrong);
}
