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
#include "base/memory.h"

/* Larger files are few, and given back when they are decoded. */
#define IN_ARENA_MOST ((size_t)4 << 20)

struct text file_reason(int error)
{
	static const struct {
		int error;
		const char *text;
	} reasons[] = {
		{ ENOENT, "没有这个文件或文件夹\x1F" "there is no such file or folder" },
		{ EACCES, "没有权限\x1F" "permission denied" },
		{ EPERM, "不允许这样做\x1F" "operation not permitted" },
		{ EROFS, "磁盘是只读的\x1F" "the disk is read-only" },
		{ ENOSPC, "磁盘已满\x1F" "the disk is full" },
		{ EDQUOT, "超出了磁盘配额\x1F" "the disk quota is used up" },
		{ EIO, "磁盘读写出错\x1F" "the disk failed to read or write" },
		{ EISDIR, "这是一个文件夹，不是文件\x1F" "it is a folder, not a file" },
		{ ENOTDIR, "路径中有一部分不是文件夹\x1F" "a part of the path is no folder" },
		{ ENAMETOOLONG, "名称太长\x1F" "the name is too long" },
		{ ELOOP, "是链接，或链接绕成了圈\x1F" "it is a link, or links lead round" },
		{ EMFILE, "打开的文件太多\x1F" "too many files are open" },
		{ ENFILE, "打开的文件太多\x1F" "too many files are open" },
		{ EINVAL, "这不是普通文件，或磁盘不支持\x1F" "it is no plain file, or the disk does not support it" },
		{ EBUSY, "正被占用\x1F" "it is in use" },
		{ EXDEV, "在另一个磁盘上\x1F" "it is on another disk" },
		{ ENOTEMPTY, "文件夹不是空的\x1F" "the folder is not empty" },
		{ EEXIST, "已经存在\x1F" "it is there already" },
		{ ENOMEM, "内存不足\x1F" "out of memory" },
		{ EAGAIN, "暂时做不到，稍后再试\x1F" "it cannot be done now; try again later" },
		{ EINTR, "被中断\x1F" "it was interrupted" },
		{ EFBIG, "文件太大\x1F" "the file is too large" },
		{ ETXTBSY, "正被占用\x1F" "it is in use" },
		{ ENODEV, "没有这个设备\x1F" "there is no such device" },
		{ ESTALE, "网络磁盘上的文件已经不在\x1F" "the file on the network disk is gone" },
		{ ETIMEDOUT, "等待超时\x1F" "it took too long" },
		{ ENOTCONN, "网络磁盘没有连接\x1F" "the network disk is not connected" },
		{ EHOSTDOWN, "网络磁盘所在的机器没有应答\x1F" "the machine of the network disk does not answer" },
		{ EHOSTUNREACH, "网络不通\x1F" "the network cannot be reached" },
		{ ENOTSUP, "磁盘不支持\x1F" "the disk does not support it" },
		{ ENOSYS, "系统不支持\x1F" "the system does not support it" },
		{ EMLINK, "链接太多\x1F" "there are too many links" },
		{ EPIPE, "对方已经关闭\x1F" "the other side has closed it" },
		{ EADDRINUSE, "端口已被占用\x1F" "the port is taken" },
		{ EADDRNOTAVAIL, "本机没有这个地址\x1F" "this machine has no such address" },
	};
	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
		if (reasons[i].error == error)
			return text_from(reasons[i].text);
	/* As strerror has it: good until the next one is asked for. */
	static char other[160];
	int size = snprintf(other, sizeof other, "系统错误第 %d 号\x1F%s", error, strerror(error));
	return text_slice((struct text){ other, sizeof other - 1 }, 0, (size_t)size);
}

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
	if (at == MAP_FAILED && errno == ENOMEM)
		memory_end(); /* or a file that is optional would be missing in silence */
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

/* As many bytes as `room` and the file have; *size says how many. */
static int read_whole(int fd, char *room, size_t room_size, size_t *size)
{
	for (*size = 0; *size < room_size;) {
		ssize_t got = read(fd, room + *size, room_size - *size);
		if (got < 0 && errno != EINTR)
			return errno;
		if (got == 0)
			break;
		*size += got > 0 ? (size_t)got : 0;
	}
	return 0;
}

/* A page of a site is copied sooner than it is mapped, looked at once and unmapped. */
static int look_descriptor(int fd, char *room, size_t room_size, struct file_bytes *bytes)
{
	struct stat info;
	size_t size = 0;
	if (fstat(fd, &info))
		return errno;
	if (!S_ISREG(info.st_mode) || (uintmax_t)info.st_size > room_size)
		return map_descriptor(fd, SIZE_MAX / 2, bytes);
	int error = read_whole(fd, room, (size_t)info.st_size, &size);
	*bytes = (struct file_bytes){ { room, size }, false };
	return !error && size < (size_t)info.st_size ? EAGAIN : error;
}

int file_look(const char *path, char *room, size_t room_size, struct file_bytes *bytes)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return errno;
	int error = look_descriptor(fd, room, room_size, bytes);
	close(fd);
	return error;
}

