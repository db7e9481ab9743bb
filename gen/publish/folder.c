/* SPDX-License-Identifier: MIT */
#include "publish/folder.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/file.h"

static struct text without_slash(struct text path)
{
	while (path.size > 1 && path.at[path.size - 1] == '/')
		path.size--;
	return path;
}

/* "data/2022" → "data" and "data/.2022.next". */
static void find_places(struct arena *arena, struct text path, const char **parent, const char **next)
{
	size_t start = path.size;
	while (start && path.at[start - 1] != '/')
		start--;
	struct text name = text_format(arena, ".%.*s.next", TEXT_ARGS(text_slice(path, start, path.size)));
	*parent = start ? text_string(arena, text_slice(path, 0, start)) : ".";
	*next = file_join(arena, *parent, name);
}

static int write_file(const char *path, struct text bytes)
{
	FILE *file = fopen(path, "wxe");
	if (!file)
		return errno;
	errno = 0;
	bool is_written = fwrite(bytes.at, 1, bytes.size, file) == bytes.size;
	int error = errno;
	if (fclose(file) && is_written)
		return errno;
	if (is_written)
		return 0;
	return error ? error : EIO;
}

static int write_files(struct arena *arena, const char *folder, const struct folder_file *files, size_t count)
{
	int error = mkdir(folder, 0777) ? errno : 0;
	for (size_t i = 0; i < count && !error; i++) {
		const char *path = file_join(arena, folder, files[i].name);
		if (text_ends(files[i].name, "/"))
			error = mkdir(path, 0777) ? errno : 0;
		else
			error = write_file(path, files[i].bytes);
	}
	return error ? error : file_sync_tree(folder, 0);
}

int folder_make(struct arena *arena, const char *path, const struct folder_file *files, size_t count)
{
	struct stat there;
	const char *parent, *next;
	path = text_string(arena, without_slash(text_from(path)));
	if (lstat(path, &there) == 0)
		return EEXIST;
	find_places(arena, text_from(path), &parent, &next);
	/* What a killed run left: the name is ours. */
	int error = file_remove_tree(next);
	if (!error)
		error = write_files(arena, next, files, count);
	if (!error && rename(next, path))
		error = errno == ENOTEMPTY ? EEXIST : errno;
	if (!error)
		return file_sync_folder(parent);
	file_remove_tree(next);
	return error;
}
