/* SPDX-License-Identifier: MIT */
#include "publish/manifest.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/list.h"

#define LARGEST_MANIFEST ((size_t)256 << 20) /* a million files */
#define MOST_SHARDS      100000
#define ANY_VERSION      "# xingji manifest "

/* ---- writing ---------------------------------------------------------------------- */

void manifest_write_line(struct buf *buf, const struct output_file *file)
{
	buf_format(buf, "%s %llu %.*s\n", file->hash, (unsigned long long)file->size, TEXT_ARGS(file->path));
}

void manifest_write_part(struct buf *buf, const struct manifest_part *part, const struct output_file *files)
{
	buf_string(buf, MANIFEST_FIRST_LINE);
	buf_text(buf, part->head);
	buf_string(buf, part->is_kept ? "# kept\n" : "");
	buf_text(buf, part->made);
	for (size_t i = 0; i < part->count; i++)
		manifest_write_line(buf, &files[part->first + i]);
}

static size_t count_files(struct text text)
{
	size_t count = 0;
	struct text line;
	while (text_next(&text, '\n', &line))
		count += line.size && line.at[0] != '#';
	return count;
}

void manifest_write_end(struct buf *buf)
{
	char hash[65];
	hash_of(buf_view(buf), hash);
	buf_format(buf, "# end %zu %s\n", count_files(buf_view(buf)), hash);
}

/* ---- names ------------------------------------------------------------------------ */

const char *manifest_name(struct arena *arena, int64_t part, int64_t parts)
{
	return parts < 2 ? MANIFEST_NAME
	                 : text_format(arena, "manifest-%lld-of-%lld.txt", (long long)part, (long long)parts).at;
}

/* "2/3" or, as the name of a file has it, "2-of-3": as we write it and not otherwise. */
static bool parse_shard(struct text text, char separator, int64_t *part, int64_t *parts)
{
	struct text first;
	return text_next(&text, separator, &first) && text_to_integer(first, part) && text_to_integer(text, parts) &&
	       *part >= 1 &&
	       *part <= *parts && *parts >= 2 && *parts <= MOST_SHARDS;
}

bool manifest_is_name(struct arena *arena, struct text name)
{
	int64_t part, parts;
	struct text rest = name, word, number;
	if (text_is(name, MANIFEST_NAME))
		return true;
	if (!text_ends(name, ".txt"))
		return false;
	rest.size -= strlen(".txt");
	if (!text_next(&rest, '-', &word) || !text_next(&rest, '-', &number) || !text_starts(rest, "of-"))
		return false;
	struct text of = text_format(arena, "%.*s/%.*s", TEXT_ARGS(number), TEXT_ARGS(text_slice(rest, 3, rest.size)));
	return parse_shard(of, '/', &part, &parts) && text_is(name, manifest_name(arena, part, parts));
}

bool manifest_next_made(struct text *made, struct text *what, int64_t *shard, int64_t *shards)
{
	struct text line, rest;
	while (text_next(made, '\n', &line)) {
		*shard = *shards = 1;
		if (!text_starts(line, "# made "))
			continue;
		rest = text_slice(line, strlen("# made "), line.size);
		if (text_next(&rest, ' ', what) && (rest.size == 0 || parse_shard(rest, '/', shard, shards)))
			return true;
	}
	return false;
}

/* ---- reading ---------------------------------------------------------------------- */

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

struct loader {
	struct arena *arena;
	struct manifest *manifest;
	LIST(struct output_file) files;
	LIST(struct manifest_part) parts;
	bool is_open;          /* a part is being read: the last */
	struct buf head, made; /* of it */
};

static void finish_part(struct loader *loader)
{
	if (!loader->is_open)
		return;
	struct manifest_part *part = &loader->parts.at[loader->parts.count - 1];
	part->head = text_copy(loader->arena, buf_view(&loader->head));
	part->made = text_copy(loader->arena, buf_view(&loader->made));
	part->count = loader->files.count - part->first;
	buf_reset(&loader->head);
	buf_reset(&loader->made);
	loader->is_open = false;
}

static void begin_part(struct loader *loader, const char *name)
{
	finish_part(loader);
	LIST_PUSH(&loader->parts, ((struct manifest_part){ .name = name, .first = loader->files.count }));
	loader->is_open = true;
}

/* A line of the part that is open, with its end. */
static bool read_line(struct loader *loader, struct text line)
{
	struct output_file file;
	struct manifest_part *part = &loader->parts.at[loader->parts.count - 1];
	bool is_comment = line.size && line.at[0] == '#';
	if (is_comment && loader->files.count > part->first)
		return false; /* the head stands above the files */
	if (text_is(line, "# kept\n"))
		part->is_kept = true;
	else if (is_comment)
		buf_text(text_starts(line, "# made ") ? &loader->made : &loader->head, line);
	else if (!manifest_parse_line(text_slice(line, 0, line.size - 1), &file))
		return false;
	else
		LIST_PUSH(&loader->files, file);
	return true;
}

