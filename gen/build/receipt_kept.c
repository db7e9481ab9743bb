/* SPDX-License-Identifier: MIT
 *
 * What was read of the results, file by file, from one run to the next (check/kept.h): one file of notes
 * (publish/store.h) for each in out/.<year>.read.receipts/, called by a digest of its name and sealed with the key
 * of what is in it, so that who has not the very same inputs cannot even open it.
 */
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/hash.h"
#include "build/build.h"
#include "build/receipt_inside.h"
#include "publish/slot.h"
#include "publish/store.h"

enum { NAME_DIGITS = 32 };

static struct text file_name(struct arena *arena, struct text name)
{
	char hex[65];
	hash_of(name, hex);
	return text_copy(arena, (struct text){ hex, NAME_DIGITS });
}

static bool find(void *context, struct arena *arena, struct text name, const char key[65], struct text *bytes,
		 bool *is_doubted)
{
	const struct receipts *receipts = context;
	const char *path = file_join(arena, receipts->read_folder, file_name(arena, name));
	*is_doubted = receipt_is_in_sample(receipts, key);
	return store_read(arena, path, text_from(key), bytes);
}

static void keep(void *context, struct text name, const char key[65], struct text bytes)
{
	struct receipts *receipts = context;
	struct receipt_read *read = LIST_ADD(&receipts->read);
	read->file = file_name(receipts->arena, name);
	memcpy(read->key, key, sizeof read->key);
	buf_init(&read->bytes, BUF_LIMIT_FILE);
	buf_text(&read->bytes, bytes);
}

static void differs(void *context, struct text name)
{
	struct receipts *receipts = context;
	receipts->read_wrong++;
	if (!receipts->read_name.size)
		receipts->read_name = text_copy(receipts->arena, name);
}

int receipts_read_data(struct build *build, struct receipts *receipts)
{
	const bool is_known = receipts->program[0];
	receipts->kept = (struct kept_store){ receipts, receipts->program, find, keep, differs };
	int code = run_open_kept(&build->run, build->options, is_known ? &receipts->kept : NULL);
	if (!receipts->read_wrong)
		return code;
	receipt_forget_read(receipts);
	run_close(&build->run);
	return run_open(&build->run, build->options);
}

void receipt_forget_read(struct receipts *receipts)
{
	for (size_t i = 0; i < receipts->read.count; i++)
		buf_clear(&receipts->read.at[i].bytes);
	LIST_FREE(&receipts->read);
}

/* What no file of results is called after any more. */
static void remove_others(struct receipts *receipts)
{
	struct text *names;
	size_t count;
	struct map known = { 0 };
	for (size_t i = 0; i < receipts->read.count; i++)
		map_add(&known, receipts->read.at[i].file, 1);
	if (file_list(receipts->arena, receipts->read_folder, NULL, &names, &count))
		count = 0;
	for (size_t i = 0; i < count; i++)
		if (!map_find(&known, names[i]))
			unlink(file_join(receipts->arena, receipts->read_folder, names[i]));
	map_clear(&known);
}

/* Where something cannot be written, the next run reads that file as ever. */
static void write_read(struct receipts *receipts)
{
	struct arena *scratch = arena_new();
	(void)file_make_folder(receipts->read_folder, SECRET_FOLDER);
	if (file_is_folder_here(receipts->read_folder))
		remove_others(receipts);
	for (size_t i = 0; i < receipts->read.count && file_is_folder_here(receipts->read_folder); i++) {
		const struct receipt_read *read = &receipts->read.at[i];
		const char *path = file_join(scratch, receipts->read_folder, read->file);
		if (read->bytes.size && !read->bytes.overflowed)
			(void)store_write(scratch, path, text_from(read->key), buf_view(&read->bytes));
		arena_clear(scratch);
	}
	arena_free(scratch);
}

void receipts_keep_read(struct receipts *receipts)
{
	if (receipts->read_wrong)
		(void)file_remove_tree(receipts->read_folder);
	else if (receipts->read.count)
		write_read(receipts);
}

struct receipts *receipts_open_reading(const struct options *options, const char *folder)
{
	struct arena *arena = arena_new();
	struct receipts *receipts = ARENA_NEW(arena, struct receipts);
	*receipts = (struct receipts){
		.arena = arena,
		.options = options,
		.trust = TRUST_SAMPLE,
		.read_folder = text_string(arena, text_from(folder)),
	};
	buf_init(&receipts->words, BUF_LIMIT_FILE);
	leak_memory_init(&receipts->scan, arena, NO_TEXT);
	receipt_find_program(receipts);
	return receipts;
}
