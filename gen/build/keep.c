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
#include "build/handout.h"
#include "build/manifest_head.h"
#include "build/out.h"
#include "theme/theme.h"

enum kind { KIND_SITE, KIND_REPORT, KIND_REPORT_PUBLIC, KIND_DIAGNOSIS, KIND_TEAR_OUT, KIND_REPLY, KIND_PICTURE,
	    KIND_PACK,
	    KIND_PROBLEMS, KIND_OTHER };

static const unsigned parts_of[] = {
	[KIND_SITE] = PART_SITE, [KIND_REPORT] = PART_REPORT, [KIND_REPORT_PUBLIC] = PART_REPORT,
	[KIND_DIAGNOSIS] = PART_DIAGNOSIS, [KIND_TEAR_OUT] = PART_DIAGNOSIS, [KIND_REPLY] = PART_DIAGNOSIS,
	[KIND_PICTURE] = PART_DIAGNOSIS,
	[KIND_PACK] = PART_PACKS, [KIND_PROBLEMS] = PART_ALL | PART_PACKS, [KIND_OTHER] = 0,
};

static enum kind kind_of(struct text path)
{
	if (text_starts(path, TREE_PUBLIC) || text_is(path, TREE_LEAK_REPORT) || text_is(path, TREE_CROSSCHECK_REPORT))
		return KIND_SITE;
	if (text_starts(path, TREE_PROBLEMS))
		return KIND_PROBLEMS;
	if (text_starts(path, TREE_PACKS))
		return KIND_PACK;
	if (text_starts(path, TREE_REPORTS))
		return text_contains(path, TEXT(TREE_PUBLIC_EDITION)) ? KIND_REPORT_PUBLIC : KIND_REPORT;
	if (text_starts(path, TREE_DIAGNOSES) && text_ends(path, TREE_PICTURE_END))
		return KIND_PICTURE;
	if (text_starts(path, TREE_DIAGNOSES) && text_ends(path, TREE_REPLY_END))
		return KIND_REPLY;
	if (text_starts(path, TREE_DIAGNOSES))
		return text_ends(path, TREE_TEAR_OUT_END) ? KIND_TEAR_OUT : KIND_DIAGNOSIS;
	return KIND_OTHER;
}

/* "internal/packs/苏州市/" of what lies in it. */
static struct text folder_of_pack(struct text path)
{
	struct text inside = text_slice(path, strlen(TREE_PACKS), path.size);
	size_t end = strlen(TREE_PACKS) + text_find(inside, TEXT("/"));
	return text_slice(path, 0, end < path.size ? end + 1 : path.size);
}

/* Does this run write the file? */
static bool is_remade(const struct build *build, struct text path, enum kind kind)
{
	switch (kind) {
	case KIND_SITE:
		return plan_has(&build->plan, TASK_SITE);
	case KIND_REPORT:
		return plan_has(&build->plan, TASK_REPORT);
	case KIND_REPORT_PUBLIC:
		return plan_has(&build->plan, TASK_REPORT) && build->press.report_public;
	case KIND_DIAGNOSIS:
		return map_find(&build->plan.remade, path) != NULL;
	case KIND_TEAR_OUT:
		return build->press.tear_out && map_find(&build->plan.remade, path);
	case KIND_REPLY:
		return build->options->reply_forms && map_find(&build->plan.remade, path);
	case KIND_PICTURE:
		return build->options->pictures && map_find(&build->plan.remade, path);
	case KIND_PACK:
		return map_find(&build->plan.remade, folder_of_pack(path)) != NULL;
	case KIND_PROBLEMS:
		return true;
	case KIND_OTHER:
		break;
	}
	return false;
}

/* Where "<name>-<code>" ends: before what every file of the kind ends with. */
static size_t end_of_name(struct text path, enum kind kind)
{
	if (kind == KIND_REPLY)
		return path.size - strlen(TREE_REPLY_END);
	if (kind != KIND_PICTURE)
		return path.size - strlen(kind == KIND_TEAR_OUT ? TREE_TEAR_OUT_END : TREE_DIAGNOSIS_END);
	size_t end = path.size - strlen(TREE_PICTURE_END);
	while (end > 0 && path.at[end - 1] >= '0' && path.at[end - 1] <= '9')
		end--;
	return end - (text_ends(text_slice(path, 0, end), TREE_PICTURE_STEM) ? strlen(TREE_PICTURE_STEM) : 0);
}