static bool ends_well(struct text above, struct text line)
{
	char hash[65];
	hash_of(above, hash);
	struct buf end;
	buf_init(&end, 256);
	buf_format(&end, "# end %zu %s\n", count_files(above), hash);
	bool is_same = text_equal(buf_view(&end), line);
	buf_clear(&end);
	return is_same;
}

static void blame(struct loader *loader, const char *name, int64_t line)
{
	if (!loader->manifest->bad) {
		loader->manifest->bad = name;
		loader->manifest->bad_line = line;
	}
}

static void read_text(struct loader *loader, const char *name, struct text text)
{
	int64_t number = 0;
	bool is_ended = false;
	for (size_t at = 0; at < text.size && !is_ended;) {
		const char *end = memchr(text.at + at, '\n', text.size - at);
		size_t next = end ? (size_t)(end - text.at) + 1 : text.size;
		struct text line = text_slice(text, at, next - at);
		number++;
		is_ended = text_starts(line, "# end ");
		if (is_ended && (next != text.size || !ends_well(text_slice(text, 0, at), line)))
			blame(loader, name, 0);
		else if (!is_ended && text_starts(line, ANY_VERSION))
			begin_part(loader, name);
		else if (!is_ended && (!end || !read_line(loader, line)))
			blame(loader, name, number);
		at = next;
	}
	if (!is_ended)
		blame(loader, name, 0);
	finish_part(loader);
}

static void load_one(struct loader *loader, const char *folder, struct text name)
{
	const char *path = file_join(loader->arena, folder, name);
	struct file_bytes bytes = { NO_TEXT, false };
	if (!file_is_regular_here(path) || file_map(path, LARGEST_MANIFEST, &bytes)) {
		blame(loader, text_string(loader->arena, name), 0);
		return;
	}
	struct text text = text_copy(loader->arena, bytes.text);
	file_release(&bytes);
	loader->manifest->is_there |= text_starts(text, ANY_VERSION);
	if (text_starts(text, ANY_VERSION))
		read_text(loader, text_string(loader->arena, name), text);
	else
		blame(loader, text_string(loader->arena, name), 1);
}

void manifest_load(struct arena *arena, const char *folder, struct manifest *manifest)
{
	struct loader loader = { .arena = arena, .manifest = manifest };
	struct text *names;
	size_t count;
	*manifest = (struct manifest){ 0 };
	if (file_list(arena, folder, ".txt", &names, &count))
		return;
	buf_init(&loader.head, BUF_LIMIT_FILE);
	buf_init(&loader.made, BUF_LIMIT_FILE);
	for (size_t i = 0; i < count; i++)
		if (manifest_is_name(arena, names[i]))
			load_one(&loader, folder, names[i]);
	manifest->count = loader.files.count;
	manifest->files = ARENA_ARRAY(arena, struct output_file, loader.files.count);
	if (loader.files.count)
		memcpy(manifest->files, loader.files.at, loader.files.count * sizeof *loader.files.at);
	manifest->part_count = loader.parts.count;
	manifest->parts = ARENA_ARRAY(arena, struct manifest_part, loader.parts.count);
	if (loader.parts.count)
		memcpy(manifest->parts, loader.parts.at, loader.parts.count * sizeof *loader.parts.at);
	LIST_FREE(&loader.files);
	LIST_FREE(&loader.parts);
	buf_clear(&loader.head);
	buf_clear(&loader.made);
}

/* ---- runs ------------------------------------------------------------------------- */

bool manifest_same_head(const struct manifest_part *part, struct text head)
{
	return text_equal(part->head, head);
}

size_t manifest_find_shards(const struct manifest *manifest, struct text head, struct text what, bool *there,
			    size_t count)
{
	size_t missing = count;
	for (size_t i = 0; i < manifest->part_count; i++) {
		struct text rest = manifest->parts[i].made, made;
		int64_t shard, shards;
		if (!manifest_same_head(&manifest->parts[i], head))
			continue;
		while (manifest_next_made(&rest, &made, &shard, &shards)) {
			bool is_whole = shards == 1 && (text_equal(made, what) || text_is(made, "all"));
			for (size_t j = 0; is_whole && j < count; j++)
				there[j] = true;
			if (text_equal(made, what) && (size_t)shards == count)
				there[shard - 1] = true;
		}
	}
	for (size_t i = 0; i < count; i++)
		missing -= there[i];
	return missing;
}
