/* SPDX-License-Identifier: MIT */
#include "commands/watch.h"

#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/file.h"
#include "build/folders.h"
#include "build/run.h"
#include "check/folder.h"

enum { DEPTH_MOST = 8 };

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

static uint64_t fingerprint(struct arena *arena, const char *path, int depth, uint64_t hash)
{
	struct stat status;
	struct text *names;
	size_t count;
	if (lstat(path, &status) != 0)
		return mix(hash, 1);
	if (!S_ISDIR(status.st_mode))
		return mix_file(hash, &status);
	hash = mix(hash, (uint64_t)status.st_ino);
	if (depth == 0 || file_list(arena, path, NULL, &names, &count) != 0)
		return hash;
	for (size_t i = 0; i < count; i++)
		if (!folder_is_passed_over(names[i]))
			hash = fingerprint(arena, file_join(arena, path, names[i]), depth - 1,
					   mix(hash, text_hash(names[i])));
	return hash;
}

uint64_t watch_scan(const struct options *options, struct arena *scratch)
{
	uint64_t hash = 0;
	arena_clear(scratch);
	const char *more_themes = folders_more_themes(scratch, options);
	const char *watched[] = {
		run_data_folder(options), folders_content(scratch, options), folders_themes(options),
		more_themes ? more_themes : "", options->theme && strchr(options->theme, '/') ? options->theme : "",
	};
	for (size_t i = 0; i < sizeof watched / sizeof *watched; i++)
		hash = fingerprint(scratch, watched[i], DEPTH_MOST, hash);
	return hash;
}
