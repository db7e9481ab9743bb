/* SPDX-License-Identifier: MIT */
#include "publish/manifest.h"

#include <errno.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/list.h"
#include "base/map.h"

#define LARGEST_MANIFEST ((size_t)256 << 20) /* a million files */
#define MOST_SHARDS      100000

void manifest_write_line(struct buf *buf, const struct output_file *file)
{
	buf_format(buf, "%s %llu %.*s\n", file->hash, (unsigned long long)file->size, TEXT_ARGS(file->path));
}

bool manifest_parse_line(struct text line, struct output_file *file)
{
	struct text hash, size;
	int64_t bytes;
	if (!text_next(&line, ' ', &hash) || hash.size != 64 || !text_next(&line, ' ', &size))
		return false;
	if (!text_to_integer(size, &bytes) || bytes < 0 || line.size == 0)
		return false;
	*file = (struct output_file){ .path = line, .size = (uint64_t)bytes };
	memcpy(file->hash, hash.at, 64);
	return true;
}

const char *manifest_name(struct arena *arena, int64_t part, int64_t parts)
{
	return parts < 2 ? MANIFEST_NAME : text_format(arena, "manifest-%lld-of-%lld.txt", (long long)part, (long long)parts).at;
}

/* "manifest-2-of-3.txt", as manifest_name writes it and not otherwise. */
static bool is_shard(struct arena *arena, struct text name, int64_t *parts)
{
	struct text rest = name, word, part, of;
	int64_t number;
	if (!text_ends(name, ".txt"))
		return false;
	rest.size -= strlen(".txt");
	if (!text_next(&rest, '-', &word) || !text_next(&rest, '-', &part) || !text_next(&rest, '-', &of))
		return false;
	return text_to_integer(part, &number) && text_to_integer(rest, parts) && number >= 1 && number <= *parts && *parts <= MOST_SHARDS &&
	       text_is(name, manifest_name(arena, number, *parts));
}

static bool is_manifest(struct arena *arena, struct text name)
{
	int64_t parts;
	return text_is(name, MANIFEST_NAME) || is_shard(arena, name, &parts);
}

struct files {
	LIST(struct output_file) list;
};

static bool load_one(struct arena *arena, const char *path, struct files *files)
{
	struct file_bytes bytes;
	if (file_map(path, LARGEST_MANIFEST, &bytes))
		return false;
	struct text rest = text_copy(arena, bytes.text), line;
	file_release(&bytes);
	while (text_next(&rest, '\n', &line)) {
		struct output_file file;
		if (line.size && line.at[0] != '#' && manifest_parse_line(line, &file))
			LIST_PUSH(&files->list, file);
	}
	return true;
}

static int compare_files(const void *left, const void *right)
{
	const struct output_file *a = left, *b = right;
	int order = text_compare(a->path, b->path);
	if (!order)
		order = strcmp(a->hash, b->hash);
	return order ? order : (a->size > b->size) - (a->size < b->size);
}

bool manifest_load(struct arena *arena, const char *folder, struct manifest *manifest)
{
	struct files files = { 0 };
	struct text *names;
	size_t name_count, loaded = 0;
	bool good = true;
	*manifest = (struct manifest){ 0 };
	if (file_list(arena, folder, ".txt", &names, &name_count))
		return false;
	for (size_t i = 0; i < name_count; i++) {
		if (!is_manifest(arena, names[i]))
			continue;
		good &= load_one(arena, file_join(arena, folder, names[i]), &files);
		loaded++;
	}
	size_t count = files.list.count;
	if (count) {
		qsort(files.list.at, count, sizeof *files.list.at, compare_files);
		manifest->files = ARENA_ARRAY(arena, struct output_file, count);
	}
	for (size_t i = 0; i < count; i++)
		if (i == 0 || compare_files(&files.list.at[i - 1], &files.list.at[i]) != 0)
			manifest->files[manifest->count++] = files.list.at[i];
	LIST_FREE(&files.list);
	return good && loaded;
}

/* Where the folder has the manifest of one shard of N, those of all N should be there; one alone is as good as its manifest. */
static void check_shards(struct arena *arena, const char *folder, struct diag *diag)
{
	struct text *names;
	size_t count;
	int64_t parts, most = 0;
	if (file_list(arena, folder, ".txt", &names, &count))
		return;
	for (size_t i = 0; i < count; i++)
		if (is_shard(arena, names[i], &parts) && parts > most)
			most = parts;
	for (int64_t part = 1; part <= most; part++) {
		struct text name = text_from(manifest_name(arena, part, most));
		if (!file_exists(file_join(arena, folder, name)))
			DIAG(diag, DIAG_VERIFY_SHARD, .a = name);
	}
}

static bool check_file(struct arena *arena, const char *folder, const struct output_file *file, struct diag *diag)
{
	struct file_bytes bytes;
	char hash[65];
	int error = file_map(file_join(arena, folder, file->path), SIZE_MAX / 2, &bytes);
	if (error) {
		DIAG(diag, DIAG_VERIFY_MISSING, .a = file->path, .b = text_from(strerror(error)));
		return false;
	}
	hash_of(bytes.text, hash);
	bool same = bytes.text.size == file->size && strcmp(hash, file->hash) == 0;
	file_release(&bytes);
	if (!same)
		DIAG(diag, DIAG_VERIFY_DIFFERS, .a = file->path);
	return same;
}

/* Files that stand in the tree but not in the manifest. */
static bool check_extra(struct arena *arena, const char *folder, struct text prefix, const struct map *known, struct diag *diag)
{
	struct text *names;
	size_t count;
	bool good = true;
	const char *path = prefix.size ? file_join(arena, folder, prefix) : folder;
	if (file_list(arena, path, NULL, &names, &count))
		return true;
	for (size_t i = 0; i < count; i++) {
		struct text name = prefix.size ? text_format(arena, "%.*s/%.*s", TEXT_ARGS(prefix), TEXT_ARGS(names[i])) : names[i];
		if (file_is_folder(file_join(arena, folder, name)))
			good &= check_extra(arena, folder, name, known, diag);
		else if (!map_find(known, name) && (prefix.size || !is_manifest(arena, name))) {
			DIAG(diag, DIAG_VERIFY_EXTRA, .a = name);
			good = false;
		}
	}
	return good;
}

bool manifest_verify(struct arena *arena, const char *folder, struct diag *diag)
{
	struct manifest manifest;
	struct map known = { 0 };
	bool good = true;
	if (!manifest_load(arena, folder, &manifest)) {
		DIAG(diag, DIAG_VERIFY_NO_MANIFEST, .a = text_from(folder), .b = text_from(MANIFEST_NAME));
		return false;
	}
	for (size_t i = 0; i < manifest.count; i++) {
		map_add(&known, manifest.files[i].path, 1);
		good &= check_file(arena, folder, &manifest.files[i], diag);
	}
	good &= check_extra(arena, folder, NO_TEXT, &known, diag);
	check_shards(arena, folder, diag);
	map_clear(&known);
	return good;
}
