/* SPDX-License-Identifier: MIT */
#include "held.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/beneath.h"
#include "base/file.h"
#include "read/input.h"

enum { FILES_MOST = 64 };

static struct held {
	const char *path;
	struct text bytes;
	const char *loaded; /* the bytes once more, whatever stands in for them */
} files[FILES_MOST]; /* by path, as file_list gives them */
static size_t file_count;
static const char *root, *real_root;
static struct arena *arena; /* lives until the process ends */

/* The names are the linker's: __real_X is X of base/file.c, __wrap_X is what others reach as X. */
int __real_file_map(const char *path, size_t limit, struct file_bytes *bytes);
int __wrap_file_map(const char *path, size_t limit, struct file_bytes *bytes);
int __real_file_read(const char *path, size_t limit, struct arena *caller, struct file_bytes *bytes);
int __wrap_file_read(const char *path, size_t limit, struct arena *caller, struct file_bytes *bytes);
bool __real_file_exists(const char *path);
bool __wrap_file_exists(const char *path);
int __real_file_list(struct arena *caller, const char *path, const char *suffix, struct text **names, size_t *count);
int __wrap_file_list(struct arena *caller, const char *path, const char *suffix, struct text **names, size_t *count);

static bool is_held(const char *path)
{
	return root && text_starts(text_from(path), root);
}

/* Links are followed before a file is read (base/beneath.h): its real path once more as that by which it is held. */
static const char *name_of(const char *path)
{
	static char name[1024];
	if (!real_root || !text_starts(text_from(path), real_root))
		return path;
	snprintf(name, sizeof name, "%s%s", root, path + strlen(real_root));
	return name;
}

struct text *held_find(const char *path)
{
	for (size_t i = 0; i < file_count; i++)
		if (strcmp(files[i].path, path) == 0)
			return &files[i].bytes;
	return NULL;
}

static const struct text *find_there(const char *path)
{
	const struct text *found = held_find(path);
	return found && found->at ? found : NULL;
}

bool held_is_good(struct text bytes)
{
	for (size_t i = 0; i < file_count; i++)
		if (files[i].loaded == bytes.at)
			return true;
	return false;
}

void held_forget(const char *path)
{
	size_t kept = 0;
	for (size_t i = 0; i < file_count; i++)
		if (strcmp(files[i].path, path) != 0)
			files[kept++] = files[i];
	file_count = kept;
}

int __wrap_file_map(const char *path, size_t limit, struct file_bytes *bytes)
{
	path = name_of(path);
	const struct text *found = find_there(path);
	if (!found)
		return is_held(path) ? ENOENT : __real_file_map(path, limit, bytes);
	*bytes = (struct file_bytes){ *found, false };
	return found->size > limit ? EFBIG : 0;
}

int __wrap_file_read(const char *path, size_t limit, struct arena *caller, struct file_bytes *bytes)
{
	return is_held(name_of(path)) ? __wrap_file_map(path, limit, bytes) : __real_file_read(path, limit, caller, bytes);
}

bool __wrap_file_exists(const char *path)
{
	path = name_of(path);
	return is_held(path) ? find_there(path) != NULL : __real_file_exists(path);
}

int __wrap_file_list(struct arena *caller, const char *path, const char *suffix, struct text **names, size_t *count)
{
	path = name_of(path);
	if (!is_held(path))
		return __real_file_list(caller, path, suffix, names, count);
	*names = ARENA_ARRAY(caller, struct text, file_count);
	*count = 0;
	for (size_t i = 0; i < file_count; i++) {
		struct text name, rest = text_from(files[i].path);
		if (!files[i].bytes.at || !text_starts(rest, path) || rest.at[strlen(path)] != '/')
			continue;
		rest = text_slice(rest, strlen(path) + 1, rest.size);
		if (text_next(&rest, '/', &name) && (*count == 0 || !text_equal((*names)[*count - 1], name)))
			(*names)[(*count)++] = name;
	}
	return *count ? 0 : ENOENT;
}

static void load_folder(const char *folder)
{
	struct text *names;
	size_t count;
	if (__real_file_list(arena, folder, NULL, &names, &count)) {
		fprintf(stderr, "fuzz: cannot read %s (run in the project's folder)\n", folder);
		exit(3);
	}
	for (size_t i = 0; i < count; i++) {
		const char *path = file_join(arena, folder, names[i]);
		struct file_bytes bytes;
		if (file_is_folder(path)) {
			load_folder(path);
		} else if (file_count == FILES_MOST || __real_file_map(path, INPUT_LIMIT, &bytes)) {
			fprintf(stderr, "fuzz: cannot hold %s\n", path);
			exit(3);
		} else {
			struct text copy = text_copy(arena, bytes.text);
			files[file_count++] = (struct held){ path, copy, copy.at };
			file_release(&bytes);
		}
	}
}

void held_load(const char *folder)
{
	arena = arena_new();
	load_folder(folder);
	root = folder;
	struct beneath real;
	if (beneath_find(arena, folder, folder, &real) == 0)
		real_root = real.real;
}
