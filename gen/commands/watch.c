/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* struct inotify_event */
#include "commands/watch.h"

#include <limits.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "build/folders.h"
#include "build/run.h"
#include "check/folder.h"

enum { DEPTH_MOST = 8, ROOTS = 7 };

#define TOLD_DONE (IN_CLOSE_WRITE | IN_MOVED_TO | IN_ATTRIB)
#define TOLD_OPEN (IN_CREATE | IN_MODIFY | IN_MOVED_FROM | IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF)

struct watch {
	const struct options *options;
	struct arena *scratch;  /* one look */
	int inotify;            /* -1: none */
	bool tells_all;         /* the last look could have every folder told of */
	bool is_first;          /* nothing has been looked at yet */
	uint64_t hint, due;     /* the first that has happened since the last look, and when to look; 0: nothing has */
	uint64_t next;          /* look anyway */
	uint64_t seen, settled; /* by the last look; by the last at which nothing was happening */
};

/* ---- looking ---------------------------------------------------------------------------- */

static uint64_t mix(uint64_t hash, uint64_t value)
{
	hash = (hash ^ value) * UINT64_C(0x9E3779B97F4A7C15);
	return hash ^ hash >> 29;
}

static uint64_t mix_file(uint64_t hash, const struct stat *status)
{
	hash = mix(mix(hash, (uint64_t)status->st_ino), (uint64_t)status->st_size);
	return mix(hash, (uint64_t)status->st_mtim.tv_sec * 1000000000u + (uint64_t)status->st_mtim.tv_nsec);
}

/* Before its names are read: what comes after that is told. */
static void have_told(struct watch *watch, const char *path)
{
	if (watch->inotify < 0 || inotify_add_watch(watch->inotify, path, TOLD_DONE | TOLD_OPEN | IN_ONLYDIR) < 0)
		watch->tells_all = false;
}

static uint64_t look_at(struct watch *watch, const char *path, int depth, uint64_t hash)
{
	struct arena *arena = watch->scratch;
	struct stat status;
	struct text *names;
	size_t count;
	if ((depth == DEPTH_MOST ? stat(path, &status) : lstat(path, &status)) != 0) {
		watch->tells_all = false;
		return mix(hash, 1);
	}
	if (!S_ISDIR(status.st_mode))
		return mix_file(hash, &status);
	hash = mix(hash, (uint64_t)status.st_ino);
	have_told(watch, path);
	if (depth == 0 || file_list(arena, path, NULL, &names, &count) != 0)
		return hash;
	for (size_t i = 0; i < count; i++)
		if (!folder_is_passed_over(names[i]))
			hash = look_at(watch, file_join(arena, path, names[i]), depth - 1,
				       mix(hash, text_hash(names[i])));
	return hash;
}

/* What other machines write there, nobody tells us: shares, and the disks of the host of a virtual machine. */
static bool is_elsewhere(const char *path)
{
	static const uint32_t kinds[] = {
		0x6969 /* NFS */, 0x517B /* SMB */, 0xFF534D42 /* CIFS */, 0xFE534D42 /* SMB 2 */,
		0x65735546 /* FUSE */, 0x01021997 /* 9P, as in WSL */, 0x786F4256 /* VirtualBox */,
	};
	struct statfs status;
	if (statfs(path, &status) != 0)
		return false;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if ((uint32_t)status.f_type == kinds[i])
			return true;
	return false;
}

/* Data first; a place that a run does not have is NULL. */
static void name_roots(struct watch *watch, const char *roots[ROOTS])
{
	const struct options *options = watch->options;
	struct arena *arena = watch->scratch;
	roots[0] = run_data_folder(options);
	roots[1] = folders_content(arena, options);
	roots[2] = folders_themes(options);
	roots[3] = folders_more_themes(arena, options);
	roots[4] = options->theme && strchr(options->theme, '/') ? options->theme : NULL;
	roots[5] = folders_models(arena, options);
	roots[6] = folders_shared(arena, options);
}

