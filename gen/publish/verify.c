/* SPDX-License-Identifier: MIT */
#include "publish/verify.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/map.h"
#include "publish/aside.h"
#include "publish/manifest.h"
#include "publish/register.h"
#include "publish/slot.h"
#include "publish/tree.h"

struct verify {
	struct arena *arena;
	const char *folder;
	struct diag *diag;
	struct manifest manifest;
	struct map named;    /* path → 1 + index of its first line in manifest.files */
	struct map folders;  /* of the files named */
	struct map modes;    /* "0644>0600" → index in wrong */
	struct wrong_mode *wrong;
	size_t wrong_count;
	bool keeps_modes, is_good;
};

/* One message for each pair of modes: a folder copied without them has thousands. */
struct wrong_mode {
	struct text path;
	unsigned is, wanted;
	int64_t count;
};

static void bad(struct verify *verify, enum diag_kind kind, struct diag_args args)
{
	diag_report(verify->diag, kind, args);
	verify->is_good = false;
}

/* ---- the tree --------------------------------------------------------------------- */

/* Packs are for one owner each, wherever they lie (build/packs.h). */
static bool is_of_packs(const struct verify *verify)
{
	for (size_t i = 0; i < verify->manifest.part_count; i++)
		if (text_contains(verify->manifest.parts[i].made, TEXT("# made packs\n")))
			return true;
	return false;
}

static bool is_secret(const struct verify *verify, struct text path)
{
	return is_of_packs(verify) || text_starts(path, TREE_INTERNAL) || text_is(path, "internal");
}

static void check_mode(struct verify *verify, struct text path, const struct stat *info, unsigned wanted)
{
	unsigned is = (unsigned)info->st_mode & 07777u;
	if (!verify->keeps_modes || is == wanted)
		return;
	struct text pair = text_format(verify->arena, "%o>%o", is, wanted);
	const uint32_t *known = map_find(&verify->modes, pair);
	if (known) {
		verify->wrong[*known].count++;
		return;
	}
	map_add(&verify->modes, pair, (uint32_t)verify->wrong_count);
	struct wrong_mode *grown = ARENA_ARRAY(verify->arena, struct wrong_mode, verify->wrong_count + 1);
	if (verify->wrong_count)
		memcpy(grown, verify->wrong, verify->wrong_count * sizeof *grown);
	grown[verify->wrong_count++] = (struct wrong_mode){ path, is, wanted, 1 };
	verify->wrong = grown;
}

static void tell_modes(struct verify *verify)
{
	for (size_t i = 0; i < verify->wrong_count; i++) {
		const struct wrong_mode *wrong = &verify->wrong[i];
		bad(verify, DIAG_VERIFY_MODE, (struct diag_args){ .a = wrong->path, .b = text_format(verify->arena, "%04o", wrong->is),
								  .c = text_format(verify->arena, "%04o", wrong->wanted), .n = wrong->count });
	}
}

static void check_bytes(struct verify *verify, const struct output_file *file)
{
	struct file_bytes bytes;
	char hash[65];
	int error = file_map(file_join(verify->arena, verify->folder, file->path), SIZE_MAX / 2, &bytes);
	if (error) {
		bad(verify, DIAG_VERIFY_MISSING, (struct diag_args){ .a = file->path, .b = file_reason(error) });
		return;
	}
	hash_of(bytes.text, hash);
	if (bytes.text.size != file->size || strcmp(hash, file->hash) != 0)
		bad(verify, DIAG_VERIFY_DIFFERS, (struct diag_args){ .a = file->path });
	file_release(&bytes);
}

/* Manifests name internal files, or they are public themselves. */
static unsigned manifest_mode(const struct verify *verify, struct text name)
{
	for (size_t i = 0; i < verify->manifest.part_count; i++) {
		const struct manifest_part *part = &verify->manifest.parts[i];
		for (size_t j = part->first; text_is(name, part->name) && j < part->first + part->count; j++)
			if (is_secret(verify, verify->manifest.files[j].path))
				return SECRET_FILE;
	}
	return PUBLIC_FILE;
}

