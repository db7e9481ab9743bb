/* SPDX-License-Identifier: MIT */
#include "build/edition.h"

#include "build/build.h"

struct facts *edition_facts(struct build *build, enum facts_scope scope)
{
	if (build->edition.facts[scope])
		return build->edition.facts[scope];
	const struct facts_options options = {
		.assessment = scope == SCOPE_PUBLIC ? build->run.shown : build->run.assessment,
		.list = build->run.shown,
		.diag = build->run.diag, .scope = scope, .today = build->run.today,
		.sources = build->run.sources, .problems = build->edition.problems, .problem_count = build->edition.problem_count,
		.newest = build->edition.newest, .years = build->edition.years, .year_count = build->edition.year_count,
		.is_below_root = build->edition.is_below_root,
		.page_paths = build->edition.page_paths, .page_path_count = build->edition.page_path_count, .is_list_only = build->run.is_list_only,
		.is_draft = build->options->draft != NULL,
	};
	build->edition.facts[scope] = facts_open(&options);
	return build->edition.facts[scope];
}

static bool query(void *context, struct arena *arena, struct text sql, struct span place, struct rows *rows)
{
	*rows = (struct rows){ 0 };
	return context && facts_query(context, arena, sql, place, rows);
}

struct compose_source edition_source(struct build *build, enum facts_scope scope)
{
	return (struct compose_source){ .query = query, .context = edition_facts(build, scope),
					.drawn_least = build->run.model->campaign.thresholds.drawn_least };
}

void edition_close_facts(struct edition *edition)
{
	for (size_t i = 0; i < sizeof edition->facts / sizeof *edition->facts; i++)
		facts_close(edition->facts[i]);
}

void edition_close(struct edition *edition)
{
	edition_close_facts(edition);
	output_close(edition->output);
}
