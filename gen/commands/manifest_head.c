/* SPDX-License-Identifier: MIT */
#include "commands/manifest_head.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/list.h"

#ifndef XINGJI_SOURCES
#define XINGJI_SOURCES "unknown"
#endif

/* A path as it is inside its folder: "data/2021/x.csv" for any --data. */
static struct text relative(const struct run *run, struct text path)
{
	const struct options *options = run->options;
	const struct {
		const char *folder, *name;
	} folders[] = {
		{ run_data_folder(options), "data" },
		{ options->content ? options->content : "content", "content" },
		{ options->themes ? options->themes : "themes", "themes" },
	};
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
		size_t size = strlen(folders[i].folder);
		if (path.size > size && text_starts(path, folders[i].folder) && path.at[size] == '/')
			return text_format(run->arena, "%s%.*s", folders[i].name, TEXT_ARGS(text_slice(path, size, path.size)));
	}
	size_t slash = path.size;
	while (slash && path.at[slash - 1] != '/')
		slash--;
	return text_slice(path, slash, path.size);
}

static int compare_lines(const void *left, const void *right)
{
	const struct text *a = left, *b = right;
	return text_compare(*a, *b);
}

static void write_inputs(const struct run *run, struct buf *buf)
{
	LIST(struct text) lines = { 0 };
	for (uint32_t i = 1; i <= sources_count(run->sources); i++) {
		const struct source *source = sources_find(run->sources, i);
		struct file_bytes file;
		char hash[65];
		if (file_map(text_string(run->arena, source->name), SIZE_MAX / 2, &file))
			continue;
		hash_of(file.text, hash);
		file_release(&file);
		LIST_PUSH(&lines, text_format(run->arena, "# input %s %.*s\n", hash, TEXT_ARGS(relative(run, source->name))));
	}
	if (lines.count)
		qsort(lines.at, lines.count, sizeof *lines.at, compare_lines);
	for (size_t i = 0; i < lines.count; i++)
		if (i == 0 || !text_equal(lines.at[i], lines.at[i - 1]))
			buf_text(buf, lines.at[i]);
	LIST_FREE(&lines);
}

void manifest_head_write_public(const struct run *run, const char *theme_hash, struct buf *buf)
{
	const struct model *model = run->model;
	buf_string(buf, "# xingji manifest 1\n");
	buf_format(buf, "# program xingji %s %s\n", XINGJI_VERSION, XINGJI_SOURCES);
	buf_format(buf, "# year %lld\n# date ", (long long)model->campaign.year);
	date_write_iso(buf, run->today);
	buf_byte(buf, '\n');
	for (int track = 0; track < TRACKS; track++)
		if (model->catalogues[track])
			buf_format(buf, "# catalogue %s %.*s rule %s\n", model->catalogues[track]->hash, TEXT_ARGS(model->catalogues[track]->id),
				   choice_word(SET_METHOD, model->campaign.rules[track].method));
	if (*theme_hash)
		buf_format(buf, "# theme %s\n", theme_hash);
}

void manifest_head_write(const struct run *run, const char *theme_hash, struct buf *buf)
{
	manifest_head_write_public(run, theme_hash, buf);
	write_inputs(run, buf);
}
