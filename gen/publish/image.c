/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* MAP_ANONYMOUS, MAP_FIXED_NOREPLACE */
#include "publish/image.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/memory.h"
#include "publish/slot.h"

#ifndef MAP_FIXED_NOREPLACE
#define MAP_FIXED_NOREPLACE 0x100000
#endif

/*
 * Far from where Linux puts programs, libraries and stacks on 64-bit machines (below 2^33 and above 2^46), and from the
 * shadow of AddressSanitizer (up to 2^44).
 */
#define ADDRESS    ((uintptr_t)0x200000000000)
#define MOST_SIZE  ((size_t)1 << 36) /* 800,000 enterprises */
#define LEAST_SIZE ((size_t)1 << 28)
#define MAGIC      "xingji image 1\n"

enum {
	HEAD_SIZE = 1 << 16,   /* blocks begin at a multiple of every page size in use */
	LEAST_BLOCK = 1 << 16, /* 40 µs to hash */
	BLOCKS_MOST = 1 << 14, /* each may be a mapping of its own, of which a process has 65,530 */
	LINE = 64,             /* of the table */
	EXIT_DAMAGED = MEMORY_EXIT,
};

struct head {
	char magic[16];
	uint64_t address, size, block_size, root;
	char program[65], table[65], unused[6]; /* no padding: it would be bytes that nobody wrote */
};
_Static_assert(sizeof(struct head) == 16 + 4 * 8 + 65 + 65 + 6, "a head has no padding");

/* ---- making ----------------------------------------------------------------------- */

static void *map_range(size_t size, int protection)
{
	const int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE;
	/* cppcheck-suppress invalidFunctionArg ; -1 goes with MAP_ANONYMOUS */
	void *at = mmap((void *)ADDRESS, size, protection, flags, -1, 0);
	if (at != MAP_FAILED && (uintptr_t)at != ADDRESS) { /* a kernel before 4.17 takes it for a wish */
		munmap(at, size);
		return NULL;
	}
	return at == MAP_FAILED ? NULL : at;
}

void *image_reserve(size_t *size)
{
	void *at = NULL;
	for (*size = MOST_SIZE; !at && *size >= LEAST_SIZE; *size /= 2)
		at = map_range(*size, PROT_READ | PROT_WRITE);
	*size *= 2; /* the one that was had */
	return at;
}

static int write_all(int fd, const void *bytes, size_t size)
{
	const char *at = bytes;
	while (size) {
		ssize_t written = write(fd, at, size);
		if (written < 0 && errno != EINTR)
			return errno;
		at += written > 0 ? written : 0;
		size -= written > 0 ? (size_t)written : 0;
	}
	return 0;
}

static size_t round_up(size_t size, size_t to)
{
	return (size + to - 1) / to * to;
}

static struct head head_of(const struct image_contents *contents)
{
	struct head head = { .magic = MAGIC, .address = ADDRESS, .block_size = LEAST_BLOCK,
			     .root = (uint64_t)(uintptr_t)contents->root };
	while (contents->used / head.block_size >= BLOCKS_MOST)
		head.block_size *= 2;
	head.size = round_up(contents->used ? contents->used : 1, head.block_size);
	memcpy(head.program, contents->program, sizeof head.program);
	return head;
}

static void write_table(const struct head *head, struct buf *table)
{
	for (size_t at = 0; at < head->size; at += head->block_size) {
		char hash[65];
		hash_of((struct text){ (const char *)ADDRESS + at, head->block_size }, hash);
		buf_add(table, hash, LINE);
	}
}

static int write_pieces(const char *path, const struct text *pieces, size_t count)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, SECRET_FILE);
	if (fd < 0)
		return errno;
	int error = fchmod(fd, SECRET_FILE) && errno != EPERM && errno != ENOTSUP ? errno : 0;
	for (size_t i = 0; i < count && !error; i++)
		error = write_all(fd, pieces[i].at, pieces[i].size);
	if (!error && fsync(fd))
		error = errno;
	if (close(fd) && !error)
		error = errno;
	return error;
}

int image_write_beside(struct arena *arena, const char *path, const struct text *pieces, size_t count)
{
	const char *next = text_format(arena, "%s.next", path).at;
	int error = write_pieces(next, pieces, count);
	if (!error && rename(next, path))
		error = errno;
	if (error)
		unlink(next);
	return error;
}

int image_write(struct arena *arena, const char *path, const struct image_contents *contents, char head_hash[65])
{
	struct head head = head_of(contents);
	char *page = ARENA_ARRAY(arena, char, HEAD_SIZE);
	struct buf table;
	buf_init(&table, BUF_LIMIT_FILE);
	write_table(&head, &table);
	hash_of(buf_view(&table), head.table);
	memcpy(page, &head, sizeof head);
	const struct text pieces[] = {
		{ page, HEAD_SIZE }, { (const char *)ADDRESS, (size_t)head.size }, buf_view(&table),
	};
	hash_of(pieces[0], head_hash);
	int error = image_write_beside(arena, path, pieces, sizeof pieces / sizeof *pieces);
	buf_clear(&table);
	return error;
}

/* ---- opening ---------------------------------------------------------------------- */

/* The handler has no argument of ours. */
static struct {
	int fd;
	struct head head;
	char *table;
	unsigned char *is_loaded; /* by block */
	struct sigaction before;
} opened = { .fd = -1 };