static uint64_t look(struct watch *watch)
{
	const char *roots[ROOTS];
	uint64_t hash = 0;
	arena_clear(watch->scratch);
	watch->tells_all = true;
	name_roots(watch, roots);
	for (size_t i = 0; i < ROOTS; i++) {
		if (!roots[i])
			continue;
		hash = look_at(watch, roots[i], DEPTH_MOST, mix(hash, i));
		watch->tells_all &= !is_elsewhere(roots[i]);
	}
	return hash;
}

/* ---- hints ------------------------------------------------------------------------------- */

static void note(struct watch *watch, uint64_t now, unsigned wait_ms)
{
	if (!watch->hint)
		watch->hint = now;
	watch->due = now + wait_ms;
	if (watch->due > watch->hint + WATCH_MOST_MS)
		watch->due = watch->hint + WATCH_MOST_MS;
}

/* Folders that move keep their watches, though they are not ours any more: the next look asks for all anew. */
static void start_again(struct watch *watch)
{
	if (watch->inotify >= 0)
		close(watch->inotify);
	watch->inotify = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
}

/* True when all watches must be asked for anew. */
static bool hear(struct watch *watch, const struct inotify_event *event, uint64_t now)
{
	const bool is_folder = event->mask & IN_ISDIR;
	const bool is_done = (event->mask & (TOLD_DONE | IN_Q_OVERFLOW)) || (is_folder && (event->mask & IN_CREATE));
	if ((event->mask & IN_IGNORED) || (event->len && folder_is_passed_over(text_from(event->name))))
		return false;
	note(watch, now, is_done ? WATCH_CLOSED_MS : WATCH_OPEN_MS);
	return (event->mask & (IN_MOVE_SELF | IN_Q_OVERFLOW)) || (is_folder && (event->mask & IN_MOVED_FROM));
}

static void hear_all(struct watch *watch, uint64_t now)
{
	_Alignas(struct inotify_event) char bytes[16 * (sizeof(struct inotify_event) + NAME_MAX + 1)];
	bool starts_again = false;
	ssize_t size;
	while (watch->inotify >= 0 && (size = read(watch->inotify, bytes, sizeof bytes)) > 0)
		for (ssize_t at = 0; at < size;) {
			const struct inotify_event *event = (const struct inotify_event *)(const void *)(bytes + at);
			starts_again |= hear(watch, event, now);
			at += (ssize_t)(sizeof *event + event->len);
		}
	if (starts_again)
		start_again(watch);
}

/* ---- */

struct watch *watch_open(const struct options *options)
{
	struct watch *watch = memory_resize(NULL, sizeof *watch);
	*watch = (struct watch){ .options = options, .scratch = arena_new(), .inotify = -1, .is_first = true };
	start_again(watch);
	return watch;
}

int watch_descriptor(const struct watch *watch)
{
	return watch->inotify;
}

uint64_t watch_look(struct watch *watch, uint64_t now_ms)
{
	hear_all(watch, now_ms);
	bool is_due = watch->hint && now_ms >= watch->due;
	if (!is_due && now_ms < watch->next)
		return watch->settled;
	uint64_t before = watch->seen;
	watch->seen = look(watch);
	watch->next = now_ms + (watch->tells_all ? WATCH_LONG_MS : WATCH_POLL_MS);
	/* By a hint that has had its time, or because two looks saw the same. */
	if (is_due || watch->is_first || watch->seen == before)
		watch->settled = watch->seen;
	else
		watch->next = now_ms + WATCH_POLL_MS;
	watch->is_first = false;
	if (is_due)
		watch->hint = 0;
	return watch->settled;
}

int watch_wait_ms(const struct watch *watch, uint64_t now_ms)
{
	uint64_t at = watch->hint && watch->due < watch->next ? watch->due : watch->next;
	return at > now_ms ? (int)(at - now_ms) : 0;
}

void watch_close(struct watch *watch)
{
	if (!watch)
		return;
	if (watch->inotify >= 0)
		close(watch->inotify);
	arena_free(watch->scratch);
	free(watch);
}
