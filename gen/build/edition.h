/* SPDX-License-Identifier: MIT
 *
 * What a run tells, to whom, and where it goes: the facts of each scope, what is known of
 * other years, and the output.
 */
#ifndef XINGJI_BUILD_EDITION_H
#define XINGJI_BUILD_EDITION_H

#include "compose/compose_source.h"
#include "facts/facts.h"
#include "publish/leak.h"
#include "publish/output.h"

struct build;
struct printed;

struct edition {
	struct facts *facts[SCOPE_PROVINCE + 1]; /* opened when first asked for, in the process that asks */
	const struct facts_problem *problems;    /* for the table of that name */
	size_t problem_count;
	const struct facts_year *newest;         /* facts.h; NULL: no later list has followed */
	const struct facts_year *years;          /* of the root over the years: facts.h */
	size_t year_count;
	bool is_below_root;                      /* facts.h: a year within the site over the years */
	const struct text *page_paths;
	size_t page_path_count;
	const struct leak *others;               /* what is confidential in the years of the site; NULL: it has one */
	struct leak_summary leaks;               /* of make_leak_scan */
	struct printed *printed;                 /* as in document_options; NULL: not wanted */
	struct output *output;
};

/* The connection of a scope, opened on first use; NULL after reporting. */
struct facts *edition_facts(struct build *build, enum facts_scope scope);
/* The same as what documents and pages ask; its query fails when the connection could not be opened. */
struct compose_source edition_source(struct build *build, enum facts_scope scope);
void edition_close(struct edition *edition);

/* keep.c: opens out/<year>; what of the previous output stays, and what this run's manifest says.  False after reporting. */
bool keep_open_output(struct build *build);

#endif