static bool is_same_moment(const struct stat *a, const struct stat *b)
{
	return a->st_size == b->st_size && a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

/* Memory for that many bytes: the arena's where one is given and they are few, else pages of their own. */
static int find_room(struct arena *arena, size_t size, char **at, struct file_bytes *bytes)
{
	bool is_mapped = !arena || (size > IN_ARENA_MOST && !arena_is_whole(arena));
	/* All are written at once, and asked for one by one they cost twice as much. */
	const int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE;
	/* cppcheck-suppress invalidFunctionArg ; -1 goes with MAP_ANONYMOUS */
	*at = is_mapped ? mmap(NULL, size, PROT_READ | PROT_WRITE, flags, -1, 0) : arena_room(arena, size);
	if (*at == MAP_FAILED)
		return errno;
	*bytes = (struct file_bytes){ { *at, size }, is_mapped };
	return 0;
}

static int read_descriptor(int fd, size_t limit, struct arena *arena, struct file_bytes *bytes)
{
	struct stat before, after;
	*bytes = (struct file_bytes){ { "", 0 }, false };
	if (fstat(fd, &before))
		return errno;
	if (!S_ISREG(before.st_mode))
		return S_ISDIR(before.st_mode) ? EISDIR : EINVAL;
	if ((uintmax_t)before.st_size > limit)
		return EFBIG;
	size_t wanted = (size_t)before.st_size, size = 0, more = 0;
	char behind, *at = NULL;
	int error = wanted ? find_room(arena, wanted, &at, bytes) : 0;
	if (!error)
		error = read_whole(fd, at, wanted, &size);
	if (!error)
		error = read_whole(fd, &behind, 1, &more);
	if (!error && fstat(fd, &after))
		error = errno;
	if (!error && (size < wanted || more || !is_same_moment(&before, &after)))
		error = EAGAIN;
	if (error)
		file_release(bytes);
	return error;
}

int file_read(const char *path, size_t limit, struct arena *arena, struct file_bytes *bytes)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return errno;
	int error = read_descriptor(fd, limit, arena, bytes);
	close(fd);
	return error;
}

void file_release(struct file_bytes *bytes)
{
	if (bytes->is_mapped)
		munmap((void *)(uintptr_t)bytes->text.at, bytes->text.size); /* pages that were mapped for reading go as they came */
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

static bool is_without_modes(int error)
{
	return error == EPERM || error == EOPNOTSUPP || error == ENOSYS;
}

/* Only where it is another than asked for: a mask or the folder's own rules; disks without modes refuse. */
static int set_mode(int fd, mode_t mode)
{
	struct stat info;
	if (fstat(fd, &info))
		return errno;
	if ((info.st_mode & 07777) == mode || fchmod(fd, mode) == 0)
		return 0;
	return is_without_modes(errno) ? 0 : errno;
}

int file_write(const char *path, struct text bytes, unsigned mode)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, (mode_t)mode);
	if (fd < 0)
		return errno;
	int error = write_all(fd, bytes);
	if (!error)
		error = set_mode(fd, (mode_t)mode);
	if (close(fd) && !error)
		error = errno;
	return error;
}

int file_make_folder(const char *path, unsigned mode)
{
	if (mkdir(path, (mode_t)mode) == 0)
		return 0;
	if (errno == EEXIST)
		return file_is_folder(path) ? 0 : ENOTDIR;
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

int file_exchange(const char *path, const char *other)
{
	if (renameat2(AT_FDCWD, path, AT_FDCWD, other, RENAME_EXCHANGE) == 0)
		return 0;
	return errno == EINVAL || errno == EOPNOTSUPP ? ENOSYS : errno;
}

static bool has_mode(const char *path, mode_t mode)
{
	struct stat info;
	return stat(path, &info) == 0 && (info.st_mode & 0777) == mode;
}

int file_probe_modes(const char *folder, unsigned mode, bool *keeps)
{
	*keeps = false;
	if (chmod(folder, 0700))
		return is_without_modes(errno) ? 0 : errno;
	*keeps = has_mode(folder, 0700); /* some disks say yes and do nothing */
	return *keeps && chmod(folder, (mode_t)mode) ? errno : 0;
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

static bool is_kind_here(const char *path, mode_t kind)
{
	struct stat info;
	return lstat(path, &info) == 0 && (info.st_mode & S_IFMT) == kind;
}

bool file_is_folder_here(const char *path)
{
	return is_kind_here(path, S_IFDIR);
}

bool file_is_regular_here(const char *path)
{
	return is_kind_here(path, S_IFREG);
}

/* Takes "." and ".." out of a path whose links are resolved as far as it exists. */
static char *without_dots(struct arena *arena, struct text path)
{
	char *plain = text_string(arena, path), *end = plain;
	struct text rest = path, part;
	while (text_next(&rest, '/', &part)) {
		if (part.size == 0 || text_is(part, "."))
			continue;
		if (text_is(part, "..")) {
			while (end > plain && *--end != '/')
				;
			continue;
		}
		*end++ = '/';
		memmove(end, part.at, part.size);
		end += part.size;
	}
	if (end == plain)
		*end++ = '/';
	*end = '\0';
	return plain;
}

char *file_real(struct arena *arena, const char *path)
{
	struct text whole = text_from(path);
	for (size_t head = whole.size;; head--) {
		if (head && head < whole.size && whole.at[head] != '/')
			continue;
		struct text known = path[0] == '/' ? TEXT("/") : TEXT(".");
		if (head)
			known = text_slice(whole, 0, head);
		char *real = realpath(text_string(arena, known), NULL);
		if (!real && head)
			continue;
		struct text joined = text_format(arena, "%s/%.*s", real ? real : "", TEXT_ARGS(text_slice(whole, head, whole.size)));
		free(real);
		return without_dots(arena, joined);
	}
}

bool file_is_within(const char *path, const char *folder)
{
	size_t size = strlen(folder);
	while (size > 1 && folder[size - 1] == '/')
		size--;
	return strncmp(path, folder, size) == 0 && (path[size] == '\0' || path[size] == '/' || folder[size - 1] == '/');
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
