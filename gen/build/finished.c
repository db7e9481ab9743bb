/* SPDX-License-Identifier: MIT */
#include "build/finished.h"

#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/chain.h"
#include "base/file.h"
#include "build/build.h"
#include "build/manifest_head.h"
#include "build/out.h"
#include "publish/manifest.h"
#include "publish/slot.h"
#include "publish/verify.h"

struct finished {
	struct build *build;
	struct text folder;
	struct text head, inputs; /* what a build of now would say */
	bool is_good;
};

static void bad(struct finished *finished, enum diag_kind kind, struct diag_args args)
{
	diag_report(finished->build->run.diag, kind, args);
	finished->is_good = false;
}

static void stale(struct finished *finished, struct text then, struct text now)
{
	bad(finished, DIAG_PUBLISH_STALE, (struct diag_args){ .a = finished->folder, .b = then, .c = now });
}

/* ---- how it was made -------------------------------------------------------------- */

/* "# date 2021-11-30" → "date 2021-11-30" of the head; missing when it has no such line. */
static struct text line_of(struct text head, struct text word)
{
	struct text line;
	while (text_next(&head, '\n', &line)) {
		struct text rest = text_slice(line, 2, line.size);
		if (text_starts(line, "# ") && rest.size > word.size &&
		    text_equal(text_slice(rest, 0, word.size), word) && rest.at[word.size] == ' ')
			return rest;
	}
	return NO_TEXT;
}

/* Program, year, day, catalogues with their rules: line by line in the order in which they are written. */
static void compare_lines(struct finished *finished, struct text head)
{
	struct text rest = finished->head, line, word;
	while (text_next(&rest, '\n', &line)) {
		struct text now = text_slice(line, 2, line.size), words = now;
		struct text whole = text_format(finished->build->run.arena, "%.*s\n", TEXT_ARGS(line));
		if (text_next(&words, ' ', &word) && !text_contains(head, whole))
			stale(finished, line_of(head, word), now);
	}
}

/*
 * The archive form of documents and the encoding of tables change no entry; the latter must be
 * given again to read them.
 */
static void check_options(struct finished *finished, struct text head)
{
	const char *encoding = finished->build->options->encoding;
	struct text words = line_of(head, TEXT("options")), word;
	struct buf wanted_words;
	buf_init(&wanted_words, BUF_LIMIT_PAGE);
	buf_string(&wanted_words, "encoding=");
	manifest_head_write_word(encoding ? encoding : "", &wanted_words);
	struct text wanted = text_copy(finished->build->run.arena, buf_view(&wanted_words));
	buf_clear(&wanted_words);
	bool has_encoding = false;
	text_next(&words, ' ', &word);
	while (text_next(&words, ' ', &word)) {
		bool is_encoding = text_equal(word, wanted);
		has_encoding |= is_encoding;
		if (!is_encoding && !text_is(word, "archive"))
			bad(finished, DIAG_PUBLISH_DRAFT, (struct diag_args){ .a = finished->folder, .b = word });
	}
	if (encoding && !has_encoding)
		stale(finished, TEXT("—"), wanted);
}

/* ---- from what ---------------------------------------------------------------------- */

/* "# input <hash> <name>" */
static bool next_input(struct text *head, struct text *line, struct text *name)
{
	while (text_next(head, '\n', line)) {
		struct text rest = *line, ignored;
		if (!text_starts(*line, "# input "))
			continue;
		text_next(&rest, ' ', &ignored);
		text_next(&rest, ' ', &ignored);
		text_next(&rest, ' ', &ignored);
		*name = rest;
		if (!text_ends(*name, "/" REGISTER_NAME))
			return true;
	}
	return false;
}

static void note_inputs(struct text head, struct map *lines, struct map *names)
{
	struct text line, name;
	while (next_input(&head, &line, &name)) {
		map_add(lines, line, 1);
		map_add(names, name, 1);
	}
}

