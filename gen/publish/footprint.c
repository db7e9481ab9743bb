/* SPDX-License-Identifier: MIT */
#include "publish/footprint.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/list.h"

enum {
	DEPTH_MOST = 16,            /* a link to a folder above it ends here */
	ENTRIES_MOST = 2000000,     /* a scan a host of 100,000 enterprises, and room */
	TICK_NS = 40 * 1000 * 1000, /* of the slowest clock that a kernel gives its files is 10 ms */
};
#define SECOND_NS INT64_C(1000000000)

static int64_t nanoseconds(struct timespec time)
{
	return (int64_t)time.tv_sec * SECOND_NS + time.tv_nsec;
}

void footprint_init(struct footprint *footprint, struct arena *arena)
{
	*footprint = (struct footprint){ .arena = arena, .is_coarse = true };
	hash_init(&footprint->hash);
}

void footprint_add_text(struct footprint *footprint, struct text text)
{
	const uint64_t size = text.size;
	hash_add(&footprint->hash, (struct text){ (const char *)&size, sizeof size });
	hash_add(&footprint->hash, text);
}

static void add_status(struct footprint *footprint, const struct stat *status)
{
	const bool is_folder = S_ISDIR(status->st_mode);
	const int64_t changed = nanoseconds(status->st_ctim), written = nanoseconds(status->st_mtim);
	/* Of a folder its entries are looked at; when it changed would tell of those, too, that are left out. */
	const int64_t numbers[] = {
		(int64_t)status->st_dev,  (int64_t)status->st_ino,
		(int64_t)status->st_mode, is_folder ? 0 : (int64_t)status->st_size,
		is_folder ? 0 : changed,  is_folder ? 0 : written,
	};
	footprint_add_text(footprint, (struct text){ (const char *)numbers, sizeof numbers });
	footprint->count++;
	if (is_folder)
		return;
	footprint->newest_ns = changed > footprint->newest_ns ? changed : footprint->newest_ns;
	footprint->is_coarse &= changed % SECOND_NS == 0;
}

static void add_entry(struct footprint *footprint, const char *path, struct text inside, int depth);

static void add_folder(struct footprint *footprint, const char *path, struct text inside, int depth)
{
	struct text *names;
	size_t count;
	if (depth == 0 || footprint->count > ENTRIES_MOST ||
	    file_list(footprint->arena, path, NULL, &names, &count)) {
		footprint->is_lost = true;
		return;
	}
	for (size_t i = 0; i < count && !footprint->is_lost; i++) {
		struct text below =
		    inside.size ? text_format(footprint->arena, "%.*s/%.*s", TEXT_ARGS(inside), TEXT_ARGS(names[i]))
				: names[i];
		if (footprint->skips && footprint->skips(below))
			continue;
		footprint_add_text(footprint, names[i]);
		add_entry(footprint, file_join(footprint->arena, path, names[i]), below, depth - 1);
	}
	footprint_add_text(footprint, NO_TEXT);
}

static void add_entry(struct footprint *footprint, const char *path, struct text inside, int depth)
{
	struct stat status;
	if (lstat(path, &status)) {
		footprint_add_text(footprint, TEXT("none"));
		return;
	}
	add_status(footprint, &status);
	if (S_ISLNK(status.st_mode)) {
		if (stat(path, &status)) {
			footprint_add_text(footprint, TEXT("none"));
			return;
		}
		add_status(footprint, &status);
	}
	if (S_ISDIR(status.st_mode))
		add_folder(footprint, path, inside, depth);
}

void footprint_add(struct footprint *footprint, const char *path)
{
	footprint_add_text(footprint, text_from(path));
	add_entry(footprint, path, NO_TEXT, DEPTH_MOST);
}

static int compare_texts(const void *left, const void *right)
{
	return text_compare(*(const struct text *)left, *(const struct text *)right);
}

/* Nobody writes into a library that is in use: another one takes its place.  Links to it come and go. */
static void add_library(struct footprint *footprint, const char *path)
{
	char stamp[160] = "";
	footprint->is_lost |= !footprint_of_file(path, stamp);
	footprint_add_text(footprint, text_from(path));
	footprint_add_text(footprint, footprint_stamp_stem(text_from(stamp)));
}

/* "7f2c…-7f2c… r-xp 00000000 08:01 1234   /usr/lib/libcairo.so.2", several times each, at places that vary. */
void footprint_add_program(struct footprint *footprint)
{
	FILE *maps = fopen("/proc/self/maps", "re");
	char line[8192];
	LIST(struct text) paths = { 0 };
	while (maps && fgets(line, sizeof line, maps)) {
		struct text path = text_from(strchr(line, '/'));
		path.size -= path.size && path.at[path.size - 1] == '\n';
		if (path.size)
			LIST_PUSH(&paths, text_copy(footprint->arena, path));
	}
	if (maps)
		fclose(maps);
	if (paths.count)
		qsort(paths.at, paths.count, sizeof *paths.at, compare_texts);
	for (size_t i = 0; i < paths.count; i++)
		if (i == 0 || !text_equal(paths.at[i], paths.at[i - 1]))
			add_library(footprint, text_string(footprint->arena, paths.at[i]));
	footprint->is_lost |= !paths.count;
	LIST_FREE(&paths);
}

void footprint_finish(struct footprint *footprint, char hex[65])
{
	hash_finish(&footprint->hash, hex);
	if (footprint->is_lost)
		hex[0] = '\0';
}

bool footprint_is_settled(const struct footprint *footprint, int64_t then_ns)
{
	const int64_t tick = footprint->is_coarse ? 2 * SECOND_NS + TICK_NS : TICK_NS;
	return !footprint->is_lost && footprint->newest_ns < then_ns - tick;
}

bool footprint_of_file(const char *path, char stamp[160])
{
	struct stat status;
	if (lstat(path, &status) || !S_ISREG(status.st_mode))
		return false;
	snprintf(stamp, 160, "%llu:%llu:%lld:%o:%lld:%lld", (unsigned long long)status.st_dev,
		 (unsigned long long)status.st_ino, (long long)status.st_size, (unsigned)status.st_mode,
		 (long long)nanoseconds(status.st_mtim), (long long)nanoseconds(status.st_ctim));
	return true;
}

struct text footprint_stamp_stem(struct text stamp)
{
	while (stamp.size && stamp.at[stamp.size - 1] != ':')
		stamp.size--;
	return stamp;
}
