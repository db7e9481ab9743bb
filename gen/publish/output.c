/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* flock */
#include "publish/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/list.h"
#include "base/map.h"
#include "publish/manifest.h"

enum { PUBLIC_FOLDER = 0755, PUBLIC_FILE = 0644, SECRET_FOLDER = 0700, SECRET_FILE = 0600 };

struct output {
	struct arena *arena;
	struct diag *diag;
	char *folder, *next; /* out/2021 and out/.2021.next */
	const char *manifest; /* its name */
	int lock;
	pid_t owner;         /* forked workers must not remove the folder */
	bool is_dead, is_published;
	LIST(struct output_file) files;
	size_t exported;
	struct map folders;  /* made already */
	struct map kept;     /* hard links into the previous output */
	struct file_bytes mapped; /* what output_map gave last */
};

static bool fail(struct output *output, enum diag_kind kind, const char *path, int error)
{
	output->is_dead = true;
	DIAG(output->diag, kind, .a = text_from(path), .b = text_from(strerror(error)));
	return false;
}

/* "out/2021" → "out/.2021<suffix>". */
static char *sibling(struct arena *arena, const char *folder, const char *suffix)
{
	struct text path = text_from(folder);
	while (path.size > 1 && text_ends(path, "/"))
		path.size--;
	size_t name = path.size;
	while (name && path.at[name - 1] != '/')
		name--;
	struct text joined = text_format(arena, "%.*s.%.*s%s", (int)name, path.at, (int)(path.size - name), path.at + name, suffix);
	return text_string(arena, joined);
}

static bool take_lock(struct output *output)
{
	const char *path = sibling(output->arena, output->folder, ".lock");
	output->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (output->lock < 0)
		return fail(output, DIAG_FILE_UNWRITABLE, path, errno);
	if (flock(output->lock, LOCK_EX | LOCK_NB))
		return fail(output, DIAG_OUTPUT_BUSY, output->folder, errno);
	return true;
}

static bool is_internal(struct text path)
{
	return text_starts(path, "internal/");
}

static bool make_parent(struct output *output, struct text path)
{
	size_t slash = path.size;
	while (slash && path.at[slash - 1] != '/')
		slash--;
	struct text parent = slash ? text_slice(path, 0, slash - 1) : NO_TEXT;
	if (map_find(&output->folders, parent))
		return true;
	const char *folder = file_join(output->arena, output->next, parent);
	int error = file_make_folder(folder, is_internal(path) ? SECRET_FOLDER : PUBLIC_FOLDER);
	if (error)
		return fail(output, DIAG_FILE_UNWRITABLE, folder, error);
	map_add(&output->folders, text_copy(output->arena, parent), 1);
	return true;
}

static void record(struct output *output, struct text path, const char hash[65], uint64_t size)
{
	struct output_file file = { .path = text_copy(output->arena, path), .size = size };
	memcpy(file.hash, hash, sizeof file.hash);
	LIST_PUSH(&output->files, file);
}

/* Partial builds start from the previous output: hard links cost nothing and cannot change it. */
static bool keep_previous(struct output *output, const struct output_options *options)
{
	struct manifest manifest;
	if (!manifest_load(output->arena, output->folder, &manifest))
		return true;
	for (size_t i = 0; i < manifest.count; i++) {
		const struct output_file *file = &manifest.files[i];
		if (map_find(&output->kept, file->path) || !options->keeps(options->context, file->path))
			continue;
		if (!make_parent(output, file->path))
			return false;
		const char *from = file_join(output->arena, output->folder, file->path);
		const char *to = file_join(output->arena, output->next, file->path);
		if (link(from, to))
			return fail(output, DIAG_FILE_UNREADABLE, from, errno);
		record(output, file->path, file->hash, file->size);
		map_add(&output->kept, file->path, 1);
	}
	return true;
}

