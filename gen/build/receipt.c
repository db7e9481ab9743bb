/* SPDX-License-Identifier: MIT */
#include "build/receipt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "build/build.h"
#include "build/folders.h"
#include "build/out.h"
#include "build/progress.h"
#include "build/receipt_inside.h"
#include "build/say.h"
#include "check/load.h"
#include "publish/aside.h"
#include "publish/slot.h"
#include "publish/store.h"
#include "theme/theme.h"

static const char *const trust_words[] = { [TRUST_NONE] = "none", [TRUST_SAMPLE] = "sample", [TRUST_ALL] = "all" };
enum { TRUSTS = sizeof trust_words / sizeof *trust_words };

static int find_trust(const struct options *options)
{
	for (int i = 0; options->trust && i < TRUSTS; i++)
		if (strcmp(trust_words[i], options->trust) == 0)
			return i;
	return options->trust ? -1 : TRUST_SAMPLE;
}

int receipts_check(const struct options *options)
{
	if (find_trust(options) >= 0)
		return 0;
	return say_usage(options, "--trust 只能是 none、sample、all", "--trust is none, sample or all",
			 options->trust);
}

/* ---- what a run reads --------------------------------------------------------------------- */

static void find_inputs(const struct receipts *receipts, struct footprint *found, char hex[65])
{
	const struct options *options = receipts->options;
	struct arena *arena = receipts->arena;
	const char *const folders[] = {
		run_data_folder(options),
		folders_models(arena, options),
		folders_shared(arena, options),
		folders_content(arena, options),
		folders_themes(options),
		folders_more_themes(arena, options),
		options->theme && strchr(options->theme, '/') ? options->theme : NULL,
	};
	footprint_init(found, arena);
	receipt_add_options(&found->hash, options);
	footprint_add_text(found, text_from(receipts->program));
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
		footprint_add(found, folders[i] ? folders[i] : "");
	for (const char *const *fonts = folders_fonts(arena, options); *fonts; fonts++)
		footprint_add(found, *fonts);
	footprint_finish(found, hex);
}

void receipt_find_program(struct receipts *receipts)
{
	struct footprint program;
	footprint_init(&program, receipts->arena);
	footprint_add_program(&program);
	footprint_finish(&program, receipts->program);
}

static void find_tree(const struct receipts *receipts, char hex[65])
{
	struct footprint tree;
	footprint_init(&tree, receipts->arena);
	tree.skips = aside_holds;
	footprint_add(&tree, receipts->target);
	footprint_finish(&tree, hex);
}

/* ---- the store ------------------------------------------------------------------------------- */

static int64_t year_of(const struct receipts *receipts)
{
	int64_t year = 0, *years;
	if (receipts->options->year)
		return text_to_integer(text_from(receipts->options->year), &year) ? year : 0;
	size_t count = load_years(receipts->arena, run_data_folder(receipts->options), &years);
	return count ? years[count - 1] : 0;
}

static const char *beside(const struct receipts *receipts, const char *end)
{
	const char *slash = strrchr(receipts->target, '/');
	const int size = (int)(slash - receipts->target);
	return text_format(receipts->arena, "%.*s/.%s%s", size, receipts->target, slash + 1, end).at;
}

/* The manifest of the tree to which the store belongs; missing: there is none. */
static struct text seal_of(const struct receipts *receipts)
{
	struct file_bytes file;
	const char *path = file_join(receipts->arena, receipts->target, TEXT(MANIFEST_NAME));
	if (!file_is_regular_here(path) || file_read(path, BUF_LIMIT_FILE, receipts->arena, &file))
		return NO_TEXT;
	struct text seal = text_copy(receipts->arena, file.text);
	file_release(&file);
	return seal;
}

