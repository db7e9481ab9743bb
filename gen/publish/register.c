/* SPDX-License-Identifier: MIT */
#include "publish/register.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/hash.h"
#include "publish/lock.h"

enum { WAIT_MS = 20, PATIENCE_MS = 20000 };

static bool fail(struct diag *diag, const char *path, int error)
{
	DIAG(diag, DIAG_FILE_UNWRITABLE, .a = text_from(path), .b = file_reason(error));
	return false;
}

static bool take_lock(struct arena *arena, const char *path, int64_t patience_ms, struct lock *lock, struct diag *diag)
{
	struct text holder;
	int error;
	enum lock_result result = lock_take(arena, path, lock, &holder, &error);
	if (!patience_ms)
		patience_ms = PATIENCE_MS;
	for (int64_t waited = 0; result == LOCK_BUSY && waited < patience_ms; waited += WAIT_MS) {
		poll(NULL, 0, WAIT_MS);
		result = lock_take(arena, path, lock, &holder, &error);
	}
	if (result == LOCK_BUSY)
		DIAG(diag, DIAG_REGISTER_BUSY, .a = text_from(path), .b = holder.size ? holder : TEXT("?"));
	return result == LOCK_TAKEN || (result == LOCK_FAILED && fail(diag, path, error));
}

/* ---- appending -------------------------------------------------------------------- */

static int write_all(int fd, struct text bytes)
{
	while (bytes.size) {
		ssize_t size = write(fd, bytes.at, bytes.size);
		if (size < 0 && errno != EINTR)
			return errno;
		bytes = text_slice(bytes, size > 0 ? (size_t)size : 0, bytes.size);
	}
	return fsync(fd) ? errno : 0;
}

/* The folder that holds the file: so that its name outlasts a power cut too. */
static int sync_folder(struct arena *arena, const char *path)
{
	struct text folder = text_from(path);
	while (folder.size && folder.at[folder.size - 1] != '/')
		folder.size--;
	return file_sync_folder(folder.size ? text_string(arena, folder) : ".");
}

/* What is there up to `taken` stays whatever happens. */
static int add_line(struct arena *arena, const char *path, size_t taken, struct text line)
{
	int fd = open(path, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return errno;
	int error = ftruncate(fd, (off_t)taken) ? errno : write_all(fd, line);
	if (error && (ftruncate(fd, (off_t)taken) || fsync(fd)))
		error = errno; /* what is left of the line is unfinished, and the next run cuts it off */
	if (close(fd) && !error)
		error = errno;
	return error ? error : sync_folder(arena, path);
}

static bool append(struct arena *arena, const char *path, const struct register_entry *entry, int64_t *n,
		   struct diag *diag)
{
	struct file_bytes bytes;
	struct chain chain;
	struct buf line;
	int error = file_read(path, BUF_LIMIT_FILE, NULL, &bytes);
	if (error)
		return fail(diag, path, error);
	chain_init(&chain, arena, bytes.text);
	chain_read(&chain);
	bool is_sound = chain.fault == CHAIN_SOUND || chain.fault == CHAIN_TORN;
	bool is_known = entry->after == REGISTER_ANY || entry->after == chain.n;
	if (!is_sound)
		chain_report(&chain, text_from(path), NO_SPAN, diag);
	else if (!is_known && entry->has_grown)
		*entry->has_grown = true;
	else if (!is_known)
		DIAG(diag, DIAG_REGISTER_GROWN, .a = text_from(path), .n = chain.n);
	buf_init(&line, BUF_LIMIT_FILE);
	if (chain.taken && chain.text.at[chain.taken - 1] != '\n')
		buf_byte(&line, '\n');
	chain_write(&chain, &entry->event, &line);
	if (n)
		*n = chain.n + 1;
	error = line.overflowed ? EFBIG : 0;
	if (!error && is_sound && is_known)
		error = add_line(arena, path, chain.taken, buf_view(&line));
	buf_clear(&line);
	file_release(&bytes);
	return error ? fail(diag, path, error) : is_sound && is_known;
}

bool register_append(struct arena *arena, const char *path, const struct register_entry *entry, int64_t *n,
		     struct diag *diag)
{
	/* As readable as the tables beside it; the lock below would make it its maker's alone. */
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
	struct lock lock;
	if (fd < 0)
		return fail(diag, path, errno);
	close(fd);
	if (!take_lock(arena, path, entry->patience_ms, &lock, diag))
		return false;
	if (entry->has_grown)
		*entry->has_grown = false;
	bool is_good = append(arena, path, entry, n, diag);
	lock_release(&lock);
	return is_good;
}

/* ---- what it was before ------------------------------------------------------------ */

static bool is_hash(const struct hash *so_far, struct text wanted)
{
	struct hash copy = *so_far;
	char hex[65];
	hash_finish(&copy, hex);
	return text_is(wanted, hex);
}

int64_t register_lines_then(struct text text, struct text hash)
{
	struct hash all;
	struct text line;
	int64_t lines = 0;
	hash_init(&all);
	bool is_found = is_hash(&all, hash);
	for (struct text rest = text; !is_found && text_next(&rest, '\n', &line); lines++) {
		hash_add(&all, line);
		is_found = is_hash(&all, hash);
		hash_add(&all, TEXT("\n"));
		is_found = is_found || is_hash(&all, hash);
	}
	return is_found ? lines : -1;
}

bool register_begins_with(struct text text, struct text hash)
{
	return register_lines_then(text, hash) >= 0;
}