static void check_file(struct verify *verify, struct text path, const struct stat *info)
{
	const uint32_t *line = map_find(&verify->named, path);
	bool is_manifest = !text_contains(path, TEXT("/")) && manifest_is_name(verify->arena, path);
	if (!S_ISREG(info->st_mode) && (line || is_manifest))
		bad(verify, DIAG_VERIFY_KIND, (struct diag_args){ .a = path });
	else if (is_manifest)
		check_mode(verify, path, info, manifest_mode(verify, path));
	else if (!line)
		bad(verify, DIAG_VERIFY_EXTRA, (struct diag_args){ .a = path });
	else {
		check_mode(verify, path, info, is_secret(verify, path) ? SECRET_FILE : PUBLIC_FILE);
		check_bytes(verify, &verify->manifest.files[*line - 1]);
	}
}

static void check_folder(struct verify *verify, struct text prefix)
{
	struct text *names;
	struct stat info;
	size_t count;
	const char *folder = prefix.size ? file_join(verify->arena, verify->folder, prefix) : verify->folder;
	int error = file_list(verify->arena, folder, NULL, &names, &count);
	if (error)
		bad(verify, DIAG_FILE_UNREADABLE, (struct diag_args){ .a = text_from(folder), .b = file_reason(error) });
	for (size_t i = 0; i < count && !error; i++) {
		struct text path = prefix.size ? text_format(verify->arena, "%.*s/%.*s", TEXT_ARGS(prefix), TEXT_ARGS(names[i])) : names[i];
		if (aside_holds(path))
			continue;
		if (lstat(file_join(verify->arena, verify->folder, path), &info))
			continue; /* gone this moment: told as missing */
		if (!S_ISDIR(info.st_mode)) {
			check_file(verify, path, &info);
		} else if (!map_find(&verify->folders, path)) {
			bad(verify, DIAG_VERIFY_FOLDER, (struct diag_args){ .a = path });
		} else {
			check_mode(verify, path, &info, is_secret(verify, path) ? SECRET_FOLDER : PUBLIC_FOLDER);
			check_folder(verify, path);
		}
	}
}

static void note_names(struct verify *verify)
{
	for (size_t i = 0; i < verify->manifest.count; i++) {
		struct text path = verify->manifest.files[i].path;
		const uint32_t *first = map_find(&verify->named, path);
		if (first && strcmp(verify->manifest.files[*first - 1].hash, verify->manifest.files[i].hash) != 0)
			bad(verify, DIAG_VERIFY_DIFFERS, (struct diag_args){ .a = path });
		if (first)
			continue;
		map_add(&verify->named, path, (uint32_t)i + 1);
		for (size_t at = 0; at < path.size; at++)
			if (path.at[at] == '/')
				map_add(&verify->folders, text_slice(path, 0, at), 1);
	}
}

static void check_missing(struct verify *verify)
{
	struct stat info;
	for (size_t i = 0; i < verify->manifest.count; i++) {
		const struct output_file *file = &verify->manifest.files[i];
		if (*map_find(&verify->named, file->path) == i + 1 && lstat(file_join(verify->arena, verify->folder, file->path), &info))
			bad(verify, DIAG_VERIFY_MISSING, (struct diag_args){ .a = file->path, .b = file_reason(errno) });
	}
}

/* ---- the manifests ---------------------------------------------------------------- */

