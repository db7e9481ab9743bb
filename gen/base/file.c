/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* renameat2 */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"

static int map_descriptor(int fd, size_t limit, struct file_bytes *bytes)
{
	struct stat info;
	if (fstat(fd, &info))
		return errno;
	if (S_ISDIR(info.st_mode))
		return EISDIR;
	if (!S_ISREG(info.st_mode))
		return EINVAL;
	if ((uintmax_t)info.st_size > limit)
		return EFBIG;
	*bytes = (struct file_bytes){ { "", 0 }, false };
	if (info.st_size == 0)
		return 0;
	void *at = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (at == MAP_FAILED)
		return errno;
	*bytes = (struct file_bytes){ { at, (size_t)info.st_size }, true };
	/* cppcheck-suppress memleak ; the mapping now belongs to *bytes */
	return 0;
}

int file_map(const char *path, size_t limit, struct file_bytes *bytes)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return errno;
	int error = map_descriptor(fd, limit, bytes);
	close(fd);
	return error;
}

void file_release(struct file_bytes *bytes)
{
	if (bytes->is_mapped)
		munmap((void *)(uintptr_t)bytes->text.at, bytes->text.size);
	*bytes = (struct file_bytes){ NO_TEXT, false };
}

static int write_all(int fd, struct text bytes)
{
	while (bytes.size) {
		ssize_t size = write(fd, bytes.at, bytes.size);
		if (size < 0 && errno == EINTR)
			continue;
		if (size < 0)
			return errno;
		bytes = text_slice(bytes, (size_t)size, bytes.size);
	}
	return 0;
}

int file_write(const char *path, struct text bytes, unsigned mode)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, (mode_t)mode);
	if (fd < 0)
		return errno;
	int error = write_all(fd, bytes);
	if (!error && fchmod(fd, (mode_t)mode))
		error = errno;
	if (close(fd) && !error)
		error = errno;
	return error;
}

int file_make_folder(const char *path, unsigned mode)
{
	if (mkdir(path, (mode_t)mode) == 0)
		return 0;
	char *copy = strdup(path);
	if (!copy)
		return ENOMEM;
	int error = 0;
	for (char *slash = strchr(copy + 1, '/'); slash && !error; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(copy, (mode_t)mode) && errno != EEXIST)
			error = errno;
		*slash = '/';
	}
	if (!error && mkdir(copy, (mode_t)mode) && errno != EEXIST)
		error = errno;
	free(copy);
	if (!error && !file_is_folder(path))
		error = ENOTDIR;
	return error;
}

static int remove_in(int parent, const char *name);

static int remove_children(int fd)
{
	DIR *folder = fdopendir(fd);
	if (!folder) {
		int error = errno;
		close(fd);
		return error;
	}
	int error = 0;
	for (struct dirent *entry; !error && (entry = readdir(folder));)
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			error = remove_in(dirfd(folder), entry->d_name);
	closedir(folder);
	return error;
}

static int remove_in(int parent, const char *name)
{
	if (unlinkat(parent, name, 0) == 0 || errno == ENOENT)
		return 0;
	if (errno != EISDIR && errno != EPERM)
		return errno;
	int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return errno;
	int error = remove_children(fd);
	if (!error && unlinkat(parent, name, AT_REMOVEDIR))
		error = errno;
	return error;
}

int file_remove_tree(const char *path)
{
	return remove_in(AT_FDCWD, path);
}

int file_exchange(const char *path, const char *other)
{
	if (renameat2(AT_FDCWD, path, AT_FDCWD, other, RENAME_EXCHANGE) == 0)
		return 0;
	if (errno != EINVAL && errno != ENOSYS)
		return errno;
	/* File systems without exchange: a moment without `other`, but nothing is ever lost. */
	char aside[4096];
	if (snprintf(aside, sizeof aside, "%s.old", other) >= (int)sizeof aside)
		return ENAMETOOLONG;
	if (rename(other, aside) || rename(path, other))
		return errno;
	return rename(aside, path) ? errno : 0;
}

bool file_exists(const char *path)
{
	struct stat info;
	return lstat(path, &info) == 0;
}

bool file_is_folder(const char *path)
{
	struct stat info;
	return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static int compare_names(const void *a, const void *b)
{
	struct text left, right;
	memcpy(&left, a, sizeof left);
	memcpy(&right, b, sizeof right);
	return text_compare(left, right);
}

static bool is_wanted(const char *name, const char *suffix)
{
	size_t size = strlen(name), tail = suffix ? strlen(suffix) : 0;
	if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
		return false;
	return size >= tail && (tail == 0 || strcasecmp(name + size - tail, suffix) == 0);
}

int file_list(struct arena *arena, const char *path, const char *suffix, struct text **names, size_t *count)
{
	*names = NULL;
	*count = 0;
	DIR *folder = opendir(path);
	if (!folder)
		return errno;
	size_t capacity = 0;
	struct text *list = NULL;
	for (struct dirent *entry; (entry = readdir(folder));) {
		if (!is_wanted(entry->d_name, suffix))
			continue;
		if (*count == capacity) {
			capacity = capacity ? capacity * 2 : 32;
			list = memory_resize(list, capacity * sizeof *list);
		}
		list[(*count)++] = text_copy(arena, text_from(entry->d_name));
	}
	closedir(folder);
	if (*count) {
		qsort(list, *count, sizeof *list, compare_names);
		*names = ARENA_ARRAY(arena, struct text, *count);
		memcpy(*names, list, *count * sizeof *list);
	}
	free(list);
	return 0;
}

char *file_join(struct arena *arena, const char *folder, struct text name)
{
	size_t size = strlen(folder);
	const char *slash = size && folder[size - 1] == '/' ? "" : "/";
	struct text joined = text_format(arena, "%s%s%.*s", folder, slash, TEXT_ARGS(name));
	return text_string(arena, joined);
}