struct output *output_open(struct arena *arena, const struct output_options *options, struct diag *diag)
{
	struct output *output = ARENA_NEW(arena, struct output);
	*output = (struct output){ .arena = arena, .diag = diag, .lock = -1, .owner = getpid() };
	output->folder = text_string(arena, text_from(options->folder));
	output->manifest = options->manifest ? options->manifest : MANIFEST_NAME;
	output->next = sibling(arena, options->folder, ".next");
	char *parent = sibling(arena, options->folder, "");
	char *slash = strrchr(parent, '/');
	if (slash)
		*slash = '\0';
	int error = slash ? file_make_folder(parent, PUBLIC_FOLDER) : 0;
	if (error)
		fail(output, DIAG_FILE_UNWRITABLE, parent, error);
	else if (take_lock(output)) {
		error = file_remove_tree(output->next); /* left by a run that was killed */
		if (!error)
			error = file_make_folder(output->next, PUBLIC_FOLDER);
		if (error)
			fail(output, DIAG_FILE_UNWRITABLE, output->next, error);
		else if (options->keeps)
			keep_previous(output, options);
	}
	if (!output->is_dead)
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
	if (output->is_dead)
		return false;
	if (!is_sound(path))
		return fail(output, DIAG_OUTPUT_PATH, text_string(output->arena, path), EINVAL);
	if (!make_parent(output, path))
		return false;
	const char *full = file_join(output->arena, output->next, path);
	if (map_find(&output->kept, path))
		unlink(full); /* so that the previous output stays what it is */
	int error = file_write(full, bytes, is_internal(path) ? SECRET_FILE : PUBLIC_FILE);
	if (error)
		return fail(output, DIAG_FILE_UNWRITABLE, full, error);
	char hash[65];
	hash_of(bytes, hash);
	record(output, path, hash, bytes.size);
	return true;
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

static int compare_files(const void *left, const void *right)
{
	const struct output_file *a = left, *b = right;
	return text_compare(a->path, b->path);
}

const struct output_file *output_files(struct output *output, size_t *count)
{
	size_t kept = 0;
	if (output->files.count)
		qsort(output->files.at, output->files.count, sizeof *output->files.at, compare_files);
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

bool output_map(struct output *output, struct text path, struct text *bytes)
{
	const char *full = file_join(output->arena, output->next, path);
	file_release(&output->mapped); /* one at a time: a process may have 65,000 mappings, a site more pages */
	int error = file_map(full, SIZE_MAX / 2, &output->mapped);
	if (error)
		return fail(output, DIAG_FILE_UNREADABLE, full, error);
	*bytes = output->mapped.text;
	return true;
}

static bool exchange(struct output *output)
{
	int error = file_exists(output->folder) ? file_exchange(output->next, output->folder)
						: rename(output->next, output->folder) ? errno : 0;
	if (error)
		return fail(output, DIAG_FILE_UNWRITABLE, output->folder, error);
	output->is_published = true;
	error = file_remove_tree(output->next); /* now the old output */
	if (error)
		DIAG(output->diag, DIAG_FILE_UNWRITABLE, .a = text_from(output->next), .b = text_from(strerror(error)));
	return !error;
}

bool output_publish(struct output *output, struct text manifest_head)
{
	struct buf manifest;
	size_t count;
	bool is_secret = false;
	if (output->is_dead)
		return false;
	const struct output_file *files = output_files(output, &count);
	buf_init(&manifest, BUF_LIMIT_FILE);
	buf_text(&manifest, manifest_head);
	for (size_t i = 0; i < count; i++) {
		manifest_write_line(&manifest, &files[i]);
		is_secret |= is_internal(files[i].path);
	}
	const char *path = file_join(output->arena, output->next, text_from(output->manifest));
	int error = file_write(path, buf_view(&manifest), is_secret ? SECRET_FILE : PUBLIC_FILE);
	buf_clear(&manifest);
	if (error)
		return fail(output, DIAG_FILE_UNWRITABLE, path, error);
	return exchange(output);
}

void output_close(struct output *output)
{
	if (!output)
		return;
	if (output->owner == getpid() && output->lock >= 0 && !output->is_published && file_exists(output->next))
		file_remove_tree(output->next);
	if (output->lock >= 0)
		close(output->lock);
	output->lock = -1;
	LIST_FREE(&output->files);
	map_clear(&output->folders);
	map_clear(&output->kept);
	file_release(&output->mapped);
}

const char *output_target(const struct output *output)
{
	return output->folder;
}

const char *output_folder(const struct output *output)
{
	return output->next;
}