struct receipts *receipts_open(const struct build *build, bool may_repeat)
{
	struct arena *arena = arena_new();
	struct receipts *receipts = ARENA_NEW(arena, struct receipts);
	const struct options *options = build->options;
	*receipts = (struct receipts){
		.arena = arena,
		.options = options,
		.trust = (enum trust)find_trust(options),
		.is_whole = build->plan.parts == PART_ALL && build->plan.shards == 1 && !options->only,
		.may_repeat = may_repeat,
		.began_ms = options->environment.milliseconds(),
	};
	buf_init(&receipts->words, BUF_LIMIT_FILE);
	int64_t year = year_of(receipts);
	receipts->target = file_real(arena, text_format(arena, "%s/%lld", out_folder(options), (long long)year).at);
	receipts->store = beside(receipts, ".receipts");
	receipts->searched = beside(receipts, ".searched.receipts");
	receipts->fonts = beside(receipts, ".fonts.receipts");
	receipts->read_folder = beside(receipts, ".read.receipts");
	receipt_find_program(receipts);
	if (receipts->is_whole)
		find_inputs(receipts, &receipts->found, receipts->inputs);
	struct text notes;
	receipts->seal = seal_of(receipts);
	leak_memory_init(&receipts->scan, arena, text_from(receipts->program));
	if (receipts->seal.size && store_read(arena, receipts->store, receipts->seal, &notes))
		receipt_read(receipts, notes, true);
	return receipts;
}

void receipts_close(struct receipts *receipts)
{
	if (!receipts)
		return;
	LIST_FREE(&receipts->before);
	LIST_FREE(&receipts->made);
	map_clear(&receipts->by_name);
	buf_clear(&receipts->words);
	leak_memory_clear(&receipts->scan);
	receipt_forget_read(receipts);
	arena_free(receipts->arena);
}

/* ---- the same again ---------------------------------------------------------------------------- */

/* Was every input as it was noted already when the run began that read it, by the clock of the disk? */
static bool is_settled(const struct receipts *receipts)
{
	struct stat store;
	struct footprint then = receipts->found;
	if (stat(receipts->store, &store))
		return false;
	int64_t written_ns = (int64_t)store.st_mtim.tv_sec * 1000000000 + store.st_mtim.tv_nsec;
	return footprint_is_settled(&then, written_ns - receipts->run.took_ms * 1000000);
}

static bool is_also_there(const struct receipts *receipts)
{
	struct text path = receipts->run.also, stamp;
	char now[160];
	if (!path.size)
		return true;
	return text_next(&path, ' ', &stamp) && footprint_of_file(text_string(receipts->arena, path), now) &&
	       text_is(stamp, now);
}

bool receipts_repeat(struct receipts *receipts, struct buf *said, int *code)
{
	char tree[65];
	if (!receipts->may_repeat || !receipts->has_run || receipts->trust == TRUST_ALL || !receipts->inputs[0] ||
	    !receipts->program[0] || strcmp(receipts->inputs, receipts->run.inputs) != 0 || !is_settled(receipts) ||
	    !is_also_there(receipts) || file_exists(beside(receipts, ".next")))
		return false;
	/* Whoever is writing now may leave another tree: it is waited for, or told of, as ever. */
	struct lock lock;
	struct text holder;
	int error;
	if (lock_take(receipts->arena, beside(receipts, ".lock"), &lock, &holder, &error) != LOCK_TAKEN)
		return false;
	find_tree(receipts, tree);
	bool is_same = tree[0] && strcmp(tree, receipts->run.tree) == 0;
	lock_release(&lock);
	if (!is_same)
		return false;
	buf_text(said, receipts->run.said);
	*code = (int)receipts->run.code;
	return true;
}

/* ---- writing --------------------------------------------------------------------------------- */

/* In the tree as it is now; false where it is not the file that was made. */
static bool stamp_file(const struct receipts *receipts, struct receipt_file *file)
{
	char stamp[160];
	struct text was = file->stamp;
	if (!footprint_of_file(file_join(receipts->arena, receipts->target, file->file.path), stamp))
		return false;
	file->stamp = text_copy(receipts->arena, text_from(stamp));
	return !was.size || text_equal(footprint_stamp_stem(was), footprint_stamp_stem(file->stamp));
}

static void write_note(const struct receipts *receipts, struct receipt_note *note, struct buf *buf)
{
	for (size_t i = 0; i < note->count; i++)
		if (!stamp_file(receipts, &note->files[i]))
			return;
	receipt_write_note(buf, note);
}

/* Of this run, and of those that it kept as they were. */
static void write_notes(struct receipts *receipts, struct buf *buf)
{
	struct map made = { 0 };
	for (size_t i = 0; i < receipts->made.count; i++) {
		map_add(&made, receipts->made.at[i].name, 1);
		write_note(receipts, &receipts->made.at[i], buf);
	}
	for (size_t i = 0; i < receipts->before.count; i++)
		if (receipts->before.at[i].is_there && !map_find(&made, receipts->before.at[i].name))
			write_note(receipts, &receipts->before.at[i], buf);
	map_clear(&made);
}