static _Noreturn void end_damaged(void)
{
	static const char line[] =
		"xingji: 计划的 model.bin 已损坏或读不出来：重新复制，或重新运行 xingji plan  "
		"model.bin of the plan is damaged or cannot be read: copy it again, or run xingji plan again\n";
	ssize_t ignored = write(STDERR_FILENO, line, sizeof line - 1);
	(void)ignored;
	_Exit(EXIT_DAMAGED);
}

static bool read_at(int fd, void *room, size_t size, off_t offset)
{
	char *at = room;
	while (size) {
		ssize_t got = pread(fd, at, size, offset);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		at += got;
		offset += got;
		size -= (size_t)got;
	}
	return true;
}

/* Also in a signal handler: calls nothing that a handler may not. */
static void load_block(size_t block)
{
	size_t size = opened.head.block_size;
	char *at = (char *)ADDRESS + block * size, hash[65];
	if (opened.is_loaded[block])
		return;
	if (mprotect(at, size, PROT_READ | PROT_WRITE) ||
	    !read_at(opened.fd, at, size, (off_t)(HEAD_SIZE + block * size)))
		end_damaged();
	hash_of((struct text){ at, size }, hash);
	if (memcmp(hash, opened.table + block * LINE, LINE) != 0)
		end_damaged();
	opened.is_loaded[block] = 1;
}

static void on_fault(int number, siginfo_t *info, void *context)
{
	uintptr_t at = (uintptr_t)info->si_addr;
	int error = errno;
	(void)context;
	if (at >= ADDRESS && at - ADDRESS < opened.head.size &&
	    !opened.is_loaded[(at - ADDRESS) / opened.head.block_size])
		load_block((at - ADDRESS) / opened.head.block_size);
	else
		sigaction(number, &opened.before, NULL); /* not ours: it happens again, and to whom it did before */
	errno = error;
}

static bool catch_faults(void)
{
	struct sigaction action = { .sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_NODEFER };
	sigemptyset(&action.sa_mask);
	return sigaction(SIGSEGV, &action, &opened.before) == 0;
}

/* A plan of somebody else's making could say anything: whoever can write it must be trusted with the data anyway. */
static bool is_exposed(const struct stat *info)
{
	return (info->st_mode & S_IWOTH) || (info->st_uid != geteuid() && info->st_uid != 0);
}

static bool is_sound(const struct head *head, const char *page, const char *wanted)
{
	char hash[65];
	hash_of((struct text){ page, HEAD_SIZE }, hash);
	return strcmp(hash, wanted) == 0 && memcmp(head->magic, MAGIC, sizeof head->magic) == 0 &&
	       head->address == ADDRESS && head->root >= ADDRESS && head->root - ADDRESS < head->size &&
	       head->block_size && head->size % head->block_size == 0 &&
	       head->size / head->block_size <= BLOCKS_MOST;
}

static bool read_table(struct head *head, off_t file_size)
{
	size_t blocks = (size_t)(head->size / head->block_size);
	char hash[65];
	if ((uint64_t)file_size != HEAD_SIZE + head->size + blocks * LINE)
		return false;
	opened.table = memory_resize(NULL, blocks * LINE);
	opened.is_loaded = memset(memory_resize(NULL, blocks), 0, blocks);
	if (!read_at(opened.fd, opened.table, blocks * LINE, (off_t)(HEAD_SIZE + head->size)))
		return false;
	hash_of((struct text){ opened.table, blocks * LINE }, hash);
	return strcmp(hash, head->table) == 0;
}

static enum image_state open_parts(const char *program, const char *wanted, const struct stat *info)
{
	char *page = memory_resize(NULL, HEAD_SIZE);
	enum image_state state = IMAGE_SOUND;
	if (!read_at(opened.fd, page, HEAD_SIZE, 0))
		state = IMAGE_DAMAGED;
	memcpy(&opened.head, page, sizeof opened.head);
	if (state == IMAGE_SOUND && !is_sound(&opened.head, page, wanted))
		state = IMAGE_DAMAGED;
	if (state == IMAGE_SOUND && strcmp(opened.head.program, program) != 0)
		state = IMAGE_OTHER_PROGRAM;
	if (state == IMAGE_SOUND && !read_table(&opened.head, info->st_size))
		state = IMAGE_DAMAGED;
	if (state == IMAGE_SOUND && (!map_range((size_t)opened.head.size, PROT_NONE) || !catch_faults()))
		state = IMAGE_TAKEN;
	free(page);
	return state;
}

enum image_state image_open(struct image *image, const char *path, const char *program, const char *head)
{
	struct stat info;
	*image = (struct image){ .path = path };
	opened.fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (opened.fd < 0 || fstat(opened.fd, &info)) {
		image->error = errno;
		return IMAGE_UNREADABLE;
	}
	enum image_state state = IMAGE_DAMAGED;
	if (S_ISREG(info.st_mode))
		state = is_exposed(&info) ? IMAGE_EXPOSED : open_parts(program, head, &info);
	if (state != IMAGE_SOUND) {
		close(opened.fd);
		free(opened.table);
		free(opened.is_loaded);
		opened.table = NULL;
		opened.is_loaded = NULL;
		return state;
	}
	image->root = (const char *)ADDRESS + (opened.head.root - ADDRESS);
	image->size = (size_t)opened.head.size;
	return IMAGE_SOUND;
}

void image_load(void)
{
	for (size_t block = 0; block < opened.head.size / opened.head.block_size; block++)
		load_block(block);
}
