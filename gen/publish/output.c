/* SPDX-License-Identifier: MIT */
#include "publish/output.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/interrupt.h"
#include "publish/output_inside.h"
#include "publish/renew.h"
#include "publish/tree.h"

bool output_fail(struct output *output, enum diag_kind kind, const char *path, int error)
{
	output->is_dead = true;
	DIAG(output->diag, kind, .a = text_from(path), .b = file_reason(error));
	return false;
}

/* Asked before every file: who handles many stops with an interrupt. */
bool output_is_stopped(struct output *output)
{
	if (!output->is_dead && interrupt_requested()) {
		output->is_dead = true;
		DIAG(output->diag, DIAG_INTERRUPTED, .n = 0);
	}
	return output->is_dead;
}

bool output_is_secret(const struct output *output, struct text path)
{
	return output->is_secret || text_starts(path, TREE_INTERNAL);
}

static struct text parent_of(struct text path)
{
	size_t slash = path.size;
	while (slash && path.at[slash - 1] != '/')
		slash--;
	return slash ? text_slice(path, 0, slash - 1) : NO_TEXT;
}

/* In a renewed tree from the outermost folder on, since a link may stand there. */
static int make_folder(struct output *output, struct text folder, unsigned mode)
{
	if (!folder.size || map_find(&output->folders, folder))
		return 0;
	const char *path = file_join(output->arena, output->slot.next, folder);
	int error = output->slot.is_renewed ? make_folder(output, parent_of(folder), mode) : 0;
	if (!error && output->slot.is_renewed)
		error = renew_clear_folder(path);
	if (!error)
		error = file_make_folder(path, mode);
	if (!error)
		map_add(&output->folders, text_copy(output->arena, folder), 1);
	return error;
}

static bool make_parent(struct output *output, struct text path)
{
	struct text parent = parent_of(path);
	int error = make_folder(output, parent, output_is_secret(output, path) ? SECRET_FOLDER : PUBLIC_FOLDER);
	const char *folder = file_join(output->arena, output->slot.next, parent);
	return !error || output_fail(output, DIAG_FILE_UNWRITABLE, folder, error);
}

/* For a new file at that path; false after reporting. */
static bool make_way(struct output *output, const char *full)
{
	int error = output->slot.is_renewed ? renew_clear_file(full) : 0;
	return !error || output_fail(output, DIAG_FILE_UNWRITABLE, full, error);
}

static void record(struct output *output, struct text path, const char hash[65], uint64_t size)
{
	struct output_file file = { .path = text_copy(output->arena, path), .size = size };
	memcpy(file.hash, hash, sizeof file.hash);
	LIST_PUSH(&output->files, file);
}

/* ---- keeping ---------------------------------------------------------------------- */

/* Of a hard link. */
static bool needs_copy(int error)
{
	return error == EPERM || error == EOPNOTSUPP || error == ENOSYS || error == EMLINK || error == EXDEV ||
	       error == EACCES;
}

/* A hard link costs nothing; where the disk has none, a copy. */
static bool place_kept(struct output *output, struct text path, const char *from, struct text bytes)
{
	const char *to = file_join(output->arena, output->slot.next, path);
	if (!make_parent(output, path) || !make_way(output, to))
		return false;
	if (link(from, to) == 0)
		return true;
	int error = errno;
	if (needs_copy(error))
		error = file_write(to, bytes, output_is_secret(output, path) ? SECRET_FILE : PUBLIC_FILE);
	return !error || output_fail(output, DIAG_FILE_UNWRITABLE, to, error);
}