static void check_shards(struct verify *verify, const struct manifest_part *part)
{
	struct text rest = part->made, what;
	int64_t shard, shards;
	while (!part->is_kept && manifest_next_made(&rest, &what, &shard, &shards)) {
		if (shards < 2)
			continue;
		bool *there = ARENA_ARRAY(verify->arena, bool, (size_t)shards);
		manifest_find_shards(&verify->manifest, part->head, what, there, (size_t)shards);
		for (int64_t i = 0; i < shards; i++)
			if (!there[i])
				bad(verify, DIAG_VERIFY_SHARD, (struct diag_args){ .a = text_from(manifest_name(verify->arena, i + 1, shards)) });
	}
}

static void check_parts(struct verify *verify)
{
	size_t kept = 0;
	struct text first = NO_TEXT;
	for (size_t i = 0; i < verify->manifest.part_count; i++) {
		const struct manifest_part *part = &verify->manifest.parts[i];
		check_shards(verify, part);
		verify->keeps_modes &= !text_contains(part->head, TEXT("# modes none\n"));
		if (part->is_kept && part->count && !kept)
			first = verify->manifest.files[part->first].path;
		kept += part->is_kept ? part->count : 0;
	}
	if (kept)
		DIAG(verify->diag, DIAG_VERIFY_KEPT, .a = first, .n = (int64_t)kept);
}

static void write_hashes(struct verify *verify, struct buf *hashes)
{
	const char *before = "";
	for (size_t i = 0; i < verify->manifest.part_count; i++) {
		const char *name = verify->manifest.parts[i].name;
		struct file_bytes bytes;
		char hash[65];
		if (strcmp(name, before) == 0 || file_map(file_join(verify->arena, verify->folder, text_from(name)), SIZE_MAX / 2, &bytes))
			continue;
		hash_of(bytes.text, hash);
		file_release(&bytes);
		buf_format(hashes, "%s  %s\n", hash, name);
		before = name;
	}
}

/* ---- the inputs ------------------------------------------------------------------- */

struct input_check {
	struct map known, folders; /* names of inputs; folders that were looked through */
	size_t count;
	struct text first;
};

static void differ(struct verify *verify, const struct verify_root *root, struct input_check *check, enum diag_kind kind, struct text name)
{
	check->first = check->count++ ? check->first : name;
	if (root->is_given)
		bad(verify, kind, (struct diag_args){ .a = name });
}

static struct text folder_of(struct text path)
{
	while (path.size && path.at[path.size - 1] != '/')
		path.size--;
	return text_slice(path, 0, path.size ? path.size - 1 : 0);
}

/* What came with the program lies right in its folder: its own years are nobody's else. */
static const char *path_of(const struct verify *verify, const struct verify_root *root, struct text name)
{
	const char *path = file_join(verify->arena, root->folder, text_slice(name, strlen(root->name) + 1, name.size));
	for (size_t i = 0; i < sizeof root->others / sizeof *root->others && !file_exists(path); i++)
		if (root->others[i].folder && text_is(folder_of(name), root->others[i].name))
			path = file_join(verify->arena, root->others[i].folder,
				text_slice(name, strlen(root->others[i].name) + 1, name.size));
	return path;
}

/* The register only grows, and changes nothing that is made: what it was then is the beginning of what it is. */
static bool is_as_then(struct text name, struct text bytes, struct text hash)
{
	char now[65];
	if (text_ends(name, "/" REGISTER_NAME))
		return register_begins_with(bytes, hash);
	hash_of(bytes, now);
	return text_is(hash, now);
}

static void compare_input(struct verify *verify, const struct verify_root *root, struct input_check *check, struct text hash, struct text name)
{
	struct file_bytes bytes;
	bool is_same = false;
	const char *path = path_of(verify, root, name);
	if (map_find(&check->known, name))
		return;
	map_add(&check->known, name, 1);
	if (file_map(path, SIZE_MAX / 2, &bytes) == 0) {
		is_same = is_as_then(name, bytes.text, hash);
		file_release(&bytes);
	}
	if (!is_same)
		differ(verify, root, check, DIAG_VERIFY_INPUT, name);
}

