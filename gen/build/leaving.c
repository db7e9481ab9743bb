/* SPDX-License-Identifier: MIT */
#include "build/leaving.h"

#include "build/build.h"
#include "build/finished.h"
#include "build/record.h"

struct finding {
	struct build *build;
	struct issued issued;
	const struct manifest *manifest;
	struct map paths;
	struct leaving leaving;
};

static void note_paths(struct finding *finding, struct text head)
{
	const struct manifest *manifest = finding->manifest;
	for (size_t i = 0; i < manifest->part_count; i++) {
		const struct manifest_part *part = &manifest->parts[i];
		if (part->is_kept || !manifest_same_head(part, head))
			continue;
		for (size_t j = part->first; j < part->first + part->count; j++)
			map_add(&finding->paths, manifest->files[j].path, (uint32_t)j);
	}
}

static struct recorded_document describe(struct finding *finding, struct subject subject, struct text hash)
{
	struct run *run = &finding->build->run;
	const struct issued_paper *last = issued_last(&finding->issued, run->model, subject);
	if (last && text_equal(last->document->sha256, hash))
		return *last->document;
	const struct issue issue = issued_anew(run->arena, run, &finding->issued, subject);
	struct recorded_document document = {
		.code = subject.word ? text_from(subject.word) : run->model->enterprises[subject.enterprise].code,
		.number = issue.number, .date = record_iso(run->arena, issue.day), .sha256 = hash, .day = issue.day,
	};
	if (issue.was) {
		document.was = issue.was->number;
		document.was_sha256 = issue.was->sha256;
		document.reason = text_from(issue.is_by_ledger ? RECORDED_BY_LEDGER : RECORDED_BY_CONTENT);
	}
	return document;
}

static void add(struct finding *finding, struct subject subject, struct text path)
{
	struct leaving *leaving = &finding->leaving;
	const uint32_t *found = map_find(&finding->paths, path);
	if (!found)
		return;
	struct text hash = text_copy(finding->build->run.arena, text_from(finding->manifest->files[*found].hash));
	const struct recorded_document document = describe(finding, subject, hash);
	const struct issued_paper *last = issued_last(&finding->issued, finding->build->run.model, subject);
	leaving->all[leaving->count++] = document;
	if (last && !text_equal(last->document->sha256, hash))
		leaving->replaced[leaving->replaced_count++] = document;
}

struct leaving leaving_find(struct build *build, const char *folder)
{
	struct arena *arena = build->run.arena;
	const struct model *model = build->run.model;
	struct manifest manifest;
	struct finding finding = { .build = build, .issued = issued_open(&build->run), .manifest = &manifest };
	manifest_load(arena, folder, &manifest);
	for (size_t i = 0; i < manifest.part_count; i++)
		if (finished_makes_site(&manifest.parts[i]))
			note_paths(&finding, manifest.parts[i].head);
	finding.leaving.all = ARENA_ARRAY(arena, struct recorded_document, model->enterprise_count + 2);
	finding.leaving.replaced = ARENA_ARRAY(arena, struct recorded_document, model->enterprise_count + 2);
	add(&finding, (struct subject){ -1, RECORDED_REPORT }, TEXT(TREE_REPORT ".pdf"));
	add(&finding, (struct subject){ -1, RECORDED_REPORT_PUBLIC }, TEXT(TREE_REPORT_PUBLIC ".pdf"));
	for (size_t i = 0; i < model->enterprise_count; i++)
		add(&finding, (struct subject){ (int32_t)i, NULL }, make_diagnosis_path(arena, model, (int32_t)i));
	map_clear(&finding.paths);
	issued_clear(&finding.issued);
	return finding.leaving;
}
