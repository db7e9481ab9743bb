/* SPDX-License-Identifier: MIT */
#include "publish/manifest.h"

#include <errno.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/list.h"
#include "base/map.h"

#define LARGEST_MANIFEST ((size_t)256 << 20) /* a million files */

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

bool manifest_load(struct arena *arena, const char *folder, struct manifest *manifest)
{
	struct file_bytes bytes;
	LIST(struct output_file) files = { 0 };
	*manifest = (struct manifest){ 0 };
	if (file_map(file_join(arena, folder, text_from(MANIFEST_NAME)), LARGEST_MANIFEST, &bytes))
		return false;
	struct text rest = text_copy(arena, bytes.text), line;
	file_release(&bytes);
	while (text_next(&rest, '\n', &line)) {
		struct output_file file;
		if (line.size && line.at[0] != '#' && manifest_parse_line(line, &file))
			LIST_PUSH(&files, file);
	}
	if (files.count) {
		manifest->files = ARENA_ARRAY(arena, struct output_file, files.count);
		memcpy(manifest->files, files.at, files.count * sizeof *files.at);
	}
	manifest->count = files.count;
	LIST_FREE(&files);
	return true;
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
		else if (!map_find(known, name) && !text_is(name, MANIFEST_NAME)) {
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
	map_clear(&known);
	return good;
}