/* What `head` names and `lines` does not: changed where the name is known, else `kind`. */
static void compare_inputs(struct finished *finished, struct text head, const struct map *lines,
			   const struct map *names, enum diag_kind kind)
{
	struct text line, name;
	while (next_input(&head, &line, &name))
		if (!map_find(lines, line))
			bad(finished, map_find(names, name) ? DIAG_VERIFY_INPUT : kind,
			    (struct diag_args){ .a = name });
}

static void check_inputs(struct finished *finished, struct text head)
{
	struct map then_lines = { 0 }, then_names = { 0 }, now_lines = { 0 }, now_names = { 0 };
	note_inputs(head, &then_lines, &then_names);
	note_inputs(finished->inputs, &now_lines, &now_names);
	compare_inputs(finished, head, &now_lines, &now_names, DIAG_VERIFY_INPUT);
	compare_inputs(finished, finished->inputs, &then_lines, &then_names, DIAG_VERIFY_INPUT_NEW);
	map_clear(&then_lines);
	map_clear(&then_names);
	map_clear(&now_lines);
	map_clear(&now_names);
}

/* ---- all of it ------------------------------------------------------------------------ */

bool finished_makes_site(const struct manifest_part *part)
{
	struct text made = part->made, what;
	int64_t shard, shards;
	while (!part->is_kept && manifest_next_made(&made, &what, &shard, &shards))
		if (text_is(what, plan_part_word(PART_ALL)) || text_is(what, plan_part_word(PART_SITE)))
			return true;
	return false;
}

static void check_parts(struct finished *finished, const struct manifest *manifest)
{
	bool has_site = false;
	for (size_t i = 0; i < manifest->part_count; i++) {
		const struct manifest_part *part = &manifest->parts[i];
		if (!finished_makes_site(part))
			continue;
		has_site = true;
		compare_lines(finished, part->head);
		check_options(finished, part->head);
		check_inputs(finished, part->head);
	}
	if (!has_site)
		bad(finished, DIAG_PUBLISH_PART, (struct diag_args){ .a = finished->folder });
}

bool finished_check(struct build *build, const char *folder)
{
	struct finished finished = { .build = build, .folder = text_from(folder), .is_good = true };
	struct manifest manifest;
	struct buf head, inputs;
	buf_init(&head, BUF_LIMIT_PAGE);
	buf_init(&inputs, BUF_LIMIT_FILE);
	press_choose_folders(build);
	manifest_head_write_public(&build->run, "", &head);
	manifest_head_write_inputs(build, &inputs);
	finished.head = buf_view(&head);
	finished.inputs = buf_view(&inputs);
	finished.is_good = verify_tree(build->run.arena, folder, NULL, 0, build->run.diag, NULL);
	manifest_load(build->run.arena, folder, &manifest);
	if (manifest.is_there)
		check_parts(&finished, &manifest);
	buf_clear(&head);
	buf_clear(&inputs);
	return finished.is_good;
}

static void work_on(struct build *build, void (*work)(struct build *build, const char *folder))
{
	struct run *run = &build->run;
	struct slot slot;
	long long year = (long long)run->model->campaign.year;
	const char *folder = text_format(run->arena, "%s/%lld", out_folder(run->options), year).at;
	if (!file_is_folder(folder)) {
		finished_check(build, folder); /* says what is not there */
		return;
	}
	if (!slot_hold(&slot, run->arena, folder, run->diag))
		return;
	if (finished_check(build, folder))
		work(build, folder);
	lock_release(&slot.lock);
}

int finished_run(const struct options *options, void (*work)(struct build *build, const char *folder))
{
	struct build build = { .options = options };
	build.scratch = arena_new();
	int code = run_open_recorded(&build.run, options);
	if (!code && run_is_good(&build.run))
		work_on(&build, work);
	if (!code) {
		fflush(stdout);
		code = run_report(&build.run);
	}
	run_close(&build.run);
	arena_free(build.scratch);
	return code;
}