/* Whatever was done to it since: what is published again is what was made. */
static bool carry(struct output *output, const struct output_file *file, bool is_same_head)
{
	const char *from = file_join(output->arena, output->slot.target, file->path);
	struct file_bytes bytes = { NO_TEXT, false };
	char hash[65] = "";
	if (map_find(&output->carried, file->path))
		return true;
	if (file_is_regular_here(from) && file_map(from, SIZE_MAX / 2, &bytes) == 0)
		hash_of(bytes.text, hash);
	bool is_good = strcmp(hash, file->hash) == 0;
	if (!is_good)
		DIAG(output->diag, DIAG_OUTPUT_ALTERED, .a = file->path);
	else
		is_good = place_kept(output, file->path, from, bytes.text);
	file_release(&bytes);
	map_add(&output->carried, file->path, is_same_head);
	return is_good;
}

static bool is_whole(struct output *output, const struct output_options *options)
{
	if (options->shards < 2)
		return true;
	bool *there = ARENA_ARRAY(output->arena, bool, (size_t)options->shards);
	manifest_find_shards(&output->before, output->head, options->made, there, (size_t)options->shards);
	there[options->shard - 1] = true;
	for (int64_t i = 0; i < options->shards; i++)
		if (!there[i])
			return false;
	return true;
}

static bool keep_previous(struct output *output, const struct output_options *options)
{
	const struct manifest *before = &output->before;
	struct output_previous previous = { .is_whole = is_whole(output, options) };
	bool is_good = true;
	if (before->bad && options->makes_all)
		return true;
	if (before->bad) {
		DIAG(output->diag, DIAG_OUTPUT_MANIFEST, .a = text_from(options->folder), .b = text_from(before->bad));
		return false;
	}
	for (size_t i = 0; i < before->part_count; i++) {
		const struct manifest_part *part = &before->parts[i];
		previous.is_same_head = manifest_same_head(part, output->head);
		for (size_t j = part->first; j < part->first + part->count && !output->is_dead; j++) {
			previous.path = before->files[j].path;
			if (!options->keeps(options->context, &previous))
				continue;
			is_good &= carry(output, &before->files[j], previous.is_same_head);
			LIST_PUSH(&output->kept, ((struct kept_file){ before->files[j], i }));
		}
	}
	return is_good && !output->is_dead;
}

/* Where a run from this head made the same as a whole before, a shard of it adds nothing: that manifest goes on. */
static const char *choose_name(struct output *output, const struct output_options *options)
{
	for (size_t i = 0; options->keeps && options->shards > 1 && i < output->before.part_count; i++) {
		const struct manifest_part *part = &output->before.parts[i];
		struct text rest = part->made, what;
		int64_t shard, shards;
		while (strcmp(part->name, MANIFEST_NAME) == 0 && manifest_same_head(part, output->head) &&
		       manifest_next_made(&rest, &what, &shard, &shards))
			if (shards == 1 && (text_is(what, "all") || text_equal(what, options->made)))
				return MANIFEST_NAME;
	}
	return manifest_name(output->arena, options->shard, options->shards);
}

/* ---- opening ---------------------------------------------------------------------- */

/* Whoever verifies must know that modes mean nothing here. */
static struct text whole_head(const struct output *output, struct text head)
{
	return text_format(output->arena, "%.*s%s", TEXT_ARGS(head), output->slot.keeps_modes ? "" : "# modes none\n");
}

struct output *output_open(struct arena *arena, const struct output_options *options, struct diag *diag)
{
	struct output *output = ARENA_NEW(arena, struct output);
	*output = (struct output){ .arena = arena, .diag = diag, .owner = getpid(), .is_secret = options->is_secret };
	output->room = ARENA_ARRAY(arena, char, OUTPUT_ROOM);
	interrupt_defer(); /* from here on there is a half output to put away */
	if (!slot_open(&output->slot, arena, text_string(arena, text_from(options->folder)), &output->before, diag))
		return NULL;
	if (options->is_secret && output->slot.keeps_modes)
		chmod(output->slot.next, SECRET_FOLDER);
	output->head = whole_head(output, options->head);
	output->manifest = choose_name(output, options);
	bool is_shard = options->shards > 1 && strcmp(output->manifest, MANIFEST_NAME) != 0;
	if (options->made.size && is_shard)
		output->made = text_format(arena, "# made %.*s %lld/%lld\n", TEXT_ARGS(options->made), (long long)options->shard, (long long)options->shards);
	else if (options->made.size)
		output->made = text_format(arena, "# made %.*s\n", TEXT_ARGS(options->made));
	if (!options->keeps || keep_previous(output, options))
		return output;
	output_close(output);
	return NULL;
}

