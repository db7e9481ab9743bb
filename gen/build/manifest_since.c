/* SPDX-License-Identifier: MIT
 *
 * What the register has that it had not when an output was made (manifest_head.h).
 */
#include "base/buf.h"
#include "base/chain.h"
#include "base/file.h"
#include "base/map.h"
#include "build/build.h"
#include "build/manifest_head.h"
#include "build/steps.h"
#include "publish/manifest.h"
#include "publish/register.h"

/* "# modes none" is said of the disk, not of what was made. */
static bool is_of_inputs(struct text line)
{
	return !text_starts(line, "# modes ");
}

/* This year's register among the inputs: "# input <hash> data/2021/register.jsonl". */
static bool is_register(const struct build *build, struct text line, struct text *hash)
{
	struct text name = text_format(build->scratch, " data/%lld/" REGISTER_NAME,
				       (long long)build->run.model->campaign.year);
	const struct text start = TEXT("# input ");
	if (!text_starts(line, start.at) || !text_ends(line, name.at))
		return false;
	*hash = text_slice(line, start.size, line.size - start.size - name.size);
	return true;
}

/* The head without what may differ; *hash: of the register, or missing. */
static struct text compared(const struct build *build, struct text head, struct text *hash)
{
	struct buf rest;
	struct text line;
	buf_init(&rest, BUF_LIMIT_FILE);
	*hash = NO_TEXT;
	while (text_next(&head, '\n', &line)) {
		if (is_register(build, line, hash) || !is_of_inputs(line))
			continue;
		buf_text(&rest, line);
		buf_byte(&rest, '\n');
	}
	struct text text = text_copy(build->scratch, buf_view(&rest));
	buf_clear(&rest);
	return text;
}

/* How many of the register's lines there were; -1: it was another, or cannot be read. */
static int64_t lines_then(struct build *build, struct text hash)
{
	struct file_bytes file;
	if (!hash.size)
		return 0;
	if (file_read(steps_register(&build->run), SIZE_MAX / 2, NULL, &file))
		return -1;
	int64_t lines = register_lines_then(file.text, hash);
	file_release(&file);
	return lines;
}

/* Does the line say of each diagnosis what lies there? */
static bool says_what_is_there(const struct build *build, const struct manifest *manifest, const struct map *files,
			       const struct recorded *line)
{
	const struct model *model = build->run.model;
	for (size_t i = 0; i < line->document_count; i++) {
		const struct recorded_document *document = &line->documents[i];
		const uint32_t *enterprise = map_find(&model->enterprise_by_code, document->code);
		if (!enterprise)
			continue; /* a report; or of nobody, who has no diagnosis */
		struct text path = make_diagnosis_path(build->scratch, model, (int32_t)*enterprise);
		const uint32_t *file = map_find(files, path);
		if (!file || !text_is(document->sha256, manifest->files[*file].hash))
			return false;
	}
	return true;
}

static bool changes_nothing(const struct build *build, const struct manifest *manifest,
			    const struct manifest_part *part, int64_t since)
{
	const struct model *model = build->run.model;
	struct map files = { 0 };
	bool is_same = since >= 0;
	for (size_t i = part->first; i < part->first + part->count; i++)
		map_add(&files, manifest->files[i].path, (uint32_t)i);
	for (size_t i = is_same ? (size_t)since : 0; i < model->recorded_count && is_same; i++)
		is_same = says_what_is_there(build, manifest, &files, &model->recorded[i]);
	map_clear(&files);
	return is_same;
}

static void take(struct buf *head, struct text before)
{
	struct text line;
	buf_reset(head);
	while (text_next(&before, '\n', &line)) {
		if (!line.size || !is_of_inputs(line))
			continue;
		buf_text(head, line);
		buf_byte(head, '\n');
	}
}

void manifest_head_as_before(struct build *build, const char *folder, struct buf *head)
{
	struct manifest manifest;
	struct text now, then, wanted = compared(build, buf_view(head), &now);
	manifest_load(build->run.arena, folder, &manifest);
	for (size_t i = 0; i < manifest.part_count; i++) {
		const struct manifest_part *part = &manifest.parts[i];
		if (part->is_kept || !text_equal(compared(build, part->head, &then), wanted) || text_equal(then, now))
			continue;
		if (!changes_nothing(build, &manifest, part, lines_then(build, then)))
			continue;
		take(head, part->head);
		break;
	}
	arena_clear(build->scratch);
}
