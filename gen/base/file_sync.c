/* SPDX-License-Identifier: MIT
 *
 * What was written is brought to the disk.
 */
#define _GNU_SOURCE /* syncfs */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

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
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
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

/*
 * syncfs writes all there is in one go; after it the fsync of each file finds nothing left to
 * do, and says so for disks whose syncfs promises less than their fsync.
 */
int file_sync_tree(const char *path, int64_t since_ns)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return errno;
	int error = syncfs(fd) && errno != ENOSYS && errno != EINVAL ? errno : 0;
	close(fd);
	return error ? error : sync_in(AT_FDCWD, path, since_ns);
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