/* Paths come from permalinks and city names, never from the disk; this is the last guard against surprises. */
static bool is_sound(struct text path)
{
	struct text rest = path, part;
	while (text_next(&rest, '/', &part)) {
		if (part.size == 0 || part.size > 200 || part.at[0] == '.')
			return false;
		for (size_t i = 0; i < part.size; i++)
			if ((unsigned char)part.at[i] < 0x20 || part.at[i] == '\\')
				return false;
	}
	return path.size > 0;
}

bool output_write(struct output *output, struct text path, struct text bytes)
{
	if (output_is_stopped(output))
		return false;
	if (!is_sound(path))
		return output_fail(output, DIAG_OUTPUT_PATH, text_string(output->arena, path), EINVAL);
	if (!make_parent(output, path))
		return false;
	const char *full = file_join(output->arena, output->slot.next, path);
	if (!make_way(output, full))
		return false;
	if (map_find(&output->carried, path))
		unlink(full); /* so that the previous output stays what it is */
	int error = file_write(full, bytes, output_is_secret(output, path) ? SECRET_FILE : PUBLIC_FILE);
	if (error)
		return output_fail(output, DIAG_FILE_UNWRITABLE, full, error);
	char hash[65];
	hash_of(bytes, hash);
	record(output, path, hash, bytes.size);
	return true;
}

void output_export_from_here(struct output *output)
{
	output->exported = output->files.count;
}

void output_export(struct output *output, struct buf *records)
{
	for (; output->exported < output->files.count; output->exported++)
		manifest_write_line(records, &output->files.at[output->exported]);
}

bool output_import(struct output *output, struct text records)
{
	struct text line;
	while (text_next(&records, '\n', &line)) {
		struct output_file file;
		if (line.size == 0)
			continue;
		if (!manifest_parse_line(line, &file))
			return false;
		record(output, file.path, file.hash, file.size);
	}
	return true;
}

int output_compare_files(const void *left, const void *right)
{
	return text_compare(((const struct output_file *)left)->path, ((const struct output_file *)right)->path);
}

const struct output_file *output_files(struct output *output, size_t *count)
{
	size_t kept = 0;
	if (output->files.count)
		qsort(output->files.at, output->files.count, sizeof *output->files.at, output_compare_files);
	/* A path written twice counts once: the later bytes are on the disk, so hash them anew. */
	for (size_t i = 0; i < output->files.count; i++) {
		if (kept && text_equal(output->files.at[kept - 1].path, output->files.at[i].path)) {
			struct text bytes;
			if (output_map(output, output->files.at[i].path, &bytes)) {
				hash_of(bytes, output->files.at[kept - 1].hash);
				output->files.at[kept - 1].size = bytes.size;
			}
			continue;
		}
		output->files.at[kept++] = output->files.at[i];
	}
	output->files.count = kept;
	output->exported = kept;
	*count = kept;
	return output->files.at;
}

bool output_keeps_same(const struct output *output, struct text path)
{
	const uint32_t *is_same = map_find(&output->carried, path);
	return is_same && *is_same;
}

bool output_map(struct output *output, struct text path, struct text *bytes)
{
	if (output_is_stopped(output))
		return false;
	const char *full = file_join(output->arena, output->slot.next, path);
	file_release(&output->mapped); /* one at a time: a process may have 65,000 mappings, a site more pages */
	int error = file_look(full, output->room, OUTPUT_ROOM, &output->mapped);
	if (error)
		return output_fail(output, DIAG_FILE_UNREADABLE, full, error);
	*bytes = output->mapped.text;
	return true;
}

