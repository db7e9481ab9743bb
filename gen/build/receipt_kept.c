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

/* ---- the index: "took <ms>", and for each file "<stamp> <hash> <size> <marked> <name>" ------------ */

#define INDEX "index"

static const char *index_path(const struct receipts *receipts)
{
	return file_join(receipts->arena, receipts->read_folder, TEXT(INDEX));
}

static bool next_number(struct text *line, int64_t most, int64_t *number)
{
	struct text word;
	return text_next(line, ' ', &word) && text_to_integer(word, number) && *number >= 0 && *number <= most;
}

static bool read_line(struct text line, struct receipt_known *known)
{
	struct text hash;
	int64_t size, is_marked;
	if (!text_next(&line, ' ', &known->stamp) || !text_next(&line, ' ', &hash) || hash.size != 64 ||
	    !next_number(&line, UINT32_MAX, &size) || !next_number(&line, 1, &is_marked) || !line.size)
		return false;
	memcpy(known->known.hash, hash.at, hash.size);
	known->known.hash[hash.size] = '\0';
	known->known.size = (uint32_t)size;
	known->known.is_marked = is_marked;
	known->name = line;
	return true;
}

static void read_index(struct receipts *receipts)
{
	struct text notes, line;
	struct stat info;
	int64_t took_ms;
	const char *path = index_path(receipts);
	if (receipts->trust == TRUST_ALL || stat(path, &info) ||
	    !store_read(receipts->arena, path, text_from(receipts->program), &notes) ||
	    !text_next(&notes, '\n', &line) || !text_starts(line, "took "))
		return;
	line = text_slice(line, strlen("took "), line.size);
	if (!next_number(&line, INT32_MAX, &took_ms))
		return;
	receipts->known_ns = (int64_t)info.st_mtim.tv_sec * 1000000000 + info.st_mtim.tv_nsec - took_ms * 1000000;
	while (text_next(&notes, '\n', &line)) {
		struct receipt_known known;
		if (read_line(line, &known))
			LIST_PUSH(&receipts->known, known);
	}
}

static void write_index(struct receipts *receipts, struct arena *scratch)
{
	struct buf notes;
	buf_init(&notes, BUF_LIMIT_FILE);
	buf_format(&notes, "took %lld\n",
		   (long long)(receipts->options->environment.milliseconds() - receipts->began_ms) + 1);
	for (size_t i = 0; i < receipts->noted.count; i++) {
		const struct receipt_known *noted = &receipts->noted.at[i];
		buf_format(&notes, "%.*s %s %u %d %.*s\n", TEXT_ARGS(noted->stamp), noted->known.hash,
			   noted->known.size, noted->known.is_marked, TEXT_ARGS(noted->name));
	}
	(void)store_write(scratch, index_path(receipts), text_from(receipts->program), buf_view(&notes));
	buf_clear(&notes);
}

/* The last two numbers of a stamp: when its file was written and changed. */
static bool is_settled(const struct receipts *receipts, struct text stamp)
{
	struct footprint file = { .is_coarse = true };
	struct text word;
	for (int part = 0; text_next(&stamp, ':', &word); part++) {
		int64_t number;
		if (part < 4)
			continue;
		if (!text_to_integer(word, &number))
			return false;
		file.newest_ns = number > file.newest_ns ? number : file.newest_ns;
		file.is_coarse = number % 1000000000 == 0;
	}
	return footprint_is_settled(&file, receipts->known_ns);
}

static bool is_known(void *context, struct text name, const char *real, struct input_known *known)
{
	const struct receipts *receipts = context;
	char stamp[160];
	for (size_t i = 0; i < receipts->known.count; i++) {
		const struct receipt_known *file = &receipts->known.at[i];
		if (!text_equal(file->name, name))
			continue;
		*known = file->known;
		return footprint_of_file(real, stamp) && text_is(file->stamp, stamp) &&
		       is_settled(receipts, file->stamp);
	}
	return false;
}

/* What was changed since it was read has changed since this reading began, so that the next one does not believe it. */
static void note(void *context, struct text name, const char *real, const struct input_known *known)
{
	struct receipts *receipts = context;
	char stamp[160];
	if (!footprint_of_file(real, stamp) || text_find(name, TEXT("\n")) < name.size)
		return;
	struct receipt_known *noted = LIST_ADD(&receipts->noted);
	noted->name = text_copy(receipts->arena, name);
	noted->stamp = text_copy(receipts->arena, text_from(stamp));
	noted->known = *known;
}

/* ---- the reading ---------------------------------------------------------------------------------- */

int receipts_read_data(struct build *build, struct receipts *receipts)
{
	const bool is_known_program = receipts->program[0];
	receipts->kept = (struct kept_store){ receipts, receipts->program, find, keep, differs,
					       is_known, note, .is_fleeting = false };
	if (is_known_program)
		read_index(receipts);
	int code = run_open_kept(&build->run, build->options, is_known_program ? &receipts->kept : NULL);
	if (!receipts->read_wrong)
		return code;
	receipt_forget_read(receipts);
	run_close(&build->run);
	return run_open_recorded(&build->run, build->options);
}

void receipt_forget_read(struct receipts *receipts)
{
	for (size_t i = 0; i < receipts->read.count; i++)
		buf_clear(&receipts->read.at[i].bytes);
	LIST_FREE(&receipts->read);
	LIST_FREE(&receipts->known);
	LIST_FREE(&receipts->noted);
}

/* What no file of results is called after any more. */
static void remove_others(struct receipts *receipts)
{
	struct text *names;
	size_t count;
	struct map known = { 0 };
	map_add(&known, TEXT(INDEX), 1);
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
	if (file_is_folder_here(receipts->read_folder))
		write_index(receipts, scratch);
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
		.began_ms = options->environment.milliseconds(),
	};
	buf_init(&receipts->words, BUF_LIMIT_FILE);
	leak_memory_init(&receipts->scan, arena, NO_TEXT);
	receipt_find_program(receipts);
	return receipts;
}
