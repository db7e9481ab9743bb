/* SPDX-License-Identifier: MIT
 *
 * The manifests of an output: this run's, and those of what it kept.
 */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "publish/output_inside.h"

/* The parts of the new manifests; the first is this run's. */
struct writer {
	struct output *output;
	struct manifest_part *parts;
	struct output_file **files; /* of each part, sorted */
	size_t count;
	struct map own; /* the paths that this run made → index in output->files */
};

/* A kept file that this run made as well is this run's, but for shards that name the same bytes. */
static bool is_superseded(const struct writer *writer, const struct kept_file *kept, size_t part)
{
	const uint32_t *own = map_find(&writer->own, kept->file.path);
	return own && (part == 0 || strcmp(writer->output->files.at[*own].hash, kept->file.hash) != 0);
}

/* Where the files of a part of the previous output go: to this run's where head and file are the same. */
static size_t new_part(const struct writer *writer, size_t before)
{
	const struct manifest_part *part = &writer->output->before.parts[before];
	bool is_own =
	    manifest_same_head(part, writer->output->head) && strcmp(part->name, writer->output->manifest) == 0;
	return is_own ? 0 : before + 1;
}

/* Lines that are in both stand once. */
static struct text join_made(struct arena *arena, struct text made, struct text more)
{
	struct text line, joined = made;
	while (text_next(&more, '\n', &line)) {
		struct text whole = text_format(arena, "%.*s\n", TEXT_ARGS(line));
		if (line.size && !text_contains(joined, whole))
			joined = text_format(arena, "%.*s%.*s", TEXT_ARGS(joined), TEXT_ARGS(whole));
	}
	return joined;
}

static void describe_parts(struct writer *writer)
{
	struct output *output = writer->output;
	writer->parts[0] =
	    (struct manifest_part){ .name = output->manifest, .head = output->head, .made = output->made };
	for (size_t i = 0; i < output->before.part_count; i++) {
		const struct manifest_part *part = &output->before.parts[i];
		bool is_same = manifest_same_head(part, output->head);
		if (new_part(writer, i) == 0)
			writer->parts[0].made = join_made(output->arena, writer->parts[0].made, part->made);
		writer->parts[i + 1] = (struct manifest_part){
			.name = part->name, .head = part->head, .made = part->made, .is_kept = !is_same
		};
	}
}

static void fill_parts(struct writer *writer)
{
	struct output *output = writer->output;
	for (size_t i = 0; i < writer->count; i++)
		writer->files[i] = ARENA_ARRAY(output->arena, struct output_file,
					       output->kept.count + (i ? 0 : output->files.count));
	for (size_t i = 0; i < output->files.count; i++)
		writer->files[0][writer->parts[0].count++] = output->files.at[i];
	for (size_t i = 0; i < output->kept.count; i++) {
		const struct kept_file *kept = &output->kept.at[i];
		size_t part = new_part(writer, kept->part);
		if (!is_superseded(writer, kept, part))
			writer->files[part][writer->parts[part].count++] = kept->file;
	}
	for (size_t i = 0; i < writer->count; i++)
		if (writer->parts[i].count)
			qsort(writer->files[i], writer->parts[i].count, sizeof **writer->files, output_compare_files);
}

static bool write_manifest(struct writer *writer, const char *name)
{
	struct output *output = writer->output;
	struct buf manifest;
	bool is_secret = false;
	buf_init(&manifest, BUF_LIMIT_FILE);
	for (size_t i = 0; i < writer->count; i++) {
		const struct manifest_part *part = &writer->parts[i];
		if (strcmp(part->name, name) != 0 || (i && !part->count))
			continue;
		manifest_write_part(&manifest, part, writer->files[i]);
		for (size_t j = 0; j < part->count; j++)
			is_secret |= output_is_secret(writer->output, writer->files[i][j].path);
	}
	if (manifest.size)
		manifest_write_end(&manifest);
	const char *path = file_join(output->arena, output->slot.next, text_from(name));
	int error = 0;
	if (manifest.size && unlink(path) && errno != ENOENT)
		error = errno;
	else if (manifest.size)
		error = file_write(path, buf_view(&manifest), is_secret ? SECRET_FILE : PUBLIC_FILE);
	if (strcmp(name, output->manifest) == 0)
		hash_of(buf_view(&manifest), output->manifest_hash);
	buf_clear(&manifest);
	return !error || output_fail(output, DIAG_FILE_UNWRITABLE, path, error);
}

static void count_others(struct writer *writer)
{
	struct output *output = writer->output;
	for (size_t i = 1; i < writer->count; i++) {
		if (!writer->parts[i].is_kept || !writer->parts[i].count)
			continue;
		output->other_count += writer->parts[i].count;
		if (!output->first_other.size)
			output->first_other = writer->files[i][0].path;
	}
}

void output_tell_of_others(const struct output *output)
{
	if (output->other_count)
		DIAG(output->diag, DIAG_OUTPUT_OTHER_INPUTS, .a = output->first_other,
		     .n = (int64_t)output->other_count);
}

/* This run's last: until then the sign in its place says that the tree is not finished. */
static bool write_all(struct writer *writer)
{
	struct output *output = writer->output;
	bool is_good = true;
	for (size_t i = 1; i < writer->count && is_good; i++)
		if (strcmp(writer->parts[i].name, output->manifest) != 0)
			is_good = write_manifest(writer, writer->parts[i].name);
	if (is_good && strcmp(output->manifest, MANIFEST_NAME) != 0) {
		bool is_needed = false;
		for (size_t i = 1; i < writer->count; i++)
			is_needed |= strcmp(writer->parts[i].name, MANIFEST_NAME) == 0 && writer->parts[i].count;
		if (!is_needed)
			unlink(file_join(output->arena, output->slot.next, TEXT(MANIFEST_NAME)));
	}
	return is_good && write_manifest(writer, output->manifest);
}

bool output_write_manifests(struct output *output)
{
	struct writer writer = { .output = output, .count = 1 + output->before.part_count };
	size_t count;
	output_files(output, &count);
	for (size_t i = 0; i < count; i++)
		map_add(&writer.own, output->files.at[i].path, (uint32_t)i);
	writer.parts = ARENA_ARRAY(output->arena, struct manifest_part, writer.count);
	writer.files = ARENA_ARRAY(output->arena, struct output_file *, writer.count);
	describe_parts(&writer);
	fill_parts(&writer);
	map_clear(&writer.own);
	count_others(&writer);
	return !output_is_stopped(output) && write_all(&writer);
}
