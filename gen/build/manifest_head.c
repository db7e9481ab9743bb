/* SPDX-License-Identifier: MIT */
#include "build/manifest_head.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/list.h"
#include "build/build.h"
#include "theme/theme.h"

#ifndef XINGJI_SOURCES
#define XINGJI_SOURCES "unknown"
#endif

enum { DEPTH_MOST = 8 };

struct inputs {
	const struct run *run;
	LIST(struct text) lines;
	struct map read; /* path → number of the source that was read from it */
};

static int compare_lines(const void *left, const void *right)
{
	const struct text *a = left, *b = right;
	return text_compare(*a, *b);
}

/* What was read counts, not what the file has become since; a part of a year that is not made now has not read its files. */
static void add_input(struct inputs *inputs, const char *path, struct text name)
{
	struct file_bytes file;
	char hash[65];
	const uint32_t *source = map_find(&inputs->read, text_from(path));
	if (source) {
		if (!sources_hash(inputs->run->sources, *source, hash)) {
			DIAG(inputs->run->diag, DIAG_FILE_CHANGED, .span = { .source = *source }, .a = name);
			return;
		}
	} else {
		if (file_read(path, SIZE_MAX / 2, NULL, &file))
			return;
		hash_of(file.text, hash);
		file_release(&file);
	}
	LIST_PUSH(&inputs->lines, text_format(inputs->run->arena, "# input %s %.*s\n", hash, TEXT_ARGS(name)));
}

/* What people read about the folder changes nothing that is made. */
static bool is_about(struct text name)
{
	return text_is(name, "README.md") || name.at[0] == '.';
}

static void add_folder(struct inputs *inputs, const char *folder, struct text name, int depth)
{
	struct text *names;
	size_t count;
	if (file_list(inputs->run->arena, folder, NULL, &names, &count))
		return;
	for (size_t i = 0; i < count; i++) {
		const char *path = file_join(inputs->run->arena, folder, names[i]);
		struct text inside = text_format(inputs->run->arena, "%.*s/%.*s", TEXT_ARGS(name), TEXT_ARGS(names[i]));
		if (is_about(names[i]))
			continue;
		if (!file_is_folder(path))
			add_input(inputs, path, inside);
		else if (depth)
			add_folder(inputs, path, inside, depth - 1);
	}
}

/* Last part of a path: the name of a theme. */
static struct text base_name(struct text path)
{
	while (path.size > 1 && path.at[path.size - 1] == '/')
		path.size--;
	size_t at = path.size;
	while (at && path.at[at - 1] != '/')
		at--;
	return text_slice(path, at, path.size);
}

static void add_theme(struct inputs *inputs, const char *folder)
{
	if (folder)
		add_folder(inputs, folder, text_format(inputs->run->arena, "themes/%.*s", TEXT_ARGS(base_name(text_from(folder)))), DEPTH_MOST);
}

static void write_inputs(const struct build *build, bool has_data, struct buf *buf)
{
	const struct run *run = &build->run;
	struct inputs inputs = { .run = run };
	for (uint32_t i = 1; i <= sources_count(run->sources); i++)
		if (sources_find(run->sources, i)->is_file)
			map_add(&inputs.read, sources_find(run->sources, i)->name, i);
	for (uint32_t i = 1; has_data && i <= sources_count(run->sources); i++) {
		const struct source *source = sources_find(run->sources, i);
		if (text_starts(source->inside, "data/"))
			add_input(&inputs, text_string(run->arena, source->name), source->inside);
	}
	add_folder(&inputs, build->press.content, TEXT("content"), DEPTH_MOST);
	add_theme(&inputs, build->press.theme_folder);
	add_theme(&inputs, build->press.default_folder);
	if (inputs.lines.count)
		qsort(inputs.lines.at, inputs.lines.count, sizeof *inputs.lines.at, compare_lines);
	for (size_t i = 0; i < inputs.lines.count; i++)
		if (i == 0 || !text_equal(inputs.lines.at[i], inputs.lines.at[i - 1]))
			buf_text(buf, inputs.lines.at[i]);
	LIST_FREE(&inputs.lines);
	map_clear(&inputs.read);
}

void manifest_head_write_inputs(const struct build *build, struct buf *buf)
{
	write_inputs(build, true, buf);
}

void manifest_head_write_word(const char *value, struct buf *buf)
{
	for (const char *at = value; *at; at++)
		if ((unsigned char)*at <= ' ' || *at == '%')
			buf_format(buf, "%%%02X", (unsigned)(unsigned char)*at);
		else
			buf_byte(buf, *at);
}

static void write_options(const struct options *options, struct buf *buf)
{
	const struct {
		const char *value, *name;
	} flags[] = { { options->draft, "draft" }, { options->archive, "archive" }, { options->keep_going, "keep-going" }, { options->encoding, "encoding" } };
	bool has_any = false;
	for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
		if (!flags[i].value)
			continue;
		buf_format(buf, "%s %s%s", has_any ? "" : "# options", flags[i].name, *flags[i].value ? "=" : "");
		manifest_head_write_word(flags[i].value, buf);
		has_any = true;
	}
	buf_string(buf, has_any ? "\n" : "");
}

void manifest_head_write_public(const struct run *run, const char *theme_hash, struct buf *buf)
{
	const struct model *model = run->model;
	buf_format(buf, "# program xingji %s %s\n", XINGJI_VERSION, XINGJI_SOURCES);
	buf_format(buf, "# year %lld\n# date ", (long long)model->campaign.year);
	date_write_iso(buf, run->today);
	buf_byte(buf, '\n');
	for (int track = 0; track < model->campaign.track_count; track++)
		if (model->catalogues[track])
			buf_format(buf, "# catalogue %s %.*s rule %s\n", model->catalogues[track]->hash, TEXT_ARGS(model->catalogues[track]->id),
				   choice_word(SET_METHOD, model->campaign.tracks[track].rule.method));
	if (*theme_hash)
		buf_format(buf, "# theme %s\n", theme_hash);
}

static void write_head(const struct build *build, bool has_data, struct buf *buf)
{
	manifest_head_write_public(&build->run, build->press.theme->hash, buf);
	write_options(build->options, buf);
	write_inputs(build, has_data, buf);
}

void manifest_head_write(const struct build *build, struct buf *buf)
{
	write_head(build, true, buf);
}

void manifest_head_write_around(const struct build *build, struct buf *buf)
{
	write_head(build, false, buf);
}
