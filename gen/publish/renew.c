/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* DT_DIR */
#include "publish/renew.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/map.h"
#include "publish/aside.h"
#include "publish/manifest.h"
#include "publish/slot.h"

/* Written beside and then called so: at no moment is the folder nobody's. */
static int write_sign(struct arena *arena, const char *next)
{
	const char *sign = file_join(arena, next, TEXT(MANIFEST_NAME)), *beside = file_join(arena, next, TEXT(".sign"));
	int error = file_remove_tree(beside);
	if (!error)
		error = file_write(beside, TEXT(MANIFEST_FIRST_LINE), SECRET_FILE);
	if (!error && rename(beside, sign))
		error = errno;
	return error;
}

static int remove_manifests(struct arena *arena, const char *next)
{
	struct text *names;
	size_t count;
	int error = file_list(arena, next, NULL, &names, &count);
	for (size_t i = 0; i < count && !error; i++)
		if (manifest_is_name(arena, names[i]) && !text_is(names[i], MANIFEST_NAME))
			error = file_remove_tree(file_join(arena, next, names[i]));
	return error;
}

bool renew_begin(struct arena *arena, const char *old, const char *next, const struct stat *fresh, int *error)
{
	struct stat info;
	*error = 0;
	if (lstat(old, &info) || !S_ISDIR(info.st_mode) || info.st_uid != fresh->st_uid ||
	    info.st_gid != fresh->st_gid || rename(old, next))
		return false;
	*error = write_sign(arena, next);
	if (!*error)
		*error = remove_manifests(arena, next);
	if (!*error)
		*error = aside_remove(arena, next);
	return true;
}

int renew_clear_folder(const char *path)
{
	/* Not as a tree: another worker may have made the folder meanwhile. */
	if (file_is_folder_here(path) || unlink(path) == 0 || errno == ENOENT)
		return 0;
	const int error = errno;
	return file_is_folder_here(path) ? 0 : error;
}

int renew_clear_file(const char *path)
{
	return unlink(path) == 0 || errno == ENOENT ? 0 : file_remove_tree(path);
}

bool renew_is_same(const char *path, const struct stat *info)
{
	struct stat there;
	return lstat(path, &there) == 0 && there.st_dev == info->st_dev && there.st_ino == info->st_ino;
}

/* ---- the end ------------------------------------------------------------------------------------- */

struct walk {
	struct arena *arena;
	const struct renewed *renewed;
	struct buf path; /* of the folder, with its slash; of the whole tree: empty */
};

static int go_through(struct walk *walk, int fd, bool *is_empty);

static int set_mode(const struct walk *walk, int fd)
{
	const struct renewed *renewed = walk->renewed;
	struct stat info;
	const bool is_secret = renewed->is_secret(renewed->context, buf_view(&walk->path));
	const mode_t wanted = (is_secret ? SECRET_FOLDER : PUBLIC_FOLDER) & ~(mode_t)renewed->mask;
	if (fstat(fd, &info))
		return errno;
	return (info.st_mode & 0777) == wanted || fchmod(fd, (info.st_mode & 07000) | wanted) == 0 ? 0 : errno;
}

/* *stays: it is a folder in which there is something. */
static int look_at_folder(struct walk *walk, int parent, const char *name, bool *stays)
{
	const size_t before = walk->path.size;
	bool is_empty = true;
	int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return errno;
	buf_format(&walk->path, "%s/", name);
	int error = set_mode(walk, fd);
	if (error)
		close(fd);
	else
		error = go_through(walk, fd, &is_empty);
	walk->path.size = before;
	*stays = !is_empty;
	if (!error && is_empty && unlinkat(parent, name, AT_REMOVEDIR))
		error = errno;
	return error;
}

static bool is_wanted(struct walk *walk, const char *name)
{
	const size_t before = walk->path.size;
	buf_string(&walk->path, name);
	const bool is_so = map_find(walk->renewed->wanted, buf_view(&walk->path)) ||
			   (before == 0 && manifest_is_name(walk->arena, text_from(name)));
	walk->path.size = before;
	return is_so;
}

static int look_at(struct walk *walk, int parent, const struct dirent *entry, bool *stays)
{
	struct stat info;
	bool is_folder = entry->d_type == DT_DIR, is_file = entry->d_type == DT_REG;
	if (entry->d_type == DT_UNKNOWN) {
		if (fstatat(parent, entry->d_name, &info, AT_SYMLINK_NOFOLLOW))
			return errno;
		is_folder = S_ISDIR(info.st_mode);
		is_file = S_ISREG(info.st_mode);
	}
	if (is_folder)
		return look_at_folder(walk, parent, entry->d_name, stays);
	*stays = is_file && is_wanted(walk, entry->d_name);
	return *stays || unlinkat(parent, entry->d_name, 0) == 0 ? 0 : errno;
}

/* Takes the descriptor. */
static int go_through(struct walk *walk, int fd, bool *is_empty)
{
	DIR *folder = fdopendir(fd);
	int error = folder ? 0 : errno;
	if (!folder)
		close(fd);
	for (struct dirent *entry; folder && !error && (entry = readdir(folder));) {
		bool stays = false;
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		error = look_at(walk, fd, entry, &stays);
		*is_empty &= !stays;
	}
	if (folder)
		closedir(folder);
	return error;
}

int renew_end(struct arena *arena, const struct renewed *renewed)
{
	struct walk walk = { .arena = arena, .renewed = renewed };
	bool is_empty = true;
	buf_init(&walk.path, BUF_LIMIT_PAGE);
	int fd = open(renewed->next, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	const int error = fd < 0 ? errno : go_through(&walk, fd, &is_empty);
	buf_clear(&walk.path);
	return error;
}