bool output_take(struct output *output, const struct output_file *file)
{
	const char *from = file_join(output->arena, output->slot.target, file->path);
	const char *to = file_join(output->arena, output->slot.next, file->path);
	struct file_bytes bytes = { NO_TEXT, false };
	struct stat info;
	if (output_is_stopped(output) || !is_sound(file->path) || lstat(from, &info) || !S_ISREG(info.st_mode) ||
	    (uint64_t)info.st_size != file->size || !make_parent(output, file->path))
		return false;
	const bool is_same = output->slot.is_renewed && renew_is_same(to, &info);
	if (!is_same && !make_way(output, to))
		return false;
	int error = !is_same && link(from, to) ? errno : 0;
	bool is_good = !error;
	if (needs_copy(error) && file_map(from, SIZE_MAX / 2, &bytes) == 0)
		is_good = bytes.text.size == file->size && place_kept(output, file->path, from, bytes.text);
	else if (error && error != ENOENT && !needs_copy(error))
		output_fail(output, DIAG_FILE_UNWRITABLE, to, error);
	file_release(&bytes);
	if (!is_good)
		return false;
	map_add(&output->carried, text_copy(output->arena, file->path), 0);
	record(output, file->path, file->hash, file->size);
	return true;
}

const struct output_file *output_made(const struct output *output, size_t *count)
{
	*count = output->files.count;
	return output->files.at;
}

bool output_copy(struct output *output, struct text from, struct text to)
{
	struct text bytes;
	char hash[65];
	const char *full = file_join(output->arena, output->slot.next, from);
	if (!is_sound(to))
		return output_fail(output, DIAG_OUTPUT_PATH, text_string(output->arena, to), EINVAL);
	if (!output_map(output, from, &bytes) || !place_kept(output, to, full, bytes))
		return false;
	hash_of(bytes, hash);
	record(output, to, hash, bytes.size);
	return true;
}

/* ---- publishing ------------------------------------------------------------------- */

static bool is_secret_folder(const void *context, struct text folder)
{
	return output_is_secret(context, folder);
}

/* Of a renewed tree, what this run neither made nor kept. */
static bool take_away_rest(struct output *output)
{
	struct map wanted = { 0 };
	const struct renewed renewed = { output->slot.next, &wanted, output->slot.mask, is_secret_folder, output };
	if (!output->slot.is_renewed)
		return true;
	for (size_t i = 0; i < output->files.count; i++)
		map_add(&wanted, output->files.at[i].path, 1);
	for (size_t i = 0; i < output->kept.count; i++)
		map_add(&wanted, output->kept.at[i].file.path, 1);
	int error = renew_end(output->arena, &renewed);
	map_clear(&wanted);
	return !error || output_fail(output, DIAG_FILE_UNWRITABLE, output->slot.next, error);
}

bool output_publish(struct output *output, struct text head)
{
	if (output->is_dead)
		return false;
	if (head.size)
		output->head = whole_head(output, head);
	bool is_good = output_write_manifests(output) && take_away_rest(output);
	is_good = is_good && slot_replace(&output->slot, output->diag);
	if (is_good)
		output_tell_of_others(output);
	return is_good;
}

void output_close(struct output *output)
{
	if (!output)
		return;
	if (output->owner == getpid())
		slot_close(&output->slot);
	LIST_FREE(&output->files);
	LIST_FREE(&output->kept);
	map_clear(&output->folders);
	map_clear(&output->carried);
	file_release(&output->mapped);
}

const char *output_folder(const struct output *output)
{
	return output->slot.next;
}

const char *output_manifest_hash(const struct output *output)
{
	return output->manifest_hash;
}

const char *output_manifest_name(const struct output *output)
{
	return output->manifest;
}