/* "…-<code>.pdf": of the one enterprise, also where it had another name then. */
static bool is_of(const struct build *build, int32_t enterprise, struct text path, enum kind kind)
{
	struct text code = build->run.model->enterprises[enterprise].code;
	path.size = end_of_name(path, kind);
	return path.size > code.size && text_equal(text_slice(path, path.size - code.size, code.size), code);
}

static bool keeps(const void *context, const struct output_previous *previous)
{
	const struct build *build = context;
	enum kind kind = kind_of(previous->path);
	if (!(build->plan.parts & parts_of[kind]))
		return true;
	if (is_remade(build, previous->path, kind))
		return false;
	if (previous->is_same_head)
		return true;
	if (build->plan.is_one_pack)
		return true;
	if (build->plan.only >= 0)
		return !is_of(build, build->plan.only, previous->path, kind);
	bool is_edition = kind == KIND_REPORT_PUBLIC && plan_has(&build->plan, TASK_REPORT);
	return !previous->is_whole && !is_edition;
}

static void note_pictures(struct build *build, int32_t enterprise)
{
	for (size_t number = 1; build->options->pictures && number <= PICTURES_MOST; number++)
		map_add(&build->plan.remade, make_picture_path(build->run.arena, build->run.model, enterprise, number), 1);
}

static void note_pack(struct build *build, const struct task *task)
{
	struct owner owner = handout_owner(build->run.model, task);
	map_add(&build->plan.remade, handout_folder(build->run.arena, owner), 1);
}

static void note_remade(struct build *build)
{
	struct arena *arena = build->run.arena;
	const struct model *model = build->run.model;
	for (size_t i = 0; i < build->plan.task_count; i++) {
		const struct task *task = &build->plan.tasks[i];
		int32_t enterprise = task->enterprise;
		if (task->kind == TASK_CITY || task->kind == TASK_AGENCY)
			note_pack(build, task);
		if (task->kind != TASK_DIAGNOSIS)
			continue;
		map_add(&build->plan.remade, make_diagnosis_path(arena, model, enterprise), 1);
		map_add(&build->plan.remade, make_tear_out_path(arena, model, enterprise), 1);
		map_add(&build->plan.remade, make_reply_path(arena, model, enterprise), 1);
		note_pictures(build, enterprise);
	}
}

/* "all", "only 9132…", "only 320500": for the manifest, where "packs" are those of check (publish/verify.c). */
static struct text made_words(const struct build *build)
{
	const struct model *model = build->run.model;
	struct text code = NO_TEXT;
	if (build->plan.only >= 0)
		code = model->enterprises[build->plan.only].code;
	else if (build->plan.is_one_pack && build->plan.task_count)
		code = handout_owner(model, &build->plan.tasks[0]).code;
	if (code.size)
		return text_format(build->run.arena, "only %.*s", TEXT_ARGS(code));
	return text_from(build->plan.parts == PART_PACKS ? "handouts" : plan_part_word(build->plan.parts));
}

bool keep_open_output(struct build *build)
{
	struct arena *arena = build->run.arena;
	const struct model *model = build->run.model;
	struct buf head;
	buf_init(&head, BUF_LIMIT_FILE);
	long long year = (long long)model->campaign.year;
	const char *folder = text_format(arena, "%s/%lld", out_folder(build->options), year).at;
	manifest_head_write(build, &head);
	if (!(build->plan.parts & ~(unsigned)(PART_DIAGNOSIS | PART_PACKS)))
		manifest_head_as_before(build, folder, &head);
	note_remade(build);
	const struct output_options output = {
		.folder = folder,
		.keeps = keeps, .context = build, .head = buf_view(&head),
		.makes_all = build->plan.parts == PART_ALL && build->plan.shards == 1,
		.made = made_words(build),
		.shard = build->plan.shard, .shards = build->plan.shards,
	};
	build->edition.output = output_open(arena, &output, build->run.diag);
	buf_clear(&head);
	return build->edition.output != NULL;
}
