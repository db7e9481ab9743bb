/* SPDX-License-Identifier: MIT
 *
 * Whole trees of files (file.h): removed, and brought to the disk.  A site has a folder for every page, so what is
 * asked of the system for each of them is most of what publishing costs.
 */
#define _GNU_SOURCE /* O_PATH, syncfs */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/magic.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/list.h"

static bool is_child(const struct dirent *entry)
{
	return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
}

/* ---- listing ------------------------------------------------------------------------ */

static int compare_entries(const void *left, const void *right)
{
	return text_compare(((const struct file_entry *)left)->name, ((const struct file_entry *)right)->name);
}

/* Some disks do not say of what kind an entry is. */
static bool is_folder(int parent, const struct dirent *entry)
{
	struct stat info;
	if (entry->d_type != DT_UNKNOWN)
		return entry->d_type == DT_DIR;
	return fstatat(parent, entry->d_name, &info, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(info.st_mode);
}

int file_list_entries(struct arena *arena, const char *path, struct file_entry **entries, size_t *count)
{
	struct {
		LIST(struct file_entry) all;
	} found = { 0 };
	*entries = NULL;
	*count = 0;
	DIR *folder = opendir(path);
	if (!folder)
		return errno;
	for (struct dirent *child; (child = readdir(folder));) {
		struct file_entry entry = { .is_folder = is_folder(dirfd(folder), child) };
		if (!is_child(child))
			continue;
		entry.name = text_copy(arena, text_from(child->d_name));
		LIST_PUSH(&found.all, entry);
	}
	closedir(folder);
	if (found.all.count)
		qsort(found.all.at, found.all.count, sizeof *found.all.at, compare_entries);
	*entries = LIST_SETTLE(arena, &found.all);
	*count = found.all.count;
	LIST_FREE(&found.all);
	return 0;
}

/* ---- removing ----------------------------------------------------------------------- */

/* The file that the last folder held: most folders of a site hold one file, of the same name. */
struct guess {
	char name[NAME_MAX + 1];
};

static int remove_folder(int parent, const char *name, struct guess *guess);

/* What is there may have become another kind since it was listed, and some disks do not say which it is. */
static int remove_entry(int parent, const char *name, unsigned char kind, struct guess *guess)
{
	if (kind != DT_DIR) {
		if (unlinkat(parent, name, 0) == 0 || errno == ENOENT)
			return 0;
		if (errno != EISDIR && errno != EPERM)
			return errno;
	}
	return remove_folder(parent, name, guess);
}

static int remove_children(int fd, struct guess *guess)
{
	DIR *folder = fdopendir(fd);
	if (!folder) {
		int error = errno;
		close(fd);
		return error;
	}
	struct guess below = { "" };
	int error = 0;
	for (struct dirent *entry; !error && (entry = readdir(folder));) {
		if (!is_child(entry))
			continue;
		error = remove_entry(dirfd(folder), entry->d_name, entry->d_type, &below);
		if (entry->d_type == DT_REG)
			memcpy(guess->name, entry->d_name, strlen(entry->d_name) + 1);
	}
	closedir(folder);
	return error;
}

/* A folder that holds nothing but the file that was guessed need not be read; a link is never gone through. */
static bool remove_guessed(int parent, const char *name, const struct guess *guess)
{
	int fd = guess->name[0] ? openat(parent, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) : -1;
	if (fd < 0)
		return false;
	bool is_gone = unlinkat(fd, guess->name, 0) == 0;
	close(fd);
	return is_gone && unlinkat(parent, name, AT_REMOVEDIR) == 0;
}

static int remove_folder(int parent, const char *name, struct guess *guess)
{
	if (remove_guessed(parent, name, guess))
		return 0;
	int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return errno;
	int error = remove_children(fd, guess);
	if (!error && unlinkat(parent, name, AT_REMOVEDIR))
		error = errno;
	return error;
}

int file_remove_tree(const char *path)
{
	struct guess guess = { "" };
	return remove_entry(AT_FDCWD, path, DT_UNKNOWN, &guess);
}

/* ---- to the disk ---------------------------------------------------------------------- */

/* What cannot be synced (a pipe, some network disks) says EINVAL: there is no more that one could do. */
static int sync_descriptor(int fd)
{
	return fsync(fd) == 0 || errno == EINVAL || errno == ENOSYS ? 0 : errno;
}

static int sync_in(int parent, const char *name, int64_t since_ns);

static int sync_children(int fd, int64_t since_ns)
{
	DIR *folder = fdopendir(fd);
	if (!folder) {
		int error = errno;
		close(fd);
		return error;
	}
	int error = 0;
	errno = 0;
	for (struct dirent *entry; !error && (entry = readdir(folder)); errno = 0)
		if (is_child(entry))
			error = sync_in(dirfd(folder), entry->d_name, since_ns);
	if (!error)
		error = errno;
	if (!error)
		error = sync_descriptor(dirfd(folder));
	closedir(folder);
	return error;
}

static bool was_there(int parent, const char *name, int64_t since_ns)
{
	struct stat info;
	return since_ns && fstatat(parent, name, &info, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(info.st_mode) &&
	       info.st_nlink > 1 && (int64_t)info.st_mtim.tv_sec * 1000000000 + info.st_mtim.tv_nsec < since_ns;
}

static int sync_in(int parent, const char *name, int64_t since_ns)
{
	struct stat info;
	if (was_there(parent, name, since_ns))
		return 0;
	int fd = openat(parent, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return errno;
	int error = fstat(fd, &info) ? errno : 0;
	if (!error && S_ISDIR(info.st_mode))
		return sync_children(fd, since_ns);
	if (!error)
		error = sync_descriptor(fd);
	close(fd);
	return error;
}

/* Disks of this machine, of which syncfs promises as much as the fsync of each file. */
static bool is_known_disk(int fd)
{
	struct statfs disk;
	if (fstatfs(fd, &disk))
		return false;
	return disk.f_type == EXT4_SUPER_MAGIC || disk.f_type == XFS_SUPER_MAGIC || disk.f_type == BTRFS_SUPER_MAGIC ||
	       disk.f_type == F2FS_SUPER_MAGIC || disk.f_type == TMPFS_MAGIC;
}

/* From Linux 5.8 on syncfs tells of what could not be written. */
static bool tells_errors(void)
{
	struct utsname system;
	struct text release, part;
	int64_t major, minor;
	if (uname(&system))
		return false;
	release = text_from(system.release);
	if (!text_next(&release, '.', &part) || !text_to_integer(part, &major))
		return false;
	if (!text_next(&release, '.', &part) || !text_to_integer(part, &minor))
		return false;
	return major > 5 || (major == 5 && minor >= 8);
}

/*
 * syncfs writes all there is in one go.  On disks that are not known to do all of it then and to say what failed,
 * each file is asked for as well, which is as much as writing it.
 */
int file_sync_tree(const char *path, int64_t since_ns)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return errno;
	int error = syncfs(fd) ? errno : 0;
	bool is_done = !error && is_known_disk(fd) && tells_errors();
	close(fd);
	if (error == ENOSYS || error == EINVAL)
		error = 0;
	return error || is_done ? error : sync_in(AT_FDCWD, path, since_ns);
}

int file_sync_folder(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return errno;
	int error = sync_descriptor(fd);
	close(fd);
	return error;
}
