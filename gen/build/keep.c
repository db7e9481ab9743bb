/* SPDX-License-Identifier: MIT
 *
 * What of the previous output stays when a run makes a part: a run removes only what it makes
 * anew.  Where the previous files come from the same inputs, everything stays that this run
 * does not write; where not, what its part replaces as a whole goes, since nobody would make
 * those files from these inputs.
 */
#include "base/buf.h"
#include "base/file.h"
#include "build/build.h"
#include "build/manifest_head.h"
#include "build/out.h"
#include "theme/theme.h"

enum kind { KIND_SITE, KIND_REPORT, KIND_REPORT_PUBLIC, KIND_DIAGNOSIS, KIND_TEAR_OUT, KIND_PROBLEMS, KIND_OTHER };

static const unsigned parts_of[] = {
	[KIND_SITE] = PART_SITE, [KIND_REPORT] = PART_REPORT, [KIND_REPORT_PUBLIC] = PART_REPORT,
	[KIND_DIAGNOSIS] = PART_DIAGNOSIS, [KIND_TEAR_OUT] = PART_DIAGNOSIS, [KIND_PROBLEMS] = PART_ALL, [KIND_OTHER] = 0,
};

static enum kind kind_of(struct text path)
{
	if (text_starts(path, TREE_PUBLIC) || text_is(path, TREE_LEAK_REPORT) || text_is(path, TREE_CROSSCHECK_REPORT) || text_is(path, TREE_LEDGER_PUBLISHED))
		return KIND_SITE;
	if (text_starts(path, TREE_PROBLEMS))
		return KIND_PROBLEMS;
	if (text_starts(path, TREE_REPORTS))
		return text_contains(path, TEXT(TREE_PUBLIC_EDITION)) ? KIND_REPORT_PUBLIC : KIND_REPORT;
	if (text_starts(path, TREE_DIAGNOSES))
		return text_ends(path, TREE_TEAR_OUT_END) ? KIND_TEAR_OUT : KIND_DIAGNOSIS;
	return KIND_OTHER;
}

static bool has_task(const struct build *build, enum task_kind kind)
{
	return build->task_count && (build->tasks[0].kind == kind || (build->task_count > 1 && build->tasks[1].kind == kind));
}

/* Does this run write the file? */
static bool is_remade(const struct build *build, struct text path, enum kind kind)
{
	switch (kind) {
	case KIND_SITE:
		return has_task(build, TASK_SITE);
	case KIND_REPORT:
		return has_task(build, TASK_REPORT);
	case KIND_REPORT_PUBLIC:
		return has_task(build, TASK_REPORT) && build->report_public;
	case KIND_DIAGNOSIS:
		return map_find(&build->remade, path) != NULL;
	case KIND_TEAR_OUT:
		return build->tear_out && map_find(&build->remade, path);
	case KIND_PROBLEMS:
		return true;
	case KIND_OTHER:
		break;
	}
	return false;
}

/* "…-<code>.pdf": of the one enterprise, also where it had another name then. */
static bool is_of(const struct build *build, int32_t enterprise, struct text path, enum kind kind)
{
	struct text code = build->run.model->enterprises[enterprise].code;
	path.size -= strlen(kind == KIND_TEAR_OUT ? TREE_TEAR_OUT_END : TREE_DIAGNOSIS_END);
	return path.size > code.size && text_equal(text_slice(path, path.size - code.size, code.size), code);
}

static bool keeps(const void *context, const struct output_previous *previous)
{
	const struct build *build = context;
	enum kind kind = kind_of(previous->path);
	if (!(build->parts & parts_of[kind]))
		return true;
	if (is_remade(build, previous->path, kind))
		return false;
	if (previous->is_same_head)
		return true;
	if (build->only >= 0)
		return !is_of(build, build->only, previous->path, kind);
	bool is_edition = kind == KIND_REPORT_PUBLIC && has_task(build, TASK_REPORT);
	return !previous->is_whole && !is_edition;
}

static void note_remade(struct build *build)
{
	for (size_t i = 0; i < build->task_count; i++) {
		if (build->tasks[i].kind != TASK_DIAGNOSIS)
			continue;
		map_add(&build->remade, make_diagnosis_path(build->run.arena, build->run.model, build->tasks[i].enterprise), 1);
		map_add(&build->remade, make_tear_out_path(build->run.arena, build->run.model, build->tasks[i].enterprise), 1);
	}
}

bool keep_open_output(struct build *build)
{
	struct arena *arena = build->run.arena;
	const struct model *model = build->run.model;
	struct buf head;
	buf_init(&head, BUF_LIMIT_FILE);
	manifest_head_write(build, &head);
	note_remade(build);
	const struct output_options output = {
		.folder = text_format(arena, "%s/%lld", out_folder(build->options), (long long)model->campaign.year).at,
		.keeps = keeps, .context = build, .head = buf_view(&head),
		.makes_all = build->parts == PART_ALL && build->shards == 1,
		.made = build->only < 0 ? text_from(build_part_word(build->parts)) : text_format(arena, "only %.*s", TEXT_ARGS(model->enterprises[build->only].code)),
		.shard = build->shard, .shards = build->shards,
	};
	build->output = output_open(arena, &output, build->run.diag);
	buf_clear(&head);
	return build->output != NULL;
}
