/* SPDX-License-Identifier: MIT
 *
 * What was read of the results, file by file, from one run to the next (check/kept.h): one file of notes
 * (publish/store.h) for each in out/.<year>.read.receipts/, called by a digest of its name and sealed with the key of what is in
 * it, so that who has not the very same inputs cannot even open it.
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

const struct kept_store *receipts_kept(struct receipts *receipts)
{
	if (!receipts->program[0] || receipts->read_wrong)
		return NULL;
	receipts->kept = (struct kept_store){ receipts, receipts->program, find, keep, differs };
	return &receipts->kept;
}

bool receipts_read_rightly(struct receipts *receipts)
{
	const bool is_right = !receipts->read_wrong;
	if (!is_right)
		receipt_forget_read(receipts);
	return is_right;
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
void receipt_write_read(struct receipts *receipts)
{
	struct arena *scratch = arena_new();
	if (receipts->read.count)
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
