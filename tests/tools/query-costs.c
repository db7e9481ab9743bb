/* SPDX-License-Identifier: MIT
 *
 * What the queries of the report cost: composes it and prints, for each statement asked,
 * its file and the offset there, the rows of tables that it stepped to, the steps of SQLite's
 * machine, its SQL.  First a line with the sizes: enterprises and participations, observations.
 * usage: query-costs DATA YEAR CONTENT
 */
#define _XOPEN_SOURCE 700 /* realpath */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "build/build.h"
#include "compose/queries.h"

static void print_costs(struct build *build)
{
	struct facts_cost cost;
	for (size_t n = 0; facts_cost(edition_facts(build, SCOPE_PROVINCE), n, &cost); n++) {
		const struct source *source = sources_find(build->run.sources, cost.place.source);
		struct text sql = queries_fold(build->scratch, cost.sql), file = source ? source->name : NO_TEXT;
		printf("%.*s:%" PRIu32 "\t%" PRId64 "\t%" PRId64 "\t%.*s\n", TEXT_ARGS(file),
		       cost.place.start, cost.rows, cost.steps, TEXT_ARGS(sql));
	}
}

int main(int argc, char **argv)
{
	if (argc != 4)
		return 2;
	/* What ships with the program lies around this one too. */
	const struct options options = { .data = argv[1], .year = argv[2], .content = argv[3],
					 .environment = { .processors = 1, .program = realpath(argv[0], NULL) } };
	struct build build = { .options = &options, .scratch = arena_new() };
	if (run_open(&build.run, &options) || !build.run.model)
		return 3;
	build.edition.problems = run_problems(&build.run, &build.edition.problem_count);
	press_choose_folders(&build);
	bool is_made = files_load_report(&build) && make_report_document(&build, NULL);
	if (!is_made || diag_count(build.run.diag, SEVERITY_ERROR)) {
		run_report_errors(&build.run);
		return 3;
	}
	printf("%zu\t%zu\n", build.run.model->enterprise_count + build.run.model->participation_count,
	       build.run.model->observation_count);
	print_costs(&build);
	return 0;
}