static void write_run(struct build *build, struct text said, int code, struct buf *buf)
{
	struct receipts *receipts = build->receipts;
	struct footprint found;
	struct receipt_run run = {
		.newest_ns = receipts->found.newest_ns,
		.is_coarse = receipts->found.is_coarse,
		.said = said,
		.code = code,
	};
	char inputs[65], stamp[160];
	const char *also = build->press.theme->hyphens.file;
	find_inputs(receipts, &found, inputs);
	if (!inputs[0] || strcmp(inputs, receipts->inputs) != 0)
		return; /* something was saved meanwhile */
	find_tree(receipts, run.tree);
	if (!run.tree[0] || (also && !footprint_of_file(also, stamp)))
		return;
	memcpy(run.inputs, inputs, sizeof inputs);
	if (also)
		run.also = text_format(receipts->arena, "%s %s", stamp, also);
	run.took_ms = (int64_t)(build->options->environment.milliseconds() - receipts->began_ms) + 1;
	receipt_write_run(buf, &run);
}

bool receipts_compared(struct build *build, const char digest[65], struct crosscheck_summary *summary)
{
	const struct receipts *receipts = build->receipts;
	if (!receipts || !receipts->is_whole || receipts->trust == TRUST_ALL || !receipts->program[0] ||
	    strcmp(receipts->checked.program, receipts->program) != 0 ||
	    strcmp(receipts->checked.digest, digest) != 0)
		return false;
	build->receipts->check = receipts->checked;
	*summary = receipts->checked.summary;
	return true;
}

void receipts_note_compared(struct build *build, const char digest[65], const struct crosscheck_summary *summary)
{
	struct receipts *receipts = build->receipts;
	if (!receipts || !receipts->is_whole || !receipts->program[0])
		return;
	memcpy(receipts->check.program, receipts->program, sizeof receipts->program);
	memcpy(receipts->check.digest, digest, sizeof receipts->check.digest);
	receipts->check.summary = *summary;
}

struct leak_memory *receipts_scan_memory(struct build *build)
{
	struct receipts *receipts = build->receipts;
	struct text notes;
	if (!receipts || !receipts->program[0])
		return NULL;
	receipts->has_scan = true;
	if (receipts->trust != TRUST_ALL && receipts->seal.size &&
	    store_read(receipts->arena, receipts->searched, receipts->seal, &notes))
		leak_memory_read(&receipts->scan, notes);
	receipts->scan.looks_at_all = receipt_scan_is_drawn(receipts);
	return &receipts->scan;
}

/* Of a run that had nothing to look through, the notes before stay. */
static void write_scan(struct receipts *receipts, struct text seal)
{
	struct buf notes;
	struct text before;
	buf_init(&notes, BUF_LIMIT_FILE);
	leak_memory_write(&receipts->scan, &notes);
	if (!receipts->has_scan && store_read(receipts->arena, receipts->searched, receipts->seal, &before))
		buf_text(&notes, before);
	if (seal.size && notes.size && !notes.overflowed && !receipts->wrong_count)
		(void)store_write(receipts->arena, receipts->searched, seal, buf_view(&notes));
	buf_clear(&notes);
}

void receipts_write(struct build *build, struct text said, int code)
{
	struct receipts *receipts = build->receipts;
	struct buf notes;
	if (!receipts)
		return;
	buf_init(&notes, BUF_LIMIT_FILE);
	struct text seal = seal_of(receipts);
	if (receipts->is_whole && receipts->inputs[0] && !receipts->wrong_count)
		write_run(build, said, code, &notes);
	if (!receipts->is_off && !receipts->wrong_count)
		write_notes(receipts, &notes);
	if (receipts->check.digest[0] && !receipts->wrong_count)
		receipt_write_check(&notes, &receipts->check);
	/* Where it cannot be written, the next run does without. */
	if (seal.size && !notes.overflowed)
		(void)store_write(receipts->arena, receipts->store, seal, buf_view(&notes));
	buf_clear(&notes);
	write_scan(receipts, seal);
	receipt_write_fonts(build);
	receipts_keep_read(receipts);
}