/* A table or a result that came since would change what is made. */
static void find_new(struct verify *verify, const struct verify_root *root, struct input_check *check, struct text folder)
{
	static const char *const ends[] = { ".csv", ".xml", ".xlsx" };
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		struct text *names;
		size_t count;
		const char *path = file_join(verify->arena, root->folder, text_slice(folder, strlen(root->name) + 1, folder.size));
		if (file_list(verify->arena, path, ends[i], &names, &count))
			return;
		for (size_t j = 0; j < count; j++) {
			struct text name = text_format(verify->arena, "%.*s/%.*s", TEXT_ARGS(folder), TEXT_ARGS(names[j]));
			if (!map_find(&check->known, name))
				differ(verify, root, check, DIAG_VERIFY_INPUT_NEW, name);
		}
	}
}

/* In a folder of inputs, once; of a year also in that of the answers, which may have come since. */
static void find_new_once(struct verify *verify, const struct verify_root *root, struct input_check *check,
			  struct text folder)
{
	struct text answers = text_format(verify->arena, "%.*s/rectifications", TEXT_ARGS(folder));
	struct text year = text_slice(folder, strlen(root->name) + 1, folder.size);
	if (map_find(&check->folders, folder))
		return;
	map_add(&check->folders, folder, 1);
	find_new(verify, root, check, folder);
	if (text_find(year, TEXT("/")) == year.size)
		find_new_once(verify, root, check, answers);
}

/* The inputs of what was made last: what is kept from others is told by itself. */
static void check_inputs(struct verify *verify, const struct verify_root *root)
{
	struct input_check check = { 0 };
	struct text prefix = text_format(verify->arena, "%s/", root->name);
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < verify->manifest.part_count; i++) {
			struct text rest = verify->manifest.parts[i].head, line, word, hash;
			while (!verify->manifest.parts[i].is_kept && text_next(&rest, '\n', &line)) {
				if (!text_starts(line, "# input "))
					continue;
				line = text_slice(line, strlen("# input "), line.size);
				if (!text_next(&line, ' ', &hash) || !text_starts(line, prefix.at))
					continue;
				word = folder_of(line);
				if (pass == 0)
					compare_input(verify, root, &check, hash, line);
				else if (strcmp(root->name, "data") == 0 && !text_is(word, root->name))
					find_new_once(verify, root, &check, word);
			}
		}
	if (check.count && !root->is_given)
		DIAG(verify->diag, DIAG_VERIFY_INPUTS, .a = check.first, .b = text_from(root->folder), .n = (int64_t)check.count);
	map_clear(&check.known);
	map_clear(&check.folders);
}

bool verify_tree(struct arena *arena, const char *folder, const struct verify_root *roots, size_t root_count, struct diag *diag, struct buf *hashes)
{
	struct verify verify = { .arena = arena, .folder = folder, .diag = diag, .is_good = true, .keeps_modes = true };
	manifest_load(arena, folder, &verify.manifest);
	if (!verify.manifest.is_there) {
		DIAG(diag, DIAG_VERIFY_NO_MANIFEST, .a = text_from(folder), .b = text_from(MANIFEST_NAME));
		return false;
	}
	if (verify.manifest.bad)
		bad(&verify, verify.manifest.bad_line ? DIAG_VERIFY_LINE : DIAG_VERIFY_CUT,
		    (struct diag_args){ .a = text_from(verify.manifest.bad), .n = verify.manifest.bad_line });
	check_parts(&verify);
	note_names(&verify);
	check_folder(&verify, NO_TEXT);
	check_missing(&verify);
	tell_modes(&verify);
	for (size_t i = 0; i < root_count; i++)
		if (file_is_folder(roots[i].folder))
			check_inputs(&verify, &roots[i]);
	if (hashes)
		write_hashes(&verify, hashes);
	map_clear(&verify.named);
	map_clear(&verify.folders);
	map_clear(&verify.modes);
	return verify.is_good;
}
